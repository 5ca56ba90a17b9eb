//! People who sign in: their names, passwords and roles.

use crate::{FieldErrors, Label, Role, Secret, UnixMillis, UserId};
use serde::{Deserialize, Serialize};

/// Passwords shorter than this are refused (NIST SP 800-63B-4 section 3.1.1.2: at least 15 where it stands alone;
/// ours stands behind a rate limit, so 12).
pub const MIN_PASSWORD_CHARS: usize = 12;
const MAX_PASSWORD_BYTES: usize = 1024;

/// A user as typed in the Users page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UserDraft {
    pub name: String,
    pub role: Role,
    pub enabled: bool,
    /// Needed for a new user; otherwise empty keeps the one stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

impl Default for UserDraft {
    fn default() -> Self {
        Self { name: String::new(), role: Role::Viewer, enabled: true, password: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    pub name: Label,
    pub role: Role,
    pub enabled: bool,
    pub password: Option<Secret>,
}

/// A stored user, as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: UserId,
    pub version: i64,
    pub name: Label,
    pub role: Role,
    pub enabled: bool,
    pub last_sign_in: Option<UnixMillis>,
}

impl From<&User> for UserDraft {
    fn from(u: &User) -> Self {
        Self { name: u.name.to_string(), role: u.role, enabled: u.enabled, password: None }
    }
}

impl UserDraft {
    /// Checks every field and reports all errors at once. `is_new` demands a password.
    pub fn parse(&self, is_new: bool) -> Result<NewUser, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", Label::parse(&self.name));
        let password = self.password.clone().filter(|p| !p.is_empty());
        match &password {
            Some(password) => {
                if let Some(code) = password_error(password) {
                    errors.add("password", code);
                }
            }
            None if is_new => errors.add("password", "required"),
            None => {}
        }
        match name {
            Some(name) if errors.is_empty() => Ok(NewUser { name, role: self.role, enabled: self.enabled, password }),
            _ => Err(errors),
        }
    }
}

/// Another password for oneself, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PasswordDraft {
    pub current: Secret,
    pub new: Secret,
    /// The new one once more.
    pub repeat: Secret,
}

impl PasswordDraft {
    /// All errors at once; whether the current one is right is known to the server alone.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.current.is_empty() {
            errors.add("current", "required");
        }
        if let Some(code) = password_error(&self.new) {
            errors.add("new", code);
        }
        if self.repeat.is_empty() {
            errors.add("repeat", "required");
        } else if self.repeat != self.new {
            errors.add("repeat", "password_repeat");
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// What is wrong with a new password, if anything.
pub fn password_error(password: &Secret) -> Option<&'static str> {
    let text = password.expose();
    if text.is_empty() {
        Some("required")
    } else if text.chars().count() < MIN_PASSWORD_CHARS {
        Some("password_short")
    } else if text.len() > MAX_PASSWORD_BYTES {
        Some("too_long")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_have_a_least_length() {
        for (typed, code) in [
            ("", Some("required")),
            ("elevenchars", Some("password_short")),
            ("twelve chars", None),
            ("çççççççççççç", None),
        ] {
            assert_eq!(password_error(&Secret::new(typed)), code, "{typed:?}");
        }
        assert_eq!(password_error(&Secret::new("x".repeat(1025))), Some("too_long"));
    }

    #[test]
    fn a_change_of_password_names_all_that_is_wrong() {
        const LONG: &str = "twelve chars";
        for (current, new, repeat, wrong) in [
            ("", "", "", vec![("current", "required"), ("new", "required"), ("repeat", "required")]),
            ("old", "short", "short", vec![("new", "password_short")]),
            ("old", LONG, "", vec![("repeat", "required")]),
            ("old", LONG, "twelve charz", vec![("repeat", "password_repeat")]),
            ("old", LONG, LONG, vec![]),
        ] {
            let [current, new, repeat] = [current, new, repeat].map(Secret::new);
            let errors = PasswordDraft { current, new, repeat }.check().err().unwrap_or_default();
            let found: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
            assert_eq!(found, wrong);
        }
    }

    #[test]
    fn an_edit_may_leave_the_password() {
        let draft = UserDraft { name: "ann".into(), ..UserDraft::default() };
        assert!(draft.parse(false).is_ok());
        assert!(draft.parse(true).is_err());
    }
}

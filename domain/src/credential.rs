//! A credential: a user name and a secret that can be written and replaced, never read back.

use crate::{CredentialId, FieldErrors, Label, Secret, destination::Destination, value::has_control};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// A user name with a password, app password or API key.
    #[default]
    Password,
}

impl CredentialKind {
    pub const ALL: [Self; 1] = [Self::Password];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A credential as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CredentialDraft {
    pub name: String,
    pub kind: CredentialKind,
    pub user_name: String,
    /// Needed for a new credential and when the user name changes; otherwise empty keeps the one stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
}

/// A credential whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential {
    pub name: Label,
    pub kind: CredentialKind,
    pub user_name: String,
    /// `None` keeps the stored one.
    pub secret: Option<Secret>,
}

/// A stored credential, as anybody may see it: without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    pub id: CredentialId,
    pub version: i64,
    pub name: Label,
    pub kind: CredentialKind,
    pub user_name: String,
    /// When the secret was last written.
    pub secret_set_at: crate::UnixMillis,
    /// Names of the accounts and connectors that log in with it.
    pub used_by: Vec<String>,
    /// Where its secret may be sent: each place has a sealed copy of its own.
    pub destinations: Vec<Destination>,
    /// The secret was entered and has not been used anywhere yet: the first place to use it binds it.
    pub unbound: bool,
}

impl Credential {
    /// Whether the secret has to be entered (again) before it may be sent there.
    pub fn needs_secret_for(&self, destination: &Destination) -> bool {
        !self.unbound && !self.destinations.contains(destination)
    }
}

impl From<&Credential> for CredentialDraft {
    fn from(c: &Credential) -> Self {
        Self { name: c.name.to_string(), kind: c.kind, user_name: c.user_name.clone(), secret: None }
    }
}

impl CredentialDraft {
    const MAX_USER_NAME_BYTES: usize = 320;

    /// Checks every field and reports all errors at once. `stored` is the credential being edited.
    pub fn parse(&self, stored: Option<&Credential>) -> Result<NewCredential, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", Label::parse(&self.name));
        if self.user_name.is_empty() {
            errors.add("user_name", "required");
        } else if has_control(&self.user_name) {
            errors.add("user_name", "control_character");
        } else if self.user_name.len() > Self::MAX_USER_NAME_BYTES {
            errors.add("user_name", "too_long");
        }
        let secret = self.secret.clone().filter(|secret| !secret.is_empty());
        match (&secret, stored) {
            (Some(secret), _) => {
                if let Some(code) = crate::account::secret_error(secret) {
                    errors.add("secret", code);
                }
            }
            (None, None) => errors.add("secret", "required"),
            (None, Some(stored)) if stored.user_name != self.user_name => errors.add("secret", "secret_again_user"),
            (None, Some(_)) => {}
        }
        match name {
            Some(name) if errors.is_empty() => {
                Ok(NewCredential { name, kind: self.kind, user_name: self.user_name.clone(), secret })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(result: Result<NewCredential, FieldErrors>) -> Vec<(String, String)> {
        result.err().unwrap_or_default().0.into_iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn a_new_credential_needs_everything() {
        let pair = |f: &str, c: &str| (f.to_owned(), c.to_owned());
        assert_eq!(
            codes(CredentialDraft::default().parse(None)),
            [pair("name", "required"), pair("user_name", "required"), pair("secret", "required")]
        );
    }

    #[test]
    fn an_edit_keeps_the_secret_unless_the_user_changes() {
        let stored = Credential {
            id: CredentialId(1),
            version: 1,
            name: Label::parse("Relay").expect("valid"),
            kind: CredentialKind::Password,
            user_name: "relay".into(),
            secret_set_at: crate::UnixMillis(0),
            used_by: vec![],
            destinations: vec![],
            unbound: true,
        };
        let mut draft = CredentialDraft::from(&stored);
        assert_eq!(draft.parse(Some(&stored)).expect("valid").secret, None);
        draft.user_name = "other".into();
        assert_eq!(codes(draft.parse(Some(&stored))), [("secret".to_owned(), "secret_again_user".to_owned())]);
        draft.secret = Some(Secret::new(" leading blank stays"));
        assert_eq!(draft.parse(Some(&stored)).expect("valid").secret, draft.secret);
    }
}

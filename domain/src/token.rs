//! API tokens: what a program shows in place of a user name and password. The token itself is seen once, when it is made.

use crate::{FieldErrors, Label, Role, Secret, TokenId, UnixMillis};
use serde::{Deserialize, Serialize};

/// A token as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TokenDraft {
    pub name: String,
    pub role: Role,
}

impl Default for TokenDraft {
    fn default() -> Self {
        Self { name: String::new(), role: Role::Viewer }
    }
}

/// A token whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    pub name: Label,
    pub role: Role,
}

/// A stored token, as administrators see it: without the token itself, of which the store has a hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    pub id: TokenId,
    pub name: Label,
    pub role: Role,
    /// Who made it, as the audit log names them.
    pub created_by: String,
    pub created_at: UnixMillis,
    /// To the minute; `None` where it has never been used.
    pub last_used_at: Option<UnixMillis>,
    /// Since when it opens nothing.
    pub revoked_at: Option<UnixMillis>,
}

/// A token just made, with what nobody will see again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenMade {
    pub token: Token,
    pub secret: Secret,
}

impl TokenDraft {
    /// Checks every field and reports all errors at once.
    pub fn parse(&self) -> Result<NewToken, FieldErrors> {
        let mut errors = FieldErrors::default();
        match errors.take("name", Label::parse(&self.name)) {
            Some(name) => Ok(NewToken { name, role: self.role }),
            None => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_needs_a_name_and_prints_as_stars() {
        let errors = TokenDraft::default().parse().expect_err("no name");
        assert_eq!((errors.0[0].field.as_str(), errors.0[0].code.as_str()), ("name", "required"));
        let new = TokenDraft { name: " CI ".into(), role: Role::Operator }.parse().expect("valid");
        assert_eq!((new.name.as_str(), new.role), ("CI", Role::Operator));
        let token = Token {
            id: TokenId(1),
            name: new.name,
            role: new.role,
            created_by: "ann".into(),
            created_at: UnixMillis(0),
            last_used_at: None,
            revoked_at: None,
        };
        assert!(!format!("{:?}", TokenMade { token, secret: Secret::new("needle") }).contains("needle"));
    }
}

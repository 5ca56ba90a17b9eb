//! A session's token: what the browser's cookie holds. The store knows its hash alone.

use crate::random;
use sha2::{Digest, Sha256};
use std::fmt;

/// 256 random bits as base64url. Prints as stars.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

/// SHA-256 of a token. 256 random bits need no slow hash.
pub(crate) type TokenHash = [u8; 32];

pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token).into()
}

impl SessionToken {
    const CHARS: usize = 43;

    /// What a cookie brought, if it can be a token at all.
    pub fn parse(text: &str) -> Option<Self> {
        let shaped =
            text.len() == Self::CHARS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        shaped.then(|| Self(text.to_owned()))
    }

    /// The token itself, for the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn make() -> Result<Self, getrandom::Error> {
        random::token().map(Self)
    }

    pub(crate) fn hash(&self) -> TokenHash {
        hash(&self.0)
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_shaped_and_print_as_stars() {
        let token = SessionToken::make().expect("random");
        assert_eq!(SessionToken::parse(token.as_str()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "***");
        for text in ["", "x", &"x".repeat(44), &format!("{}\n", "x".repeat(42))] {
            assert_eq!(SessionToken::parse(text), None, "{text:?}");
        }
    }
}

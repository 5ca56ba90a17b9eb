//! Tokens: what the browser's cookie holds, and what a program shows to the API. The store knows their hashes alone.

use crate::random;
use domain::Secret;
use sha2::{Digest, Sha256};
use std::fmt;

/// 256 random bits as base64url, behind a prefix where somebody came by single sign-on. Prints as stars.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

/// SHA-256 of a token. 256 random bits need no slow hash.
pub(crate) type TokenHash = [u8; 32];

pub(crate) fn hash(token: &str) -> TokenHash {
    hash_bytes(token.as_bytes())
}

pub(crate) fn hash_bytes(bytes: &[u8]) -> TokenHash {
    Sha256::digest(bytes).into()
}

impl SessionToken {
    /// Tells which table has the session.
    const SINGLE_SIGN_ON: &str = "sso.";

    /// What a cookie brought, if it can be a token at all.
    pub fn parse(text: &str) -> Option<Self> {
        let random = text.strip_prefix(Self::SINGLE_SIGN_ON).unwrap_or(text);
        is_random(random).then(|| Self(text.to_owned()))
    }

    /// Of somebody who came by single sign-on.
    pub(crate) fn is_single_sign_on(&self) -> bool {
        self.0.starts_with(Self::SINGLE_SIGN_ON)
    }

    pub(crate) fn make_single_sign_on() -> Result<Self, getrandom::Error> {
        Ok(Self(format!("{}{}", Self::SINGLE_SIGN_ON, random::token()?)))
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

/// What a program shows to the API: a prefix that scanners for leaked secrets can look for, and 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiToken(String);

impl ApiToken {
    const PREFIX: &str = "postroom_";

    /// What a request brought, if it can be a token at all.
    pub fn parse(text: &str) -> Option<Self> {
        is_random(text.strip_prefix(Self::PREFIX)?).then(|| Self(text.to_owned()))
    }

    pub(crate) fn make() -> Result<Self, getrandom::Error> {
        Ok(Self(format!("{}{}", Self::PREFIX, random::token()?)))
    }

    pub(crate) fn hash(&self) -> TokenHash {
        hash(&self.0)
    }

    pub(crate) fn into_secret(self) -> Secret {
        Secret::new(self.0)
    }
}

/// As [`random::token`] makes them.
fn is_random(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// What a portal's page shows for a person: it is kept in memory there, never in a cookie or an address.
#[derive(Clone, PartialEq, Eq)]
pub struct PortalToken(String);

impl PortalToken {
    pub const PREFIX: &str = "pfs_";

    /// What a request brought, if it can be a token at all.
    pub fn parse(text: &str) -> Option<Self> {
        is_random(text.strip_prefix(Self::PREFIX)?).then(|| Self(text.to_owned()))
    }

    /// The token itself, for whom it is meant.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn make() -> Result<Self, getrandom::Error> {
        Ok(Self(format!("{}{}", Self::PREFIX, random::token()?)))
    }

    pub(crate) fn hash(&self) -> TokenHash {
        hash(&self.0)
    }
}

impl fmt::Debug for PortalToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
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
        assert!(!token.is_single_sign_on());
        let other = SessionToken::make_single_sign_on().expect("random");
        assert_eq!(SessionToken::parse(other.as_str()).map(|token| token.is_single_sign_on()), Some(true));
        for text in
            ["", "x", "sso.", &"x".repeat(44), &format!("{}\n", "x".repeat(42)), &format!("sso.{}", "x".repeat(42))]
        {
            assert_eq!(SessionToken::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn api_tokens_are_shaped_and_print_as_stars() {
        let token = ApiToken::make().expect("random");
        assert_eq!(format!("{token:?}"), "***");
        let text = token.clone().into_secret();
        assert_eq!(ApiToken::parse(text.expose()), Some(token));
        for text in ["", "postroom_", &"x".repeat(43), &format!("postroom_{}", "x".repeat(42))] {
            assert_eq!(ApiToken::parse(text), None, "{text:?}");
        }
    }
}

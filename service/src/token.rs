//! A session's token: what the browser's cookie holds. The store knows its hash alone.

use std::fmt;

/// 256 random bits as base64url. Prints as stars.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

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
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

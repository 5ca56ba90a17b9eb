//! Enhanced status codes (RFC 3463): `class.subject.detail`, read from a reply's text.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Enhanced {
    /// 2, 4 or 5.
    pub class: u8,
    /// 0 to 7 are assigned (RFC 3463 section 3).
    pub subject: u16,
    pub detail: u16,
}

impl Enhanced {
    /// The first one in a reply: behind its code, where RFC 2034 puts it, or anywhere, where many servers do.
    pub fn find(reply: &str) -> Option<Self> {
        reply.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|word| Self::parse(word.trim_end_matches('.')))
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut part = || parts.next().filter(|part| (1..=3).contains(&part.len()))?.parse::<u16>().ok();
        let (class, subject, detail) = (part()?, part()?, part()?);
        let class = u8::try_from(class).ok().filter(|class| matches!(class, 2 | 4 | 5))?;
        parts.next().is_none().then_some(Self { class, subject, detail })
    }
}

impl fmt::Display for Enhanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl From<Enhanced> for String {
    fn from(code: Enhanced) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for Enhanced {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not an enhanced status code")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_where_servers_put_them() {
        let check = |reply: &str, expected: Option<&str>| {
            assert_eq!(Enhanced::find(reply).map(|code| code.to_string()).as_deref(), expected, "{reply}");
        };
        check("535 5.7.8 Error: authentication failed", Some("5.7.8"));
        check("550-5.7.26 This mail is unauthenticated 550 5.7.26 …", Some("5.7.26"));
        check("554 spam (5.7.1).", Some("5.7.1"));
        check("550 5.7.606, Access denied", Some("5.7.606"));
        check("421 mx 192.0.2.1 closing", None);
        check("550 version 3.7.11", None);
        check("250 2.0.0 Ok", Some("2.0.0"));
        check("554 1.2.3 5.7.1", Some("5.7.1"));
        check("", None);
        check("550 5.7.1234 x", None);
        check("550 5.7.1.2 x", None);
    }
}

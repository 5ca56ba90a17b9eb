//! A TCP port that can be connected to.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A TCP port, 1 to 65535.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Port(u16);

impl Port {
    /// Message submission over implicit TLS (RFC 8314 section 3.3).
    pub const SUBMISSIONS: Self = Self(465);
    /// Message submission with STARTTLS (RFC 6409 section 3.1).
    pub const SUBMISSION: Self = Self(587);
    /// Mail relay (RFC 5321 section 4.5.4.2).
    pub const SMTP: Self = Self(25);
    /// Stands in for 587 where a network closes that; no standard names it.
    pub const ALTERNATE: Self = Self(2525);

    /// The web over TLS (RFC 9110 section 4.2.2).
    pub const HTTPS: Self = Self(443);

    pub fn new(number: u16) -> Option<Self> {
        (number != 0).then_some(Self(number))
    }

    /// A port as typed: digits only, surrounding blanks allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        text.parse().ok().and_then(Self::new)
    }

    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Port {
    type Error = &'static str;
    fn try_from(number: u16) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("port_range")
    }
}

impl From<Port> for u16 {
    fn from(port: Port) -> Self {
        port.0
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f02_ports_are_1_to_65535() {
        for (typed, port) in [
            ("25", Some(25)),
            (" 587 ", Some(587)),
            ("00465", Some(465)),
            ("65535", Some(65535)),
            ("0", None),
            ("65536", None),
            ("-1", None),
            ("+25", None),
            ("25a", None),
            ("", None),
        ] {
            assert_eq!(Port::parse(typed).map(Port::get), port, "{typed:?}");
        }
        assert!(serde_json::from_str::<Port>("0").is_err());
    }
}

//! An e-mail address as SMTP carries it.

use super::{Host, HostError, serde_by_parse};
use std::net::{Ipv4Addr, Ipv6Addr};

/// A mailbox of RFC 5321 section 4.1.2 (with the non-ASCII local parts of RFC 6531), without a display name.
///
/// The local part is a dot-atom or a quoted string of printable ASCII; the domain is a DNS name, also an
/// internationalised one, or an address literal. Kept as typed; [`EmailAddress::to_wire`] has the ASCII domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    text: String,
    at: usize,
    domain_ascii: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailError {
    Empty,
    /// CR, LF, NUL and their kin.
    ControlCharacter,
    /// No `@`, or nothing before or behind it.
    Missing,
    /// `Name <user@host>` or a list: one bare address belongs here.
    NotBare,
    /// The part before the `@` is not a dot-atom or a quoted string.
    Local,
    /// The part before the `@` is over 64 octets.
    LocalTooLong,
    /// A quoted local part with what can't be sent: a backslash pair, blanks at its ends, non-ASCII.
    QuotedLocal,
    /// The part behind the `@` is no domain.
    Domain,
    /// Over 254 octets.
    TooLong,
}

impl EmailError {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::ControlCharacter => "control_character",
            Self::Missing => "email_missing",
            Self::NotBare => "email_not_bare",
            Self::Local => "email_local",
            Self::LocalTooLong => "email_local_too_long",
            Self::QuotedLocal => "email_quoted_local",
            Self::Domain => "email_domain",
            Self::TooLong => "email_too_long",
        }
    }
}

impl EmailAddress {
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim_matches([' ', '\t']);
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if super::has_control(text) {
            return Err(EmailError::ControlCharacter);
        }
        let quoted = text.starts_with('"');
        if !quoted && (text.contains(['<', '>', ',', ';'])) || text.ends_with('>') {
            return Err(EmailError::NotBare);
        }
        let at = text.rfind('@').filter(|at| *at > 0 && *at + 1 < text.len()).ok_or(EmailError::Missing)?;
        let (local, domain) = (&text[..at], &text[at + 1..]);
        if quoted {
            check_quoted(local)?;
        } else {
            check_dot_atom(local)?;
        }
        if local.len() > 64 {
            return Err(EmailError::LocalTooLong);
        }
        let domain_ascii = parse_domain(domain)?;
        if local.len() + 1 + domain_ascii.len() > 254 {
            return Err(EmailError::TooLong);
        }
        Ok(Self { text: text.to_owned(), at, domain_ascii })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// The domain in ASCII (punycode), or an address literal with its brackets.
    pub fn domain_ascii(&self) -> &str {
        &self.domain_ascii
    }

    /// `local@domain` with the domain in ASCII, as MAIL FROM and RCPT TO carry it.
    pub fn to_wire(&self) -> String {
        format!("{}@{}", self.local(), self.domain_ascii)
    }

    /// Whether the server must offer SMTPUTF8 (RFC 6531) for it.
    pub fn needs_smtputf8(&self) -> bool {
        !self.local().is_ascii()
    }
}

serde_by_parse!(EmailAddress);

fn check_dot_atom(local: &str) -> Result<(), EmailError> {
    let atom = |c: char| {
        c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || (!c.is_ascii() && c.is_alphanumeric())
    };
    let valid = local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
    if valid { Ok(()) } else { Err(EmailError::Local) }
}

fn check_quoted(local: &str) -> Result<(), EmailError> {
    let inner = local
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.is_empty())
        .ok_or(EmailError::Local)?;
    // qtextSMTP of RFC 5321 without its pairs: `"` and `\` need a backslash, which no library we send with writes back.
    if inner.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b'"' && b != b'\\') {
        Ok(())
    } else {
        Err(EmailError::QuotedLocal)
    }
}

fn parse_domain(domain: &str) -> Result<String, EmailError> {
    if let Some(rest) = domain.strip_prefix('[') {
        let literal = rest.strip_suffix(']').ok_or(EmailError::Domain)?;
        if let Ok(ip) = literal.parse::<Ipv4Addr>() {
            return Ok(format!("[{ip}]"));
        }
        let tagged = literal.get(..5).filter(|tag| tag.eq_ignore_ascii_case("IPv6:"));
        if let (Some(_), Ok(ip)) = (tagged, literal.get(5..).unwrap_or_default().parse::<Ipv6Addr>()) {
            return Ok(format!("[IPv6:{ip}]"));
        }
        return Err(EmailError::Domain);
    }
    match Host::parse(domain) {
        Ok(host) if host.ip().is_none() && !domain.ends_with('.') => Ok(host.ascii().to_owned()),
        Err(HostError::ControlCharacter) => Err(EmailError::ControlCharacter),
        Ok(_) | Err(_) => Err(EmailError::Domain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        for (typed, result) in [
            ("ann@example.com", Ok("ann@example.com")),
            (" ann@Example.COM ", Ok("ann@example.com")),
            ("o'neil+alerts@example.com", Ok("o'neil+alerts@example.com")),
            ("ann@localhost", Ok("ann@localhost")),
            ("ann@bücher.example", Ok("ann@xn--bcher-kva.example")),
            ("josé@example.com", Ok("josé@example.com")),
            ("\"ann bell\"@example.com", Ok("\"ann bell\"@example.com")),
            ("\"a@b\"@example.com", Ok("\"a@b\"@example.com")),
            ("ann@[192.0.2.1]", Ok("ann@[192.0.2.1]")),
            ("ann@[ipv6:2001:DB8::1]", Ok("ann@[IPv6:2001:db8::1]")),
            ("", Err(EmailError::Empty)),
            ("ann", Err(EmailError::Missing)),
            ("@example.com", Err(EmailError::Missing)),
            ("ann@", Err(EmailError::Missing)),
            ("Ann <ann@example.com>", Err(EmailError::NotBare)),
            ("a@example.com, b@example.com", Err(EmailError::NotBare)),
            ("a@example.com;b@example.com", Err(EmailError::NotBare)),
            ("ann bell@example.com", Err(EmailError::Local)),
            (".ann@example.com", Err(EmailError::Local)),
            ("a..b@example.com", Err(EmailError::Local)),
            ("\"a\\\"b\"@example.com", Err(EmailError::QuotedLocal)),
            ("\"é\"@example.com", Err(EmailError::QuotedLocal)),
            ("\"\"@example.com", Err(EmailError::Local)),
            ("ann@example..com", Err(EmailError::Domain)),
            ("ann@192.0.2.1", Err(EmailError::Domain)),
            ("ann@[192.0.2]", Err(EmailError::Domain)),
            ("ann@[2001:db8::1]", Err(EmailError::Domain)),
            ("ann@exam ple.com", Err(EmailError::Domain)),
            ("ann@example.com\r\nBcc: x@y.z", Err(EmailError::ControlCharacter)),
            ("ann\0@example.com", Err(EmailError::ControlCharacter)),
            (long_local.as_str(), Err(EmailError::LocalTooLong)),
        ] {
            let parsed = EmailAddress::parse(typed);
            assert_eq!(
                parsed.as_ref().map(EmailAddress::to_wire).map_err(|e| *e),
                result.map(str::to_owned),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn a_non_ascii_local_part_needs_smtputf8() {
        assert!(EmailAddress::parse("josé@example.com").expect("valid").needs_smtputf8());
        assert!(!EmailAddress::parse("ann@bücher.example").expect("valid").needs_smtputf8());
    }

    proptest! {
        #[test]
        fn never_panics_and_never_forges_a_line(typed in "\\PC{0,60}|[a-z\"@. \\r\\n<>\\[\\]:]{0,30}") {
            if let Ok(address) = EmailAddress::parse(&typed) {
                prop_assert!(!address.to_wire().contains(['\r', '\n', '\0', '<', '>']) || address.local().starts_with('"'));
                prop_assert_eq!(EmailAddress::parse(address.as_str()).expect("reads back"), address);
            }
        }
    }
}

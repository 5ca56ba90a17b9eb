//! A host that can be connected to: a DNS name or an IP address.

use super::serde_by_parse;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A DNS name (RFC 1123, internationalised by UTS 46), an IPv4 or an IPv6 address.
///
/// Shown as typed (trimmed, lower case, no trailing dot, no brackets); connected to, and bound into a secret's
/// destination, in its ASCII form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Host {
    shown: String,
    ascii: String,
    ip: Option<IpAddr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostError {
    Empty,
    /// Control characters: CR, LF, NUL and their kin.
    ControlCharacter,
    /// Blanks inside.
    Space,
    /// A URL was pasted: only its host belongs here.
    Url,
    /// `user@host`: the user belongs to the credential.
    UserPart,
    /// `host:port`: the port has a field of its own.
    PortPart,
    /// Looks like an IPv4 address and is none (`10.0.0.256`, `127.1`, `0x7f000001`).
    Ipv4,
    /// Brackets or colons, but no IPv6 address.
    Ipv6,
    /// An IPv6 zone (`%eth0`) means something on one machine only.
    Zone,
    /// Not a DNS name.
    Name,
    /// Over 253 octets, or a part over 63.
    TooLong,
}

impl HostError {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::ControlCharacter => "control_character",
            Self::Space => "host_space",
            Self::Url => "host_url",
            Self::UserPart => "host_user",
            Self::PortPart => "host_port",
            Self::Ipv4 => "host_ipv4",
            Self::Ipv6 => "host_ipv6",
            Self::Zone => "host_zone",
            Self::Name => "host_name",
            Self::TooLong => "host_too_long",
        }
    }
}

impl Host {
    pub fn parse(text: &str) -> Result<Self, HostError> {
        let text = text.trim_matches([' ', '\t']);
        if text.is_empty() {
            return Err(HostError::Empty);
        }
        if super::has_control(text) {
            return Err(HostError::ControlCharacter);
        }
        if text.contains("://") || text.contains('/') {
            return Err(HostError::Url);
        }
        if text.contains(char::is_whitespace) {
            return Err(HostError::Space);
        }
        if text.contains('@') {
            return Err(HostError::UserPart);
        }
        if text.contains(':') || text.starts_with('[') {
            return Self::parse_ipv6(text);
        }
        if let Ok(ip) = text.parse::<Ipv4Addr>() {
            return Ok(Self { shown: ip.to_string(), ascii: ip.to_string(), ip: Some(ip.into()) });
        }
        Self::parse_name(text)
    }

    /// As people read it.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// As the resolver, the TLS handshake and a secret's destination know it: punycode, lower case.
    pub fn ascii(&self) -> &str {
        &self.ascii
    }

    pub const fn ip(&self) -> Option<IpAddr> {
        self.ip
    }

    fn parse_ipv6(text: &str) -> Result<Self, HostError> {
        if text.contains('%') {
            return Err(HostError::Zone);
        }
        let inner = match text.strip_prefix('[') {
            Some(rest) => match rest.split_once(']') {
                Some((inner, "")) => inner,
                Some((_, tail)) if tail.starts_with(':') => return Err(HostError::PortPart),
                _ => return Err(HostError::Ipv6),
            },
            None => text,
        };
        if let Ok(ip) = inner.parse::<Ipv6Addr>() {
            return Ok(Self { shown: ip.to_string(), ascii: ip.to_string(), ip: Some(ip.into()) });
        }
        match text.rsplit_once(':') {
            Some((host, port))
                if !host.contains(':') && !host.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) =>
            {
                Err(HostError::PortPart)
            }
            _ => Err(HostError::Ipv6),
        }
    }

    fn parse_name(text: &str) -> Result<Self, HostError> {
        let name = text.strip_suffix('.').unwrap_or(text);
        let ascii = idna::domain_to_ascii_cow(name.as_bytes(), idna::AsciiDenyList::STD3)
            .map_err(|_| HostError::Name)?
            .into_owned();
        if ascii.len() > 253 || ascii.split('.').any(|part| part.len() > 63) {
            return Err(HostError::TooLong);
        }
        let part_is_name = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        if !ascii.split('.').all(part_is_name) {
            return Err(HostError::Name);
        }
        // A last part of digits (or 0x…) is what resolvers read as an IPv4 address in one of its odd forms.
        let last = ascii.rsplit('.').next().unwrap_or_default();
        let hex = last.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()));
        if hex || last.bytes().all(|b| b.is_ascii_digit()) {
            return Err(HostError::Ipv4);
        }
        let (shown, result) = idna::domain_to_unicode(&ascii);
        let shown = if result.is_ok() { shown } else { ascii.clone() };
        Ok(Self { shown, ascii, ip: None })
    }
}

serde_by_parse!(Host);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn f02_hosts_are_one_name_or_one_address() {
        let long_part = format!("{}.example", "a".repeat(64));
        let long = "a.".repeat(130) + "example";
        for (typed, result) in [
            ("smtp.example.com", Ok("smtp.example.com")),
            ("  SMTP.Example.COM. ", Ok("smtp.example.com")),
            ("localhost", Ok("localhost")),
            ("relay_1.corp", Err(HostError::Name)),
            ("127.0.0.1", Ok("127.0.0.1")),
            ("[2001:DB8::1]", Ok("2001:db8::1")),
            ("::1", Ok("::1")),
            ("bücher.example", Ok("xn--bcher-kva.example")),
            ("", Err(HostError::Empty)),
            ("   ", Err(HostError::Empty)),
            ("smtp example.com", Err(HostError::Space)),
            ("smtp://mail.example.com", Err(HostError::Url)),
            ("mail.example.com/x", Err(HostError::Url)),
            ("user@mail.example.com", Err(HostError::UserPart)),
            ("mail.example.com:587", Err(HostError::PortPart)),
            ("[::1]:25", Err(HostError::PortPart)),
            ("fe80::1%eth0", Err(HostError::Zone)),
            ("[::1", Err(HostError::Ipv6)),
            ("12:34:zz", Err(HostError::Ipv6)),
            ("10.0.0.256", Err(HostError::Ipv4)),
            ("127.1", Err(HostError::Ipv4)),
            ("2130706433", Err(HostError::Ipv4)),
            ("0x7f000001", Err(HostError::Ipv4)),
            ("-bad.example", Err(HostError::Name)),
            ("bad-.example", Err(HostError::Name)),
            ("a..b", Err(HostError::Name)),
            ("mail.exa\rmple", Err(HostError::ControlCharacter)),
            ("mail\0.example", Err(HostError::ControlCharacter)),
            (long_part.as_str(), Err(HostError::TooLong)),
            (long.as_str(), Err(HostError::TooLong)),
        ] {
            assert_eq!(Host::parse(typed).as_ref().map(Host::ascii).map_err(|e| *e), result, "{typed:?}");
        }
        assert_eq!(Host::parse("XN--BCHER-KVA.example").expect("punycode").as_str(), "bücher.example");
    }

    proptest! {
        #[test]
        fn never_panics_and_reparses_to_itself(typed in "\\PC{0,40}") {
            if let Ok(host) = Host::parse(&typed) {
                prop_assert!(host.ascii().is_ascii());
                prop_assert!(!host.ascii().contains(['\r', '\n', '\0', ' ', '@', '/']));
                let again = Host::parse(host.as_str()).expect("a host reads back");
                prop_assert_eq!(again.ascii(), host.ascii());
                prop_assert_eq!(again, host);
            }
        }

        #[test]
        fn control_characters_never_pass(before in "[a-z]{1,8}", control in prop::sample::select(vec!['\r', '\n', '\0', '\u{7f}', '\u{85}']), after in "[a-z]{1,8}") {
            let typed = format!("{before}{control}{after}");
            prop_assert!(Host::parse(&typed).is_err());
        }
    }
}

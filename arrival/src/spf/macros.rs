//! Macro strings (RFC 7208 section 7): read, and expanded for a sender.

use std::{fmt::Write, net::IpAddr};

/// A `domain-spec` or any other text with macros in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MacroString(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Macro { letter: u8, keep: usize, reverse: bool, delimiters: String, escape: bool },
}

/// What macros stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a> {
    pub local: &'a str,
    pub sender_domain: &'a str,
    pub domain: &'a str,
    pub helo: &'a str,
    pub ip: IpAddr,
    /// The address's validated name, or `unknown`.
    pub validated: &'a str,
}

impl MacroString {
    /// `explaining`: some letters may stand in an explanation only.
    pub fn parse(text: &str, explaining: bool) -> Option<Self> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            if c != '%' {
                // Visible characters; in an explanation, blanks too.
                let allowed = c.is_ascii_graphic() || (explaining && c == ' ');
                if !allowed {
                    return None;
                }
                plain.push(c);
                continue;
            }
            let next = rest.chars().next()?;
            rest = &rest[next.len_utf8()..];
            match next {
                '%' => plain.push('%'),
                '_' => plain.push(' '),
                '-' => plain.push_str("%20"),
                '{' => {
                    let (inner, behind) = rest.split_once('}')?;
                    rest = behind;
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                    parts.push(one(inner, explaining)?);
                }
                _ => return None,
            }
        }
        parts.push(Part::Text(plain));
        Some(Self(parts))
    }

    /// A `domain-spec` ends in a name's last label or in a macro (section 7.1).
    pub fn is_domain(&self) -> bool {
        let last = self.0.iter().rev().find(|part| **part != Part::Text(String::new()));
        match last {
            Some(Part::Macro { .. }) => true,
            Some(Part::Text(text)) => {
                let text = text.strip_suffix('.').unwrap_or(text);
                let Some((_, top)) = text.rsplit_once('.') else { return false };
                let digits = top.bytes().all(|b| b.is_ascii_digit());
                let plain = top.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                !top.is_empty() && plain && !digits && !top.starts_with('-') && !top.ends_with('-')
            }
            None => false,
        }
    }

    pub fn needs_validated_name(&self) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Macro { letter: b'p', .. }))
    }

    pub fn expand(&self, values: &Values<'_>) -> String {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(plain) => text += plain,
                Part::Macro { letter, keep, reverse, delimiters, escape } => {
                    let value = value_of(*letter, values);
                    let mut pieces: Vec<&str> = value.split(|c| delimiters.contains(c)).collect();
                    if *reverse {
                        pieces.reverse();
                    }
                    let from = pieces.len().saturating_sub(*keep);
                    let joined = pieces[from..].join(".");
                    text += &if *escape { escaped(&joined) } else { joined };
                }
            }
        }
        text
    }

    /// The same as a name to ask for: without its last dot, and too long a one cut from the left (section 7.3).
    pub fn expand_name(&self, values: &Values<'_>) -> String {
        let text = self.expand(values);
        let mut name = text.strip_suffix('.').unwrap_or(&text);
        while name.len() > 253 {
            name = name.split_once('.').map_or("", |(_, rest)| rest);
        }
        name.to_owned()
    }
}

fn one(inner: &str, explaining: bool) -> Option<Part> {
    let letter = *inner.as_bytes().first()?;
    let rest = inner.get(1..)?;
    let escape = letter.is_ascii_uppercase();
    let letter = letter.to_ascii_lowercase();
    let known = b"slodipvh".contains(&letter) || (explaining && b"crt".contains(&letter));
    if !known {
        return None;
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let keep = match &rest[..digits] {
        "" => usize::MAX,
        number => number.parse().ok().filter(|keep| *keep > 0)?,
    };
    let rest = &rest[digits..];
    let (reverse, delimiters) = match rest.strip_prefix(['r', 'R']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if !delimiters.bytes().all(|b| b".-+,/_=".contains(&b)) {
        return None;
    }
    let delimiters = if delimiters.is_empty() { "." } else { delimiters }.to_owned();
    Some(Part::Macro { letter, keep, reverse, delimiters, escape })
}

fn value_of(letter: u8, v: &Values<'_>) -> String {
    match letter {
        b's' => format!("{}@{}", v.local, v.sender_domain),
        b'l' => v.local.to_owned(),
        b'o' => v.sender_domain.to_owned(),
        b'd' => v.domain.to_owned(),
        b'i' => match v.ip {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => {
                let nibbles = ip.octets().map(|octet| format!("{:x}.{:x}", octet >> 4, octet & 15));
                nibbles.join(".")
            }
        },
        b'p' => v.validated.to_owned(),
        b'v' => if v.ip.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
        b'h' => v.helo.to_owned(),
        // What only explanations have is never expanded: no explanation is fetched.
        _ => String::new(),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 7208 section 7.4.
    #[test]
    fn the_examples_of_the_rfc() {
        let values = |ip: &str| Values {
            local: "strong-bad",
            sender_domain: "email.example.com",
            domain: "email.example.com",
            helo: "mx.example.org",
            ip: ip.parse().expect("an address"),
            validated: "mx.example.org",
        };
        let check = |text: &str, ip: &str, wanted: &str| {
            let parsed = MacroString::parse(text, false).expect(text);
            assert_eq!(parsed.expand(&values(ip)), wanted, "{text}");
        };
        let v4 = "192.0.2.3";
        for (text, wanted) in [
            ("%{s}", "strong-bad@email.example.com"),
            ("%{o}", "email.example.com"),
            ("%{d}", "email.example.com"),
            ("%{d4}", "email.example.com"),
            ("%{d3}", "email.example.com"),
            ("%{d2}", "example.com"),
            ("%{d1}", "com"),
            ("%{dr}", "com.example.email"),
            ("%{d2r}", "example.email"),
            ("%{l}", "strong-bad"),
            ("%{l-}", "strong.bad"),
            ("%{lr}", "strong-bad"),
            ("%{lr-}", "bad.strong"),
            ("%{l1r-}", "strong"),
            ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
            ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
            ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
            ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
            ("%{p}%%%_%-%{S}", "mx.example.org% %20strong-bad%40email.example.com"),
        ] {
            check(text, v4, wanted);
        }
        check(
            "%{ir}.%{v}._spf.%{d2}",
            "2001:db8::cb01",
            "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com",
        );
    }

    #[test]
    fn what_is_no_macro_string() {
        for text in
            ["%", "%x", "%{", "%{x}", "%{}", "%{d0}", "%{d2x}", "%{c}", "a b", "ä", "%{d99999999999999999999999}"]
        {
            assert_eq!(MacroString::parse(text, false), None, "{text}");
        }
        assert!(MacroString::parse("%{c} says no", true).is_some());
        for (text, domain) in [
            ("example.com", true),
            ("example.com.", true),
            ("example", false),
            ("%{d}", true),
            ("a.1", false),
            ("", false),
        ] {
            assert_eq!(MacroString::parse(text, false).expect(text).is_domain(), domain, "{text}");
        }
    }

    #[test]
    fn a_long_name_is_cut_from_the_left() {
        let values = Values {
            local: "l",
            sender_domain: "d",
            domain: "d",
            helo: "h",
            ip: std::net::Ipv4Addr::LOCALHOST.into(),
            validated: "unknown",
        };
        let long = format!("{}example.com", "a.".repeat(130));
        let name = MacroString::parse(&long, false).expect("parses").expand_name(&values);
        assert!(name.len() <= 253 && name.ends_with(".example.com"), "{name}");
    }
}

//! An SPF record, read (RFC 7208 sections 4.5, 5 and 6). A record with one mistake in it is wrong as a whole.

use super::macros::MacroString;
use std::net::{Ipv4Addr, Ipv6Addr};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpfRecord {
    pub directives: Vec<Directive>,
    pub redirect: Option<MacroString>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    pub qualifier: Qualifier,
    pub mechanism: Mechanism,
    /// As it stands in the record.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qualifier {
    Pass,
    Fail,
    SoftFail,
    Neutral,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mechanism {
    All,
    Include(MacroString),
    A(Option<MacroString>, Prefixes),
    Mx(Option<MacroString>, Prefixes),
    /// Not to be used any more (section 5.5).
    Ptr(Option<MacroString>),
    Ip4(Ipv4Addr, u32),
    Ip6(Ipv6Addr, u32),
    Exists(MacroString),
}

/// `/24//64`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prefixes {
    pub v4: u32,
    pub v6: u32,
}

/// Whether a text is a record of this version at all (section 4.5).
pub(super) fn is_spf(text: &str) -> bool {
    let (head, rest) = text.split_at_checked(6).unwrap_or((text, ""));
    head.eq_ignore_ascii_case("v=spf1") && (rest.is_empty() || rest.starts_with(' '))
}

/// The record, or the term that can't be read.
pub(super) fn parse(text: &str) -> Result<SpfRecord, String> {
    let mut record = SpfRecord { directives: Vec::new(), redirect: None };
    let mut explained = false;
    for term in text.split(' ').skip(1).filter(|term| !term.is_empty()) {
        let wrong = || term.to_owned();
        match modifier(term) {
            Some((name, value)) if name.eq_ignore_ascii_case("redirect") => {
                let target = domain_spec(value).ok_or_else(wrong)?;
                if record.redirect.replace(target).is_some() {
                    return Err(wrong());
                }
            }
            Some((name, value)) if name.eq_ignore_ascii_case("exp") => {
                domain_spec(value).ok_or_else(wrong)?;
                if std::mem::replace(&mut explained, true) {
                    return Err(wrong());
                }
            }
            // An unknown one is passed over, if it is well formed.
            Some((_, value)) => drop(MacroString::parse(value, false).ok_or_else(wrong)?),
            None => record.directives.push(directive(term).ok_or_else(wrong)?),
        }
    }
    Ok(record)
}

/// `name=value`, where the name begins with a letter and has no `:` or `/` before the sign.
fn modifier(term: &str) -> Option<(&str, &str)> {
    let (name, value) = term.split_once('=')?;
    let first = name.bytes().next()?.is_ascii_alphabetic();
    let rest = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    (first && rest).then_some((name, value))
}

fn directive(term: &str) -> Option<Directive> {
    let (qualifier, rest) = match term.as_bytes().first()? {
        b'+' => (Qualifier::Pass, &term[1..]),
        b'-' => (Qualifier::Fail, &term[1..]),
        b'~' => (Qualifier::SoftFail, &term[1..]),
        b'?' => (Qualifier::Neutral, &term[1..]),
        _ => (Qualifier::Pass, term),
    };
    let end = rest.find([':', '/']).unwrap_or(rest.len());
    let (name, argument) = rest.split_at(end);
    let mechanism = match name.to_ascii_lowercase().as_str() {
        "all" if argument.is_empty() => Mechanism::All,
        "include" => Mechanism::Include(domain_spec(argument.strip_prefix(':')?)?),
        "exists" => Mechanism::Exists(domain_spec(argument.strip_prefix(':')?)?),
        "a" => with_prefixes(argument).map(|(domain, prefixes)| Mechanism::A(domain, prefixes))?,
        "mx" => with_prefixes(argument).map(|(domain, prefixes)| Mechanism::Mx(domain, prefixes))?,
        "ptr" if argument.is_empty() => Mechanism::Ptr(None),
        "ptr" => Mechanism::Ptr(Some(domain_spec(argument.strip_prefix(':')?)?)),
        "ip4" => {
            let (address, prefix) = network(argument.strip_prefix(':')?, 32)?;
            Mechanism::Ip4(address.parse().ok()?, prefix)
        }
        "ip6" => {
            let (address, prefix) = network(argument.strip_prefix(':')?, 128)?;
            Mechanism::Ip6(address.parse().ok()?, prefix)
        }
        _ => return None,
    };
    Some(Directive { qualifier, mechanism, text: term.to_owned() })
}

fn domain_spec(text: &str) -> Option<MacroString> {
    MacroString::parse(text, false).filter(MacroString::is_domain)
}

/// `[:domain][/prefix][//prefix]`.
fn with_prefixes(argument: &str) -> Option<(Option<MacroString>, Prefixes)> {
    let mut prefixes = Prefixes { v4: 32, v6: 128 };
    let mut rest = argument;
    if let Some((before, v6)) = rest.rsplit_once("//") {
        prefixes.v6 = prefix(v6, 128)?;
        rest = before;
    }
    // A slash may also stand in a macro's braces, as a delimiter.
    if let Some((before, v4)) = rest.rsplit_once('/').filter(|(_, behind)| !behind.contains('}')) {
        prefixes.v4 = prefix(v4, 32)?;
        rest = before;
    }
    let domain = match rest.strip_prefix(':') {
        Some(domain) => Some(domain_spec(domain)?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some((domain, prefixes))
}

fn network(text: &str, width: u32) -> Option<(&str, u32)> {
    match text.split_once('/') {
        Some((address, length)) => Some((address, prefix(length, width)?)),
        None => Some((text, width)),
    }
}

/// Digits without a leading zero.
fn prefix(text: &str, width: u32) -> Option<u32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    digits.then(|| text.parse().ok()).flatten().filter(|length| *length <= width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn records() {
        for (text, wrong) in [
            ("v=spf1", None),
            ("V=SPF1 -ALL", None),
            ("v=spf1 a a:example.com a/24 a//64 a:example.com/24//64 mx mx:%{d}/28 -all", None),
            ("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.1 ip6:2001:db8::/32 ip6:2001:db8::1 ~all", None),
            ("v=spf1 include:_spf.example.com  redirect=_spf.example.net", None),
            ("v=spf1 ptr ptr:example.com exists:%{ir}.sbl.example.org exp=why.example.com ?all", None),
            ("v=spf1 future=anything/%{d} -all", None),
            ("v=spf1 a:%{l/}.example.com -all", None),
            ("v=spf1 ipv4:192.0.2.1 -all", Some("ipv4:192.0.2.1")),
            ("v=spf1 ip4:192.0.2.1/33", Some("ip4:192.0.2.1/33")),
            ("v=spf1 ip4:192.0.2.256", Some("ip4:192.0.2.256")),
            ("v=spf1 ip4:192.0.2.0/024", Some("ip4:192.0.2.0/024")),
            ("v=spf1 ip4", Some("ip4")),
            ("v=spf1 include", Some("include")),
            ("v=spf1 include:", Some("include:")),
            ("v=spf1 include:localhost", Some("include:localhost")),
            ("v=spf1 all:example.com", Some("all:example.com")),
            ("v=spf1 a/", Some("a/")),
            ("v=spf1 a/24/64", Some("a/24/64")),
            ("v=spf1 redirect=a.example redirect=b.example", Some("redirect=b.example")),
            ("v=spf1 redirect=", Some("redirect=")),
            ("v=spf1 x=%{q}", Some("x=%{q}")),
            ("v=spf1 192.0.2.1", Some("192.0.2.1")),
            ("v=spf1 -all;", Some("-all;")),
            ("v=spf1 a, mx", Some("a,")),
        ] {
            assert_eq!(parse(text).err().as_deref(), wrong, "{text}");
        }
    }

    #[test]
    fn versions() {
        for (text, is) in [
            ("v=spf1", true),
            ("v=spf1 -all", true),
            ("v=spf10", false),
            ("v=spf2.0/pra", false),
            ("spf1", false),
            ("", false),
        ] {
            assert_eq!(is_spf(text), is, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "v=spf1 [ -~]{0,60}", odd in "\\PC{0,40}") {
            let _ = parse(&text);
            let _ = (is_spf(&odd), parse(&odd));
        }
    }
}

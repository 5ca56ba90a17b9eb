//! Origins that may frame us, and why another one may not. (RFC 6454; the browser compares scheme, host and port, exactly.)

use crate::Host;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Scheme, host and port as a browser writes them: `https://portal.example.com`, `http://localhost:8080`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Origin(String);

/// What keeps a text from being an origin, or an origin from framing us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    Empty,
    /// `*`, or one for a part of the host: there is no list that everybody is on.
    Wildcard,
    /// What a browser says of a page without an origin: a file, or a frame in a sandbox without `allow-same-origin`.
    Null,
    /// Neither `http://` nor `https://` before it.
    Scheme,
    /// Something follows the port: an origin has no path, not even a slash.
    Path,
    /// A name and a password before the host.
    UserInfo,
    Host,
    Port,
    /// On the list, but with the other scheme.
    OtherScheme,
    /// On the list, but with another port.
    OtherPort,
    /// The list has a host above or below it.
    OtherHost,
    /// Nothing on the list is like it.
    NotListed,
    /// Nobody is on the list.
    NobodyListed,
}

impl Trouble {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Wildcard => "wildcard",
            Self::Null => "null",
            Self::Scheme => "scheme",
            Self::Path => "path",
            Self::UserInfo => "user_info",
            Self::Host => "host",
            Self::Port => "port",
            Self::OtherScheme => "other_scheme",
            Self::OtherPort => "other_port",
            Self::OtherHost => "other_host",
            Self::NotListed => "not_listed",
            Self::NobodyListed => "nobody_listed",
        }
    }
}

impl Origin {
    /// Exactly an origin; in the spelling that browsers use.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Trouble::Empty);
        }
        if text.contains('*') {
            return Err(Trouble::Wildcard);
        }
        if text.eq_ignore_ascii_case("null") {
            return Err(Trouble::Null);
        }
        let (scheme, rest) = text.split_once("://").ok_or(Trouble::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return Err(Trouble::Scheme),
        };
        if rest.contains(['/', '?', '#', '\\']) {
            return Err(Trouble::Path);
        }
        if rest.contains('@') {
            return Err(Trouble::UserInfo);
        }
        let (host, port) = split_port(rest);
        let host = host_of(host)?;
        let port = match port {
            Some(port) if port.bytes().all(|c| c.is_ascii_digit()) => {
                port.parse::<u16>().ok().filter(|port| *port > 0).ok_or(Trouble::Port)?
            }
            Some(_) => return Err(Trouble::Port),
            None => usual,
        };
        let port = if port == usual { String::new() } else { format!(":{port}") };
        Ok(Self(format!("{scheme}://{host}{port}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> (&str, &str, Option<&str>) {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("", &self.0));
        let (host, port) = split_port(rest);
        (scheme, host, port)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The port is what follows the last colon, outside the brackets of an IPv6 address.
fn split_port(rest: &str) -> (&str, Option<&str>) {
    match rest.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (rest, None),
    }
}

fn host_of(text: &str) -> Result<String, Trouble> {
    let (bare, bracketed) = match text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let host = Host::parse(bare).map_err(|_| Trouble::Host)?;
    let ascii = host.ascii().to_ascii_lowercase();
    match (bracketed, ascii.contains(':')) {
        (true, true) => Ok(format!("[{ascii}]")),
        (false, false) if !ascii.ends_with('.') => Ok(ascii),
        _ => Err(Trouble::Host),
    }
}

/// Whether this origin may frame us; if not, why, and which one on the list is nearest to it.
pub fn check(text: &str, allowed: &[Origin]) -> Result<Origin, (Trouble, Option<Origin>)> {
    let origin = Origin::parse(text).map_err(|trouble| (trouble, None))?;
    if allowed.contains(&origin) {
        return Ok(origin);
    }
    if allowed.is_empty() {
        return Err((Trouble::NobodyListed, None));
    }
    let (scheme, host, port) = origin.parts();
    let trouble = |other: &Origin| {
        let (s, h, p) = other.parts();
        if h != host {
            return (is_below(h, host) || is_below(host, h)).then_some(Trouble::OtherHost);
        }
        Some(if s == scheme && p != port { Trouble::OtherPort } else { Trouble::OtherScheme })
    };
    // What differs least comes first.
    let mut near: Vec<_> = allowed.iter().filter_map(|other| Some((trouble(other)?, other.clone()))).collect();
    near.sort_by_key(|(trouble, _)| match trouble {
        Trouble::OtherPort => 0,
        Trouble::OtherScheme => 1,
        _ => 2,
    });
    Err(near.into_iter().next().map_or((Trouble::NotListed, None), |(trouble, near)| (trouble, Some(near))))
}

fn is_below(host: &str, above: &str) -> bool {
    host.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_spelled_as_browsers_do() {
        for (text, wanted) in [
            ("https://portal.example.com", Ok("https://portal.example.com")),
            (" HTTPS://Portal.Example.COM:443 ", Ok("https://portal.example.com")),
            ("http://localhost:8080", Ok("http://localhost:8080")),
            ("http://localhost:80", Ok("http://localhost")),
            ("https://münchen.example", Ok("https://xn--mnchen-3ya.example")),
            ("http://127.0.0.1:9000", Ok("http://127.0.0.1:9000")),
            ("http://[::1]:9000", Ok("http://[::1]:9000")),
            ("", Err(Trouble::Empty)),
            ("*", Err(Trouble::Wildcard)),
            ("https://*.example.com", Err(Trouble::Wildcard)),
            ("null", Err(Trouble::Null)),
            ("portal.example.com", Err(Trouble::Scheme)),
            ("ftp://portal.example.com", Err(Trouble::Scheme)),
            ("https://portal.example.com/", Err(Trouble::Path)),
            ("https://portal.example.com/mail", Err(Trouble::Path)),
            ("https://portal.example.com?x", Err(Trouble::Path)),
            ("https://a:b@portal.example.com", Err(Trouble::UserInfo)),
            ("https://", Err(Trouble::Host)),
            ("https://a b.example", Err(Trouble::Host)),
            ("https://::1", Err(Trouble::Host)),
            ("https://portal.example.com:0", Err(Trouble::Port)),
            ("https://portal.example.com:", Err(Trouble::Port)),
            ("https://portal.example.com:99999", Err(Trouble::Port)),
            ("https://portal.example.com:+80", Err(Trouble::Port)),
        ] {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str).map_err(|t| *t), wanted, "{text}");
        }
    }

    #[test]
    fn why_an_origin_would_fail() {
        let allowed = ["https://portal.example.com", "http://localhost:8080"].map(|o| Origin::parse(o).expect("one"));
        let why = |text: &str| {
            check(text, &allowed)
                .map(|_| ())
                .map_err(|(trouble, near)| (trouble, near.map(|near| near.to_string()).unwrap_or_default()))
        };
        let portal = || "https://portal.example.com".to_owned();
        assert_eq!(why("https://PORTAL.example.com:443"), Ok(()));
        assert_eq!(why("http://portal.example.com"), Err((Trouble::OtherScheme, portal())));
        assert_eq!(why("https://portal.example.com:8443"), Err((Trouble::OtherPort, portal())));
        assert_eq!(why("https://a.portal.example.com"), Err((Trouble::OtherHost, portal())));
        assert_eq!(why("https://example.com"), Err((Trouble::OtherHost, portal())));
        assert_eq!(why("https://portal.example.com.evil.example"), Err((Trouble::NotListed, String::new())));
        assert_eq!(why("https://evilportal.example.com"), Err((Trouble::NotListed, String::new())));
        assert_eq!(why("https://portal.example.com/"), Err((Trouble::Path, String::new())));
        assert_eq!(check("https://a.example", &[]), Err((Trouble::NobodyListed, None)));
    }
}

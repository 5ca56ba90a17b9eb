//! Where a request is from, and whom a proxy says it is from: headers that anybody can send count only from the operator's
//! own proxies.

use crate::config::Portal;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use domain::Role;
use std::net::{IpAddr, SocketAddr};

/// The network address of whoever asks, for limits and the audit log. Put into each request's extensions.
#[derive(Debug, Clone, Default)]
pub struct ClientAddress(pub String);

/// What a proxy says of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Named {
    Nobody,
    Person {
        name: String,
        role: Role,
    },
    /// There is a name, and nobody who may say it.
    Ignored(&'static str),
    /// It was the proxy, and it can't be told whom it means.
    Unclear(&'static str),
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROXY_SECRET: HeaderName = HeaderName::from_static("x-postroom-proxy-secret");

/// Of the connection. A proxy that speaks IPv4 to a socket of both kinds is the same proxy.
pub fn peer_of<B>(request: &Request<B>) -> Option<IpAddr> {
    let peer = request.extensions().get::<axum::extract::ConnectInfo<SocketAddr>>()?;
    Some(peer.0.ip().to_canonical())
}

/// The peer; behind trusted proxies the last address that none of them has. What stands before it anybody may have written.
pub fn address_of(peer: Option<IpAddr>, headers: &HeaderMap, settings: &Portal) -> String {
    let Some(mut nearest) = peer else { return String::new() };
    let lines: Vec<_> = headers.get_all(FORWARDED_FOR).iter().map(|value| value.to_str().unwrap_or("?")).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(nearest, settings) {
            break;
        }
        let Some(before) = forwarded(hop.trim()) else { break };
        nearest = before;
    }
    nearest.to_string()
}

/// Who it is by a proxy's word.
pub fn named_by_proxy(peer: Option<IpAddr>, headers: &HeaderMap, settings: &Portal) -> Named {
    let Some(proxy) = &settings.proxy else { return Named::Nobody };
    let only = |name: &HeaderName| only(headers, name);
    let (name, role) = (only(&proxy.user_header), proxy.role_header.as_ref().map_or(Ok(None), only));
    if matches!((&name, &role), (Ok(None), Ok(None))) {
        return Named::Nobody;
    }
    if !peer.is_some_and(|peer| is_trusted(peer, settings)) {
        return Named::Ignored("it does not come from a trusted proxy");
    }
    if let Some(secret) = &proxy.secret {
        match only(&PROXY_SECRET) {
            Ok(Some(shown)) if secret.is(shown.as_bytes()) => {}
            _ => return Named::Ignored("it comes from the proxy's address, and without its secret"),
        }
    }
    let (Ok(name), Ok(role)) = (name, role) else { return Named::Unclear("a header has several values") };
    let Some(name) = name else { return Named::Nobody };
    let role = match role {
        None => Role::Viewer,
        Some(role) => match role.to_str().ok().and_then(Role::parse) {
            Some(role) => role,
            None => return Named::Unclear("there is no such role"),
        },
    };
    match std::str::from_utf8(name.as_bytes()) {
        Ok(name) => Named::Person { name: name.to_owned(), role },
        Err(_) => Named::Unclear("the name is not UTF-8"),
    }
}

/// The header's one value; `None` without one or with an empty one. Two lines and a list are the same thing
/// (RFC 9110 section 5.3): whichever of the two a proxy wrote, the other is somebody else's.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a HeaderValue>, ()> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() || first.is_some_and(|value| value.as_bytes().contains(&b',')) {
        return Err(());
    }
    Ok(first.filter(|value| !value.as_bytes().trim_ascii().is_empty()))
}

fn is_trusted(ip: IpAddr, settings: &Portal) -> bool {
    settings.trusted_proxies.iter().any(|network| network.contains(&ip))
}

/// An address as proxies write it: bare, or with a port.
fn forwarded(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let with_port = || hop.parse::<SocketAddr>().map(|address| address.ip());
    bare.parse().or_else(|_| with_port()).ok().map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Proxy;
    use service::ProxySecret;

    const SECRET: &str = "kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0pA";

    fn settings(secret: bool) -> Portal {
        let networks = ["10.0.0.0/24", "fd00::/64"];
        Portal {
            origins: Vec::new(),
            trusted_proxies: networks.map(|network| network.parse().expect("a network")).into(),
            proxy: Some(Proxy {
                user_header: HeaderName::from_static("x-user"),
                role_header: Some(HeaderName::from_static("x-role")),
                secret: secret.then(|| ProxySecret::new(SECRET.as_bytes()).expect("a secret")),
            }),
        }
    }

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let value = |value: &str| HeaderValue::from_bytes(value.as_bytes()).expect("a value");
        lines
            .iter()
            .map(|(name, text)| (HeaderName::from_static(name), value(text)))
            .collect::<Vec<_>>()
            .into_iter()
            .fold(HeaderMap::new(), |mut map, (name, value)| {
                map.append(name, value);
                map
            })
    }

    #[test]
    fn w30_the_address_is_the_last_that_no_proxy_has() {
        for (peer, lines, wanted) in [
            ("192.0.2.1", &[][..], "192.0.2.1"),
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9", "198.51.100.7 , 10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["198.51.100.7:4711"], "198.51.100.7"),
            ("10.0.0.1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            ("10.0.0.1", &["[2001:db8::7]"], "2001:db8::7"),
            ("fd00::1", &["2001:db8::7"], "2001:db8::7"),
            ("10.0.0.1", &["::ffff:198.51.100.7"], "198.51.100.7"),
        ] {
            let headers = headers(&lines.iter().map(|line| ("x-forwarded-for", *line)).collect::<Vec<_>>());
            let peer = peer.parse().expect("an address");
            assert_eq!(address_of(Some(peer), &headers, &settings(false)), wanted, "{peer} {lines:?}");
        }
    }

    #[test]
    fn w30_only_the_proxy_names_people_and_only_one() {
        let (near, far) = ("10.0.0.1", "192.0.2.1");
        let person = |name: &str, role| Named::Person { name: name.to_owned(), role };
        let check = |secret: bool, peer: &str, lines: &[(&'static str, &str)], wanted: &str| {
            let named = named_by_proxy(peer.parse().ok(), &headers(lines), &settings(secret));
            assert!(format!("{named:?}").starts_with(wanted), "{peer} {lines:?}: {named:?}");
            named
        };
        let (ana, operator) = (("x-user", "ana"), ("x-role", "operator"));
        assert_eq!(check(false, near, &[ana], "Person"), person("ana", Role::Viewer));
        assert_eq!(check(false, near, &[ana, operator], "Person"), person("ana", Role::Operator));
        assert_eq!(check(false, near, &[("x-user", "Ána")], "Person"), person("Ána", Role::Viewer));
        check(false, near, &[], "Nobody");
        check(false, near, &[("x-user", " ")], "Nobody");
        check(false, near, &[operator], "Nobody");
        check(false, far, &[], "Nobody");
        check(false, far, &[ana], "Ignored");
        check(false, far, &[operator], "Ignored");
        check(false, far, &[ana, ("x-forwarded-for", near)], "Ignored");
        check(false, near, &[ana, ana], "Unclear");
        check(false, near, &[("x-user", "eve, ana")], "Unclear");
        check(false, near, &[ana, operator, operator], "Unclear");
        check(false, near, &[ana, ("x-role", "administrator, viewer")], "Unclear");
        check(false, near, &[ana, ("x-role", "root")], "Unclear");
        check(true, near, &[ana], "Ignored");
        check(true, near, &[ana, ("x-postroom-proxy-secret", "guess")], "Ignored");
        check(true, near, &[ana, ("x-postroom-proxy-secret", SECRET), ("x-postroom-proxy-secret", SECRET)], "Ignored");
        check(true, far, &[ana, ("x-postroom-proxy-secret", SECRET)], "Ignored");
        check(true, near, &[ana, ("x-postroom-proxy-secret", SECRET)], "Person");
        let off = Portal { proxy: None, ..settings(false) };
        assert_eq!(named_by_proxy(near.parse().ok(), &headers(&[ana]), &off), Named::Nobody);
    }
}

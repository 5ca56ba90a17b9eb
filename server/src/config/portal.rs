//! Settings of who may embed us and who signs people in elsewhere: each is off until it is given, and half of one is refused.

use super::bad;
use axum::http::{HeaderName, Uri, header};
use domain::portal::{Origin, ProxySettings, TokenSettings, origin::Trouble};
use ipnet::IpNet;
use service::{PortalKey, PortalSettings, ProxySecret};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

/// What requests are looked at with.
#[derive(Debug, Clone, Default)]
pub struct Portal {
    /// Exact origins that may frame the pages.
    pub origins: Vec<Origin>,
    pub trusted_proxies: Vec<IpNet>,
    /// `None`: proxies name nobody.
    pub proxy: Option<Proxy>,
}

/// How a proxy names people.
#[derive(Debug, Clone)]
pub struct Proxy {
    pub user_header: HeaderName,
    pub role_header: Option<HeaderName>,
    pub secret: Option<ProxySecret>,
}

impl Portal {
    /// What the Parameters page shows of it.
    pub fn shown(&self) -> Option<ProxySettings> {
        let proxy = self.proxy.as_ref()?;
        Some(ProxySettings {
            addresses: self.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            user_header: proxy.user_header.to_string(),
            role_header: proxy.role_header.as_ref().map(ToString::to_string),
            secret: proxy.secret.is_some(),
        })
    }
}

/// What the Parameters page shows of signing in with tokens.
pub(super) fn shown(settings: &PortalSettings) -> TokenSettings {
    TokenSettings {
        audience: settings.audience.clone(),
        issuer: settings.issuer.clone(),
        shared_secret: matches!(settings.key, PortalKey::SecretFile(_)),
        jwks: match &settings.key {
            PortalKey::SecretFile(_) => None,
            PortalKey::SetFile(path) => Some(path.display().to_string()),
            PortalKey::SetAddress(address) => Some(address.clone()),
        },
    }
}

/// As picked from flags, variables and the file.
pub(super) struct Given {
    pub origins: Option<String>,
    pub audience: Option<String>,
    pub issuer: Option<String>,
    pub secret_file: Option<PathBuf>,
    pub jwks: Option<String>,
    pub proxies: Option<String>,
    pub user_header: Option<String>,
    pub role_header: Option<String>,
    pub proxy_secret_file: Option<PathBuf>,
}

impl Given {
    pub fn checked(self) -> Result<(Portal, Option<PortalSettings>), String> {
        let mut origins: Vec<Origin> = list(self.origins.as_deref()).map(origin).collect::<Result<_, _>>()?;
        origins.dedup();
        let sign_in = self.sign_in(&origins)?;
        let trusted_proxies: Vec<_> = list(self.proxies.as_deref()).map(network).collect::<Result<_, _>>()?;
        let proxy = self.proxy(&trusted_proxies)?;
        Ok((Portal { origins, trusted_proxies, proxy }, sign_in))
    }

    fn sign_in(&self, origins: &[Origin]) -> Result<Option<PortalSettings>, String> {
        let key = match (&self.secret_file, &self.jwks) {
            (None, None) => None,
            (Some(_), Some(_)) => {
                return Err(bad("embed-jwks", "with embed-secret-file; tokens are signed with one or the other"));
            }
            (Some(path), None) => Some(PortalKey::SecretFile(path.clone())),
            (None, Some(place)) => Some(key_set(place)?),
        };
        let Some(key) = key else {
            for (setting, given) in [("embed-audience", &self.audience), ("embed-issuer", &self.issuer)] {
                if given.is_some() {
                    return Err(bad(setting, "says nothing without a key: embed-secret-file or embed-jwks"));
                }
            }
            return Ok(None);
        };
        if origins.is_empty() {
            return Err(bad(
                "embed-origins",
                "must name the portal, since there is a key that it signs people in with",
            ));
        }
        let audience = self.audience.clone().unwrap_or_else(|| "postroom".to_owned());
        for (setting, text) in [("embed-audience", Some(&audience)), ("embed-issuer", self.issuer.as_ref())] {
            if text.is_some_and(|text| text.trim().is_empty()) {
                return Err(bad(setting, "is empty"));
            }
        }
        Ok(Some(PortalSettings {
            origins: origins.iter().map(ToString::to_string).collect(),
            audience,
            issuer: self.issuer.clone(),
            key,
        }))
    }

    fn proxy(&self, trusted: &[IpNet]) -> Result<Option<Proxy>, String> {
        let Some(user_header) = &self.user_header else {
            if self.role_header.is_some() || self.proxy_secret_file.is_some() {
                return Err(bad("proxy-user-header", "must say in which header the proxy names people"));
            }
            return Ok(None);
        };
        if trusted.is_empty() {
            return Err(bad("trusted-proxies", "must say which proxy is believed, since proxy-user-header is set"));
        }
        let user_header = header("proxy-user-header", user_header)?;
        let role_header = self.role_header.as_deref().map(|name| header("proxy-role-header", name)).transpose()?;
        if role_header.as_ref() == Some(&user_header) {
            return Err(bad("proxy-role-header", "is the header of the name"));
        }
        let secret = self.proxy_secret_file.as_deref().map(proxy_secret).transpose()?;
        Ok(Some(Proxy { user_header, role_header, secret }))
    }
}

fn list(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split([',', ' ', '\t', '\n', '\r']).filter(|item| !item.is_empty())
}

fn origin(text: &str) -> Result<Origin, String> {
    Origin::parse(text).map_err(|trouble| {
        let why = match trouble {
            Trouble::Null => "is the origin of everybody who hides theirs",
            Trouble::Wildcard => "has a wildcard; name each portal",
            Trouble::Path => "has a path; an origin ends with host or port, without a slash",
            Trouble::Port => "has no port like 8443",
            _ => "is not like https://portal.example.com",
        };
        bad("embed-origins", &format!("'{text}' {why}"))
    })
}

fn network(text: &str) -> Result<IpNet, String> {
    let one = text.parse::<IpAddr>().map(|ip| IpNet::from(ip.to_canonical()));
    let refuse = |why: &str| bad("trusted-proxies", &format!("'{text}' {why}"));
    let network = one
        .or_else(|_| text.parse::<IpNet>())
        .map_err(|_| refuse("is not an address or a CIDR such as 10.0.0.0/24"))?;
    if network.prefix_len() == 0 { Err(refuse("is everybody")) } else { Ok(network) }
}

fn key_set(place: &str) -> Result<PortalKey, String> {
    let Some((scheme, _)) = place.split_once("://") else { return Ok(PortalKey::SetFile(PathBuf::from(place))) };
    let well = scheme == "https"
        && place
            .parse::<Uri>()
            .is_ok_and(|uri| uri.authority().is_some_and(|authority| !authority.as_str().contains('@')));
    if well {
        Ok(PortalKey::SetAddress(place.to_owned()))
    } else {
        Err(bad("embed-jwks", &format!("'{place}' is not an https address or a file")))
    }
}

/// Headers that mean something to us already, or to whoever passes requests on.
const TAKEN: [HeaderName; 7] = [
    header::HOST,
    header::COOKIE,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::FORWARDED,
    header::ORIGIN,
    HeaderName::from_static("x-forwarded-for"),
];

fn header(setting: &str, name: &str) -> Result<HeaderName, String> {
    let parsed =
        HeaderName::try_from(name).map_err(|_| bad(setting, &format!("'{name}' is not the name of a header")))?;
    if TAKEN.contains(&parsed) { Err(bad(setting, &format!("'{name}' has another meaning"))) } else { Ok(parsed) }
}

fn proxy_secret(path: &Path) -> Result<ProxySecret, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string());
    bytes
        .and_then(|bytes| ProxySecret::new(&bytes))
        .map_err(|reason| bad("proxy-secret-file", &format!("{}: {reason}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_sign_in_is_named() {
        let nothing = || Given {
            origins: None,
            audience: None,
            issuer: None,
            secret_file: None,
            jwks: None,
            proxies: None,
            user_header: None,
            role_header: None,
            proxy_secret_file: None,
        };
        let text = |text: &str| Some(text.to_owned());
        let file = || Some(PathBuf::from("no-such-file"));
        let portal = || text("https://portal.example");
        for (given, names) in [
            (nothing(), ""),
            (Given { origins: portal(), ..nothing() }, ""),
            (Given { origins: portal(), secret_file: file(), ..nothing() }, ""),
            (Given { origins: portal(), jwks: text("https://portal.example/keys"), ..nothing() }, ""),
            (Given { proxies: text("10.0.0.1, 10.1.0.0/16 fd00::/8"), user_header: text("X-User"), ..nothing() }, ""),
            (Given { secret_file: file(), ..nothing() }, "--embed-origins"),
            (Given { origins: portal(), secret_file: file(), jwks: text("x"), ..nothing() }, "--embed-jwks"),
            (Given { origins: portal(), jwks: text("http://portal.example/keys"), ..nothing() }, "--embed-jwks"),
            (Given { origins: portal(), audience: text("a"), ..nothing() }, "--embed-audience"),
            (Given { origins: portal(), secret_file: file(), audience: text(""), ..nothing() }, "--embed-audience"),
            (Given { origins: portal(), secret_file: file(), issuer: text(" "), ..nothing() }, "--embed-issuer"),
            (Given { user_header: text("x-user"), ..nothing() }, "--trusted-proxies"),
            (Given { proxies: text("0.0.0.0/0"), ..nothing() }, "--trusted-proxies"),
            (Given { proxies: text("proxy.example"), ..nothing() }, "--trusted-proxies"),
            (Given { proxies: text("10.0.0.1"), role_header: text("x-role"), ..nothing() }, "--proxy-user-header"),
            (Given { proxies: text("10.0.0.1"), user_header: text("a b"), ..nothing() }, "--proxy-user-header"),
            (Given { proxies: text("10.0.0.1"), user_header: text("Cookie"), ..nothing() }, "--proxy-user-header"),
            (
                Given {
                    proxies: text("10.0.0.1"),
                    user_header: text("x-user"),
                    role_header: text("X-User"),
                    ..nothing()
                },
                "--proxy-role-header",
            ),
            (
                Given {
                    proxies: text("10.0.0.1"),
                    user_header: text("x-user"),
                    proxy_secret_file: file(),
                    ..nothing()
                },
                "--proxy-secret-file",
            ),
        ] {
            match given.checked() {
                Ok(_) => assert_eq!(names, ""),
                Err(line) => assert!(!names.is_empty() && line.starts_with(names), "{names}: {line}"),
            }
        }
    }
}

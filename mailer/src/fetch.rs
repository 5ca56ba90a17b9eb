//! One small file of the web, fetched over the dialer with every wait and every byte bounded: GET, and POST for tokens.

mod exchange;

use crate::{
    Mailer,
    budget::Budget,
    cause::Cause,
    fault::Fault,
    names::{Missing, Names},
    policy::Purpose,
    route::CertificateCheck,
    tls::{Handshake, explain},
};
use domain::{Host, Port};
use http::{HeaderValue, Uri, uri::Scheme};
use hyper::body::Bytes;
use std::{net::SocketAddr, time::Duration};
use tokio::time;

/// A file longer than this is not the one that is looked for.
pub const MAX_FILE_BYTES: usize = 64 * 1024;
/// What may be asked for, and how far it may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchRules {
    /// How many redirects are followed; RFC 8461 allows none.
    pub redirects: u8,
    /// Whether `http://` will do, where nobody vouches for what comes.
    pub plain: bool,
    /// For the whole of it: names, connections, redirects and the file.
    pub limit: Duration,
}

impl Default for FetchRules {
    fn default() -> Self {
        Self { redirects: 0, plain: false, limit: Duration::from_secs(10) }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from in the end.
    pub url: String,
    pub status: u16,
    /// Empty where the server names none.
    pub content_type: String,
    pub body: Vec<u8>,
}

/// Why there is no file. The texts are for the log; [`FetchError::code`] and [`FetchError::params`] for everybody else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("not an address that may be fetched")]
    Url,
    #[error("{host}: {missing:?}")]
    Name { host: String, missing: Missing },
    #[error("the operator's policy does not allow {0}")]
    Forbidden(String),
    #[error("{}", .0.code())]
    Connection(Cause, Vec<String>),
    #[error("what answers is not HTTP")]
    NotHttp,
    #[error("the connection ended before the answer")]
    Cut,
    #[error("redirected to {0}")]
    Redirected(String),
    #[error("more than {MAX_FILE_BYTES} bytes")]
    TooLarge,
    #[error("took too long")]
    Timeout,
}

impl FetchError {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Name { missing, .. } => missing.code(),
            Self::Forbidden(_) => Cause::DestinationForbidden.code(),
            Self::Connection(cause, _) => cause.code(),
            Self::NotHttp | Self::Cut => "not_http",
            Self::Redirected(_) => "redirected",
            Self::TooLarge => "too_large",
            Self::Timeout => "timeout",
        }
    }

    pub fn params(&self) -> Vec<String> {
        match self {
            Self::Name { host, .. } | Self::Forbidden(host) | Self::Redirected(host) => vec![host.clone()],
            Self::Connection(_, params) => params.clone(),
            Self::TooLarge => vec![MAX_FILE_BYTES.to_string()],
            Self::Url | Self::NotHttp | Self::Cut | Self::Timeout => Vec::new(),
        }
    }
}

impl From<Fault> for FetchError {
    fn from(fault: Fault) -> Self {
        Self::Connection(fault.cause, fault.params)
    }
}

/// What is sent, and the `Authorization` that it is sent under.
pub(crate) struct Form {
    pub body: Bytes,
    pub authorization: Option<HeaderValue>,
}

impl Mailer {
    /// Fetches `https://host[:port]/path[?query]`. Names are asked of `names`; the policy judges each address that is dialled.
    pub async fn fetch(&self, url: &str, rules: FetchRules, names: &Names) -> Result<Fetched, FetchError> {
        let work = async {
            let mut place = Place::of(url, rules)?;
            for _ in 0..=rules.redirects {
                match self.fetch_one(&place, None, names).await? {
                    exchange::Answer::File(file) => return Ok(file),
                    exchange::Answer::Elsewhere(target) if rules.redirects > 0 => {
                        place = place.towards(&target, rules)?;
                    }
                    exchange::Answer::Elsewhere(target) => return Err(FetchError::Redirected(target)),
                }
            }
            Err(FetchError::Redirected(place.url.to_string()))
        };
        time::timeout(rules.limit, work).await.unwrap_or(Err(FetchError::Timeout))
    }

    /// Sends a form to `https://host[:port]/path[?query]`. A redirect is not followed: the form was meant for this place.
    pub(crate) async fn post(
        &self,
        url: &str,
        form: Form,
        limit: Duration,
        names: &Names,
    ) -> Result<Fetched, FetchError> {
        let work = async {
            let place = Place::of(url, FetchRules::default())?;
            match self.fetch_one(&place, Some(form), names).await? {
                exchange::Answer::File(file) => Ok(file),
                exchange::Answer::Elsewhere(target) => Err(FetchError::Redirected(target)),
            }
        };
        time::timeout(limit, work).await.unwrap_or(Err(FetchError::Timeout))
    }

    async fn fetch_one(
        &self,
        place: &Place,
        form: Option<Form>,
        names: &Names,
    ) -> Result<exchange::Answer, FetchError> {
        let budget = Budget::test();
        let found = match place.host.ip() {
            Some(ip) => vec![ip],
            None => names
                .addresses(place.host.ascii())
                .await
                .map_err(|missing| FetchError::Name { host: place.host.to_string(), missing })?,
        };
        let found = found.into_iter().map(|ip| SocketAddr::new(ip, place.port.get())).collect();
        let forbidden = |_| FetchError::Forbidden(place.host.to_string());
        let addresses = self.dialer.allowed(&place.host, found, Purpose::Web).map_err(forbidden)?;
        let (tcp, _) = self.dialer.connect(&addresses, &budget, &mut Vec::new()).await?;
        if !place.secure {
            return exchange::ask(tcp, &place.url, form).await;
        }
        let Handshake { result, chain } = self.tls.connect(&place.host, &CertificateCheck::FULL, tcp).await?;
        let stream = result.map_err(|error| FetchError::from(explain(&error, &chain, Cause::TlsPlaintextPort)))?;
        exchange::ask(stream, &place.url, form).await
    }
}

/// An address of the web, checked.
#[derive(Debug)]
struct Place {
    url: Uri,
    secure: bool,
    host: Host,
    port: Port,
}

impl Place {
    fn of(url: &str, rules: FetchRules) -> Result<Self, FetchError> {
        let url: Uri = url.parse().map_err(|_| FetchError::Url)?;
        let secure = url.scheme() == Some(&Scheme::HTTPS);
        let known = secure || rules.plain && url.scheme() == Some(&Scheme::HTTP);
        let authority = url.authority().filter(|authority| known && !authority.as_str().contains('@'));
        let host = authority.and_then(|authority| Host::parse(authority.host()).ok()).ok_or(FetchError::Url)?;
        let usual = if secure { 443 } else { 80 };
        let port = Port::new(url.port_u16().unwrap_or(usual)).ok_or(FetchError::Url)?;
        Ok(Self { url, secure, host, port })
    }

    /// Where a `Location` leads; one without a host stays here.
    fn towards(&self, location: &str, rules: FetchRules) -> Result<Self, FetchError> {
        if !location.starts_with('/') || location.starts_with("//") {
            return Self::of(location, rules);
        }
        let scheme = if self.secure { "https" } else { "http" };
        let authority = self.url.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        Self::of(&format!("{scheme}://{authority}{location}"), rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web() {
        let check = |url: &str, plain: bool, wanted: Option<(&str, u16)>| {
            let place = Place::of(url, FetchRules { plain, ..FetchRules::default() }).ok();
            let got = place.as_ref().map(|place| (place.host.ascii(), place.port.get()));
            assert_eq!(got, wanted, "{url}");
        };
        check("https://mta-sts.example.com/.well-known/mta-sts.txt", false, Some(("mta-sts.example.com", 443)));
        check("https://example.com:8443", false, Some(("example.com", 8443)));
        check("http://example.com/", false, None);
        check("http://example.com/", true, Some(("example.com", 80)));
        check("https://ann@example.com/", false, None);
        check("https://exa mple.com/", false, None);
        check("ftp://example.com/", true, None);
        check("/path", true, None);
        check("https://example.com:0/", false, None);
        let place = Place::of("https://a.example:8443/x", FetchRules::default()).expect("a place");
        for (location, wanted) in [
            ("/y?z", Some("https://a.example:8443/y?z")),
            ("https://b.example/", Some("https://b.example/")),
            ("http://b.example/", None),
            ("//b.example/", None),
            ("y", None),
        ] {
            let got = place.towards(location, FetchRules::default()).ok().map(|place| place.url.to_string());
            assert_eq!(got.as_deref(), wanted, "{location}");
        }
    }
}

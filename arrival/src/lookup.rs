//! Whom the checks ask: answers of the DNS, told apart as the checks need them, and one file of the web.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The name does not exist (NXDOMAIN).
    NoSuchName,
    /// The name exists and has no such record.
    NoData,
    /// The name server could not, or would not (SERVFAIL, REFUSED).
    Failed,
    /// Nobody answered in time.
    Timeout,
}

impl Missing {
    /// Asked and answered: there is nothing.
    pub const fn is_nothing(self) -> bool {
        matches!(self, Self::NoSuchName | Self::NoData)
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchName => "no_such_name",
            Self::NoData => "no_data",
            Self::Failed => "failed",
            Self::Timeout => "timeout",
        }
    }
}

pub type Answer<T> = Result<Vec<T>, Missing>;

/// A mail exchanger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mx {
    pub preference: u16,
    /// Without the last dot; empty where there is none to speak of (RFC 7505).
    pub host: String,
}

/// Why a file of the web could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTrouble {
    /// What happened (`certificate_wrong_name`, `status`).
    pub code: String,
    pub params: Vec<String>,
}

/// Where answers come from. An answer that is there has at least one record; names come without their last dot.
pub trait Lookup: Sync {
    fn txt(&self, name: &str) -> impl Future<Output = Answer<String>> + Send;
    fn mx(&self, name: &str) -> impl Future<Output = Answer<Mx>> + Send;
    fn a(&self, name: &str) -> impl Future<Output = Answer<Ipv4Addr>> + Send;
    fn aaaa(&self, name: &str) -> impl Future<Output = Answer<Ipv6Addr>> + Send;
    fn ptr(&self, ip: IpAddr) -> impl Future<Output = Answer<String>> + Send;
    /// `https://` this host and path, as text.
    fn file(&self, host: &str, path: &str) -> impl Future<Output = Result<String, FileTrouble>> + Send;
}

/// Addresses of one family, as that of `like` is.
pub(crate) async fn addresses_like(lookup: &impl Lookup, name: &str, like: IpAddr) -> Answer<IpAddr> {
    match like {
        IpAddr::V4(_) => Ok(lookup.a(name).await?.into_iter().map(IpAddr::from).collect()),
        IpAddr::V6(_) => Ok(lookup.aaaa(name).await?.into_iter().map(IpAddr::from).collect()),
    }
}

/// Addresses of both families; the reason is that of the one that failed, if one did.
pub(crate) async fn addresses(lookup: &impl Lookup, name: &str) -> Answer<IpAddr> {
    let (a, aaaa) = futures::join!(lookup.a(name), lookup.aaaa(name));
    match (a, aaaa) {
        (Err(a), Err(aaaa)) => Err(if a.is_nothing() { aaaa } else { a }),
        (a, aaaa) => {
            let a = a.into_iter().flatten().map(IpAddr::from);
            Ok(a.chain(aaaa.into_iter().flatten().map(IpAddr::from)).collect())
        }
    }
}

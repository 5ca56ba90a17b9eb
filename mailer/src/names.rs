//! Questions to the DNS, of the operator's resolver or the system's: typed answers, and why there is none. Every wait is
//! bounded, every answer too. The one network use beside the dialer: who is asked is the operator's word alone.

use hickory_resolver::{
    ResolverBuilder, TokioResolver,
    config::{NameServerConfig, ResolveHosts, ResolverConfig},
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{
        op::ResponseCode,
        rr::{Name, RData, RecordType},
    },
};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};
use tokio::time;

/// For one question, tries and the change to TCP included.
pub const QUESTION: Duration = Duration::from_secs(5);
/// For one try.
const TRY: Duration = Duration::from_secs(2);
/// More records of an answer are left out.
const MAX_RECORDS: usize = 64;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The name does not exist (NXDOMAIN), or can't be one.
    NoSuchName,
    /// The name exists and has no such record.
    NoData,
    /// The name server could not or would not say (SERVFAIL, REFUSED), or there is none.
    Failed,
    /// Nobody answered in time.
    Timeout,
}

impl Missing {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchName => "no_such_name",
            Self::NoData => "no_data",
            Self::Failed => "failed",
            Self::Timeout => "timeout",
        }
    }
}

/// A mail exchanger (RFC 5321 section 5.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MxRecord {
    pub preference: u16,
    /// Empty where the domain takes no mail (RFC 7505).
    pub host: String,
}

/// A service (RFC 2782).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SrvRecord {
    pub priority: u16,
    pub weight: u16,
    pub port: u16,
    /// Empty where the service is not offered.
    pub target: String,
}

/// An answer has at least one record. Names come without their last dot.
pub type Answer<T> = Result<Vec<T>, Missing>;

/// Who is asked. Cheap to make and to clone; remembers no answer.
#[derive(Clone)]
pub struct Names {
    /// `None`: the system names no server.
    resolver: Option<TokioResolver>,
}

impl Names {
    /// The servers of `/etc/resolv.conf`, as it is at this moment.
    pub fn system() -> Self {
        let builder = TokioResolver::builder_tokio();
        if let Err(error) = &builder {
            tracing::warn!(%error, "the system names no name server");
        }
        Self { resolver: builder.ok().and_then(built) }
    }

    /// This one server and no other.
    pub fn at(server: SocketAddr) -> Self {
        let mut config = NameServerConfig::udp_and_tcp(server.ip());
        for connection in &mut config.connections {
            connection.port = server.port();
        }
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![config]);
        Self { resolver: built(TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())) }
    }

    /// The operator's, or the system's where there is none.
    pub fn of(server: Option<SocketAddr>) -> Self {
        server.map_or_else(Self::system, Self::at)
    }

    /// Each record as one text: its strings joined, as RFC 7208 section 3.3 and RFC 6376 section 3.6.2.2 have it.
    pub async fn txt(&self, name: &str) -> Answer<String> {
        self.ask(name, RecordType::TXT, |data| match data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        })
        .await
    }

    pub async fn mx(&self, name: &str) -> Answer<MxRecord> {
        self.ask(name, RecordType::MX, |data| match data {
            RData::MX(mx) => Some(MxRecord { preference: mx.preference, host: text(&mx.exchange) }),
            _ => None,
        })
        .await
    }

    pub async fn srv(&self, name: &str) -> Answer<SrvRecord> {
        self.ask(name, RecordType::SRV, |data| match data {
            RData::SRV(srv) => Some(SrvRecord {
                priority: srv.priority,
                weight: srv.weight,
                port: srv.port,
                target: text(&srv.target),
            }),
            _ => None,
        })
        .await
    }

    pub async fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.ask(name, RecordType::A, |data| match data {
            RData::A(a) => Some(a.0),
            _ => None,
        })
        .await
    }

    pub async fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.ask(name, RecordType::AAAA, |data| match data {
            RData::AAAA(aaaa) => Some(aaaa.0),
            _ => None,
        })
        .await
    }

    /// Of both families, IPv4 first. Where one family has no answer and the other has, that one counts.
    pub async fn addresses(&self, name: &str) -> Answer<IpAddr> {
        let (a, aaaa) = tokio::join!(self.a(name), self.aaaa(name));
        match (a, aaaa) {
            (Err(Missing::NoData | Missing::NoSuchName), Err(missing)) | (Err(missing), Err(_)) => Err(missing),
            (a, aaaa) => {
                let a = a.into_iter().flatten().map(IpAddr::from);
                Ok(a.chain(aaaa.into_iter().flatten().map(IpAddr::from)).collect())
            }
        }
    }

    /// The names of an address.
    pub async fn ptr(&self, ip: IpAddr) -> Answer<String> {
        let name = Name::from(ip);
        self.ask_for(name, RecordType::PTR, |data| match data {
            RData::PTR(ptr) => Some(text(&ptr.0)),
            _ => None,
        })
        .await
    }

    async fn ask<T>(&self, name: &str, kind: RecordType, read: impl Fn(&RData) -> Option<T>) -> Answer<T> {
        let name = Name::from_ascii(name).map_err(|_| Missing::NoSuchName)?;
        self.ask_for(name, kind, read).await
    }

    async fn ask_for<T>(&self, mut name: Name, kind: RecordType, read: impl Fn(&RData) -> Option<T>) -> Answer<T> {
        // As it stands: no search list of this machine is tried.
        name.set_fqdn(true);
        let resolver = self.resolver.as_ref().ok_or(Missing::Failed)?;
        let answer = match time::timeout(QUESTION, resolver.lookup(name, kind)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => return Err(missing(&error)),
            Err(_) => return Err(Missing::Timeout),
        };
        let records: Vec<T> =
            answer.answers().iter().filter_map(|record| read(&record.data)).take(MAX_RECORDS).collect();
        if records.is_empty() { Err(Missing::NoData) } else { Ok(records) }
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}

fn built(mut builder: ResolverBuilder<TokioRuntimeProvider>) -> Option<TokioResolver> {
    let options = builder.options_mut();
    options.timeout = TRY;
    options.attempts = 1;
    // What somebody has just changed is to be seen; how long an answer keeps is the resolver's business.
    options.cache_size = 0;
    options.use_hosts_file = ResolveHosts::Never;
    builder.build().inspect_err(|error| tracing::error!(%error, "no resolver")).ok()
}

fn missing(error: &NetError) -> Missing {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => Missing::NoSuchName,
            ResponseCode::NoError => Missing::NoData,
            _ => Missing::Failed,
        },
        NetError::Timeout => Missing::Timeout,
        _ => Missing::Failed,
    }
}

fn text(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_owned()
}

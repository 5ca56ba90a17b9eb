//! Whom the checks ask: the operator's resolver, and the web through the mailer's dialer. All of it by one moment.

use arrival::{Answer, FileTrouble, Lookup, Missing, Mx};
use domain::Port;
use mailer::{FetchRules, Mailer, Names, names};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use tokio::time::{Instant, timeout_at};

pub(super) struct Outside<'a> {
    mailer: &'a Mailer,
    names: Names,
    deadline: Instant,
    https: Port,
}

impl<'a> Outside<'a> {
    /// `https` is the port of the web, 443 but in tests.
    pub const fn new(mailer: &'a Mailer, names: Names, deadline: Instant, https: Port) -> Self {
        Self { mailer, names, deadline, https }
    }

    /// Of both families; none where nobody answers.
    pub async fn addresses(&self, name: &str) -> Vec<IpAddr> {
        self.in_time(self.names.addresses(name)).await.unwrap_or_default()
    }

    async fn in_time<T>(&self, question: impl Future<Output = names::Answer<T>>) -> Answer<T> {
        let answer = timeout_at(self.deadline, question).await.unwrap_or(Err(names::Missing::Timeout));
        answer.map_err(|missing| match missing {
            names::Missing::NoSuchName => Missing::NoSuchName,
            names::Missing::NoData => Missing::NoData,
            names::Missing::Failed => Missing::Failed,
            names::Missing::Timeout => Missing::Timeout,
        })
    }
}

impl Lookup for Outside<'_> {
    async fn txt(&self, name: &str) -> Answer<String> {
        self.in_time(self.names.txt(name)).await
    }

    async fn mx(&self, name: &str) -> Answer<Mx> {
        let found = self.in_time(self.names.mx(name)).await?;
        Ok(found.into_iter().map(|mx| Mx { preference: mx.preference, host: mx.host }).collect())
    }

    async fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.in_time(self.names.a(name)).await
    }

    async fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.in_time(self.names.aaaa(name)).await
    }

    async fn ptr(&self, ip: IpAddr) -> Answer<String> {
        self.in_time(self.names.ptr(ip)).await
    }

    async fn file(&self, host: &str, path: &str) -> Result<String, FileTrouble> {
        let port = if self.https.get() == 443 { String::new() } else { format!(":{}", self.https) };
        let url = format!("https://{host}{port}{path}");
        let trouble = |code: &str, params| FileTrouble { code: code.to_owned(), params };
        let fetching = self.mailer.fetch(&url, FetchRules::default(), &self.names);
        let Ok(fetched) = timeout_at(self.deadline, fetching).await else { return Err(trouble("timeout", vec![])) };
        let file = fetched.map_err(|error| trouble(error.code(), error.params()))?;
        if file.status != 200 {
            return Err(trouble("status", vec![file.status.to_string()]));
        }
        // Not a web page that stands there for whatever is asked (RFC 8461 section 3.2).
        if !file.content_type.to_ascii_lowercase().starts_with("text/plain") {
            return Err(trouble("content_type", vec![file.content_type]));
        }
        String::from_utf8(file.body).map_err(|_| trouble("not_text", vec![]))
    }
}

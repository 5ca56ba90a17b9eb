//! Settings for an address, found by asking its domain, on request alone: SRV records, then autoconfig files, then what is
//! known of its provider. Nobody else is asked.

mod autoconfig;

use crate::{
    Actor, Answer, Service,
    error::{answer, invalid},
};
use domain::{
    Action, EmailAddress, Port,
    discovery::{Discovery, Found, Source, SrvRecord, of_preset, of_srv},
};
use mailer::{FetchError, FetchRules, Names, names::Missing};
use std::{fmt::Write as _, time::Duration};
use tokio::time;

/// For one file of the web. A question to the DNS has a limit of its own, of the same length.
const ONE_FILE: Duration = Duration::from_secs(5);
/// For all questions together.
const ALL: Duration = Duration::from_secs(15);
/// Where a domain keeps its file with its host.
const REDIRECTS: u8 = 2;

/// What one question came to: settings, or why nobody answered.
type Told = Result<Vec<Found>, &'static str>;

impl Service {
    /// What the domain of an address proposes, the best first. Whoever may change accounts may ask.
    pub async fn discover(&self, actor: &Actor, address: &str) -> Answer<Discovery> {
        actor.must(Action::AccountsChange)?;
        answer(async {
            let address = EmailAddress::parse(address).map_err(|error| invalid("address", error.code()))?;
            if address.domain_ascii().starts_with('[') {
                return Err(invalid("address", "email_domain").into());
            }
            let _slot = self.inner.checks.take(actor)?;
            let names = Names::of(self.inner.resolver);
            let mut discovery = Discovery::default();
            let asking = Box::pin(self.ask(&names, &address, &mut discovery));
            if time::timeout(ALL, asking).await.is_err() {
                discovery.is_silent(Source::Autoconfig, "web_server");
            }
            discovery.add(of_preset(&address));
            Ok(discovery)
        })
        .await
    }

    async fn ask(&self, names: &Names, address: &EmailAddress, discovery: &mut Discovery) {
        let (submissions, submission) = tokio::join!(
            srv(names, Source::SrvSubmissions, "_submissions._tcp", address),
            srv(names, Source::SrvSubmission, "_submission._tcp", address),
        );
        note(discovery, Source::SrvSubmissions, submissions);
        note(discovery, Source::SrvSubmission, submission);
        let domain = address.domain_ascii();
        let port = match self.inner.https {
            Port::HTTPS => String::new(),
            port => format!(":{port}"),
        };
        let query = encoded(&address.to_wire());
        let [own, well_known] = [
            format!("https://autoconfig.{domain}{port}/mail/config-v1.1.xml?emailaddress={query}"),
            format!("https://{domain}{port}/.well-known/autoconfig/mail/config-v1.1.xml"),
        ];
        let (own, well_known) = tokio::join!(self.file(names, &own, address), self.file(names, &well_known, address));
        for told in [own, well_known] {
            note(discovery, Source::Autoconfig, told);
        }
    }

    async fn file(&self, names: &Names, url: &str, address: &EmailAddress) -> Told {
        let rules = FetchRules { redirects: REDIRECTS, limit: ONE_FILE, ..FetchRules::default() };
        match self.inner.mailer.fetch(url, rules, names).await {
            // Many servers have a page for whatever is asked of them: what is no such file was not meant as one.
            Ok(file) if file.status == 200 => Ok(autoconfig::parse(&file.body, address).unwrap_or_default()),
            Err(FetchError::Name { missing, .. }) => nobody(missing),
            Err(FetchError::Timeout) => Err("web_server"),
            Err(FetchError::Forbidden(_)) => Err("forbidden"),
            // A domain that serves no web page, or not this one.
            Ok(_) | Err(_) => Ok(Vec::new()),
        }
    }
}

async fn srv(names: &Names, source: Source, service: &str, address: &EmailAddress) -> Told {
    match names.srv(&format!("{service}.{}", address.domain_ascii())).await {
        Ok(records) => {
            let records = records.into_iter().map(|record| SrvRecord {
                priority: record.priority,
                weight: record.weight,
                port: record.port,
                target: record.target,
            });
            Ok(of_srv(source, records.collect(), address))
        }
        Err(missing) => nobody(missing),
    }
}

/// A name that is not there is an answer; a name server that says nothing is none.
fn nobody(missing: Missing) -> Told {
    match missing {
        Missing::NoSuchName | Missing::NoData => Ok(Vec::new()),
        Missing::Failed | Missing::Timeout => Err("name_server"),
    }
}

fn note(discovery: &mut Discovery, source: Source, told: Told) {
    match told {
        Ok(found) => discovery.add(found),
        Err(code) => discovery.is_silent(source, code),
    }
}

/// As a value in a query.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

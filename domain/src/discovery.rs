//! Settings found by asking a sender's domain: what was found, where, in which order, and who did not answer. Pure: asks nobody.

use crate::{
    EmailAddress, Host,
    account::{Proposal, Security},
    provider::{self, Provider},
};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Where settings were found; in the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// SRV of `_submissions._tcp` (RFC 8314 section 5.1): implicit TLS.
    SrvSubmissions,
    /// SRV of `_submission._tcp` (RFC 6186 section 3.1): STARTTLS.
    SrvSubmission,
    /// The domain's own autoconfig file.
    Autoconfig,
    /// What is known of the provider that keeps this domain's mailboxes.
    Preset,
}

impl Source {
    pub const ALL: [Self; 4] = [Self::SrvSubmissions, Self::SrvSubmission, Self::Autoconfig, Self::Preset];

    pub const fn code(self) -> &'static str {
        match self {
            Self::SrvSubmissions => "srv_submissions",
            Self::SrvSubmission => "srv_submission",
            Self::Autoconfig => "autoconfig",
            Self::Preset => "preset",
        }
    }

    /// The protection that an SRV record's service stands for.
    const fn security(self) -> Security {
        match self {
            Self::SrvSubmission => Security::StartTls,
            _ => Security::ImplicitTls,
        }
    }
}

/// Settings, and where they were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub source: Source,
    pub settings: Proposal,
    /// What to log in as, where it is known.
    pub user_name: Option<String>,
    /// Whether the host lies outside the address' domain: whoever uses it has to look at it first (RFC 6186 section 6).
    pub outside: bool,
}

/// A question that nobody answered, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silent {
    pub source: Source,
    /// `name_server` or `web_server`.
    pub code: String,
}

/// All that was found, the best first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Discovery {
    pub found: Vec<Found>,
    pub silent: Vec<Silent>,
}

impl Discovery {
    /// So many proposals at most, whoever answers how much.
    pub const MAX_FOUND: usize = 8;

    /// Adds what was found, unless the same settings were found before.
    pub fn add(&mut self, found: impl IntoIterator<Item = Found>) {
        for found in found {
            let is_new = !self.found.iter().any(|earlier| earlier.place() == found.place());
            if is_new && self.found.len() < Self::MAX_FOUND {
                self.found.push(found);
            }
        }
    }

    pub fn is_silent(&mut self, source: Source, code: &str) {
        self.silent.push(Silent { source, code: code.to_owned() });
    }
}

impl Found {
    pub fn new(source: Source, host: &Host, port: u16, security: Security, address: &EmailAddress) -> Self {
        let settings = Proposal {
            host: Some(host.as_str().to_owned()),
            port: Some(port),
            security: Some(security),
            authentication: Some(true),
            ..Proposal::default()
        };
        Self { source, settings, user_name: None, outside: is_outside(host, address) }
    }

    fn place(&self) -> (&Option<String>, Option<u16>, Option<Security>) {
        (&self.settings.host, self.settings.port, self.settings.security)
    }
}

/// One SRV record (RFC 2782).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SrvRecord {
    pub priority: u16,
    pub weight: u16,
    pub port: u16,
    pub target: String,
}

/// What the records of one service propose: the lowest priority first, in it the greatest weight. A target of `.` says
/// that the service is not offered, and so does a record that names no host.
pub fn of_srv(source: Source, mut records: Vec<SrvRecord>, address: &EmailAddress) -> Vec<Found> {
    records.sort_by_key(|record| (record.priority, Reverse(record.weight)));
    let named = records.into_iter().filter(|record| record.port != 0 && record.target != ".");
    named
        .filter_map(|record| {
            let host = Host::parse(&record.target).ok().filter(|host| host.ip().is_none())?;
            let mut found = Found::new(source, &host, record.port, source.security(), address);
            known_user_name(&mut found, &host, address);
            Some(found)
        })
        .collect()
}

/// What is known of the provider of this address' domain.
pub fn of_preset(address: &EmailAddress) -> Vec<Found> {
    let Some(provider) = provider::by_sender(address) else { return Vec::new() };
    let found = |offer| Found {
        source: Source::Preset,
        settings: provider.proposal(offer, true),
        user_name: provider.user_name.of(address),
        // Not the domain said so but the product's own table.
        outside: false,
    };
    provider.offers.iter().copied().map(found).collect()
}

/// SRV says nothing of user names: a known host's is known, and elsewhere the whole address is tried first (RFC 6186
/// section 4).
fn known_user_name(found: &mut Found, host: &Host, address: &EmailAddress) {
    let known: Option<&Provider> = provider::by_host(host);
    match known {
        Some(provider) => {
            found.user_name = provider.user_name.of(address);
            found.settings.authentication = provider.login.is_expected();
        }
        None => found.user_name = Some(address.to_wire()),
    }
}

fn is_outside(host: &Host, address: &EmailAddress) -> bool {
    let (host, domain) = (host.ascii(), address.domain_ascii());
    host != domain && !host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect(text)
    }

    fn places(found: &[Found]) -> Vec<String> {
        let line = |found: &Found| {
            let settings = &found.settings;
            let (host, port) = (settings.host.as_deref().unwrap_or("-"), settings.port.unwrap_or_default());
            let security = settings.security.map(Security::code).unwrap_or_default();
            let outside = if found.outside { " outside" } else { "" };
            format!("{host}:{port} {security} {}{outside}", found.user_name.as_deref().unwrap_or("-"))
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn srv_records_become_settings_in_their_order() {
        let check = |source, records: &[(u16, u16, u16, &str)], expected: &[&str]| {
            let record = |(priority, weight, port, target): &(u16, u16, u16, &str)| SrvRecord {
                priority: *priority,
                weight: *weight,
                port: *port,
                target: (*target).to_owned(),
            };
            let found = of_srv(source, records.iter().map(record).collect(), &address("ann@example.com"));
            assert_eq!(places(&found), expected, "{records:?}");
            assert!(found.iter().all(|found| found.source == source));
        };
        check(Source::SrvSubmissions, &[], &[]);
        check(Source::SrvSubmissions, &[(0, 0, 0, ".")], &[]);
        check(Source::SrvSubmissions, &[(0, 0, 465, ".")], &[]);
        check(
            Source::SrvSubmissions,
            &[(10, 5, 465, "c.example.com"), (0, 1, 465, "b.example.com."), (0, 9, 1465, "a.Example.COM.")],
            &[
                "a.example.com:1465 implicit_tls ann@example.com",
                "b.example.com:465 implicit_tls ann@example.com",
                "c.example.com:465 implicit_tls ann@example.com",
            ],
        );
        check(
            Source::SrvSubmission,
            &[(0, 0, 587, "mail.example.net")],
            &["mail.example.net:587 starttls ann@example.com outside"],
        );
        check(Source::SrvSubmission, &[(0, 0, 587, "example.com")], &["example.com:587 starttls ann@example.com"]);
        check(
            Source::SrvSubmission,
            &[(0, 0, 587, "bad-example.com")],
            &["bad-example.com:587 starttls ann@example.com outside"],
        );
        check(Source::SrvSubmission, &[(0, 0, 587, "192.0.2.1"), (0, 0, 587, "no host")], &[]);
        check(
            Source::SrvSubmissions,
            &[(0, 0, 465, "smtp.sendgrid.net")],
            &["smtp.sendgrid.net:465 implicit_tls apikey outside"],
        );
    }

    #[test]
    fn presets_of_a_known_domain() {
        let found = of_preset(&address("ana@uol.com.br"));
        assert_eq!(places(&found), ["smtps.uol.com.br:587 starttls ana"]);
        assert_eq!(of_preset(&address("ann@example.com")), []);
        assert_eq!(of_preset(&address("ann@gmail.com")).len(), 2);
    }

    #[test]
    fn the_same_settings_are_found_once_and_no_answer_is_endless() {
        let ann = address("ann@gmail.com");
        let mut discovery = Discovery::default();
        let host = Host::parse("smtp.gmail.com").expect("a host");
        discovery.add([Found::new(Source::SrvSubmissions, &host, 465, Security::ImplicitTls, &ann)]);
        discovery.add(of_preset(&ann));
        let sources: Vec<_> = discovery.found.iter().map(|found| found.source).collect();
        assert_eq!(sources, [Source::SrvSubmissions, Source::Preset]);
        discovery.add((1..100).map(|port| Found::new(Source::Autoconfig, &host, port, Security::StartTls, &ann)));
        assert_eq!(discovery.found.len(), Discovery::MAX_FOUND);
    }
}

//! The table held against itself, and the look-ups against what people type.

use super::*;
use crate::account::SecurityType;
use std::collections::HashSet;

fn host(text: &str) -> Host {
    Host::parse(text).expect(text)
}

fn sender(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect(text)
}

fn draft(host: &str, port: &str, secure: Option<SecurityType>) -> AccountDraft {
    AccountDraft {
        host: host.into(),
        port: port.into(),
        secure: secure.is_some(),
        security_type: secure.unwrap_or_default(),
        ..AccountDraft::default()
    }
}

#[test]
fn every_row_is_found_by_each_of_its_hosts_and_domains() {
    for provider in all() {
        for pattern in provider.hosts.split(' ') {
            let name = pattern.replace('*', "any-1");
            assert_eq!(by_host(&host(&name)), Some(provider), "{name}");
        }
        for pattern in provider.domains.split_whitespace() {
            let address = format!("ann@{}", pattern.replace('*', "any-1"));
            assert_eq!(by_sender(&sender(&address)), Some(provider), "{address}");
            assert!(provider.host().is_some(), "{}: mail from {pattern} needs a host to propose", provider.id);
        }
    }
}

#[test]
fn no_row_is_bare_and_nothing_stands_in_two() {
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    let (mut hosts, mut domains) = (HashSet::new(), HashSet::new());
    for provider in all() {
        assert!(ids.insert(provider.id), "{}", provider.id);
        assert!(names.insert(provider.name), "{}", provider.name);
        assert!(!provider.hosts.is_empty() && !provider.offers.is_empty(), "{}", provider.id);
        for host in provider.hosts.split(' ') {
            assert!(hosts.insert(host), "host {host} stands in two rows");
        }
        for domain in provider.domains.split_whitespace() {
            assert!(domains.insert(domain), "domain {domain} stands in two rows");
        }
        let mut pairings = Vec::new();
        for offer in provider.pairings() {
            assert!(!pairings.contains(&offer), "{} says {offer:?} twice", provider.id);
            pairings.push(offer);
        }
        let logs_in = provider.login.is_expected() != Some(false);
        assert_eq!(logs_in, provider.user_name != UserName::None, "{}", provider.id);
    }
    assert!(all().count() > 60, "{}", all().count());
}

#[test]
fn whose_host_it_is() {
    let check = |typed: &str, id: Option<&str>| {
        assert_eq!(by_host(&host(typed)).map(|provider| provider.id), id, "{typed}");
    };
    check("SMTP.gmail.com.", Some("gmail"));
    check("email-smtp.eu-west-1.amazonaws.com", Some("ses"));
    check("email-smtp.eu.west.amazonaws.com", None);
    check("acme-com.mail.protection.outlook.com", Some("microsoft_365_connector"));
    check("mail.protection.outlook.com", None);
    check("evil-smtp.gmail.com", None);
    check("smtp.gmail.com.example.org", None);
    check("10.0.0.1", None);
    check("smtp.example.com", None);
}

#[test]
fn whose_address_it_is() {
    let check = |typed: &str, id: Option<&str>| {
        assert_eq!(by_sender(&sender(typed)).map(|provider| provider.id), id, "{typed}");
    };
    check("ann@GMAIL.com", Some("gmail"));
    check("ann@acme.onmicrosoft.com", Some("microsoft_365"));
    check("ana@bol.com.br", Some("bol"));
    check("ann@mail.gmail.com", None);
    check("ann@yahoo.co.jp", None);
    check("ann@[192.0.2.1]", None);
}

#[test]
fn the_host_speaks_first_and_the_sender_where_it_is_nobodys() {
    let check = |host: &str, sender: &str, expected: Option<(&str, By)>| {
        let draft = AccountDraft { host: host.into(), sender: sender.into(), ..AccountDraft::default() };
        assert_eq!(Known::of(&draft).map(|known| (known.provider.id, known.by)), expected, "{host} {sender}");
    };
    check("", "", None);
    check("smtp.sendgrid.net", "ann@gmail.com", Some(("sendgrid", By::Host)));
    check("", "ann@gmail.com", Some(("gmail", By::Sender)));
    check("smtp.gm", "ann@gmail.com", Some(("gmail", By::Sender)));
    check("smtp://smtp.gmail.com", "ann@gmail.com", Some(("gmail", By::Sender)));
    check("smtp.gmail.com", "ann@example.com", Some(("gmail", By::Host)));
    check("smtp.example.com", "ann@example.com", None);
}

#[test]
fn what_is_filled_in_holds_and_is_not_offered_again() {
    for provider in all() {
        let (host, port) =
            (provider.hosts.split(' ').next().expect("one").replace('*', "any-1"), provider.offers[0].port);
        let mut draft = draft(&host, if provider.sure { "2" } else { "1025" }, Some(SecurityType::Tls));
        let known = Known::of(&draft).expect(provider.id);
        assert!(!known.holds(&draft), "{}", provider.id);
        known.proposal(known.offer().expect("one")).apply(&mut draft);
        assert_eq!((draft.host.as_str(), draft.port.as_str()), (host.as_str(), port.to_string().as_str()));
        assert!(known.holds(&draft) && Known::of(&draft) == Some(known), "{}", provider.id);
        assert_eq!(unlisted(&draft), None, "{}", provider.id);
    }
}

#[test]
fn a_known_sender_fills_the_host_too() {
    let mut draft = AccountDraft { sender: "ann@gmail.com".into(), ..AccountDraft::default() };
    let known = Known::of(&draft).expect("known");
    known.proposal(known.offer().expect("one")).apply(&mut draft);
    assert_eq!((draft.host.as_str(), draft.port.as_str(), draft.authentication), ("smtp.gmail.com", "465", true));
    assert_eq!(draft.security(), Security::ImplicitTls);
    draft.port = "587".into();
    draft.security_type = SecurityType::Tls;
    assert!(Known::of(&draft).is_some_and(|known| known.holds(&draft)), "the second way is as good");
}

#[test]
fn this_machine_is_a_mailpit_by_its_port_alone() {
    let check = |port: &str, expected: Option<&str>| {
        let known = Known::of(&draft("localhost", port, Some(SecurityType::Ssl)));
        assert_eq!(known.map(|known| known.provider.id), expected, "{port}");
    };
    check("1025", Some("mailpit"));
    check("25", None);
    check("", None);
    assert_eq!(unlisted(&draft("localhost", "25", None)), None, "anything may listen there");
}

#[test]
fn what_a_known_host_is_not_known_to_answer_is_said() {
    use SecurityType::{Ssl, Tls};
    let check = |name: &str, port: &str, secure, expected: Option<&str>| {
        let said = unlisted(&draft(name, port, secure)).map(|(provider, _)| provider.id);
        assert_eq!(said, expected, "{name} {port} {secure:?}");
    };
    check("smtp.gmail.com", "25", None, Some("gmail"));
    check("smtp.gmail.com", "", None, Some("gmail"));
    check("smtp.gmail.com", "587", Some(Tls), None);
    check("smtp.gmail.com", "", Some(Ssl), None);
    check("smtp.postmarkapp.com", "465", Some(Ssl), Some("postmark"));
    check("smtp.postmarkapp.com", "", Some(Ssl), Some("postmark"));
    check("smtp.office365.com", "465", Some(Ssl), Some("microsoft_365"));
    check("smtp.office365.com", "587", None, Some("microsoft_365"));
    check("smtp.office365.com", "465", Some(Tls), None);
    check("smtp.office365.com", "x", Some(Ssl), None);
    check("mail.example.com", "465", Some(Ssl), None);
}

#[test]
fn user_names_that_follow_from_the_address() {
    let ann = sender("ann@bücher.example");
    let check = |kind: UserName, expected: Option<&str>| assert_eq!(kind.of(&ann).as_deref(), expected, "{kind:?}");
    check(UserName::Address, Some("ann@xn--bcher-kva.example"));
    check(UserName::LocalPart, Some("ann"));
    check(UserName::Literal("apikey"), Some("apikey"));
    check(UserName::Postmaster, Some("postmaster@xn--bcher-kva.example"));
    check(UserName::TokenTwice, None);
    check(UserName::None, None);
}

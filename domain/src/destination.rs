//! Where a secret may be sent. Sealed with the secret as associated data: anywhere else it does not decrypt.

use crate::{
    account::{CertificateCheck, NewAccount},
    connector::{Connector, NewConnector},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Host, port, protection, certificate setting and the way there, in one canonical line of text.
///
/// Two accounts with the same line send a secret to the same place in the same way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Destination(String);

impl Destination {
    /// The place an account logs in at. `connector` is the one the account goes through, if any.
    pub fn of_account(account: &NewAccount, connector: Option<&Connector>) -> Self {
        let way = connector
            .map_or_else(|| "direct".to_owned(), |c| format!("connector {} {}", c.id, Self::of_connector(&c.settings)));
        let certificate = match account.certificate_check() {
            CertificateCheck::None => "none".to_owned(),
            CertificateCheck::Ignored => "ignored".to_owned(),
            CertificateCheck::Pinned(pin) => format!("pinned:{pin}"),
            CertificateCheck::Chain { extra: None } => "checked".to_owned(),
            CertificateCheck::Chain { extra: Some(extra) } => format!("checked:{}", extra.digest()),
        };
        Self(format!(
            "smtp {} {} {} certificate={certificate} via {way}",
            account.host.ascii(),
            account.effective_port(),
            account.security().code(),
        ))
    }

    /// The place a connector's own credential is sent to.
    pub fn of_connector(connector: &NewConnector) -> Self {
        Self(format!("{} {} {}", connector.kind.code(), connector.host.ascii(), connector.port))
    }

    /// Read back from the store; a changed line merely fails to decrypt.
    pub fn from_stored(line: String) -> Self {
        Self(line)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts, for words; `None` where a connector's own credential goes, or a line was written by hand.
    pub fn account(&self) -> Option<Place<'_>> {
        let parts: Vec<&str> = self.0.split(' ').collect();
        let (certificate, connector) = match parts.get(4..)? {
            [certificate, "via", "direct"] => (certificate, None),
            [certificate, "via", "connector", _, kind, host, port] => (certificate, Some((*kind, *host, *port))),
            _ => return None,
        };
        match parts.get(..4)? {
            ["smtp", host, port, security] => {
                Some(Place { host, port, security, certificate: certificate.strip_prefix("certificate=")?, connector })
            }
            _ => None,
        }
    }
}

/// Where an account's secret may go, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    pub host: &'a str,
    pub port: &'a str,
    /// As `Security::code` has it.
    pub security: &'a str,
    /// `none`, `ignored`, `checked`, `checked:` and a digest of the account's own authorities, `pinned:` and a fingerprint.
    pub certificate: &'a str,
    /// Kind, host and port.
    pub connector: Option<(&'a str, &'a str, &'a str)>,
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Certificates, ConnectorId,
        account::{AccountDraft, SecurityType},
        connector::{ConnectorDraft, ConnectorKind},
    };

    fn account(change: impl FnOnce(&mut AccountDraft)) -> NewAccount {
        let mut draft = AccountDraft {
            name: "A".into(),
            sender: "a@example.com".into(),
            reply_to: "a@example.com".into(),
            return_path: "a@example.com".into(),
            confirmation: "a@example.com".into(),
            host: "smtp.example.com".into(),
            ..AccountDraft::default()
        };
        change(&mut draft);
        draft.parse().expect("valid")
    }

    fn connector(id: i64, host: &str) -> Connector {
        let settings = ConnectorDraft { name: "C".into(), host: host.into(), ..ConnectorDraft::default() };
        Connector { id: ConnectorId(id), version: 1, settings: settings.parse().expect("valid"), used_by: vec![] }
    }

    #[test]
    fn whatever_decides_where_and_how_a_secret_travels_changes_the_line() {
        let base = Destination::of_account(&account(|_| {}), None);
        let pem = Certificates::of_der(&[0x30, 2, 5, 0]);
        let changes: [(&str, NewAccount); 7] = [
            ("host", account(|a| a.host = "evil.example".into())),
            ("port", account(|a| a.port = "2525".into())),
            ("type", account(|a| a.security_type = SecurityType::Tls)),
            ("security", account(|a| a.secure = false)),
            ("certificate", account(|a| a.ignore_certificate_errors = true)),
            ("authority", account(|a| a.trusted_ca = pem)),
            ("pin", account(|a| a.pinned_certificate = "ab".repeat(32))),
        ];
        for (what, changed) in changes {
            assert_ne!(Destination::of_account(&changed, None), base, "{what}");
        }
        let through = Destination::of_account(&account(|_| {}), Some(&connector(1, "10.0.0.1")));
        assert_ne!(through, base);
        assert_ne!(Destination::of_account(&account(|_| {}), Some(&connector(2, "10.0.0.1"))), through);
        assert_ne!(Destination::of_account(&account(|_| {}), Some(&connector(1, "10.0.0.2"))), through);
        let mut http = connector(1, "10.0.0.1");
        http.settings.kind = ConnectorKind::HttpConnect;
        assert_ne!(Destination::of_account(&account(|_| {}), Some(&http)), through);
    }

    #[test]
    fn f03_another_spelling_of_a_host_is_the_same_destination() {
        let base = Destination::of_account(&account(|_| {}), None);
        let same = account(|a| {
            a.name = "B".into();
            a.host = "SMTP.example.com.".into();
            a.port = "465".into();
            a.enabled = false;
        });
        assert_eq!(Destination::of_account(&same, None), base);
        let [unicode, punycode] = ["BÜCHER.example.", "xn--bcher-kva.example"]
            .map(|host| Destination::of_account(&account(|a| a.host = host.into()), None));
        assert_eq!(unicode, punycode);
    }

    #[test]
    fn the_parts_of_a_line_can_be_read_back() {
        let direct = Destination::of_account(&account(|_| {}), None);
        let place = direct.account().expect("a place");
        assert_eq!((place.host, place.port, place.security), ("smtp.example.com", "465", "implicit_tls"));
        assert_eq!((place.certificate, place.connector), ("checked", None));
        let through = Destination::of_account(&account(|a| a.secure = false), Some(&connector(1, "10.0.0.1")));
        let place = through.account().expect("a place");
        assert_eq!((place.security, place.certificate), ("none", "none"));
        assert_eq!(place.connector.map(|(kind, host, _)| (kind, host)), Some(("socks5", "10.0.0.1")));
        assert_eq!(Destination::of_connector(&connector(1, "10.0.0.1").settings).account(), None);
        assert_eq!(Destination::from_stored("smtp a".into()).account(), None);
    }
}

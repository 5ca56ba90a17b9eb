//! Settings as a file that people read and keep: things refer to each other by name, and no secret stands in it.

use crate::{
    AccountId, ConnectorId, CredentialId, Secret,
    account::{Account, AccountDraft, SecurityType},
    connector::{Connector, ConnectorDraft, ConnectorKind},
    credential::{Credential, CredentialDraft, CredentialKind, Grant, OAuth},
    report::ReportName,
    schedule::{Format, Rhythm, ScheduleDraft, Weekday},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of the file that this program writes and reads.
pub const FORM: u32 = 1;

/// What `export` writes and `import` reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    pub postroom: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<PortableCredential>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connectors: Vec<PortableConnector>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<PortableAccount>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<PortableSchedule>,
}

/// Where a secret is found on the machine that imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// An environment variable.
    Env(String),
    File(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableCredential {
    pub name: String,
    #[serde(default)]
    pub kind: CredentialKind,
    pub user_name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tenant: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub client_id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub token_url: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    #[serde(default, skip_serializing_if = "is_usual")]
    pub grant: Grant,
    /// Without one, the secret stays that is stored under this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretSource>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableConnector {
    pub name: String,
    #[serde(default)]
    pub kind: ConnectorKind,
    pub host: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// By name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// What is left out takes the settings window's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the window, with a name of its own")]
pub struct PortableAccount {
    pub name: String,
    pub enabled: bool,
    pub sender: String,
    /// Left out, these three are the sender.
    pub reply_to: String,
    pub return_path: String,
    pub confirmation: String,
    /// Left out, the account is the default if it was.
    pub is_default: bool,
    pub read_receipt: bool,
    pub force_settings: bool,
    pub footnote: bool,
    pub host: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    pub secure: bool,
    pub security_type: SecurityType,
    pub authentication: bool,
    /// By name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    pub ignore_certificate_errors: bool,
    /// PEM.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub trusted_ca: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pinned_certificate: String,
    pub use_connector: bool,
    /// By name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector: Option<String>,
}

/// What is left out takes the window's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PortableSchedule {
    pub name: String,
    pub enabled: bool,
    pub report: ReportName,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub filter: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub columns: String,
    pub format: Format,
    pub recipients: Vec<String>,
    pub start: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub end: String,
    pub repeat: Rhythm,
    pub days: Vec<Weekday>,
    pub day_of_month: u32,
    pub time: String,
    pub time_zone: String,
    /// By name; the default account where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_usual(grant: &Grant) -> bool {
    *grant == Grant::default()
}

const fn yes() -> bool {
    true
}

impl Default for PortableSchedule {
    fn default() -> Self {
        Self::new(&ScheduleDraft::default(), None)
    }
}

impl PortableSchedule {
    pub fn new(draft: &ScheduleDraft, account: Option<String>) -> Self {
        let d = draft.clone();
        Self {
            name: d.name,
            enabled: d.enabled,
            report: d.report,
            filter: d.filter,
            sort: d.sort,
            columns: d.columns,
            format: d.format,
            recipients: d.recipients.lines().map(str::to_owned).collect(),
            start: d.start,
            end: d.end,
            repeat: d.repeat,
            days: d.days,
            day_of_month: d.day_of_month,
            time: d.time,
            time_zone: d.time_zone,
            account,
        }
    }

    pub fn draft(&self, account_id: Option<AccountId>) -> ScheduleDraft {
        let s = self.clone();
        ScheduleDraft {
            name: s.name,
            enabled: s.enabled,
            report: s.report,
            filter: s.filter,
            sort: s.sort,
            columns: s.columns,
            format: s.format,
            recipients: s.recipients.join("\n"),
            start: s.start,
            end: s.end,
            repeat: s.repeat,
            days: s.days,
            day_of_month: s.day_of_month,
            time: s.time,
            time_zone: s.time_zone,
            account_id,
        }
    }
}

impl Default for PortableAccount {
    fn default() -> Self {
        Self::of(&AccountDraft::default(), None, None)
    }
}

impl From<&Credential> for PortableCredential {
    fn from(c: &Credential) -> Self {
        let OAuth { tenant, client_id, token_url, scope, grant } = c.oauth.clone();
        let (name, user_name) = (c.name.to_string(), c.user_name.clone());
        Self { name, kind: c.kind, user_name, tenant, client_id, token_url, scope, grant, secret: None }
    }
}

impl PortableCredential {
    /// A refresh token's `secret` is JSON: `{"refresh_token": …, "client_secret": …}`.
    pub fn draft(&self, secret: Option<Secret>) -> CredentialDraft {
        CredentialDraft {
            name: self.name.clone(),
            kind: self.kind,
            user_name: self.user_name.clone(),
            tenant: self.tenant.clone(),
            client_id: self.client_id.clone(),
            token_url: self.token_url.clone(),
            scope: self.scope.clone(),
            grant: self.grant,
            client_secret: None,
            secret,
        }
    }
}

impl PortableConnector {
    pub fn new(connector: &Connector, credential: Option<String>) -> Self {
        let c = &connector.settings;
        let (port, host) = (Some(c.port.get()), c.host.to_string());
        Self { name: c.name.to_string(), kind: c.kind, host, port, credential, enabled: c.enabled }
    }

    pub fn draft(&self, credential_id: Option<CredentialId>, secret: Option<Secret>) -> ConnectorDraft {
        ConnectorDraft {
            name: self.name.clone(),
            kind: self.kind,
            host: self.host.clone(),
            port: typed(self.port),
            credential_id,
            secret,
            enabled: self.enabled,
        }
    }
}

impl PortableAccount {
    pub fn new(account: &Account, credential: Option<String>, connector: Option<String>) -> Self {
        Self::of(&AccountDraft::from(account), credential, connector)
    }

    fn of(a: &AccountDraft, credential: Option<String>, connector: Option<String>) -> Self {
        Self {
            name: a.name.clone(),
            enabled: a.enabled,
            sender: a.sender.clone(),
            reply_to: a.reply_to.clone(),
            return_path: a.return_path.clone(),
            confirmation: a.confirmation.clone(),
            is_default: a.is_default,
            read_receipt: a.read_receipt,
            force_settings: a.force_settings,
            footnote: a.footnote,
            host: a.host.clone(),
            port: a.port.parse().ok(),
            secure: a.secure,
            security_type: a.security_type,
            authentication: a.authentication,
            credential,
            ignore_certificate_errors: a.ignore_certificate_errors,
            trusted_ca: a.trusted_ca.clone(),
            pinned_certificate: a.pinned_certificate.clone(),
            use_connector: a.use_connector,
            connector,
        }
    }

    /// `was_default`: the default moves by naming another, so whoever was it stays it.
    pub fn draft(
        &self,
        credential_id: Option<CredentialId>,
        connector_id: Option<ConnectorId>,
        secret: Option<Secret>,
        was_default: bool,
    ) -> AccountDraft {
        let or_sender = |text: &String| if text.is_empty() { self.sender.clone() } else { text.clone() };
        AccountDraft {
            name: self.name.clone(),
            enabled: self.enabled,
            sender: self.sender.clone(),
            reply_to: or_sender(&self.reply_to),
            return_path: or_sender(&self.return_path),
            confirmation: or_sender(&self.confirmation),
            is_default: self.is_default || was_default,
            read_receipt: self.read_receipt,
            force_settings: self.force_settings,
            footnote: self.footnote,
            host: self.host.clone(),
            port: typed(self.port),
            secure: self.secure,
            security_type: self.security_type,
            authentication: self.authentication,
            credential_id,
            secret,
            ignore_certificate_errors: self.ignore_certificate_errors,
            trusted_ca: self.trusted_ca.clone(),
            pinned_certificate: self.pinned_certificate.clone(),
            use_connector: self.use_connector,
            connector_id,
        }
    }
}

fn typed(port: Option<u16>) -> String {
    port.map(|port| port.to_string()).unwrap_or_default()
}

impl SecretSource {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            (_, "") => None,
            ("env", name) => Some(Self::Env(name.to_owned())),
            ("file", path) => Some(Self::File(path.to_owned())),
            _ => None,
        }
    }
}

impl Serialize for SecretSource {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&match self {
            Self::Env(name) => format!("env:{name}"),
            Self::File(path) => format!("file:{path}"),
        })
    }
}

impl<'de> Deserialize<'de> for SecretSource {
    /// Whoever put the secret itself here does not see it again in an error.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let words = "a secret does not stand in this file: say where it is, as env:NAME or file:PATH";
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_named_and_never_quoted() {
        for (text, source) in [
            ("env:RELAY", Some(SecretSource::Env("RELAY".into()))),
            ("file:/run/secrets/relay", Some(SecretSource::File("/run/secrets/relay".into()))),
            ("env:", None),
            ("hunter2", None),
            ("hunter2:x", None),
        ] {
            let read = serde_json::from_value::<SecretSource>(text.into());
            assert!(!format!("{:?}", read.as_ref().err()).contains("hunter2"));
            assert_eq!(read.ok(), source, "{text}");
        }
        assert_eq!(serde_json::json!(SecretSource::Env("A".into())), "env:A");
    }

    #[test]
    fn a_file_says_as_little_as_the_window_needs() {
        let text = r#"{"postroom": 1, "accounts": [{"name": "A", "sender": "a@example.com", "host": "h.example"}]}"#;
        let bundle: Bundle = serde_json::from_str(text).expect("reads");
        let draft = bundle.accounts[0].draft(None, None, None, true);
        assert_eq!(draft.confirmation, "a@example.com");
        assert!(draft.is_default && draft.secure && draft.parse().is_ok());
        assert!(serde_json::from_str::<Bundle>(r#"{"postroom": 1, "account": []}"#).is_err(), "a slip of the pen");
    }
}

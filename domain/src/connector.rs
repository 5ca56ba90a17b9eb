//! A network connector: the way into a network that the server does not reach by itself.

use crate::{ConnectorId, CredentialId, FieldErrors, Host, Label, Port, Secret};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectorKind {
    /// RFC 1928, with user name and password of RFC 1929.
    #[default]
    Socks5,
    /// The CONNECT method of RFC 9110 section 9.3.6, over plain HTTP/1.1.
    HttpConnect,
}

impl ConnectorKind {
    pub const ALL: [Self; 2] = [Self::Socks5, Self::HttpConnect];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Socks5 => "socks5",
            Self::HttpConnect => "http_connect",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub const fn default_port(self) -> u16 {
        match self {
            Self::Socks5 => 1080,
            Self::HttpConnect => 3128,
        }
    }
}

/// A connector as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConnectorDraft {
    pub name: String,
    pub kind: ConnectorKind,
    pub host: String,
    pub port: String,
    pub credential_id: Option<CredentialId>,
    /// The credential's secret, where the target makes it needed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    pub enabled: bool,
}

impl Default for ConnectorDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: ConnectorKind::default(),
            host: String::new(),
            port: String::new(),
            credential_id: None,
            secret: None,
            enabled: true,
        }
    }
}

/// A connector whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewConnector {
    pub name: Label,
    pub kind: ConnectorKind,
    pub host: Host,
    pub port: Port,
    pub credential_id: Option<CredentialId>,
    pub enabled: bool,
}

/// A stored connector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connector {
    pub id: ConnectorId,
    pub version: i64,
    #[serde(flatten)]
    pub settings: NewConnector,
    /// Names of the accounts that go through it.
    pub used_by: Vec<String>,
}

/// Whether a connector itself answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectorTest {
    pub ok: bool,
    pub ms: u64,
    /// What kind of failure; empty where it answered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Plain text: an address, the connector's own words. Never a secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl From<&Connector> for ConnectorDraft {
    fn from(connector: &Connector) -> Self {
        let c = &connector.settings;
        Self {
            name: c.name.to_string(),
            kind: c.kind,
            host: c.host.to_string(),
            port: c.port.to_string(),
            credential_id: c.credential_id,
            secret: None,
            enabled: c.enabled,
        }
    }
}

impl ConnectorDraft {
    /// Checks every field and reports all errors at once. An empty port is the kind's usual one.
    pub fn parse(&self) -> Result<NewConnector, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", Label::parse(&self.name));
        let host = errors.take("host", Host::parse(&self.host));
        let port =
            if self.port.trim().is_empty() { Port::new(self.kind.default_port()) } else { Port::parse(&self.port) };
        if port.is_none() {
            errors.add("port", "port_range");
        }
        if let Some(code) = self.secret.as_ref().and_then(crate::account::secret_error) {
            errors.add("secret", code);
        }
        match (name, host, port) {
            (Some(name), Some(host), Some(port)) if errors.is_empty() => Ok(NewConnector {
                name,
                kind: self.kind,
                host,
                port,
                credential_id: self.credential_id,
                enabled: self.enabled,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connectors_are_checked() {
        let draft = ConnectorDraft { name: "DMZ".into(), host: "10.1.2.3".into(), ..ConnectorDraft::default() };
        assert_eq!(draft.parse().expect("valid").port.get(), 1080);
        let http = ConnectorDraft { kind: ConnectorKind::HttpConnect, ..draft };
        assert_eq!(http.parse().expect("valid").port.get(), 3128);
        let errors = ConnectorDraft { port: "0".into(), ..ConnectorDraft::default() }.parse().expect_err("empty");
        let got: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(got, [("name", "required"), ("host", "required"), ("port", "port_range")]);
    }
}

//! An SMTP account: as typed ([`AccountDraft`]), as checked ([`NewAccount`]), as stored ([`Account`]).

mod draft;
mod hint;
mod proposal;

pub use draft::{AccountDraft, field, secret_error};
pub use hint::{Hint, hints};
pub use proposal::Proposal;

use crate::{
    AccountId, Certificates, ConnectorId, CredentialId, EmailAddress, Fingerprint, Host, Label, Port, UnixMillis,
    connector::Connector, credential::Credential,
};
use serde::{Deserialize, Serialize};

/// How TLS begins, where an account uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityType {
    /// STARTTLS (RFC 3207): the session begins in clear and is upgraded before anything else is said. Demanded, never given up.
    Tls,
    /// Implicit TLS (RFC 8314): TLS from the first byte.
    #[default]
    Ssl,
}

impl SecurityType {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Ssl => "ssl",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "tls" => Some(Self::Tls),
            "ssl" => Some(Self::Ssl),
            _ => None,
        }
    }
}

/// The protection a connection has: the account's two security settings as one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// In clear.
    None,
    StartTls,
    ImplicitTls,
}

impl Security {
    pub const fn of(secure: bool, security_type: SecurityType) -> Self {
        match (secure, security_type) {
            (false, _) => Self::None,
            (true, SecurityType::Tls) => Self::StartTls,
            (true, SecurityType::Ssl) => Self::ImplicitTls,
        }
    }

    /// The port used where none is given.
    pub const fn default_port(self) -> Port {
        match self {
            Self::None => Port::SMTP,
            Self::StartTls => Port::SUBMISSION,
            Self::ImplicitTls => Port::SUBMISSIONS,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::StartTls => "starttls",
            Self::ImplicitTls => "implicit_tls",
        }
    }
}

/// How an account checks the certificate it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateCheck<'a> {
    /// Nothing is encrypted.
    None,
    /// Any will do.
    Ignored,
    /// This one and no other.
    Pinned(&'a Fingerprint),
    /// One for this host, in its time, from an authority that the machine knows or that the account names.
    Chain { extra: Option<&'a Certificates> },
}

/// An account whose every field has been checked.
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the window, with a name of its own")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccount {
    pub name: Label,
    pub enabled: bool,
    pub sender: EmailAddress,
    pub reply_to: EmailAddress,
    pub return_path: EmailAddress,
    pub confirmation: EmailAddress,
    pub is_default: bool,
    pub read_receipt: bool,
    pub force_settings: bool,
    pub footnote: bool,
    pub host: Host,
    pub port: Option<Port>,
    pub secure: bool,
    pub security_type: SecurityType,
    pub authentication: bool,
    pub credential_id: Option<CredentialId>,
    pub ignore_certificate_errors: bool,
    /// Believed beside the authorities that the machine knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trusted_ca: Option<Certificates>,
    /// The one certificate that the server may show; who issued it, for which name and until when does not matter then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned_certificate: Option<Fingerprint>,
    pub use_connector: bool,
    pub connector_id: Option<ConnectorId>,
}

impl NewAccount {
    pub const fn security(&self) -> Security {
        Security::of(self.secure, self.security_type)
    }

    /// The port connected to: the one given, or the one that belongs to the security type.
    pub fn effective_port(&self) -> Port {
        self.port.unwrap_or(self.security().default_port())
    }

    /// What a server's certificate is held against.
    pub const fn certificate_check(&self) -> CertificateCheck<'_> {
        match (self.secure, self.ignore_certificate_errors, &self.pinned_certificate) {
            (false, _, _) => CertificateCheck::None,
            (true, true, _) => CertificateCheck::Ignored,
            (true, false, Some(pin)) => CertificateCheck::Pinned(pin),
            (true, false, None) => CertificateCheck::Chain { extra: self.trusted_ca.as_ref() },
        }
    }

    /// The credential in force, if the account logs in at all.
    pub fn credential(&self) -> Option<CredentialId> {
        self.credential_id.filter(|_| self.authentication)
    }

    /// The connector in force, if the account goes through one.
    pub fn connector(&self) -> Option<ConnectorId> {
        self.connector_id.filter(|_| self.use_connector)
    }
}

/// A stored account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    /// Counts up with each change; a save names the one it started from.
    pub version: i64,
    #[serde(flatten)]
    pub settings: NewAccount,
    pub last_test: Option<LastTest>,
}

/// How the latest test of an account ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTest {
    pub passed: bool,
    pub at: UnixMillis,
    pub duration_ms: u64,
    /// The step it reached.
    pub stage: String,
    /// The server's own words, or the local error's code.
    pub reply: String,
}

/// What the settings window offers to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choices {
    pub credentials: Vec<Credential>,
    pub connectors: Vec<Connector>,
    /// Without any account, the next one becomes the default.
    pub any_account: bool,
}

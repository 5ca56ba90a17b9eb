//! Where a session goes and how. Values only; nothing here touches a socket.

use crate::oauth::TokenSource;
use domain::{
    Certificates, Fingerprint, Host, Port,
    account::{self, Security},
    connector::ConnectorKind,
};
use secrecy::SecretString;
use std::{fmt, sync::Arc};

/// A user name and its secret.
#[derive(Clone)]
pub struct Login {
    pub user_name: String,
    pub secret: SecretString,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user_name", &self.user_name).field("secret", &"***").finish()
    }
}

/// How an account logs in.
#[derive(Clone)]
pub enum AccountLogin {
    Password(Login),
    /// With an access token, which is asked for when it is needed.
    OAuth {
        user_name: String,
        tokens: Arc<dyn TokenSource>,
    },
}

impl AccountLogin {
    pub fn user_name(&self) -> &str {
        match self {
            Self::Password(login) => &login.user_name,
            Self::OAuth { user_name, .. } => user_name,
        }
    }

    /// What is known before the session; a token is not.
    pub(crate) const fn password(&self) -> Option<&Login> {
        match self {
            Self::Password(login) => Some(login),
            Self::OAuth { .. } => None,
        }
    }
}

impl From<Login> for AccountLogin {
    fn from(login: Login) -> Self {
        Self::Password(login)
    }
}

impl fmt::Debug for AccountLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Password(login) => login.fmt(f),
            // Nothing of the source: what it shows is not known here.
            Self::OAuth { user_name, .. } => {
                f.debug_struct("OAuth").field("user_name", user_name).finish_non_exhaustive()
            }
        }
    }
}

/// The connector that a session goes through.
#[derive(Debug, Clone)]
pub struct Tunnel {
    pub kind: ConnectorKind,
    pub host: Host,
    pub port: Port,
    pub login: Option<Login>,
}

impl Tunnel {
    /// `host:port`, as failures name it.
    pub fn name(&self) -> String {
        authority(&self.host, self.port)
    }
}

/// What the server's certificate is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateCheck {
    /// Any will do; the handshake's signatures still count.
    Off,
    /// This one and no other, whoever issued it.
    Pinned(Fingerprint),
    /// One for this host, in its time, from an authority that the machine knows or one of these.
    Chain { extra: Option<Certificates> },
}

impl From<account::CertificateCheck<'_>> for CertificateCheck {
    fn from(check: account::CertificateCheck<'_>) -> Self {
        match check {
            account::CertificateCheck::Ignored => Self::Off,
            account::CertificateCheck::Pinned(pin) => Self::Pinned(pin.clone()),
            account::CertificateCheck::Chain { extra } => Self::Chain { extra: extra.cloned() },
            account::CertificateCheck::None => Self::FULL,
        }
    }
}

impl CertificateCheck {
    /// Against the authorities that the machine knows.
    pub const FULL: Self = Self::Chain { extra: None };
}

/// The SMTP server, the protection and the way there.
#[derive(Debug, Clone)]
pub struct Route {
    pub host: Host,
    pub port: Port,
    pub security: Security,
    pub certificate: CertificateCheck,
    pub login: Option<AccountLogin>,
    pub tunnel: Option<Tunnel>,
    /// What EHLO says: this machine's name or address literal.
    pub helo: String,
}

/// `host:port` in ASCII, an IPv6 address in brackets.
pub(crate) fn authority(host: &Host, port: Port) -> String {
    match host.ip() {
        Some(std::net::IpAddr::V6(ip)) => format!("[{ip}]:{port}"),
        _ => format!("{}:{port}", host.ascii()),
    }
}

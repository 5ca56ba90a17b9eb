//! What the service has to be told at start.

use domain::Port;
use secrecy::SecretString;
use std::{net::SocketAddr, path::PathBuf};

/// Where the master key is.
#[derive(Debug, Clone)]
pub enum MasterKeySource {
    /// A file; made with mode 0600 on first start.
    File(PathBuf),
    /// 32 bytes as base64 or hex.
    Value(SecretString),
}

impl MasterKeySource {
    /// As messages name it.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Value(_) => "given as a value".to_owned(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite://` and a path.
    pub database_url: String,
    pub master_key: MasterKeySource,
    /// Where SMTP and connectors may lead.
    pub policy: mailer::DestinationPolicy,
    /// Certificates trusted beside the system's, as PEM.
    pub extra_roots: Option<PathBuf>,
    /// The name said in EHLO.
    pub helo: String,
    /// The name server that is asked about senders' domains; `None` asks those of the system.
    pub resolver: Option<SocketAddr>,
    /// Where files of the web are fetched over TLS: 443. Only tests have another.
    pub https: Port,
    /// Single sign-on; off without.
    pub oidc: Option<crate::OidcSettings>,
    /// Sign-in from a portal, where it is configured.
    pub portal: Option<crate::PortalSettings>,
    /// How browsers reach us, where the request does not say.
    pub public_url: Option<String>,
    /// What is configured for portals, to be shown.
    pub embedding: domain::portal::Embedding,
}

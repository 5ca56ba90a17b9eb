//! Where a session goes and how. Values only; nothing here touches a socket.

use domain::{Host, Port, account::Security, connector::ConnectorKind};
use secrecy::SecretString;
use std::fmt;

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

/// The SMTP server, the protection and the way there.
#[derive(Debug, Clone)]
pub struct Route {
    pub host: Host,
    pub port: Port,
    pub security: Security,
    pub verify_certificate: bool,
    pub login: Option<Login>,
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

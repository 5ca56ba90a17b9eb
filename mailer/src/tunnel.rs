//! The way through a connector: its handshake on a fresh socket, byte-exact, so that what follows belongs to the target.

mod http_connect;
mod socks5;

use crate::{
    cause::Cause,
    fault::Fault,
    route::{Tunnel, authority},
};
use domain::{Host, Port, connector::ConnectorKind, session_test::Step};
use std::time::Duration;
use tokio::{net::TcpStream, time};

/// Where the connector is asked to lead to.
#[derive(Debug, Clone)]
pub(crate) struct Target<'a> {
    pub host: &'a Host,
    pub port: Port,
}

impl Target<'_> {
    fn authority(&self) -> String {
        authority(self.host, self.port)
    }
}

/// Asks the connector for a connection to the target.
pub(crate) async fn open(
    stream: &mut TcpStream,
    tunnel: &Tunnel,
    target: &Target<'_>,
    limit: Duration,
) -> Result<(), Fault> {
    let handshake = async {
        match tunnel.kind {
            ConnectorKind::Socks5 => {
                socks5::negotiate(stream, tunnel).await?;
                socks5::connect(stream, tunnel, target).await
            }
            ConnectorKind::HttpConnect => http_connect::connect(stream, tunnel, target).await,
        }
    };
    limited(limit, tunnel, handshake).await
}

/// Asks the connector nothing but whether it is one and lets us in.
pub(crate) async fn greet(stream: &mut TcpStream, tunnel: &Tunnel, limit: Duration) -> Result<(), Fault> {
    let handshake = async {
        match tunnel.kind {
            ConnectorKind::Socks5 => socks5::negotiate(stream, tunnel).await,
            ConnectorKind::HttpConnect => http_connect::greet(stream, tunnel).await,
        }
    };
    limited(limit, tunnel, handshake).await
}

async fn limited(
    limit: Duration,
    tunnel: &Tunnel,
    handshake: impl Future<Output = Result<(), Fault>>,
) -> Result<(), Fault> {
    time::timeout(limit, handshake).await.unwrap_or_else(|_| Err(fault(Cause::TunnelTimeout, tunnel)))
}

/// A fault of the connector, which is named first.
fn fault(cause: Cause, tunnel: &Tunnel) -> Fault {
    Fault::new(cause).param(tunnel.name())
}

/// The connector works and says that the target does not.
fn beyond(tunnel: &Tunnel, reason: &str) -> Fault {
    fault(Cause::TunnelRefused, tunnel).param(reason).at(Step::Tcp)
}

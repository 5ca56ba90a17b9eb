//! The way to the server: name, connector, TCP and, where it comes first, TLS. Not a word of SMTP.

use super::{Job, Mailer, journal::Journal};
use crate::{
    budget::Budget,
    cause::Cause,
    dialer::Attempt,
    fault::Fault,
    policy::Purpose,
    route::{CertificateCheck, Route, Tunnel},
    tls::{Handshake, describe, describe_chain, explain},
    tunnel::{self, Target},
    wire::Wire,
};
use domain::{
    Host,
    account::Security,
    session_test::{Fact, Step},
};
use std::net::SocketAddr;
use tokio::{net::TcpStream, time};
use tokio_rustls::client::TlsStream;

impl Mailer {
    /// A connection to the server, and the address that our own socket is connected to.
    pub(super) async fn reach(&self, job: &Job<'_>) -> Result<(Wire, SocketAddr), Fault> {
        let (stream, address) = match &job.route.tunnel {
            Some(tunnel) => self.through(job, tunnel).await?,
            None => self.straight(job).await?,
        };
        if job.route.security != Security::ImplicitTls {
            return Ok((Wire::plain(stream), address));
        }
        job.journal.start(Step::Tls);
        let stream = handshake(job, stream, Cause::TlsPlaintextPort).await?;
        job.journal.pass(&describe(&stream));
        Ok((Wire::tls(stream), address))
    }

    async fn straight(&self, job: &Job<'_>) -> Result<(TcpStream, SocketAddr), Fault> {
        let Job { route, budget, journal, .. } = job;
        let addresses = self.dialer.resolve(&route.host, route.port, Purpose::Smtp, budget).await?;
        journal.pass(&list(&addresses));
        journal.skip(Step::Connector);
        journal.start(Step::Tcp);
        let mut attempts = Vec::new();
        let connected = self.dialer.connect(&addresses, budget, &mut attempts).await;
        tell_attempts(journal, attempts, connected.is_ok());
        let (stream, address) = connected?;
        journal.pass(&address.to_string());
        Ok((stream, address))
    }

    async fn through(&self, job: &Job<'_>, tunnel: &Tunnel) -> Result<(TcpStream, SocketAddr), Fault> {
        let Job { route, budget, journal, .. } = job;
        self.check_target(&Target { host: &route.host, port: route.port })?;
        let addresses = self.resolve_tunnel(tunnel, budget).await?;
        journal.pass(&list(&addresses));
        journal.start(Step::Connector);
        let (mut stream, address) = self.connect_tunnel(tunnel, &addresses, budget).await?;
        let target = Target { host: &route.host, port: route.port };
        match tunnel::open(&mut stream, tunnel, &target, budget.tunnel).await {
            Ok(()) => journal.pass(&address.to_string()),
            // The connector did its part; the failure belongs to the way behind it.
            Err(fault) if fault.step == Some(Step::Tcp) => {
                journal.pass(&address.to_string());
                journal.start(Step::Tcp);
                return Err(fault);
            }
            Err(fault) => return Err(fault),
        }
        journal.start(Step::Tcp);
        journal.pass(&format!("{} ({})", crate::route::authority(&route.host, route.port), tunnel.name()));
        Ok((stream, address))
    }

    pub(super) async fn resolve_tunnel(&self, tunnel: &Tunnel, budget: &Budget) -> Result<Vec<SocketAddr>, Fault> {
        let found = self.dialer.resolve(&tunnel.host, tunnel.port, Purpose::Connector, budget).await;
        found.map_err(|fault| unreachable(tunnel, fault))
    }

    pub(super) async fn connect_tunnel(
        &self,
        tunnel: &Tunnel,
        addresses: &[SocketAddr],
        budget: &Budget,
    ) -> Result<(TcpStream, SocketAddr), Fault> {
        let connected = self.dialer.connect(addresses, budget, &mut Vec::new()).await;
        connected.map_err(|fault| unreachable(tunnel, fault))
    }

    /// Whether TLS is answered where nothing in clear comes from: on a connection of its own, which carries no secret and
    /// believes nobody.
    pub(super) async fn speaks_tls(&self, route: &Route, budget: &Budget) -> bool {
        let asked = async {
            let stream = if let Some(tunnel) = &route.tunnel {
                let addresses = self.resolve_tunnel(tunnel, budget).await?;
                let (mut stream, _) = self.connect_tunnel(tunnel, &addresses, budget).await?;
                let target = Target { host: &route.host, port: route.port };
                tunnel::open(&mut stream, tunnel, &target, budget.tunnel).await?;
                stream
            } else {
                let addresses = self.dialer.resolve(&route.host, route.port, Purpose::Smtp, budget).await?;
                self.dialer.connect(&addresses, budget, &mut Vec::new()).await?.0
            };
            self.tls.connect(&route.host, &CertificateCheck::Off, stream).await
        };
        matches!(time::timeout(budget.tls, asked).await, Ok(Ok(Handshake { result: Ok(_), .. })))
    }

    /// What a connector may be asked for: its end of the way is out of our sight, the request is not.
    pub(super) fn check_target(&self, target: &Target<'_>) -> Result<(), Fault> {
        let policy = self.dialer.policy();
        let port = target.port.get();
        let allowed = match target.host.ip() {
            Some(ip) => policy.allows(SocketAddr::new(ip, port), Purpose::Smtp),
            None => policy.allows_name(target.host.ascii(), port),
        };
        if allowed { Ok(()) } else { Err(Fault::new(Cause::DestinationForbidden).param(target.host)) }
    }
}

/// What keeps us from the connector is the connector's failure, not the server's.
fn unreachable(tunnel: &Tunnel, fault: Fault) -> Fault {
    match fault.cause {
        Cause::DestinationForbidden => fault,
        cause => Fault::new(Cause::TunnelUnreachable).param(tunnel.name()).param(cause.code()),
    }
}

/// `in_clear`: what plain text instead of a handshake means here.
pub(super) async fn handshake(
    job: &Job<'_>,
    stream: TcpStream,
    in_clear: Cause,
) -> Result<TlsStream<TcpStream>, Fault> {
    let Job { mailer, route, budget, journal, .. } = job;
    let host: &Host = &route.host;
    match time::timeout(budget.tls, mailer.tls.connect(host, &route.certificate, stream)).await {
        Ok(ended) => {
            let Handshake { result, chain } = ended?;
            journal.certificates(|| describe_chain(&chain));
            match &route.certificate {
                CertificateCheck::Off if result.is_ok() => journal.fact(|| Fact::new("certificate_not_checked")),
                CertificateCheck::Pinned(_) if result.is_ok() => journal.fact(|| Fact::new("certificate_pinned")),
                _ => {}
            }
            result.map_err(|error| match (explain(&error, &chain, in_clear), &route.certificate) {
                (fault, CertificateCheck::Pinned(pin)) if fault.cause == Cause::CertificateNotPinned => {
                    fault.param(pin)
                }
                (fault, _) => fault,
            })
        }
        Err(_) => Err(Fault::new(Cause::TlsTimeout).param(budget.tls.as_secs())),
    }
}

/// Which addresses were tried, where it says more than the end does.
fn tell_attempts(journal: &Journal<'_>, attempts: Vec<Attempt>, connected: bool) {
    if connected || attempts.len() > 1 {
        for Attempt { address, took, cause } in attempts {
            journal.fact(|| Fact::new("attempt").with(address).with(took.as_millis()).with(cause.code()));
        }
    }
}

fn list(addresses: &[SocketAddr]) -> String {
    addresses.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>().join(", ")
}

//! Whether a connector itself answers, and lets us in: no SMTP, no account's secret.

use super::Mailer;
use crate::{
    budget::Budget,
    cause::Cause,
    fault::Fault,
    mask::Mask,
    route::Tunnel,
    text::cut,
    tunnel::{self, Target},
};
use domain::{Host, Port};
use std::net::SocketAddr;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

/// What came of asking a connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TunnelReport {
    pub ok: bool,
    pub ms: u64,
    pub cause: Option<Cause>,
    /// The address that answered, or the connector's own words and the reason.
    pub detail: String,
}

impl TunnelReport {
    /// The cause's stable code; empty where there is none.
    pub fn code(&self) -> &'static str {
        self.cause.map_or("", Cause::code)
    }
}

impl Mailer {
    /// Asks the connector whether it is one and lets us in and, if there is a target, whether it leads there.
    pub async fn probe_tunnel(
        &self,
        tunnel: &Tunnel,
        target: Option<(Host, Port)>,
        budget: Budget,
        cancel: &CancellationToken,
    ) -> TunnelReport {
        let began = Instant::now();
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Fault::new(Cause::Cancelled)),
            result = self.probe(tunnel, target.as_ref(), &budget) => result,
            () = time::sleep(budget.total) => Err(Fault::new(Cause::Deadline).param(budget.total.as_secs())),
        };
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match result {
            Ok(address) => TunnelReport { ok: true, ms, cause: None, detail: address.to_string() },
            Err(fault) => {
                let words = if fault.reply.is_empty() { fault.params.join(" ") } else { fault.reply };
                let detail = cut(&Mask::of_tunnel(tunnel).clean(&words), 500);
                TunnelReport { ok: false, ms, cause: Some(fault.cause), detail }
            }
        }
    }

    async fn probe(
        &self,
        tunnel: &Tunnel,
        target: Option<&(Host, Port)>,
        budget: &Budget,
    ) -> Result<SocketAddr, Fault> {
        let target = target.map(|(host, port)| Target { host, port: *port });
        if let Some(target) = &target {
            self.check_target(target)?;
        }
        let addresses = self.resolve_tunnel(tunnel, budget).await?;
        let (mut stream, address) = self.connect_tunnel(tunnel, &addresses, budget).await?;
        match &target {
            Some(target) => tunnel::open(&mut stream, tunnel, target, budget.tunnel).await?,
            None => tunnel::greet(&mut stream, tunnel, budget.tunnel).await?,
        }
        Ok(address)
    }
}

//! The one way to a socket: resolve, ask the policy about each address, connect to that very address.

use crate::{
    budget::Budget,
    cause::Cause,
    fault::Fault,
    policy::{DestinationPolicy, Purpose},
};
use domain::{Host, Port};
use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    net::TcpStream,
    task::JoinSet,
    time::{self, Instant},
};

/// An answer may hold hundreds of addresses; more than this many are never tried.
pub(crate) const MAX_ADDRESSES: usize = 8;
/// How long one address is alone before the next one is tried beside it.
const STAGGER: Duration = Duration::from_millis(300);

/// An address that took no connection.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub address: SocketAddr,
    pub took: Duration,
    pub cause: Cause,
}

#[derive(Debug, Clone)]
pub(crate) struct Dialer {
    policy: DestinationPolicy,
}

impl Dialer {
    pub const fn new(policy: DestinationPolicy) -> Self {
        Self { policy }
    }

    pub const fn policy(&self) -> &DestinationPolicy {
        &self.policy
    }

    /// The addresses that may be dialled, in the order to try them.
    pub async fn resolve(
        &self,
        host: &Host,
        port: Port,
        purpose: Purpose,
        budget: &Budget,
    ) -> Result<Vec<SocketAddr>, Fault> {
        let found = match host.ip() {
            Some(ip) => vec![SocketAddr::new(ip, port.get())],
            None => lookup(host, port, budget).await?,
        };
        self.allowed(host, found, purpose)
    }

    /// Of the addresses that somebody has found for the host, those that may be dialled, in the order to try them.
    pub fn allowed(&self, host: &Host, found: Vec<SocketAddr>, purpose: Purpose) -> Result<Vec<SocketAddr>, Fault> {
        if found.is_empty() {
            return Err(Fault::new(Cause::HostNotFound).param(host));
        }
        let allowed: Vec<_> = found.into_iter().filter(|address| self.policy.allows(*address, purpose)).collect();
        if allowed.is_empty() {
            // The same words for every forbidden kind, and no address in them: a test is no map of the network.
            return Err(Fault::new(Cause::DestinationForbidden).param(host));
        }
        let mut ordered = interleave(allowed);
        ordered.truncate(MAX_ADDRESSES);
        Ok(ordered)
    }

    /// The first of the addresses that takes a connection. `attempts` hears of those that did not.
    pub async fn connect(
        &self,
        addresses: &[SocketAddr],
        budget: &Budget,
        attempts: &mut Vec<Attempt>,
    ) -> Result<(TcpStream, SocketAddr), Fault> {
        let tried = || addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        match time::timeout(budget.connect, race(addresses, attempts)).await {
            Ok(Ok(connected)) => Ok(connected),
            Ok(Err(fault)) => Err(fault.param(tried())),
            Err(_) => Err(Fault::new(Cause::ConnectTimeout).param(tried())),
        }
    }
}

async fn lookup(host: &Host, port: Port, budget: &Budget) -> Result<Vec<SocketAddr>, Fault> {
    match time::timeout(budget.resolve, tokio::net::lookup_host((host.ascii(), port.get()))).await {
        Ok(Ok(addresses)) => {
            let mut unique = Vec::new();
            for address in addresses {
                if !unique.contains(&address) {
                    unique.push(address);
                }
            }
            Ok(unique)
        }
        Ok(Err(error)) => Err(Fault::new(resolver_cause(&error)).param(host)),
        Err(_) => Err(Fault::new(Cause::ResolverFailed).param(host)),
    }
}

/// The system's resolver tells its errors apart by text alone.
fn resolver_cause(error: &io::Error) -> Cause {
    let text = error.to_string();
    let absent = ["not known", "No address associated", "does not resolve", "nodename nor servname", "No such host"];
    if absent.iter().any(|part| text.contains(part)) { Cause::HostNotFound } else { Cause::ResolverFailed }
}

/// Families by turns, so that one black-holed family delays the other by one stagger only.
fn interleave(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|a| a.is_ipv6() == first_is_v6);
    let mut second = second.into_iter();
    let mut ordered = Vec::new();
    for address in first {
        ordered.push(address);
        ordered.extend(second.next());
    }
    ordered.extend(second);
    ordered
}

async fn race(addresses: &[SocketAddr], failed: &mut Vec<Attempt>) -> Result<(TcpStream, SocketAddr), Fault> {
    // Dropped with the set, attempts under way are aborted: nothing is left behind when the session is cancelled.
    let mut attempts = JoinSet::new();
    let mut waiting = addresses.iter().copied();
    let mut worst: Option<Fault> = None;
    loop {
        if let Some(address) = waiting.next() {
            let began = Instant::now();
            attempts.spawn(async move { (TcpStream::connect(address).await, address, began.elapsed()) });
        }
        let ended = if waiting.len() == 0 {
            attempts.join_next().await
        } else {
            match time::timeout(STAGGER, attempts.join_next()).await {
                Ok(ended) => ended,
                Err(_) => continue,
            }
        };
        match ended {
            Some(Ok((Ok(stream), address, _))) => {
                // Commands are small and each waits for its reply.
                let _ = stream.set_nodelay(true);
                return Ok((stream, address));
            }
            Some(Ok((Err(error), address, took))) => {
                let fault = Fault::from_io(&error);
                failed.push(Attempt { address, took, cause: fault.cause });
                // "No route" of an absent IPv6 says less than what the other family answered.
                if worst.as_ref().is_none_or(|worst| worst.cause == Cause::Unreachable) {
                    worst = Some(fault);
                }
            }
            Some(Err(_)) => worst = worst.or_else(|| Some(Fault::internal("connect"))),
            None if waiting.len() == 0 => return Err(worst.unwrap_or_else(|| Fault::internal("connect"))),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns() {
        let parse =
            |texts: &[&str]| texts.iter().map(|text| text.parse().expect("address")).collect::<Vec<SocketAddr>>();
        assert_eq!(
            interleave(parse(&["[::1]:1", "[::2]:1", "1.1.1.1:1"])),
            parse(&["[::1]:1", "1.1.1.1:1", "[::2]:1"])
        );
        assert_eq!(
            interleave(parse(&["1.1.1.1:1", "[::1]:1", "[::2]:1"])),
            parse(&["1.1.1.1:1", "[::1]:1", "[::2]:1"])
        );
    }

    #[test]
    fn f06_of_hundreds_of_addresses_eight_are_tried() {
        let dialer = Dialer::new(DestinationPolicy::parse("10.0.0.0/8").expect("a list"));
        let host = Host::parse("mx.test").expect("a host");
        let found: Vec<SocketAddr> = (0..500)
            .map(|n: u16| {
                let [high, low] = n.to_be_bytes();
                ([10, 0, high, low], 25).into()
            })
            .collect();
        let tried = dialer.allowed(&host, found.clone(), Purpose::Smtp).expect("allowed");
        assert_eq!(tried, found[..MAX_ADDRESSES]);
    }

    #[test]
    fn f08_of_an_answer_only_what_was_allowed_is_dialled() {
        let dialer = Dialer::new(DestinationPolicy::parse("10.0.0.0/8").expect("a list"));
        let host = Host::parse("mx.test").expect("a host");
        let parse = |text: &str| text.parse::<SocketAddr>().expect("an address");
        // A name whose answer changes its mind: there is no second lookup, and each address passes by itself.
        let found = ["169.254.169.254:25", "10.0.0.1:25", "[::ffff:169.254.169.254]:25", "192.0.2.1:25"].map(parse);
        assert_eq!(dialer.allowed(&host, found.to_vec(), Purpose::Smtp), Ok(vec![parse("10.0.0.1:25")]));
        let none = dialer.allowed(&host, vec![parse("127.0.0.1:25")], Purpose::Smtp).expect_err("forbidden");
        assert_eq!((none.cause, none.params), (Cause::DestinationForbidden, vec!["mx.test".to_owned()]));
    }

    #[test]
    fn f12_a_problem_of_this_machine_is_named_as_one() {
        for (kind, cause) in [
            (io::ErrorKind::NetworkUnreachable, Cause::Unreachable),
            (io::ErrorKind::HostUnreachable, Cause::Unreachable),
            (io::ErrorKind::NetworkDown, Cause::Unreachable),
            (io::ErrorKind::AddrNotAvailable, Cause::Unreachable),
            // No file descriptor left, no memory.
            (io::ErrorKind::Other, Cause::Internal),
            (io::ErrorKind::OutOfMemory, Cause::Internal),
        ] {
            assert_eq!(Fault::from_io(&io::Error::from(kind)).cause, cause, "{kind:?}");
        }
    }

    #[test]
    fn a_missing_name_is_not_a_missing_resolver() {
        for (text, cause) in [
            ("failed to lookup address information: Name or service not known", Cause::HostNotFound),
            ("failed to lookup address information: No address associated with hostname", Cause::HostNotFound),
            ("failed to lookup address information: Name does not resolve", Cause::HostNotFound),
            ("failed to lookup address information: Temporary failure in name resolution", Cause::ResolverFailed),
        ] {
            assert_eq!(resolver_cause(&io::Error::other(text)), cause, "{text}");
        }
    }
}

//! Limits on guessing: buckets of tries that fill up again with time, one for each user name and one for each network.

use domain::{Label, UnixMillis, value::fold};
use std::{
    collections::{HashMap, HashSet},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// So many tries at once, and another after each so many milliseconds.
#[derive(Debug, Clone, Copy)]
struct Rate {
    tries: u32,
    refill_ms: i64,
}

const PER_NAME: Rate = Rate { tries: 10, refill_ms: 60_000 };
const PER_NETWORK: Rate = Rate { tries: 30, refill_ms: 20_000 };
/// Above it, buckets that are full again are forgotten.
const MANY: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Limits {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When each bucket will be full again.
    full_at: HashMap<String, i64>,
    /// User names with the networks they have signed in from: a guesser elsewhere does not lock them out.
    known: HashSet<(String, String)>,
}

impl Limits {
    /// Takes one try from both buckets, or says after how many seconds there is one. Counted before the password is
    /// looked at, so that many at once are many.
    pub(crate) fn take(&self, name: &str, origin: &str, now: UnixMillis) -> Result<(), u64> {
        let (name, network) = (name_of(name), network(origin));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.full_at.len() > MANY {
            state.full_at.retain(|_, full_at| *full_at > now.0);
        }
        let keys = state.keys(&name, &network);
        let wait = keys.iter().map(|(key, rate)| state.wait(key, *rate, now)).max().unwrap_or_default();
        if wait > 0 {
            return Err(wait.unsigned_abs().div_ceil(1000));
        }
        for (key, rate) in keys {
            let full_at = state.full_at.entry(key).or_insert(now.0);
            *full_at = (*full_at).max(now.0) + rate.refill_ms;
        }
        Ok(())
    }

    /// Takes one from a bucket of that purpose, one for each network. For what can't be guessed: only what was wrong counts.
    pub(crate) fn take_wrong(&self, purpose: &str, origin: &str, now: UnixMillis) -> Result<(), u64> {
        let key = format!("{purpose} from {}", network(origin));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.full_at.len() > MANY {
            state.full_at.retain(|_, full_at| *full_at > now.0);
        }
        let wait = state.wait(&key, PER_NETWORK, now);
        if wait > 0 {
            return Err(wait.unsigned_abs().div_ceil(1000));
        }
        let full_at = state.full_at.entry(key).or_insert(now.0);
        *full_at = (*full_at).max(now.0) + PER_NETWORK.refill_ms;
        Ok(())
    }

    /// The password was right: the try is given back, and the network is known for this name from now on.
    pub(crate) fn succeeded(&self, name: &str, origin: &str) {
        let (name, network) = (name_of(name), network(origin));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, rate) in state.keys(&name, &network) {
            if let Some(full_at) = state.full_at.get_mut(&key) {
                *full_at -= rate.refill_ms;
            }
        }
        if state.known.len() > MANY {
            state.known.clear();
        }
        state.known.insert((name, network));
    }
}

impl State {
    fn keys(&self, name: &str, network: &str) -> [(String, Rate); 2] {
        let known = self.known.contains(&(name.to_owned(), network.to_owned()));
        let name_key = if known { format!("name {name} at {network}") } else { format!("name {name}") };
        [(name_key, PER_NAME), (format!("network {network}"), PER_NETWORK)]
    }

    /// Milliseconds until the bucket holds a try.
    fn wait(&self, key: &str, rate: Rate, now: UnixMillis) -> i64 {
        let owed = self.full_at.get(key).map_or(0, |full_at| (full_at - now.0).max(0));
        (owed + rate.refill_ms - rate.refill_ms * i64::from(rate.tries)).max(0)
    }
}

/// As names are compared; nobody's is longer than a label, so neither is what is kept of it.
fn name_of(typed: &str) -> String {
    fold(&typed.trim().chars().take(Label::MAX_CHARS).collect::<String>())
}

/// What one customer of a provider has: an IPv4 address, or an IPv6 /64.
fn network(origin: &str) -> String {
    match origin.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        Ok(ip) => ip.to_string(),
        Err(_) => origin.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tries(limits: &Limits, name: &str, origin: &str, now: i64) -> u32 {
        (0..1000)
            .take_while(|_| limits.take(name, origin, UnixMillis(now)).is_ok())
            .zip(1..)
            .last()
            .map_or(0, |(_, n)| n)
    }

    #[test]
    fn one_name_from_many_networks() {
        let limits = Limits::default();
        let taken: u32 = (0..100).map(|i| tries(&limits, "Ann", &format!("192.0.2.{i}"), 0)).sum();
        assert_eq!(taken, PER_NAME.tries);
        assert_eq!(limits.take("ANN ", "198.51.100.1", UnixMillis(0)), Err(60), "names are compared folded");
        assert_eq!(tries(&limits, "ann", "198.51.100.1", 60_000), 1, "one more after a minute");
    }

    #[test]
    fn many_names_from_one_network() {
        let limits = Limits::default();
        let taken: u32 = (0..100).map(|i| tries(&limits, &format!("user{i}"), "192.0.2.1", 0)).sum();
        assert_eq!(taken, PER_NETWORK.tries);
        assert!(limits.take("other", "192.0.2.2", UnixMillis(0)).is_ok());
    }

    #[test]
    fn an_ipv6_network_is_its_64_bits() {
        let limits = Limits::default();
        let taken: u32 = (0..100).map(|i| tries(&limits, &format!("user{i}"), &format!("2001:db8::{i:x}"), 0)).sum();
        assert_eq!(taken, PER_NETWORK.tries);
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn the_victim_still_gets_in_from_where_it_is_known() {
        let limits = Limits::default();
        limits.take("ann", "203.0.113.5", UnixMillis(0)).expect("first");
        limits.succeeded("ann", "203.0.113.5");
        assert_eq!(tries(&limits, "ann", "192.0.2.66", 0), PER_NAME.tries);
        assert!(limits.take("ann", "198.51.100.1", UnixMillis(0)).is_err(), "elsewhere she waits");
        assert!(limits.take("ann", "203.0.113.5", UnixMillis(0)).is_ok());
    }

    #[test]
    fn success_gives_the_try_back() {
        let limits = Limits::default();
        for _ in 0..100 {
            limits.take("ann", "192.0.2.1", UnixMillis(0)).expect("never limited");
            limits.succeeded("ann", "192.0.2.1");
        }
    }
}

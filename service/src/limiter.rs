//! Limits on guessing and on what reaches other people's servers: buckets of tries that fill up again with time.

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
/// Sign-ins that begin and lead elsewhere: a whole office comes at nine, through one address.
const PER_NETWORK_BEGUN: Rate = Rate { tries: 600, refill_ms: 500 };
/// Tests that somebody starts. Whoever repairs an account at night tries again and again, and whoever moves a relay tests all
/// of its accounts: this stops a loop, not a person.
const PER_TESTER: Rate = Rate { tries: 240, refill_ms: 500 };
/// Tests of one server, whoever starts them: it is somebody's, and blocks who bothers it.
const PER_PLACE: Rate = Rate { tries: 240, refill_ms: 5_000 };
/// Test mails to one address.
const PER_RECIPIENT: Rate = Rate { tries: 240, refill_ms: 30_000 };
/// Where who may save no account tries settings of their own, it is a search before it is a repair: at most five in any
/// minute, and thirty of one server in any hour.
const PER_SEARCHER: Rate = Rate { tries: 3, refill_ms: 30_000 };
const PER_PLACE_SEARCHED: Rate = Rate { tries: 15, refill_ms: 240_000 };
/// Above it, buckets that are full again are forgotten.
const MANY: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Limits {
    state: Mutex<State>,
}

/// What of a test is counted.
pub(crate) struct Tried<'a> {
    pub tester: &'a str,
    /// Host and port.
    pub place: &'a str,
    /// Whom a mail goes to, where one goes out.
    pub recipient: Option<&'a str>,
    pub searching: bool,
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
        let keys = state.keys(&name, &network);
        state.take(keys, now)
    }

    /// Counts a test against who starts it, the server that it leads to and, where a mail goes out, its recipient.
    /// `searching`: by who may save no account, to where no account leads.
    pub(crate) fn take_test(&self, test: &Tried<'_>, now: UnixMillis) -> Result<(), u64> {
        let Tried { tester, place, recipient, searching } = test;
        let mut keys = vec![(format!("tests by {tester}"), PER_TESTER), (format!("tests of {place}"), PER_PLACE)];
        if *searching {
            keys.push((format!("searches by {tester}"), PER_SEARCHER));
            keys.push((format!("searches of {place}"), PER_PLACE_SEARCHED));
        }
        keys.extend(recipient.map(|to| (format!("tests to {}", fold(to)), PER_RECIPIENT)));
        self.state.lock().unwrap_or_else(PoisonError::into_inner).take(keys, now)
    }

    /// Takes one from a bucket of that purpose, one for each network. For what can't be guessed: only what was wrong counts.
    pub(crate) fn take_wrong(&self, purpose: &str, origin: &str, now: UnixMillis) -> Result<(), u64> {
        let key = format!("{purpose} from {}", network(origin));
        self.state.lock().unwrap_or_else(PoisonError::into_inner).take([(key, PER_NETWORK)], now)
    }

    /// Takes one from what a network may begin, right or wrong.
    pub(crate) fn take_begun(&self, origin: &str, now: UnixMillis) -> Result<(), u64> {
        let key = format!("begun from {}", network(origin));
        self.state.lock().unwrap_or_else(PoisonError::into_inner).take([(key, PER_NETWORK_BEGUN)], now)
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

    /// One try from each bucket or none at all; the error is the seconds until there is one.
    fn take(
        &mut self,
        keys: impl AsRef<[(String, Rate)]> + IntoIterator<Item = (String, Rate)>,
        now: UnixMillis,
    ) -> Result<(), u64> {
        if self.full_at.len() > MANY {
            self.full_at.retain(|_, full_at| *full_at > now.0);
        }
        let wait = keys.as_ref().iter().map(|(key, rate)| self.wait(key, *rate, now)).max().unwrap_or_default();
        if wait > 0 {
            return Err(wait.unsigned_abs().div_ceil(1000));
        }
        for (key, rate) in keys {
            let full_at = self.full_at.entry(key).or_insert(now.0);
            *full_at = (*full_at).max(now.0) + rate.refill_ms;
        }
        Ok(())
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
    fn w38_one_name_from_many_networks() {
        let limits = Limits::default();
        let taken: u32 = (0..100).map(|i| tries(&limits, "Ann", &format!("192.0.2.{i}"), 0)).sum();
        assert_eq!(taken, PER_NAME.tries);
        assert_eq!(limits.take("ANN ", "198.51.100.1", UnixMillis(0)), Err(60), "names are compared folded");
        assert_eq!(tries(&limits, "ann", "198.51.100.1", 60_000), 1, "one more after a minute");
    }

    #[test]
    fn w38_many_names_from_one_network() {
        let limits = Limits::default();
        let taken: u32 = (0..100).map(|i| tries(&limits, &format!("user{i}"), "192.0.2.1", 0)).sum();
        assert_eq!(taken, PER_NETWORK.tries);
        assert!(limits.take("other", "192.0.2.2", UnixMillis(0)).is_ok());
    }

    #[test]
    fn w38_an_ipv6_network_is_its_64_bits() {
        let limits = Limits::default();
        let taken: u32 = (0..100).map(|i| tries(&limits, &format!("user{i}"), &format!("2001:db8::{i:x}"), 0)).sum();
        assert_eq!(taken, PER_NETWORK.tries);
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn w38_the_victim_still_gets_in_from_where_it_is_known() {
        let limits = Limits::default();
        limits.take("ann", "203.0.113.5", UnixMillis(0)).expect("first");
        limits.succeeded("ann", "203.0.113.5");
        assert_eq!(tries(&limits, "ann", "192.0.2.66", 0), PER_NAME.tries);
        assert!(limits.take("ann", "198.51.100.1", UnixMillis(0)).is_err(), "elsewhere she waits");
        assert!(limits.take("ann", "203.0.113.5", UnixMillis(0)).is_ok());
    }

    /// How many tests out of a thousand, one each so many milliseconds.
    fn tests(searching: bool, every_ms: i64, of: impl Fn(usize) -> [String; 3]) -> usize {
        let limits = Limits::default();
        let started = (0..1000).filter(|n| {
            let [tester, place, to] = of(*n);
            let tried = Tried { tester: &tester, place: &place, recipient: Some(&to), searching };
            limits.take_test(&tried, UnixMillis(i64::try_from(*n).expect("small") * every_ms)).is_ok()
        });
        started.count()
    }

    #[test]
    fn w47_tests_are_counted_by_who_and_where_to() {
        let text = |text: &str, n: usize| format!("{text}{n}");
        assert_eq!(tests(false, 0, |n| ["ann".into(), text("host", n), text("to", n)]), 240, "by one person");
        assert_eq!(tests(false, 1_000, |n| ["ann".into(), text("host", n), text("to", n)]), 1000, "two a second");
        assert_eq!(tests(false, 0, |n| [text("ann", n), "host 587".into(), text("to", n)]), 240, "of one server");
        let hour = tests(true, 3_600, |n| [text("ann", n), "host 587".into(), text("to", n)]);
        assert_eq!(hour, 15 + 14, "of a server that no account leads to: in an hour");
        assert_eq!(tests(true, 0, |n| ["ann".into(), text("host", n), text("to", n)]), 3, "of many such servers");
        let minute = tests(true, 60, |n| ["ann".into(), text("host", n), text("to", n)]);
        assert_eq!(minute, 3 + 1, "in a minute");
    }

    #[test]
    fn w49_test_mails_are_counted_by_recipient() {
        let one = |n: usize| [format!("ann{n}"), format!("host{n}"), "Bob@Example.com".to_owned()];
        assert_eq!(tests(false, 0, one), 240);
        assert_eq!(tests(false, 30_000, one), 1000, "two a minute for ever");
        let limits = Limits::default();
        for n in 0..1000 {
            let (tester, place) = (format!("ann{n}"), format!("host{n}"));
            let check = Tried { tester: &tester, place: &place, recipient: None, searching: false };
            limits.take_test(&check, UnixMillis(0)).expect("a check sends nothing");
        }
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

//! `check_host()`: results, what decides them, and what they cost.

use crate::answers::Answers;
use arrival::{Mode, Sender, SpfResult, evaluate};
use futures::executor::block_on;

const ZONE: &str = "
example.com TXT v=spf1 ip4:192.0.2.0/28 a mx include:_spf.example.net -all
example.com TXT something else
example.com A 198.51.100.1
example.com AAAA 2001:db8::1
example.com MX 10 mx.example.com
mx.example.com A 198.51.100.2
_spf.example.net TXT v=spf1 ip6:2001:db8:1::/48 ip4:203.0.113.7 ~all
soft.example TXT v=spf1 ~all
neutral.example TXT v=spf1 ?all
open.example TXT v=spf1 ip4:192.0.2.1
none.example TXT hello
two.example TXT v=spf1 -all
two.example TXT v=spf1 +all
wrong.example TXT v=spf1 ip4:192.0.2.1 ipv4:192.0.2.2 -all
redirect.example TXT v=spf1 redirect=example.com
redirect-all.example TXT v=spf1 redirect=nowhere.example -all
redirect-nothing.example TXT v=spf1 redirect=nowhere.example
include-nothing.example TXT v=spf1 include:nowhere.example -all
include-soft.example TXT v=spf1 include:soft.example ip4:192.0.2.1 -all
include-wrong.example TXT v=spf1 include:wrong.example -all
loop.example TXT v=spf1 include:loop.example -all
void.example TXT v=spf1 a:n1.example a:n2.example a:n3.example ip4:192.0.2.1 -all
two-void.example TXT v=spf1 a:n1.example a:n2.example ip4:192.0.2.1 -all
ten.example TXT v=spf1 a:mx.example.com a:mx.example.com a:mx.example.com a:mx.example.com a:mx.example.com a:mx.example.com a:mx.example.com a:mx.example.com a:mx.example.com a:mx.example.com ip4:192.0.2.1 -all
eleven.example TXT v=spf1 include:ten.example -all
exists.example TXT v=spf1 exists:%{ir}.%{l}._spf.%{d} -all
1.2.0.192.ann._spf.exists.example A 127.0.0.2
ptr.example TXT v=spf1 ptr -all
192.0.2.1 PTR host.ptr.example
host.ptr.example A 192.0.2.1
192.0.2.9 PTR host.ptr.example
slow.example SLOW
fails.example TXT v=spf1 a:broken.example ip4:192.0.2.1 -all
broken.example FAIL
prefix.example TXT v=spf1 a:mx.example.com/24 mx:example.com//32 -all
null-mx.example TXT v=spf1 mx ip4:192.0.2.1 -all
null-mx.example MX 0 .
many-mx.example TXT v=spf1 mx -all
many-mx.example MX 1 m1.example
many-mx.example MX 1 m2.example
many-mx.example MX 1 m3.example
many-mx.example MX 1 m4.example
many-mx.example MX 1 m5.example
many-mx.example MX 1 m6.example
many-mx.example MX 1 m7.example
many-mx.example MX 1 m8.example
many-mx.example MX 1 m9.example
many-mx.example MX 1 m10.example
many-mx.example MX 1 m11.example
";

/// Result, lookups, void lookups, and the term that decided or the error.
fn check(domain: &str, ip: &str, result: SpfResult, costs: (u32, u32), why: &str) {
    let answers = Answers::of(ZONE);
    let sender = Sender { ip: ip.parse().expect("an address"), helo: "helo.example", local: "ann", domain };
    let outcome = block_on(evaluate(&&answers, sender, Mode::Receiver));
    let (term, error) = (outcome.decided_by.map(|(term, _)| term), outcome.why.map(|(why, _)| why.to_owned()));
    let got = (outcome.result, (outcome.lookups, outcome.void), error.or(term).unwrap_or_default());
    assert_eq!(got, (result, costs, why.to_owned()), "{domain} {ip}");
}

#[test]
fn results_and_costs() {
    use SpfResult::{Fail, Neutral, None, Pass, PermError, SoftFail, TempError};
    for (domain, ip, result, costs, why) in [
        ("example.com", "192.0.2.15", Pass, (0, 0), "ip4:192.0.2.0/28"),
        ("example.com", "::ffff:192.0.2.15", Pass, (0, 0), "ip4:192.0.2.0/28"),
        ("example.com", "192.0.2.16", Fail, (3, 0), "-all"),
        ("example.com", "198.51.100.1", Pass, (1, 0), "a"),
        ("example.com", "2001:db8::1", Pass, (1, 0), "a"),
        ("example.com", "198.51.100.2", Pass, (2, 0), "mx"),
        ("example.com", "203.0.113.7", Pass, (3, 0), "ip4:203.0.113.7"),
        // The mail exchanger has no IPv6 address: an answer with nothing in it.
        ("example.com", "2001:db8:1::5", Pass, (3, 1), "ip6:2001:db8:1::/48"),
        ("EXAMPLE.com", "203.0.113.8", Fail, (3, 0), "-all"),
        ("soft.example", "192.0.2.1", SoftFail, (0, 0), "~all"),
        ("neutral.example", "192.0.2.1", Neutral, (0, 0), "?all"),
        ("open.example", "192.0.2.1", Pass, (0, 0), "ip4:192.0.2.1"),
        ("open.example", "192.0.2.2", Neutral, (0, 0), ""),
        ("none.example", "192.0.2.1", None, (0, 0), ""),
        ("nowhere.example", "192.0.2.1", None, (0, 0), ""),
        ("localhost", "192.0.2.1", None, (0, 0), ""),
        ("two.example", "192.0.2.1", PermError, (0, 0), "many_records"),
        // One mistake anywhere, and the whole record is worth nothing, whatever stands before it.
        ("wrong.example", "192.0.2.1", PermError, (0, 0), "syntax"),
        ("redirect.example", "192.0.2.3", Pass, (1, 0), "ip4:192.0.2.0/28"),
        ("redirect-all.example", "192.0.2.3", Fail, (0, 0), "-all"),
        ("redirect-nothing.example", "192.0.2.3", PermError, (1, 0), "redirect_to_nothing"),
        ("include-nothing.example", "192.0.2.3", PermError, (1, 0), "include_of_nothing"),
        ("include-soft.example", "192.0.2.1", Pass, (1, 0), "ip4:192.0.2.1"),
        ("include-soft.example", "192.0.2.2", Fail, (1, 0), "-all"),
        ("include-wrong.example", "192.0.2.2", PermError, (1, 0), "syntax"),
        ("loop.example", "192.0.2.2", PermError, (11, 0), "too_many_lookups"),
        ("two-void.example", "192.0.2.1", Pass, (2, 2), "ip4:192.0.2.1"),
        ("void.example", "192.0.2.1", PermError, (3, 3), "too_many_void"),
        ("ten.example", "192.0.2.1", Pass, (10, 0), "ip4:192.0.2.1"),
        ("eleven.example", "192.0.2.1", PermError, (11, 0), "too_many_lookups"),
        ("eleven.example", "198.51.100.2", Pass, (2, 0), "a:mx.example.com"),
        ("exists.example", "192.0.2.1", Pass, (1, 0), "exists:%{ir}.%{l}._spf.%{d}"),
        ("exists.example", "192.0.2.2", Fail, (1, 1), "-all"),
        ("ptr.example", "192.0.2.1", Pass, (1, 0), "ptr"),
        // A name that does not lead back is none.
        ("ptr.example", "192.0.2.9", Fail, (1, 0), "-all"),
        ("slow.example", "192.0.2.1", TempError, (0, 0), "no_answer"),
        ("fails.example", "192.0.2.1", TempError, (1, 0), "no_answer"),
        ("prefix.example", "198.51.100.200", Pass, (1, 0), "a:mx.example.com/24"),
        ("null-mx.example", "192.0.2.1", Pass, (1, 0), "ip4:192.0.2.1"),
        ("many-mx.example", "192.0.2.1", PermError, (1, 0), "too_many_mx"),
    ] {
        check(domain, ip, result, costs, why);
    }
}

#[test]
fn the_whole_record_is_counted_whoever_sends() {
    for (domain, result, lookups, void) in [
        ("example.com", SpfResult::Fail, 3, 0),
        ("eleven.example", SpfResult::Fail, 11, 0),
        ("void.example", SpfResult::Fail, 3, 3),
        ("two-void.example", SpfResult::Fail, 2, 2),
        // It ends somewhere.
        ("loop.example", SpfResult::PermError, 41, 0),
    ] {
        let answers = Answers::of(ZONE);
        let ip = "192.0.2.1".parse().expect("an address");
        let sender = Sender { ip, helo: "helo.example", local: "ann", domain };
        let outcome = block_on(evaluate(&&answers, sender, Mode::Whole));
        assert_eq!((outcome.result, outcome.lookups, outcome.void), (result, lookups, void), "{domain}");
    }
}

//! The whole look: which findings, how bad, and what they rest on.

use crate::answers::Answers;
use arrival::{Signature, Subject, examine};
use domain::arrival::{Check, Finding};
use futures::executor::block_on;
use std::collections::BTreeSet;

/// All in order.
pub const GOOD: &str = "
example.com MX 10 mx.example.com
mx.example.com A 198.51.100.2
example.com TXT v=spf1 ip4:192.0.2.1 -all
_dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:d@example.com
s1._domainkey.example.com TXT v=DKIM1; k=rsa; p=RSA2048
_mta-sts.example.com TXT v=STSv1; id=20260101;
mta-sts.example.com/.well-known/mta-sts.txt FILE version: STSv1
mta-sts.example.com/.well-known/mta-sts.txt FILE mode: enforce
mta-sts.example.com/.well-known/mta-sts.txt FILE mx: mx.example.com
mta-sts.example.com/.well-known/mta-sts.txt FILE max_age: 604800
_smtp._tls.example.com TXT v=TLSRPTv1; rua=mailto:t@example.com
192.0.2.1 PTR out.example.com
out.example.com A 192.0.2.1
";

/// Made for these tests alone.
const KEYS: [(&str, &str); 3] = [
    (
        "RSA2048",
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5QUZbDR4etXqNn8gtGZ/9DK1+UCaSmxYr5s37uiUsijyuhb1FQc605SXnktfhwjUxx4VapuuPe8l28YdXEOUdvAbbMyEkvlyTgrmp4F13VhUfy6VU2eQyjJHXttZMxSjaoMC3CbUVKhIhAYGlpVB9FWav9TkeXEkttCCfqaimZ5XWosxH3gj/xkkk31sOSNZwV+PSGlhsBAf+Zgwu3o5mzT/F5XuRGz9bhqC8AvDXJiY/Pqi605k7XdNiCjzXxqt/RvQbW9aXvpP1nrQJGXHxcXmPXGgfKwhmSYV9lm9W6NykrA/AFP/2affoVK0RDEEfDK2YxCue7Det9ZDGxjnNQIDAQAB",
    ),
    (
        "RSA1024",
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCcDTWUnPvPq90U6rWtsZACxDb5lh9tYTCB2OKCwuqiK4R5c8hyQ9FNNbv6WYYgGQe5+7tR4joXY9dMxfF1d4LkuFvmZnMe8ZIWHcZBXziogSj+s81kISgL5S2B7FAYez6oOxw6MpAiv8MBeBCJ2MAQZum/KCMQJYPicNzWUfpXGwIDAQAB",
    ),
    (
        "RSA512",
        "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMmzvdCxGGxOxmw1asMVJ3pnbeHdZhPiaDtxY1eQ5b6IVRiu3/lD9JGmOsxhRgoFe3kiRm2flqusCzVywpYSCNkCAwEAAQ==",
    ),
];

pub fn subject() -> Subject {
    Subject {
        from: "example.com".into(),
        envelope: "example.com".into(),
        local: "bounces".into(),
        helo: "smtp.example.com".into(),
        addresses: vec!["192.0.2.1".parse().expect("an address")],
        selectors: vec!["s1".into()],
        signatures: None,
    }
}

pub fn look(zone: &str, subject: &Subject) -> (Vec<Finding>, usize) {
    let zone = KEYS.iter().fold(zone.to_owned(), |zone, (name, key)| zone.replace(name, key));
    let answers = Answers::of(&zone);
    let findings = block_on(examine(&answers, subject));
    (findings, answers.asked())
}

/// `verdict code` of one check.
fn of(findings: &[Finding], check: Check) -> Vec<String> {
    let of = findings.iter().filter(|finding| finding.check == check);
    of.map(|finding| format!("{} {}", finding.verdict.code(), finding.code)).collect()
}

/// One line of the good zone replaced, or (with nothing to put there) taken away.
pub fn changed(begins: &str, to: &str) -> String {
    let lines = GOOD.lines().map(|line| if line.starts_with(begins) { to } else { line });
    let text = lines.collect::<Vec<_>>().join("\n");
    assert_ne!(text, GOOD.trim_end(), "{begins}");
    text
}

fn check(zone: &str, about: Check, wanted: &[&str]) {
    let (findings, _) = look(zone, &subject());
    assert_eq!(of(&findings, about), wanted, "{zone}");
}

#[test]
fn all_in_order() {
    let (findings, asked) = look(GOOD, &subject());
    let all: Vec<_> = findings.iter().map(|f| format!("{} {}", f.verdict.code(), f.code)).collect();
    assert_eq!(
        all,
        [
            "good mx_good",
            "good spf_pass",
            "good spf_lookups",
            "good dkim_good",
            "good dmarc_policy",
            "good dmarc_aligned_both",
            "good ptr_good",
            "good mta_sts_good",
            "good tls_rpt_good",
        ]
    );
    let spf = findings.iter().find(|finding| finding.code == "spf_pass").expect("there");
    assert_eq!(spf.params, ["192.0.2.1", "ip4:192.0.2.1", "example.com", "0", "10"]);
    assert_eq!(spf.records[0].value, "v=spf1 ip4:192.0.2.1 -all");
    // Nothing is asked twice: MX, its two addresses, SPF, key, DMARC, two of the PTR, STS and its file, reports.
    assert_eq!(asked, 11);
}

#[test]
fn mx_and_what_is_wrong_with_it() {
    let mx = |zone: &str, wanted: &[&str]| check(zone, Check::Mx, wanted);
    mx(&changed("example.com MX", "example.com MX 0 ."), &["bad mx_null"]);
    mx(&changed("example.com MX", "example.com A 192.0.2.7"), &["warning mx_implicit"]);
    mx(&changed("example.com MX", ""), &["bad mx_nowhere"]);
    mx("other.example A 192.0.2.1", &["bad mx_no_such_domain"]);
    mx("example.com SLOW", &["unknown mx_no_answer"]);
    mx(&changed("mx.example.com A", ""), &["bad mx_host_without_address"]);
    mx(&changed("mx.example.com A", "mx.example.com FAIL"), &["unknown mx_no_answer"]);
    mx(&changed("example.com MX", "example.com MX 5 192.0.2.9"), &["bad mx_is_address"]);
    let two = changed("example.com MX", "example.com MX 10 mx.example.com\nexample.com MX 5 gone.example.com");
    mx(&two, &["good mx_good", "warning mx_host_without_address"]);
}

#[test]
fn spf_and_what_is_wrong_with_it() {
    let spf = |record: &str, wanted: &[&str]| {
        check(&changed("example.com TXT", &format!("example.com TXT {record}")), Check::Spf, wanted);
    };
    spf("v=spf1 ip4:192.0.2.2 -all", &["bad spf_fail", "good spf_lookups"]);
    spf("v=spf1 ip4:192.0.2.2 ~all", &["bad spf_softfail", "good spf_lookups"]);
    spf("v=spf1 ip4:192.0.2.2 ?all", &["warning spf_neutral", "good spf_lookups", "warning spf_neutral_end"]);
    spf("v=spf1 ip4:192.0.2.1", &["good spf_pass", "good spf_lookups", "warning spf_open_ended"]);
    spf("v=spf1 +all", &["good spf_pass", "good spf_lookups", "bad spf_everybody"]);
    spf("nothing of it", &["bad spf_missing"]);
    spf("v=spf1 ipv4:192.0.2.1 -all", &["bad spf_syntax"]);
    spf("v=spf1 -all\nexample.com TXT v=spf1 -all", &["bad spf_many_records"]);
    spf("v=spf1 include:nowhere.example -all", &["bad spf_include_of_nothing"]);
    spf("v=spf1 ip4:192.0.2.1 include:nowhere.example -all", &["good spf_pass", "warning spf_include_of_nothing"]);
    spf("v=spf1 a:broken.example -all\nbroken.example FAIL", &["unknown spf_no_answer"]);
    spf("v=spf1 ip4:192.0.2.1 ptr -all", &["good spf_pass", "good spf_lookups", "warning spf_ptr"]);
    let terms = |count: usize| format!("v=spf1 ip4:192.0.2.1 {}-all", "a:mx.example.com ".repeat(count));
    spf(&terms(8), &["good spf_pass", "good spf_lookups"]);
    spf(&terms(9), &["good spf_pass", "warning spf_lookups_near"]);
    spf(&terms(10), &["good spf_pass", "warning spf_lookups_near"]);
    spf(&terms(11), &["good spf_pass", "warning spf_lookups_over"]);
    spf(&format!("v=spf1 {}ip4:192.0.2.1 -all", "a:mx.example.com ".repeat(11)), &["bad spf_too_many_lookups"]);
    let void = "v=spf1 ip4:192.0.2.1 a:a.example a:b.example a:c.example -all";
    spf(void, &["good spf_pass", "good spf_lookups", "warning spf_void_over"]);
    check("example.com SLOW", Check::Spf, &["unknown spf_no_answer"]);
    // Nobody knows the address: the record is judged all the same.
    let nowhere = Subject { addresses: vec![], ..subject() };
    let (findings, _) = look(GOOD, &nowhere);
    assert_eq!(of(&findings, Check::Spf), ["unknown spf_no_address", "good spf_lookups"]);
    assert_eq!(of(&findings, Check::Ptr), ["unknown ptr_no_address"]);
}

#[test]
fn dkim_and_what_is_wrong_with_it() {
    let dkim = |record: &str, wanted: &[&str]| {
        let line = format!("s1._domainkey.example.com TXT {record}");
        check(&changed("s1._domainkey", &line), Check::Dkim, wanted);
    };
    dkim("v=DKIM1; p=RSA1024", &["warning dkim_short"]);
    dkim("v=DKIM1; p=RSA512", &["bad dkim_weak"]);
    dkim("v=DKIM1; p=", &["bad dkim_revoked"]);
    dkim("v=DKIM1; p=nonsense!", &["bad dkim_malformed"]);
    dkim("v=DKIM1; h=sha1; p=RSA2048", &["good dkim_good", "bad dkim_sha1"]);
    dkim("v=DKIM1; t=y; p=RSA2048", &["good dkim_good", "warning dkim_testing"]);
    dkim("v=DKIM1; s=other; p=RSA2048", &["good dkim_good", "bad dkim_not_for_mail"]);
    dkim("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", &["warning dkim_ed25519"]);
    dkim("p=RSA2048\ns1._domainkey.example.com TXT p=RSA1024", &["warning dkim_many"]);
    check(&changed("s1._domainkey", ""), Check::Dkim, &["bad dkim_missing"]);
    check(&changed("s1._domainkey", "s1._domainkey.example.com FAIL"), Check::Dkim, &["unknown dkim_no_answer"]);
    let unnamed = Subject { selectors: vec![], ..subject() };
    assert_eq!(of(&look(GOOD, &unnamed).0, Check::Dkim), ["unknown dkim_unnamed"]);
    let unsigned = Subject { signatures: Some(vec![]), ..unnamed.clone() };
    assert_eq!(of(&look(GOOD, &unsigned).0, Check::Dkim), ["bad dkim_unsigned"]);
    let sign = |algorithm: &str| Signature {
        domain: "example.com".into(),
        selector: "s1".into(),
        algorithm: algorithm.into(),
    };
    let signed = Subject { signatures: Some(vec![sign("rsa-sha256")]), ..unnamed.clone() };
    assert_eq!(of(&look(GOOD, &signed).0, Check::Dkim), ["good dkim_good"]);
    let old = Subject { signatures: Some(vec![sign("rsa-sha1")]), ..unnamed };
    assert_eq!(of(&look(GOOD, &old).0, Check::Dkim), ["bad dkim_signed_sha1", "good dkim_good"]);
}

#[test]
fn dmarc_and_whether_the_mail_stands_the_test() {
    let dmarc = |record: &str, wanted: &[&str]| {
        check(&changed("_dmarc", &format!("_dmarc.example.com TXT {record}")), Check::Dmarc, wanted);
    };
    dmarc("v=DMARC1; p=none", &["warning dmarc_none", "good dmarc_aligned_both"]);
    dmarc("v=DMARC1; p=never", &["warning dmarc_malformed", "good dmarc_aligned_both"]);
    dmarc(
        "v=DMARC1; p=none\n_dmarc.example.com TXT v=DMARC1; p=none",
        &["warning dmarc_many", "good dmarc_aligned_both"],
    );
    dmarc("p=none", &["warning dmarc_missing", "good dmarc_aligned_both"]);
    check(&changed("_dmarc", "_dmarc.example.com FAIL"), Check::Dmarc, &["unknown dmarc_no_answer"]);

    let aligned = |zone: &str, subject: &Subject, wanted: &[&str]| {
        assert_eq!(of(&look(zone, subject).0, Check::Dmarc), wanted, "{subject:?}");
    };
    // The organisation's record, and its `sp` for what is below.
    let below = Subject { from: "news.example.com".into(), ..subject() };
    let zone = format!("{GOOD}\ns1._domainkey.news.example.com TXT p=RSA2048");
    aligned(&zone, &below, &["good dmarc_policy", "good dmarc_aligned_both"]);
    let strict = zone.replace("p=reject", "p=reject; aspf=s; sp=none");
    aligned(&strict, &below, &["warning dmarc_none", "good dmarc_aligned_dkim"]);

    let other = Subject { envelope: "bounces.example.net".into(), ..subject() };
    let with_other = format!("{GOOD}\nbounces.example.net TXT v=spf1 ip4:192.0.2.1 -all");
    aligned(&with_other, &other, &["good dmarc_policy", "good dmarc_aligned_dkim"]);
    let no_selector = Subject { selectors: vec![], ..other.clone() };
    aligned(&with_other, &no_selector, &["good dmarc_policy", "unknown dmarc_hangs_on_dkim"]);
    let elsewhere = Subject { selectors: vec!["s1._domainkey.esp.example".into()], ..other };
    let zone = format!("{with_other}\ns1._domainkey.esp.example TXT p=RSA2048");
    aligned(&zone, &elsewhere, &["good dmarc_policy", "bad dmarc_unaligned"]);
    let lenient = zone.replace("p=reject", "p=none");
    aligned(&lenient, &elsewhere, &["warning dmarc_none", "warning dmarc_unaligned"]);
    // SPF fails and no key is named: all hangs on what is not known.
    let failing = changed("example.com TXT", "example.com TXT v=spf1 -all");
    let no_selector = Subject { selectors: vec![], ..subject() };
    aligned(&failing, &no_selector, &["good dmarc_policy", "unknown dmarc_depends"]);
}

#[test]
fn the_address_has_a_name_that_leads_back() {
    let ptr = |zone: &str, wanted: &[&str]| check(zone, Check::Ptr, wanted);
    ptr(&changed("192.0.2.1 PTR", ""), &["bad ptr_missing"]);
    ptr(&changed("out.example.com A", "out.example.com A 192.0.2.2"), &["bad ptr_unconfirmed"]);
    ptr(&changed("out.example.com A", "out.example.com FAIL"), &["unknown ptr_no_answer"]);
    ptr(&changed("192.0.2.1 PTR", "192.0.2.1 SLOW"), &["unknown ptr_no_answer"]);
    let inside = Subject { addresses: vec!["10.0.0.1".parse().expect("an address")], ..subject() };
    assert_eq!(of(&look(GOOD, &inside).0, Check::Ptr), ["unknown ptr_private"]);
}

#[test]
fn what_comes_back_is_looked_at_too() {
    let sts = |zone: &str, wanted: &str| check(zone, Check::MtaSts, &[wanted]);
    sts(&changed("_mta-sts", ""), "good mta_sts_missing");
    sts(&changed("_mta-sts", "_mta-sts.example.com TXT v=STSv1;"), "warning mta_sts_malformed");
    let file = "mta-sts.example.com/.well-known/mta-sts.txt FILE";
    sts(&changed(&format!("{file} mode"), &format!("{file} mode: testing")), "good mta_sts_testing");
    sts(&changed(&format!("{file} mode"), &format!("{file} mode: none")), "good mta_sts_none");
    sts(&changed(&format!("{file} mode"), &format!("{file} mode: maybe")), "warning mta_sts_policy_malformed");
    sts(&changed(&format!("{file} mx"), &format!("{file} mx: other.example.com")), "bad mta_sts_mx_unlisted");
    sts(&changed(&format!("{file} max_age"), &format!("{file} max_age: 3600")), "warning mta_sts_short");
    let gone = GOOD.lines().filter(|line| !line.starts_with(file)).collect::<Vec<_>>().join("\n");
    sts(&gone, "warning mta_sts_no_file");
    let reports = |zone: &str, wanted: &str| check(zone, Check::TlsRpt, &[wanted]);
    reports(&changed("_smtp._tls", ""), "good tls_rpt_missing");
    reports(&changed("_smtp._tls", "_smtp._tls.example.com TXT v=TLSRPTv1; rua=nobody"), "warning tls_rpt_malformed");
    reports(&changed("_smtp._tls", "_smtp._tls.example.com SLOW"), "unknown tls_rpt_no_answer");
}

/// Everything that can be found has a verdict of its own, and whatever is not good says what to do.
#[test]
fn what_is_not_good_has_a_fix() {
    let zones = [GOOD, "", "example.com SLOW", "example.com TXT v=spf1 +all\nexample.com MX 0 ."];
    let mut codes = BTreeSet::new();
    for zone in zones {
        for finding in look(zone, &subject()).0 {
            let good = finding.verdict == domain::arrival::Verdict::Good;
            assert!(good || !finding.fix.is_empty(), "{finding:?}");
            assert!(finding.code.starts_with(finding.check.code()), "{finding:?}");
            codes.insert(finding.code);
        }
    }
    assert!(codes.len() > 10, "{codes:?}");
}

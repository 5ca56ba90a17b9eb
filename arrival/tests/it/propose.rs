//! What should be published instead: whole, and such that the same look finds it good.

use crate::examine::{GOOD, changed, look, subject};
use domain::arrival::Finding;

fn of<'a>(findings: &'a [Finding], code: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.code == code).expect(code)
}

/// In this zone there is such a finding, and this is what it wants published.
fn check(zone: &str, code: &str, wanted: &[&str]) {
    let (findings, _) = look(zone, &subject());
    let publish = &of(&findings, code).publish;
    let got: Vec<_> = publish.iter().map(|r| format!("{} {} {}", r.name, r.kind, r.value)).collect();
    assert_eq!(got, wanted, "{code}");
}

#[test]
fn spf() {
    let spf = |record: &str, code: &str, wanted: &[&str]| {
        check(&changed("example.com TXT", &format!("example.com TXT {record}")), code, wanted);
    };
    let at = |record: &str| format!("example.com TXT {record}");
    check(&changed("example.com TXT", ""), "spf_missing", &[&at("v=spf1 ip4:192.0.2.1 -all")]);
    spf("v=spf1 mx -all", "spf_fail", &[&at("v=spf1 ip4:192.0.2.1 mx -all")]);
    spf("v=spf1 ip4:192.0.2.1 +all", "spf_everybody", &[&at("v=spf1 ip4:192.0.2.1 ~all")]);
    spf("v=spf1 ip4:192.0.2.1", "spf_open_ended", &[&at("v=spf1 ip4:192.0.2.1 ~all")]);
    spf("v=spf1 ip4:192.0.2.1 ?ptr:a.example -all", "spf_ptr", &[&at("v=spf1 ip4:192.0.2.1 -all")]);
    spf("v=spf1 include:Gone.example mx -all", "spf_include_of_nothing", &[&at("v=spf1 mx -all")]);
    spf("v=spf1 mx redirect=gone.example", "spf_redirect_to_nothing", &[&at("v=spf1 mx ~all")]);
    let two = "v=spf1 mx -all\nexample.com TXT v=spf1 ip4:192.0.2.1 mx ~all";
    spf(two, "spf_many_records", &[&at("v=spf1 mx ip4:192.0.2.1 -all")]);
    // The end of another's record is not ours to write.
    spf("v=spf1 redirect=other.example\nother.example TXT v=spf1 +all", "spf_everybody", &[]);
    spf("v=spf1 ipv4:192.0.2.1 -all", "spf_syntax", &[]);
    // Two findings, one record: it mends both.
    for code in ["spf_neutral", "spf_ptr", "spf_neutral_end"] {
        spf("v=spf1 ptr:a.example ?all", code, &[&at("v=spf1 ip4:192.0.2.1 ~all")]);
    }
}

#[test]
fn the_rest() {
    let dmarc = "_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:dmarc-reports@example.com";
    check(&changed("_dmarc", ""), "dmarc_missing", &[dmarc]);
    let none = changed("_dmarc", "_dmarc.example.com TXT v=DMARC1; p=none; aspf=s");
    check(&none, "dmarc_none", &["_dmarc.example.com TXT v=DMARC1; p=quarantine; aspf=s"]);
    let testing = changed("s1._domainkey", "s1._domainkey.example.com TXT v=DKIM1; t=y:s; p=RSA2048");
    let (findings, _) = look(&testing, &subject());
    assert!(of(&findings, "dkim_testing").publish[0].value.starts_with("v=DKIM1; t=s; p=MIIB"));
    let unconfirmed = changed("out.example.com A", "out.example.com A 192.0.2.9");
    check(&unconfirmed, "ptr_unconfirmed", &["out.example.com A 192.0.2.1"]);
    check(
        &changed("_smtp", ""),
        "tls_rpt_missing",
        &["_smtp._tls.example.com TXT v=TLSRPTv1; rua=mailto:tls-reports@example.com"],
    );
    let file = "https://mta-sts.example.com/.well-known/mta-sts.txt HTTPS";
    let policy = |mode: &str, mx: &str| format!("{file} version: STSv1\nmode: {mode}\n{mx}max_age: 604800\n");
    check(
        &changed("_mta-sts", ""),
        "mta_sts_missing",
        &["_mta-sts.example.com TXT v=STSv1; id=1", &policy("testing", "mx: mx.example.com\n")],
    );
    let line = |what: &str| format!("mta-sts.example.com/.well-known/mta-sts.txt FILE {what}");
    let testing = changed(&line("mode"), &line("mode: testing"));
    check(&testing, "mta_sts_testing", &[&policy("enforce", "mx: mx.example.com\n")]);
    let other = changed(&line("mx"), &line("mx: other.example.com"));
    let listed =
        format!("{file} version: STSv1\nmode: enforce\nmx: other.example.com\nmax_age: 604800\nmx: mx.example.com\n");
    check(&other, "mta_sts_mx_unlisted", &[&listed]);
}

/// Each proposal, put where it belongs, ends what it is about.
#[test]
fn published_it_helps() {
    for (begins, code) in
        [("example.com TXT", "spf_missing"), ("_dmarc", "dmarc_missing"), ("_mta-sts", "mta_sts_missing")]
    {
        let zone = changed(begins, "");
        let (findings, _) = look(&zone, &subject());
        let one = &of(&findings, code).publish[0];
        let (mended, _) = look(&format!("{zone}\n{} {} {}", one.name, one.kind, one.value), &subject());
        assert!(!mended.iter().any(|finding| finding.code == code), "{code}");
    }
    let (good, _) = look(GOOD, &subject());
    assert!(good.iter().all(|finding| finding.publish.is_empty()), "{good:?}");
}

#[test]
fn a_private_address_is_nothing_to_publish() {
    let private = arrival::Subject { addresses: vec!["10.0.0.1".parse().expect("an address")], ..subject() };
    let (findings, _) = look(&changed("example.com TXT", ""), &private);
    assert!(of(&findings, "spf_missing").publish.is_empty());
}

//! One row for each kind of certificate: what it is called, what it says, and that no login follows it.

use crate::support::*;
use domain::{
    Host,
    account::Security,
    session_test::{Outcome, Step},
};
use mailer::{RootsError, roots_from_pem};
use testkit::{Authority, Identity, Leaf, Protection, SinkOptions, SmtpSink};

struct Row {
    name: &'static str,
    identity: Identity,
    host: &'static str,
    code: &'static str,
    params: &'static [&'static str],
}

fn rows() -> Vec<Row> {
    let unknown = Authority::new("Unknown CA");
    let row = |name, identity, host, code, params| Row { name, identity, host, code, params };
    vec![
        row("good", TRUSTED.issue(Leaf::Good), "127.0.0.1", "", &[]),
        row("good by name", TRUSTED.issue(Leaf::Good), "localhost", "", &[]),
        row("unknown CA", unknown.issue(Leaf::Good), "127.0.0.1", "certificate_unknown_issuer", &["CN=Unknown CA"]),
        row(
            "self-signed",
            Identity::self_signed(false),
            "127.0.0.1",
            "certificate_unknown_issuer",
            &["CN=localhost", "self_signed"],
        ),
        row(
            "self-signed CA",
            Identity::self_signed(true),
            "127.0.0.1",
            "certificate_unknown_issuer",
            &["CN=localhost", "self_signed_ca"],
        ),
        row("expired", TRUSTED.issue(Leaf::Expired), "127.0.0.1", "certificate_expired", &["2020-02-01T00:00:00Z"]),
        row(
            "not yet valid",
            TRUSTED.issue(Leaf::NotYetValid),
            "127.0.0.1",
            "certificate_not_yet_valid",
            &["2090-01-01T00:00:00Z"],
        ),
        row(
            "wrong name",
            TRUSTED.issue(Leaf::WrongName),
            "127.0.0.1",
            "certificate_wrong_name",
            &["other.example", "192.0.2.1"],
        ),
        row(
            "wrong name by name",
            TRUSTED.issue(Leaf::WrongName),
            "localhost",
            "certificate_wrong_name",
            &["other.example", "192.0.2.1"],
        ),
        row("no names", TRUSTED.issue(Leaf::NoNames), "localhost", "certificate_wrong_name", &[]),
    ]
}

#[tokio::test]
async fn each_certificate_is_named() {
    for row in rows() {
        for (security, protection) in
            [(Security::StartTls, Protection::StartTls), (Security::ImplicitTls, Protection::Implicit)]
        {
            let options = SinkOptions {
                protection,
                tls: Some(row.identity.config()),
                login: Some(sink_login()),
                ..SinkOptions::default()
            };
            let sink = SmtpSink::start(options).await;
            let mut route = route(sink.port(), security);
            route.host = Host::parse(row.host).expect("a host");
            route.login = Some(login());
            let ran = run(&route).await;
            let outcome = if row.code.is_empty() { Outcome::Delivered } else { Outcome::Failed };
            assert_eq!(
                (ran.done.outcome, ran.code(), ran.params().as_slice()),
                (outcome, row.code, row.params),
                "{}",
                row.name
            );
            if outcome == Outcome::Failed {
                assert_eq!(ran.stage(), Some(Step::Tls), "{}", row.name);
                assert_eq!(sink.messages(), [], "{}", row.name);
            }
            // With the check switched off every one of them is let in, and protection stays.
            route.certificate = CertificateCheck::Off;
            run(&route).await.expect(Outcome::Delivered, "");
            assert!(sink.messages().iter().all(|message| message.encrypted), "{}", row.name);
        }
    }
}

#[test]
fn roots_are_read_from_pem() {
    let other = Authority::new("Another CA");
    let both = format!("a remark\n{}\n{}", TRUSTED.pem(), other.pem());
    assert_eq!(roots_from_pem(both.as_bytes()), Ok(vec![TRUSTED.certificate(), other.certificate()]));
    assert_eq!(roots_from_pem(b"nothing"), Err(RootsError::Empty));
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert_eq!(roots_from_pem(format!("{}{broken}", other.pem()).as_bytes()), Err(RootsError::Malformed(2)));
}

//! Certificates, a row of the fault matrix each: what is wrong is named, the chain is shown, and no login follows.

use crate::support::*;
use domain::{
    Host,
    account::Security,
    session_test::{Outcome, Step, TestMode},
};
use mailer::{CertificateDer, Mailer};
use std::time::Duration;
use testkit::{Act, Authority, Identity, Leaf, ScriptedServer, SinkOptions, SmtpSink};
use tokio_util::sync::CancellationToken;

const BY_NAME: &str = "localhost";
const BY_ADDRESS: &str = "127.0.0.1";

async fn play(host: &str, identity: &Identity, roots: Vec<CertificateDer<'static>>) -> (Ran, SmtpSink) {
    let options = SinkOptions {
        protection: testkit::Protection::Implicit,
        tls: Some(identity.config()),
        login: Some(sink_login()),
        ..SinkOptions::default()
    };
    let sink = SmtpSink::start(options).await;
    let mut route = route(sink.port(), Security::ImplicitTls);
    route.host = Host::parse(host).expect("a host");
    route.login = Some(login());
    let mailer = Mailer::with_extra_roots(policy(), [roots, vec![TRUSTED.certificate()]].concat());
    let ran = run_with(&mailer, &route, &outgoing(), TestMode::Send, budget(), &CancellationToken::new()).await;
    (ran, sink)
}

/// It is let in.
async fn good(host: &str, identity: &Identity, roots: Vec<CertificateDer<'static>>) {
    let (ran, sink) = play(host, identity, roots).await;
    ran.expect(Outcome::Delivered, "");
    assert!(sink.messages()[0].encrypted);
}

/// It is refused with this meaning and these params, both by a server that speaks TLS at once and behind STARTTLS.
async fn check(host: &str, identity: &Identity, roots: Vec<CertificateDer<'static>>, code: &str, params: &[&str]) {
    for (security, script) in [
        (Security::ImplicitTls, vec![Act::StartTls, Act::send("220 mx.test\r\n"), Act::Hang]),
        (
            Security::StartTls,
            vec![
                Act::send("220 mx.test\r\n"),
                Act::Expect("EHLO"),
                Act::send("250-mx.test\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n"),
                Act::Expect("STARTTLS"),
                Act::send("220 go\r\n"),
                Act::StartTls,
                Act::Hang,
            ],
        ),
    ] {
        let server = ScriptedServer::start(script, Some(identity.config())).await;
        let mut route = route(server.port(), security);
        route.host = Host::parse(host).expect("a host");
        route.login = Some(login());
        let mailer = Mailer::with_extra_roots(policy(), [roots.clone(), vec![TRUSTED.certificate()]].concat());
        let ran = run_with(&mailer, &route, &outgoing(), TestMode::Send, budget(), &CancellationToken::new()).await;
        let got = (ran.done.outcome, ran.meaning(), ran.stage(), ran.params());
        assert_eq!(got, (Outcome::Failed, code, Some(Step::Tls), params.to_vec()), "{ran:#?}");
        let shown = ran.certificates();
        assert!(!shown.is_empty(), "the chain is shown: {ran:#?}");
        assert_eq!(shown[0].fingerprint.len(), 95);
        tokio::time::timeout(Duration::from_secs(5), server.closed()).await.expect("the socket is closed");
        let heard = server.recording();
        assert_eq!(heard.protected, b"", "nothing is said on a session that nobody vouches for");
        let clear = String::from_utf8_lossy(&heard.clear).into_owned();
        assert!(!clear.contains("AUTH") && !clear.contains("MAIL"), "{clear}");
    }
}

#[tokio::test]
async fn f50_expired() {
    let identity = TRUSTED.issue(Leaf::Expired);
    check(BY_NAME, &identity, vec![], "certificate_expired", &["2020-02-01T00:00:00Z"]).await;
    let (ran, _) = play(BY_NAME, &identity, vec![]).await;
    let shown = &ran.certificates()[0];
    assert_eq!(
        (shown.not_before.as_str(), shown.not_after.as_str()),
        ("2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z"),
        "both dates"
    );
}

#[tokio::test]
async fn f51_not_yet_valid() {
    let params = ["2090-01-01T00:00:00Z"];
    check(BY_NAME, &TRUSTED.issue(Leaf::NotYetValid), vec![], "certificate_not_yet_valid", &params).await;
}

#[tokio::test]
async fn f52_another_name_or_a_wildcard_one_level_off() {
    let code = "certificate_wrong_name";
    for host in [BY_NAME, BY_ADDRESS] {
        check(host, &TRUSTED.issue(Leaf::WrongName), vec![], code, &["other.example", "192.0.2.1"]).await;
    }
    check(BY_NAME, &TRUSTED.issue(Leaf::Wildcard), vec![], code, &["*.localhost"]).await;
}

#[tokio::test]
async fn f53_a_common_name_alone() {
    check(BY_NAME, &TRUSTED.issue(Leaf::NoNames), vec![], "certificate_wrong_name", &[]).await;
}

#[tokio::test]
async fn f54_an_address_where_a_name_was_called_and_the_reverse() {
    let (name, address) = (TRUSTED.issue(Leaf::NameAlone), TRUSTED.issue(Leaf::AddressAlone));
    check(BY_NAME, &address, vec![], "certificate_wrong_name", &["127.0.0.1"]).await;
    check(BY_ADDRESS, &name, vec![], "certificate_wrong_name", &["localhost"]).await;
    // What is in it works.
    good(BY_ADDRESS, &address, vec![]).await;
    good(BY_NAME, &name, vec![]).await;
}

#[tokio::test]
async fn f55_an_unknown_authority_until_it_is_added() {
    let unknown = Authority::new("Unknown CA");
    let identity = unknown.issue(Leaf::Good);
    check(BY_NAME, &identity, vec![], "certificate_unknown_issuer", &["CN=Unknown CA"]).await;
    good(BY_NAME, &identity, vec![unknown.certificate()]).await;
}

#[tokio::test]
async fn f56_the_intermediate_is_not_sent() {
    let between = TRUSTED.intermediate("Intermediate CA", None);
    let identity = between.issue(Leaf::Good);
    check(BY_NAME, &identity, vec![], "certificate_unknown_issuer", &["CN=Intermediate CA"]).await;
    good(BY_NAME, &identity, vec![between.certificate()]).await;
    good(BY_NAME, &identity.behind(&between), vec![]).await;
}

#[tokio::test]
async fn f57_self_signed() {
    let identity = Identity::self_signed(false);
    check(BY_NAME, &identity, vec![], "certificate_self_signed", &["CN=localhost", "self_signed"]).await;
    good(BY_NAME, &identity, vec![identity.certificate()]).await;
}

#[tokio::test]
async fn f58_a_self_signed_authority_is_none_for_itself_even_when_added() {
    let identity = Identity::self_signed(true);
    let params = ["CN=localhost", "self_signed_ca"];
    for roots in [vec![], vec![identity.certificate()]] {
        check(BY_NAME, &identity, roots, "certificate_self_signed_ca", &params).await;
    }
}

#[tokio::test]
async fn f61_for_clients_alone() {
    check(BY_NAME, &TRUSTED.issue(Leaf::ClientOnly), vec![], "certificate_not_for_servers", &["not_for_servers"]).await;
}

#[tokio::test]
async fn f62_a_name_constraint_is_broken() {
    let narrow = TRUSTED.intermediate("Narrow CA", Some("example.org"));
    let identity = narrow.issue(Leaf::NameAlone).behind(&narrow);
    check(BY_NAME, &identity, vec![], "certificate_name_constraint", &["name_constraint"]).await;
}

#[tokio::test]
async fn f66_a_client_certificate_is_wanted() {
    let tls = Some(TRUSTED.issue(Leaf::Good).config_for_clients_of(&TRUSTED));
    for (security, protection) in
        [(Security::StartTls, testkit::Protection::StartTls), (Security::ImplicitTls, testkit::Protection::Implicit)]
    {
        let sink = SmtpSink::start(SinkOptions { protection, tls: tls.clone(), ..SinkOptions::default() }).await;
        let ran = run(&route(sink.port(), security)).await.expect(Outcome::Failed, "tls_failed");
        assert_eq!((ran.meaning(), ran.params()), ("tls_client_certificate", vec!["CertificateRequired"]));
        assert_eq!(sink.messages(), []);
    }
}

#[tokio::test]
async fn f68_without_the_check_encryption_stays_and_the_result_says_so() {
    for identity in [TRUSTED.issue(Leaf::Expired), Identity::self_signed(true), Identity::self_signed(false)] {
        let options = SinkOptions {
            protection: testkit::Protection::StartTls,
            tls: Some(identity.config()),
            login: Some(sink_login()),
            ..SinkOptions::default()
        };
        let sink = SmtpSink::start(options).await;
        let mut route = route(sink.port(), Security::StartTls);
        route.login = Some(login());
        route.certificate = CertificateCheck::Off;
        let ran = run(&route).await.expect(Outcome::Delivered, "");
        assert!(ran.facts(Step::Tls).iter().any(|fact| fact.code == "certificate_not_checked"), "{ran:#?}");
        assert!(sink.messages()[0].encrypted);
    }
    // It does not let anybody be in clear.
    let server =
        ScriptedServer::start(crate::failures::greeted(vec![Act::send("250 mx.test\r\n"), Act::Hang]), None).await;
    let mut route = route(server.port(), Security::StartTls);
    route.certificate = CertificateCheck::Off;
    run(&route).await.expect(Outcome::Failed, "starttls_not_offered");
}

//! The straight path: every way there, every protection, with and without login; what the receiver has is what was sent.

use crate::support::*;
use domain::{
    Host,
    account::Security,
    connector::ConnectorKind,
    session_test::{Outcome, Step, StepState, TestMode},
};
use mailer::Outgoing;
use testkit::{Connector, ConnectorOptions, Protection, SinkOptions, SmtpSink};
use tokio_util::sync::CancellationToken;

fn protection(security: Security) -> Protection {
    match security {
        Security::None => Protection::None,
        Security::StartTls => Protection::StartTls,
        Security::ImplicitTls => Protection::Implicit,
    }
}

#[tokio::test]
async fn every_way_delivers() {
    for security in [Security::None, Security::StartTls, Security::ImplicitTls] {
        for through in [None, Some(ConnectorKind::Socks5), Some(ConnectorKind::HttpConnect)] {
            for with_login in [false, true] {
                for verify in [true, false] {
                    deliver(security, through, with_login, verify).await;
                }
            }
        }
    }
}

async fn deliver(security: Security, through: Option<ConnectorKind>, with_login: bool, verify: bool) {
    let case = format!("{security:?} {through:?} login={with_login} verify={verify}");
    let sink = SmtpSink::start(SinkOptions {
        protection: protection(security),
        tls: Some(good_tls()),
        login: with_login.then(sink_login),
        ..SinkOptions::default()
    })
    .await;
    let mut route = route(sink.port(), security);
    route.certificate = if verify { CertificateCheck::FULL } else { CertificateCheck::Off };
    route.login = with_login.then(login);
    let connector = match through {
        None => None,
        Some(kind) => {
            let options = ConnectorOptions {
                login: Some(("door".into(), "key-of-door".into())),
                glued: !with_login && security != Security::ImplicitTls,
                ..options_of(kind)
            };
            let connector = Connector::start(options).await;
            let mut tunnel = tunnel(kind, connector.port());
            tunnel.login = Some(mailer::Login { user_name: "door".into(), secret: "key-of-door".into() });
            route.tunnel = Some(tunnel);
            // A name that this machine can't resolve: the far end does. In clear a password goes to loopback only.
            if security != Security::None || !with_login {
                route.host = Host::parse("mail.test").expect("a host");
            }
            Some(connector)
        }
    };
    let ran = run(&route).await.expect(Outcome::Delivered, "");
    assert_eq!(ran.done.reply, "250 2.0.0 queued as 1", "{case}");
    let [received] = sink.messages().try_into().expect("one message");
    assert_eq!(received.message, outgoing().message, "{case}");
    assert!(received.mail_from.starts_with("<bounces@example.com> SIZE="), "{case}");
    assert_eq!(received.rcpt_to, ["reader@example.com"], "{case}");
    assert_eq!(received.helo, "client.test", "{case}");
    assert_eq!(received.encrypted, security != Security::None, "{case}");
    assert_eq!(received.user.as_deref(), with_login.then_some(USER), "{case}");
    if let Some(connector) = connector {
        assert_eq!(connector.targets(), [format!("{}:{}", route.host, route.port)], "{case}");
        let handshake = connector.handshake_bytes();
        assert!(!contains(&handshake, b"s3cret") && !contains(&handshake, b"bounces"), "{case}");
    }
    assert_eq!(ran.detail(Step::Connector, StepState::Skipped).is_some(), through.is_none(), "{case}");
    assert_eq!(ran.detail(Step::Auth, StepState::Skipped).is_some(), !with_login, "{case}");
    if security != Security::None {
        let tls = ran.detail(Step::Tls, StepState::Passed).unwrap_or_default();
        assert!(tls.starts_with("TLS 1.3, TLS13_"), "{case}: {tls}");
    }
}

pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn steps_come_in_their_order() {
    use Step::*;
    for (security, steps) in [
        (Security::None, &[Dns, Connector, Tcp, Greeting, Ehlo, Tls, Auth, Mail, Rcpt, Data, Quit][..]),
        (Security::StartTls, &[Dns, Connector, Tcp, Greeting, Ehlo, Tls, Ehlo, Auth, Mail, Rcpt, Data, Quit]),
        (Security::ImplicitTls, &[Dns, Connector, Tcp, Tls, Greeting, Ehlo, Auth, Mail, Rcpt, Data, Quit]),
    ] {
        let sink = SmtpSink::start(SinkOptions {
            protection: protection(security),
            tls: Some(good_tls()),
            ..SinkOptions::default()
        })
        .await;
        let ran = run(&route(sink.port(), security)).await.expect(Outcome::Delivered, "");
        assert_eq!(ran.ended().iter().map(|(step, _)| *step).collect::<Vec<_>>(), steps, "{security:?}");
    }
}

#[tokio::test]
async fn a_check_sends_nothing() {
    let sink = SmtpSink::start(SinkOptions::default()).await;
    let ran = run_with(
        &mailer(),
        &route(sink.port(), Security::None),
        &outgoing(),
        TestMode::Check,
        budget(),
        &CancellationToken::new(),
    )
    .await;
    let ran = ran.expect(Outcome::Passed, "");
    assert_eq!(ran.detail(Step::Data, StepState::Skipped), Some(""));
    assert_eq!(ran.detail(Step::Quit, StepState::Passed), Some("221 2.0.0 bye"));
    assert_eq!(sink.messages(), []);
    let heard = String::from_utf8(sink.clear_bytes()).expect("text");
    assert!(heard.contains("RSET\r\nQUIT\r\n") && !heard.contains("DATA"), "{heard}");
}

#[tokio::test]
async fn login_alone_where_plain_is_missing() {
    let sink = SmtpSink::start(SinkOptions {
        login: Some(sink_login()),
        mechanisms: "CRAM-MD5 LOGIN",
        ..SinkOptions::default()
    })
    .await;
    let mut route = route(sink.port(), Security::None);
    route.login = Some(login());
    run(&route).await.expect(Outcome::Delivered, "");
    assert_eq!(sink.messages()[0].user.as_deref(), Some(USER));
}

#[tokio::test]
async fn tls_1_2_and_ip_v6() {
    let identity = TRUSTED.issue(testkit::Leaf::Good);
    let tls = Some(identity.config_with(&[&rustls::version::TLS12]));
    for verify in [true, false] {
        let options = SinkOptions {
            bind: "::1".parse().expect("an address"),
            protection: Protection::StartTls,
            tls: tls.clone(),
            ..SinkOptions::default()
        };
        let sink = SmtpSink::start(options).await;
        let mut route = route(sink.port(), Security::StartTls);
        route.host = Host::parse("[::1]").expect("a host");
        route.certificate = if verify { CertificateCheck::FULL } else { CertificateCheck::Off };
        let ran = run(&route).await.expect(Outcome::Delivered, "");
        assert!(
            ran.detail(Step::Tls, StepState::Passed).is_some_and(|detail| detail.starts_with("TLS 1.2, TLS_ECDHE_"))
        );
    }
}

#[tokio::test]
async fn f86_each_recipient_has_an_answer() {
    let sink =
        SmtpSink::start(SinkOptions { refused_recipients: vec!["gone@example.com".into()], ..SinkOptions::default() })
            .await;
    let mail = Outgoing { rcpt_to: ["gone@example.com", "b@example.com"].map(address).to_vec(), ..outgoing() };
    let route = route(sink.port(), Security::None);
    let delivery = mailer().deliver(&route, &mail, budget(), &|_| {}, &CancellationToken::new(), async { true }).await;
    assert_eq!(delivery.done.outcome, Outcome::Delivered);
    let answers: Vec<_> = delivery.recipients.iter().map(|r| (r.address.as_str(), r.accepted, r.code)).collect();
    assert_eq!(answers, [("gone@example.com", false, 550), ("b@example.com", true, 250)]);
    assert_eq!(delivery.done.diagnosis.expect("the refused one").cause, "recipient_refused");
    assert_eq!(sink.messages()[0].rcpt_to, ["b@example.com"]);

    // A check is of everyone.
    run_with(&mailer(), &route, &mail, TestMode::Check, budget(), &CancellationToken::new())
        .await
        .expect(Outcome::Failed, "recipient_refused");
}

#[tokio::test]
async fn the_dot_waits_for_leave() {
    let sink = SmtpSink::start(SinkOptions::default()).await;
    let route = route(sink.port(), Security::None);
    let delivery =
        mailer().deliver(&route, &outgoing(), budget(), &|_| {}, &CancellationToken::new(), async { false }).await;
    assert_eq!(delivery.done.outcome, Outcome::Failed);
    assert_eq!(sink.messages(), []);
    let seen = async { sink.messages().is_empty() };
    let delivery = mailer().deliver(&route, &outgoing(), budget(), &|_| {}, &CancellationToken::new(), seen).await;
    assert_eq!(delivery.done.outcome, Outcome::Delivered, "the message is not there before the leave is given");
}

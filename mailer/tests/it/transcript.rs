//! The transcript: every line both ways, in order, without a secret; and what each step learnt.

use crate::{
    failures::{answer, greeted, reply},
    support::*,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    account::Security,
    session_test::{Outcome, Step, TestMode},
};
use mailer::Budget;
use testkit::{Act, Protection, ScriptedServer, SinkOptions, SmtpSink};
use tokio_util::sync::CancellationToken;

async fn sink(protection: Protection) -> SmtpSink {
    SmtpSink::start(SinkOptions {
        protection,
        tls: Some(good_tls()),
        login: Some(sink_login()),
        ..SinkOptions::default()
    })
    .await
}

#[tokio::test]
async fn every_line_both_ways() {
    let sink = sink(Protection::StartTls).await;
    let mut route = route(sink.port(), Security::StartTls);
    route.login = Some(login());
    let ran = run(&route).await.expect(Outcome::Delivered, "");
    let said: Vec<_> = ran.transcript().into_iter().filter(|line| !line.starts_with('S')).collect();
    let size = outgoing().message.len();
    assert_eq!(
        said,
        [
            "C ehlo EHLO client.test",
            "C tls STARTTLS",
            "C ehlo EHLO client.test",
            "C auth AUTH PLAIN ***",
            &format!("C mail MAIL FROM:<bounces@example.com> SIZE={size}"),
            "C rcpt RCPT TO:<reader@example.com>",
            "C data DATA",
            &format!("M data {size}"),
            "C data .",
            "C quit QUIT",
        ]
    );
    let heard: Vec<_> = ran.transcript().into_iter().filter(|line| line.starts_with('S')).collect();
    assert!(heard[0].starts_with("S greeting 220 "), "{heard:?}");
    assert!(heard.iter().any(|line| line.starts_with("S ehlo 250-")), "each line of a reply: {heard:?}");
    assert!(heard.last().is_some_and(|line| line.starts_with("S quit 221")), "{heard:?}");
    let ehlos = ran.ended().iter().filter(|(step, _)| *step == Step::Ehlo).count();
    assert_eq!(ehlos, 2, "before and after TLS");
}

#[tokio::test]
async fn a_check_ends_after_the_recipient() {
    let sink = sink(Protection::Implicit).await;
    let mut route = route(sink.port(), Security::ImplicitTls);
    route.login = Some(login());
    let ran = run_with(&mailer(), &route, &outgoing(), TestMode::Check, budget(), &CancellationToken::new()).await;
    assert_eq!(ran.done.outcome, Outcome::Passed);
    assert!(sink.messages().is_empty());
    let said: Vec<_> = ran.transcript().into_iter().filter(|line| line.starts_with('C')).collect();
    assert_eq!(said.last().map(String::as_str), Some("C quit QUIT"));
    assert!(!said.iter().any(|line| line.contains("DATA")), "{said:?}");
}

#[tokio::test]
async fn what_each_step_learnt() {
    let sink = sink(Protection::StartTls).await;
    let mut route = route(sink.port(), Security::StartTls);
    route.login = Some(login());
    let ran = run(&route).await.expect(Outcome::Delivered, "");
    let fact = |step, code: &str| {
        ran.facts(step).into_iter().find(|fact| fact.code == code).map(|fact| fact.params).unwrap_or_default()
    };
    assert_eq!(fact(Step::Ehlo, "size"), ["10485760"]);
    assert_eq!(fact(Step::Ehlo, "auth"), ["PLAIN LOGIN"]);
    assert_eq!(fact(Step::Auth, "mechanism"), ["PLAIN", "PLAIN LOGIN"]);
    assert_eq!(fact(Step::Auth, "user_name"), [USER]);
    let chain = ran.certificates();
    assert_eq!(chain.len(), 1);
    assert_eq!((chain[0].issuer.as_str(), chain[0].key.as_str()), ("CN=Postroom test CA", "EC P-256"));
    assert_eq!(chain[0].names, ["localhost", "127.0.0.1", "::1", "mail.test"]);
    assert_eq!((chain[0].fingerprint.len(), chain[0].self_signed), (95, false));
    route.certificate = CertificateCheck::Off;
    let ran = run(&route).await.expect(Outcome::Delivered, "");
    assert!(ran.facts(Step::Tls).iter().any(|fact| fact.code == "certificate_not_checked"));
}

#[tokio::test]
async fn the_chain_is_shown_where_it_is_refused() {
    let identity = testkit::Identity::self_signed(true);
    let sink = SmtpSink::start(SinkOptions {
        protection: Protection::Implicit,
        tls: Some(identity.config()),
        ..SinkOptions::default()
    })
    .await;
    let ran =
        run(&route(sink.port(), Security::ImplicitTls)).await.expect(Outcome::Failed, "certificate_unknown_issuer");
    assert_eq!(ran.meaning(), "certificate_self_signed_ca");
    assert_eq!(ran.certificates().iter().map(|c| c.self_signed).collect::<Vec<_>>(), [true]);
}

/// A server that quotes what it was sent, in every form it can make of it.
#[tokio::test]
async fn a_server_that_quotes_the_secret_shows_stars() {
    let encode = |text: &str| BASE64_STANDARD.encode(text);
    for quoted in [
        PASSWORD.to_owned(),
        PASSWORD.to_uppercase(),
        encode(PASSWORD),
        encode(&format!("\0{USER}\0{PASSWORD}")),
        encode(&format!("{USER}\0{USER}\0{PASSWORD}")),
        encode(&format!("{USER}:{PASSWORD}")),
        encode(&format!("user={USER}\u{1}auth=Bearer {PASSWORD}\u{1}\u{1}")),
        // Cut off where a line that is no reply is.
    ] {
        for line in [format!("535 5.7.8 bad: {quoted}\r\n"), format!("{} {quoted}\r\n", "x".repeat(60))] {
            let script = greeted([reply("250-mx\r\n250 AUTH PLAIN\r\n"), answer("AUTH", &line)].concat());
            let server = ScriptedServer::start(script, None).await;
            let mut route = route(server.port(), Security::None);
            route.login = Some(login());
            // The harness looks for the secret in everything that was told.
            let ran = run(&route).await;
            let all = format!("{:?}", ran.events);
            assert!(all.contains("***"), "{quoted}: {all}");
            for piece in [encode(PASSWORD), encode(&format!("\0{USER}\0{PASSWORD}"))] {
                assert!(!all.contains(&piece[8..20]), "{quoted}: {all}");
            }
        }
    }
}

#[tokio::test]
async fn a_delivery_is_not_transcribed() {
    let sink = sink(Protection::Implicit).await;
    let mut route = route(sink.port(), Security::ImplicitTls);
    route.login = Some(login());
    let events = std::sync::Mutex::new(Vec::new());
    let keep = |event| events.lock().expect("unpoisoned").push(event);
    let cancel = CancellationToken::new();
    mailer().deliver(&route, &outgoing(), Budget::delivery(), &keep, &cancel, std::future::ready(true)).await;
    let lines = events
        .lock()
        .expect("unpoisoned")
        .iter()
        .filter(|event| matches!(event, domain::session_test::TestEvent::Line(_)))
        .count();
    assert_eq!(lines, 0);
}

#[tokio::test]
async fn a_login_of_two_lines_shows_neither() {
    let script = greeted(
        [
            reply("250-mx\r\n250 AUTH LOGIN\r\n"),
            answer("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n"),
            vec![Act::Take(6), Act::send("334 UGFzc3dvcmQ6\r\n")],
            vec![Act::Take(4), Act::send("535 no\r\n")],
        ]
        .concat(),
    );
    let server = ScriptedServer::start(script, None).await;
    let mut route = route(server.port(), Security::None);
    route.login = Some(login());
    let ran = run(&route).await.expect(Outcome::Failed, "auth_refused");
    let said: Vec<_> = ran.transcript().into_iter().filter(|line| line.starts_with("C auth")).collect();
    assert_eq!(said, ["C auth AUTH LOGIN", "C auth ***", "C auth ***", "C auth QUIT"]);
}

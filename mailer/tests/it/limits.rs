//! Every wait is bounded: silence at any stage ends within its own budget, and says which one it was.

use crate::support::*;
use domain::{
    account::Security,
    connector::ConnectorKind,
    session_test::{Outcome, Step},
};
use mailer::{Budget, Outgoing};
use std::time::{Duration, Instant};
use testkit::{Act, ScriptedServer};

/// The phases of a session in clear, each silent after its name.
pub fn stages() -> Vec<(Step, Vec<Act>)> {
    let script = [
        Act::send("220 mx\r\n"),
        Act::Expect("EHLO"),
        Act::send("250-mx\r\n250 AUTH LOGIN\r\n"),
        Act::Expect("AUTH LOGIN"),
        Act::send("334 \r\n"),
        Act::Expect(""),
        Act::send("334 \r\n"),
        Act::Expect(""),
        Act::send("235 in\r\n"),
        Act::Expect("MAIL"),
        Act::send("250 ok\r\n"),
        Act::Expect("RCPT"),
        Act::send("250 ok\r\n"),
        Act::Expect("DATA"),
        Act::send("354 go\r\n"),
        Act::TakeMessage,
    ];
    [
        (Step::Greeting, 0),
        (Step::Ehlo, 2),
        (Step::Auth, 4),
        (Step::Auth, 6),
        (Step::Mail, 10),
        (Step::Rcpt, 12),
        (Step::Data, 14),
        (Step::Data, 16),
    ]
    .into_iter()
    .map(|(step, acts)| (step, [&script[..acts], &[Act::Hang]].concat()))
    .collect()
}

#[tokio::test]
async fn silence_ends_within_its_budget() {
    let short = Duration::from_millis(150);
    for (number, (step, script)) in stages().into_iter().enumerate() {
        let server = ScriptedServer::start(script, None).await;
        let budget = Budget { greeting: short, command: short, data: short, dot: short, ..budget() };
        let mut route = route(server.port(), Security::None);
        route.login = Some(login());
        let began = Instant::now();
        let (outcome, code) = match (step, number) {
            (Step::Greeting, _) => (Outcome::Failed, "greeting_timeout"),
            // The whole message is out: nobody knows.
            (_, 7) => (Outcome::Unknown, "no_confirmation"),
            _ => (Outcome::Failed, "reply_timeout"),
        };
        let ran = run_budget(&route, budget).await;
        // Number 6 is silent before the message: its TakeMessage never comes.
        assert_eq!((ran.done.outcome, ran.code(), ran.stage()), (outcome, code, Some(step)), "{number}: {ran:#?}");
        assert!(began.elapsed() < Duration::from_secs(3), "{number}: {:?}", began.elapsed());
        server.closed().await;
    }
}

#[tokio::test]
async fn f15_a_drip_does_not_stretch_a_phase() {
    let drip = Act::Drip(b"220 ".iter().chain([b'x'; 500].iter()).copied().collect(), Duration::from_millis(20));
    let server = ScriptedServer::start(vec![drip], None).await;
    let began = Instant::now();
    let ran =
        run_budget(&route(server.port(), Security::None), Budget { greeting: Duration::from_millis(300), ..budget() })
            .await;
    ran.expect(Outcome::Failed, "greeting_timeout");
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn f28_a_silent_connector_is_named() {
    let short = Budget { tunnel: Duration::from_millis(200), ..budget() };
    let server = ScriptedServer::start(vec![Act::Hang], None).await;
    for kind in ConnectorKind::ALL {
        let mut route = route(25, Security::None);
        route.tunnel = Some(tunnel(kind, server.port()));
        let ran = run_budget(&route, short).await.expect(Outcome::Failed, "tunnel_timeout");
        assert_eq!(ran.stage(), Some(Step::Connector));
    }
}

#[tokio::test]
async fn the_whole_has_a_limit_too() {
    let server = ScriptedServer::start(vec![Act::Hang], None).await;
    let ran =
        run_budget(&route(server.port(), Security::None), Budget { total: Duration::from_millis(200), ..budget() })
            .await;
    let ran = ran.expect(Outcome::Failed, "deadline");
    assert_eq!(ran.stage(), Some(Step::Greeting));
    server.closed().await;
}

#[tokio::test]
async fn f97_a_server_that_stops_reading_stops_us() {
    let script = vec![
        Act::send("220 mx\r\n"),
        Act::Expect("EHLO"),
        Act::send("250 mx\r\n"),
        Act::Expect("MAIL"),
        Act::send("250 ok\r\n"),
        Act::Expect("RCPT"),
        Act::send("250 ok\r\n"),
        Act::Expect("DATA"),
        Act::send("354 go\r\n"),
        Act::Freeze,
    ];
    let server = ScriptedServer::start(script, None).await;
    let large = Outgoing { message: b"0123456789abcdef\r\n".repeat(2_000_000), ..outgoing() };
    let budget = Budget { write: Duration::from_millis(300), ..budget() };
    let ran = run_with(
        &mailer(),
        &route(server.port(), Security::None),
        &large,
        domain::session_test::TestMode::Send,
        budget,
        &tokio_util::sync::CancellationToken::new(),
    )
    .await;
    // The dot never went out: certainly not delivered.
    let ran = ran.expect(Outcome::Failed, "reply_timeout");
    assert_eq!(ran.stage(), Some(Step::Data));
}

#[tokio::test]
async fn f98_cut_in_the_middle_of_the_message_is_certain() {
    let ok = |command| [Act::Expect(command), Act::send("250 ok\r\n")];
    let script = [
        vec![Act::send("220 mx\r\n")],
        ok("EHLO").to_vec(),
        ok("MAIL").to_vec(),
        ok("RCPT").to_vec(),
        vec![Act::Expect("DATA"), Act::send("354 go\r\n"), Act::Take(100_000), Act::Reset],
    ]
    .concat();
    let server = ScriptedServer::start(script, None).await;
    let large = Outgoing { message: b"0123456789abcdef\r\n".repeat(2_000_000), ..outgoing() };
    let ran = run_mail(&route(server.port(), Security::None), &large).await.expect(Outcome::Failed, "connection_reset");
    assert_eq!(ran.stage(), Some(Step::Data));
}

#[tokio::test]
async fn f09_one_dead_family_does_not_hide_the_other() {
    // `localhost` is often both; the sink is on one of them only.
    let sink = testkit::SmtpSink::start(testkit::SinkOptions::default()).await;
    let mut route = route(sink.port(), Security::None);
    route.host = domain::Host::parse("localhost").expect("a host");
    run(&route).await.expect(Outcome::Delivered, "");
}

//! Hosts that are not reached, or not dialled at all, and TLS where none is spoken.

use crate::{
    failures::{answer, greeted, reply},
    support::*,
};
use domain::{
    Host,
    account::Security,
    session_test::{Outcome, Step, StepState, TestMode},
};
use mailer::{Budget, DestinationPolicy, Mailer};
use std::time::{Duration, Instant};
use testkit::{Act, ScriptedServer, Unheard};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn f04_a_name_that_is_nobodys() {
    let mut nowhere = route(25, Security::None);
    nowhere.host = Host::parse("postroom.invalid").expect("a host");
    let ran = run(&nowhere).await;
    // A machine without a name server can't know.
    assert!(matches!(ran.code(), "host_not_found" | "resolver_failed"), "{ran:?}");
    assert_eq!(ran.stage(), Some(Step::Dns));
}

#[tokio::test]
async fn f07_an_address_that_is_never_allowed() {
    let mut forbidden = route(25, Security::None);
    for host in ["169.254.169.254", "0.0.0.0", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "224.0.0.1", "192.0.2.1"]
    {
        forbidden.host = Host::parse(host).expect("a host");
        let ran = run(&forbidden).await.expect(Outcome::Failed, "destination_forbidden");
        assert_eq!(ran.stage(), Some(Step::Dns), "{host}");
        // The same words for every kind.
        assert_eq!(ran.params(), [forbidden.host.to_string()]);
    }
    let strict = Mailer::new(DestinationPolicy::parse("10.0.0.0/8").expect("a list"));
    let server = ScriptedServer::start(vec![Act::send("220 mx\r\n")], None).await;
    let mut by_name = route(server.port(), Security::None);
    by_name.host = Host::parse("localhost").expect("a host");
    run_with(&strict, &by_name, &outgoing(), TestMode::Send, budget(), &CancellationToken::new())
        .await
        .expect(Outcome::Failed, "destination_forbidden");
}

#[tokio::test]
async fn f10_nothing_listens_there() {
    let unheard = Unheard::bind();
    let free = unheard.port();
    let ran = run(&route(free, Security::None)).await.expect(Outcome::Failed, "connection_refused");
    assert_eq!((ran.stage(), ran.params()), (Some(Step::Tcp), vec![format!("127.0.0.1:{free}").as_str()]));
}

#[tokio::test]
async fn f11_no_answer_to_the_connection() {
    // Nobody accepts, and there is no room to wait in: the next ones hear nothing.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("binds");
    let listener = socket.listen(0).expect("listens");
    let address = listener.local_addr().expect("bound");
    let mut waiting = Vec::new();
    while let Ok(stream) = timeout(Duration::from_millis(200), TcpStream::connect(address)).await {
        waiting.push(stream);
    }
    let began = Instant::now();
    let short = Budget { connect: Duration::from_millis(300), ..budget() };
    let ran =
        run_budget(&route(address.port(), Security::None), short).await.expect(Outcome::Failed, "connect_timeout");
    assert_eq!((ran.stage(), ran.params()), (Some(Step::Tcp), vec![address.to_string().as_str()]));
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn f14_accepted_and_silent() {
    for security in [Security::None, Security::StartTls] {
        let server = ScriptedServer::start(vec![Act::Hang], None).await;
        let began = Instant::now();
        let short = Budget { greeting: Duration::from_millis(300), ..budget() };
        let ran = run_budget(&route(server.port(), security), short).await.expect(Outcome::Failed, "greeting_timeout");
        assert_eq!((ran.stage(), ran.remedies()), (Some(Step::Greeting), vec!["use_implicit_tls"]));
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
        server.closed().await;
        assert_eq!(server.recording().clear, b"", "nothing is said before the greeting");
    }
}

#[tokio::test]
async fn f16_a_slow_greeting_is_waited_for() {
    let late = [
        vec![Act::Pause(Duration::from_secs(6))],
        greeted(reply("250 mx.test\r\n")),
        answer("MAIL", "250 ok\r\n"),
        answer("RCPT", "250 ok\r\n"),
        answer("DATA", "354 go\r\n"),
        vec![Act::TakeMessage, Act::send("250 2.0.0 Ok: queued as 4ABC123XYZ\r\n")],
    ]
    .concat();
    let server = ScriptedServer::start(late, None).await;
    let patient = Budget { greeting: Duration::from_secs(30), ..Budget::test() };
    let ran = run_budget(&route(server.port(), Security::None), patient).await.expect(Outcome::Delivered, "");
    assert!(
        ran.facts(Step::Data).iter().any(|fact| fact.code == "queue_id" && fact.params == ["4ABC123XYZ"]),
        "{ran:#?}"
    );
}

#[tokio::test]
async fn f111_two_hundred_stuck_sessions_delay_no_other() {
    let stuck = ScriptedServer::start(vec![Act::Freeze], None).await;
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let route = route(stuck.port(), Security::None);
        all.spawn(async move { run(&route).await });
    }
    stuck.reached(1).await;
    let sink = testkit::SmtpSink::start(testkit::SinkOptions::default()).await;
    let began = Instant::now();
    run(&route(sink.port(), Security::None)).await.expect(Outcome::Delivered, "");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert!(all.try_join_next().is_none(), "the others still wait");
}

#[tokio::test]
async fn f01_what_would_forge_a_line_dials_nothing() {
    for helo in ["", "a b", "a\r\nMAIL FROM:<x@y.z>", "a\0", "é"] {
        let server = ScriptedServer::start(vec![Act::send("220 mx\r\n")], None).await;
        let mut route = route(server.port(), Security::None);
        route.helo = helo.into();
        let ran = run(&route).await.expect(Outcome::Failed, "internal");
        assert_eq!(ran.detail(Step::Tcp, StepState::Running), None, "{helo:?}");
    }
}

#[tokio::test]
async fn tls_to_a_port_that_speaks_plain_text() {
    let server = ScriptedServer::start(reply("220 mx.test ESMTP\r\n"), None).await;
    let ran = run(&route(server.port(), Security::ImplicitTls)).await.expect(Outcome::Failed, "tls_plaintext_port");
    assert_eq!(ran.stage(), Some(Step::Tls));
    let server = ScriptedServer::start(vec![Act::Take(10), Act::Close], None).await;
    let ran = run(&route(server.port(), Security::ImplicitTls)).await;
    assert!(matches!(ran.code(), "connection_closed" | "connection_reset"), "{ran:?}");
    // A fatal alert: no version in common.
    let server = ScriptedServer::start(vec![Act::Take(10), Act::Send(vec![21, 3, 1, 0, 2, 2, 70])], None).await;
    let ran = run(&route(server.port(), Security::ImplicitTls)).await.expect(Outcome::Failed, "tls_failed");
    assert_eq!(ran.params(), ["ProtocolVersion"]);
}

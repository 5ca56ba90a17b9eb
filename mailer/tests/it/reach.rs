//! Hosts that are not reached, or not dialled at all, and TLS where none is spoken.

use crate::{failures::reply, support::*};
use domain::{
    Host,
    account::Security,
    session_test::{Outcome, Step, StepState, TestMode},
};
use mailer::{DestinationPolicy, Mailer};
use testkit::{Act, ScriptedServer};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn hosts_that_are_not_reached() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("an address").port();
    let ran = run(&route(free, Security::None)).await.expect(Outcome::Failed, "connection_refused");
    assert_eq!((ran.stage(), ran.params()), (Some(Step::Tcp), vec![format!("127.0.0.1:{free}").as_str()]));

    let mut nowhere = route(25, Security::None);
    nowhere.host = Host::parse("postroom.invalid").expect("a host");
    let ran = run(&nowhere).await;
    assert!(matches!(ran.code(), "host_not_found" | "resolver_failed"), "{ran:?}");
    assert_eq!(ran.stage(), Some(Step::Dns));

    let mut forbidden = route(25, Security::None);
    for host in ["169.254.169.254", "0.0.0.0", "::ffff:169.254.169.254", "192.0.2.1"] {
        forbidden.host = Host::parse(host).expect("a host");
        let ran = run(&forbidden).await.expect(Outcome::Failed, "destination_forbidden");
        assert_eq!(ran.stage(), Some(Step::Dns), "{host}");
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

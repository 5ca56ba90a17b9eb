//! Cancelled at any stage the socket is closed at once, and after the dot nobody claims to know.

use crate::{limits::stages, support::*};
use domain::{
    account::Security,
    connector::ConnectorKind,
    session_test::{Outcome, Step, TestMode},
};
use std::time::Duration;
use testkit::{Act, ScriptedServer};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

async fn cancel_at(route: &mailer::Route, server: &ScriptedServer, acts: usize) -> Ran {
    let cancel = CancellationToken::new();
    let mailer = mailer();
    let mail = outgoing();
    let run = run_with(&mailer, route, &mail, TestMode::Send, budget(), &cancel);
    let stop = async {
        server.reached(acts).await;
        cancel.cancel();
        // Seen from the server's side: not a task that goes on in the dark.
        timeout(Duration::from_secs(1), server.closed()).await.expect("the socket is closed within a second");
    };
    tokio::join!(run, stop).0
}

#[tokio::test]
async fn f110_cancelled_at_each_stage() {
    for (number, (step, script)) in stages().into_iter().enumerate() {
        let acts = script.len();
        let server = ScriptedServer::start(script, None).await;
        let mut route = route(server.port(), Security::None);
        route.login = Some(login());
        let outcome = if number == 7 { Outcome::Unknown } else { Outcome::Cancelled };
        let ran = cancel_at(&route, &server, acts).await;
        assert_eq!((ran.done.outcome, ran.code()), (outcome, "cancelled"), "{number}: {ran:#?}");
        // The server is at its last act before we are: our stage may be one behind.
        assert!(ran.done.stage <= Some(step), "{number}: {ran:#?}");
    }
}

#[tokio::test]
async fn f110_cancelled_in_a_handshake() {
    let server = ScriptedServer::start(vec![Act::Take(1), Act::Hang], None).await;
    cancel_at(&route(server.port(), Security::ImplicitTls), &server, 2).await.expect(Outcome::Cancelled, "cancelled");
    for kind in ConnectorKind::ALL {
        let server = ScriptedServer::start(vec![Act::Take(1), Act::Hang], None).await;
        let mut route = route(25, Security::None);
        route.tunnel = Some(tunnel(kind, server.port()));
        let ran = cancel_at(&route, &server, 2).await.expect(Outcome::Cancelled, "cancelled");
        assert_eq!(ran.done.stage, Some(Step::Connector));
    }
}

#[tokio::test]
async fn cancelled_before_it_begins() {
    let server = ScriptedServer::start(vec![Act::Hang], None).await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let ran =
        run_with(&mailer(), &route(server.port(), Security::None), &outgoing(), TestMode::Send, budget(), &cancel)
            .await;
    let ran = ran.expect(Outcome::Cancelled, "cancelled");
    assert_eq!(ran.events.len(), 1);
}

#[tokio::test]
async fn f110_cancelled_in_the_goodbye_is_delivered() {
    let script = [&limits_until_message()[..], &[Act::send("250 queued\r\n"), Act::Expect("QUIT"), Act::Hang]].concat();
    let acts = script.len();
    let server = ScriptedServer::start(script, None).await;
    cancel_at(&route(server.port(), Security::None), &server, acts).await.expect(Outcome::Delivered, "");
}

fn limits_until_message() -> Vec<Act> {
    let ok = |command| [Act::Expect(command), Act::send("250 ok\r\n")];
    [
        vec![Act::send("220 mx\r\n")],
        ok("EHLO").to_vec(),
        ok("MAIL").to_vec(),
        ok("RCPT").to_vec(),
        vec![Act::Expect("DATA"), Act::send("354 go\r\n"), Act::TakeMessage],
    ]
    .concat()
}

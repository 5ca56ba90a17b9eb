//! The message and its dot, a row of the fault matrix each: what is certain, what nobody knows, and what follows.

use crate::{
    failures::{reply, with_message, with_rcpt},
    support::*,
};
use domain::{
    account::Security,
    message::AttemptOutcome::{self, Dead, Delivered, Retry, Unknown},
    session_test::Step,
};
use mailer::{Budget, Delivery};
use std::time::{Duration, Instant};
use testkit::{Act, ScriptedServer};
use tokio_util::sync::CancellationToken;

async fn deliver(script: Vec<Act>, budget: Budget) -> (Delivery, ScriptedServer) {
    let server = ScriptedServer::start(script, None).await;
    let route = route(server.port(), Security::None);
    let delivery =
        mailer().deliver(&route, &outgoing(), budget, &|_| {}, &CancellationToken::new(), async { true }).await;
    (delivery, server)
}

/// What becomes of the message, and whether another account may take it.
async fn check(script: Vec<Act>, outcome: AttemptOutcome, failover: bool) -> ScriptedServer {
    let (delivery, server) = deliver(script, budget()).await;
    assert_eq!((delivery.verdict.outcome, delivery.verdict.failover), (outcome, failover), "{delivery:#?}");
    server
}

fn data(text: &str) -> Vec<Act> {
    with_rcpt([vec![Act::Expect("DATA")], reply(text), vec![Act::Hang]].concat())
}

#[tokio::test]
async fn f95_an_answer_to_data_that_makes_no_sense_sends_no_body() {
    let server = check(data("250 ok\r\n"), Retry, false).await;
    server.closed().await;
    let heard = String::from_utf8(server.recording().clear).expect("text");
    assert!(heard.trim_end().ends_with("DATA") && !heard.contains("Subject"), "{heard}");
}

#[tokio::test]
async fn f96_data_refused_by_its_class() {
    check(data("554 no\r\n"), Dead, false).await;
    check(data("503 bad sequence\r\n"), Dead, false).await;
    check(data("451 later\r\n"), Retry, false).await;
}

#[tokio::test]
async fn f99_and_f100_a_refusal_after_the_dot_is_certain() {
    check(with_message(reply("451 4.7.1 later\r\n")), Retry, false).await;
    check(with_message(reply("554 5.7.1 spam\r\n")), Dead, false).await;
    check(with_message(reply("552 5.3.4 too big\r\n")), Dead, false).await;
}

#[tokio::test]
async fn f101_silence_after_the_dot_is_unknown_and_goes_nowhere_else() {
    let began = Instant::now();
    let short = Budget { dot: Duration::from_millis(300), ..budget() };
    let (delivery, _server) = deliver(with_message(vec![Act::Hang]), short).await;
    assert_eq!((delivery.verdict.outcome, delivery.verdict.failover), (Unknown, false), "{delivery:#?}");
    let diagnosis = delivery.done.diagnosis.expect("a diagnosis");
    assert_eq!((diagnosis.code.as_str(), diagnosis.stage), ("no_confirmation", Step::Data));
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn f102_cut_after_the_dot_is_unknown() {
    for cut in [Act::Close, Act::Reset] {
        check(with_message(vec![cut]), Unknown, false).await;
    }
}

#[tokio::test]
async fn f104_delivered_whatever_the_goodbye() {
    for acts in [
        vec![Act::Close],
        vec![Act::Reset],
        vec![Act::Expect("QUIT"), Act::Hang],
        vec![Act::Expect("QUIT"), Act::send("451 what\r\n")],
    ] {
        let began = Instant::now();
        check(with_message([reply("250 queued\r\n"), acts].concat()), Delivered, false).await;
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn f105_the_queue_id_in_any_wording_or_none() {
    for (said, id) in [
        ("250 2.0.0 Ok: queued as 4ABC123XYZ", Some("4ABC123XYZ")),
        ("250 OK id=1xV6pg-00016J-0I", Some("1xV6pg-00016J-0I")),
        ("250 2.0.0 4AMEaB12 Message accepted for delivery", Some("4AMEaB12")),
        ("250 2.0.0 OK 1763813520 d9443c01a7336-2985b-4si.1 - gsmtp", Some("1763813520")),
        ("250 ok", None),
        ("250", None),
    ] {
        let server = ScriptedServer::start(with_message(reply(&format!("{said}\r\n"))), None).await;
        let ran = run(&route(server.port(), Security::None)).await;
        let facts = ran.facts(Step::Data);
        let found = facts.iter().find(|fact| fact.code == "queue_id").map(|fact| fact.params[0].as_str());
        assert_eq!(found, id, "{said}");
        assert_eq!(ran.done.reply, said, "verbatim");
    }
}

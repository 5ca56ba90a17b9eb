//! Connections kept from one message to the next, and commands sent in one go.

use crate::support::*;
use domain::{
    account::Security,
    message::AttemptOutcome,
    session_test::{Outcome, Step},
};
use mailer::{Composition, Delivery, KeptSession, Outgoing, Route, compose};
use testkit::{Act, ScriptedServer, SinkOptions, SmtpSink};
use tokio_util::sync::CancellationToken;

async fn deliver(route: &Route, mail: &Outgoing, kept: &mut Option<KeptSession>) -> Delivery {
    let cancel = CancellationToken::new();
    mailer().deliver_kept(route, mail, budget(), &|_| {}, &cancel, async { true }, kept).await
}

fn to(addresses: &[&str]) -> Outgoing {
    Outgoing { rcpt_to: addresses.iter().map(|text| address(text)).collect(), ..outgoing() }
}

fn options(pipelining: bool) -> SinkOptions {
    let mut options = SinkOptions { refused_recipients: vec!["gone@example.com".into()], ..SinkOptions::default() };
    if pipelining {
        options.capabilities.push("PIPELINING".into());
    }
    options
}

fn count(sink: &SmtpSink, word: &str) -> usize {
    String::from_utf8(sink.clear_bytes()).expect("text").matches(word).count()
}

fn code(delivery: &Delivery) -> &str {
    delivery.done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.code.as_str())
}

#[tokio::test]
async fn one_connection_for_many_messages() {
    for pipelining in [false, true] {
        let sink = SmtpSink::start(options(pipelining)).await;
        let route = route(sink.port(), Security::None);
        let mut kept = None;
        for (mail, outcome, accepted) in [
            (to(&["a@example.com"]), Outcome::Delivered, 1),
            (to(&["gone@example.com"]), Outcome::Failed, 0),
            (to(&["a@example.com", "gone@example.com", "b@example.com"]), Outcome::Delivered, 2),
            (to(&["c@example.com"]), Outcome::Delivered, 1),
        ] {
            let delivery = deliver(&route, &mail, &mut kept).await;
            assert_eq!(delivery.done.outcome, outcome, "{delivery:?}");
            assert_eq!(delivery.recipients.iter().filter(|recipient| recipient.accepted).count(), accepted);
            assert_eq!(delivery.recipients.len(), mail.rcpt_to.len());
        }
        let session = kept.expect("kept");
        assert_eq!(session.messages(), 4);
        session.quit(budget().quit).await;
        assert_eq!((count(&sink, "EHLO"), count(&sink, "RSET"), count(&sink, "QUIT")), (1, 1, 1), "{pipelining}");
        let to: Vec<_> = sink.messages().into_iter().map(|mail| mail.rcpt_to.join(" ")).collect();
        assert_eq!(to, ["a@example.com", "a@example.com b@example.com", "c@example.com"]);
        assert!(sink.messages().iter().all(|mail| mail.message == outgoing().message));
    }
}

#[tokio::test]
async fn f108_one_that_died_while_idle_is_replaced_unseen() {
    let script = [
        Act::send("220 x\r\n"),
        Act::Expect("EHLO"),
        Act::send("250 x\r\n"),
        Act::Expect("MAIL"),
        Act::send("250 ok\r\n"),
        Act::Expect("RCPT"),
        Act::send("250 ok\r\n"),
        Act::Expect("DATA"),
        Act::send("354 go\r\n"),
        Act::TakeMessage,
        Act::send("250 queued\r\n"),
        Act::Close,
    ];
    let server = ScriptedServer::start(script, None).await;
    let route = route(server.port(), Security::None);
    let mut kept = None;
    for _ in 0..3 {
        let delivery = deliver(&route, &outgoing(), &mut kept).await;
        assert_eq!(delivery.done.outcome, Outcome::Delivered, "{delivery:?}");
        server.closed().await;
    }
}

/// After the greeting, the server answers each command of a batch as it is told.
async fn batch(replies: &[&str], rest: Vec<Act>) -> (Delivery, ScriptedServer) {
    let mut script = vec![Act::send("220 x\r\n"), Act::Expect("EHLO"), Act::send("250-x\r\n250 PIPELINING\r\n")];
    script.extend(["MAIL", "RCPT", "RCPT", "DATA"].map(Act::Expect));
    script.push(Act::send(&replies.concat()));
    script.extend(rest);
    let server = ScriptedServer::start(script, None).await;
    let mail = to(&["a@example.com", "b@example.com"]);
    let mut kept = None;
    let budget = mailer::Budget { command: std::time::Duration::from_millis(300), ..budget() };
    let cancel = CancellationToken::new();
    let route = route(server.port(), Security::None);
    let delivery = mailer().deliver_kept(&route, &mail, budget, &|_| {}, &cancel, async { true }, &mut kept).await;
    (delivery, server)
}

#[tokio::test]
async fn f94_replies_belong_to_commands_by_their_place() {
    let taken = || vec![Act::TakeMessage, Act::send("250 queued\r\n")];
    let (delivery, _) = batch(&["250 m\r\n", "550 a\r\n", "250 b\r\n", "354 go\r\n"], taken()).await;
    assert_eq!(delivery.done.outcome, Outcome::Delivered, "{delivery:?}");
    let answers: Vec<_> = delivery.recipients.iter().map(|r| (r.address.as_str(), r.code)).collect();
    assert_eq!(answers, [("a@example.com", 550), ("b@example.com", 250)]);

    let (delivery, server) =
        batch(&["553 m\r\n", "503 a\r\n", "503 b\r\n", "503 d\r\n"], vec![Act::Expect("RSET")]).await;
    assert_eq!((code(&delivery), delivery.verdict.outcome), ("sender_refused", AttemptOutcome::Dead));
    assert!(delivery.verdict.failover && delivery.recipients.is_empty());
    assert!(String::from_utf8(server.recording().clear).expect("text").ends_with("RSET\r\n"));

    // Nobody accepted, and a message wanted all the same: it gets an empty one.
    let (delivery, server) = batch(
        &["250 m\r\n", "550 a\r\n", "450 b\r\n", "354 go\r\n"],
        vec![Act::Expect("."), Act::send("554 none\r\n")],
    )
    .await;
    assert_eq!((code(&delivery), delivery.verdict.outcome), ("recipient_refused", AttemptOutcome::Retry));
    assert_eq!(delivery.done.outcome, Outcome::Failed);
    assert!(!String::from_utf8(server.recording().clear).expect("text").contains("Subject"));

    let (delivery, _) = batch(&["250 m\r\n", "250 a\r\n", "354 go\r\n"], vec![Act::Hang]).await;
    assert_eq!((code(&delivery), delivery.done.stage), ("protocol_error", Some(Step::Rcpt)), "{delivery:?}");
}

#[tokio::test]
async fn f94_a_reply_too_few_is_waited_for_and_never_made_up() {
    let (delivery, _) = batch(&["250 m\r\n", "250 a\r\n", "250 b\r\n"], vec![Act::Hang]).await;
    assert_eq!((delivery.done.outcome, code(&delivery)), (Outcome::Failed, "reply_timeout"));
}

#[tokio::test]
async fn files_and_html_arrive_whole() {
    use domain::notification::{Attachment, MediaType};
    let file = |name: &str, content: &str| Attachment {
        name: name.into(),
        media_type: MediaType::parse("application/pdf").expect("valid"),
        content: content.into(),
    };
    let long = "QUJD".repeat(5000);
    let composition = Composition {
        html: "<html><body><p>Olá</p></body></html>".into(),
        footer: Some("— <footer>".into()),
        attachments: vec![file("relatório.pdf", &long), file("empty", "")],
        priority: domain::notification::Priority::High,
        to: vec![address("a@example.com"), address("b@example.com")],
        ..composition()
    };
    let mail = Outgoing { message: compose(&composition).expect("composes"), ..to(&["a@example.com"]) };
    assert!(mail.message.is_ascii());
    let sink = SmtpSink::start(options(true)).await;
    deliver(&route(sink.port(), Security::None), &mail, &mut None).await;
    let text = String::from_utf8(sink.messages()[0].message.clone()).expect("text");
    for part in [
        "To: a@example.com, b@example.com",
        "Importance: high",
        "multipart/mixed",
        "multipart/alternative",
        "text/html",
        "Content-Type: application/pdf",
        "QUJDQUJD",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.replace("\r\n", "").matches(&long).count(), 1);
    let only_html = Composition { html: "<b>x</b>".into(), text: String::new(), ..super::support::composition() };
    let text = String::from_utf8(compose(&only_html).expect("composes")).expect("text");
    assert!(text.contains("text/html") && !text.contains("text/plain"), "{text}");
}

//! A test mail through a real socket: what arrives, what is kept of it, how many at once.

use crate::harness::{World, account_draft, diagnosis, login_draft, silent, sink, test_draft};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    Failure,
    account::{Account, AccountDraft},
    parameters::Parameters,
    session_test::{Outcome, Step, StepState, TestDraft, TestEvent, TestMode},
};
use service::{CancellationToken, Events};
use std::sync::{Arc, Mutex};
use testkit::{Connector, ConnectorOptions, SmtpSink};

async fn open_sink() -> SmtpSink {
    SmtpSink::start(testkit::SinkOptions::default()).await
}

fn at(sink: &SmtpSink) -> AccountDraft {
    AccountDraft { port: sink.port().to_string(), ..account_draft("Alerts") }
}

fn header<'a>(message: &'a str, name: &str) -> Option<&'a str> {
    let head = message.split("\r\n\r\n").next().unwrap_or_default();
    head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn the_mail_is_what_the_account_says() {
    let w = World::new().await;
    let sink = open_sink().await;
    w.service
        .parameters_update(&w.admin, Parameters { footer: "-- footer --".into(), ..Parameters::default() })
        .await
        .expect("sets");
    let plain = w.account(at(&sink)).await;
    let full = AccountDraft { name: "Full".into(), read_receipt: true, footnote: true, ..at(&sink) };
    let full = w.account(full).await;
    for (account, confirmation, footer) in [(&plain, None, false), (&full, Some("read@example.com"), true)] {
        let before = sink.messages().len();
        let done = w.test(account).await;
        assert_eq!(done.outcome, Outcome::Delivered, "{done:?}");
        let mail = sink.wait_for(before + 1).await.remove(before);
        assert_eq!(mail.helo, "postroom.test");
        assert!(mail.mail_from.contains("<bounces@example.com>"), "{}", mail.mail_from);
        assert!(mail.rcpt_to[0].contains("ann@example.org"), "{:?}", mail.rcpt_to);
        let text = String::from_utf8(mail.message).expect("ASCII");
        assert_eq!(header(&text, "From"), Some("alerts@example.com"));
        assert_eq!(header(&text, "Reply-To"), Some("help@example.com"));
        assert_eq!(header(&text, "To"), Some("ann@example.org"));
        assert_eq!(header(&text, "Disposition-Notification-To"), confirmation);
        assert_eq!(header(&text, "Date"), Some("Sat, 21 Nov 2026 22:12:40 +0000"));
        assert!(header(&text, "Message-ID").is_some_and(|id| id.ends_with("@example.com>")), "{text}");
        assert!(header(&text, "Subject").is_some_and(|subject| subject.starts_with("=?utf-8?")), "{text}");
        let body: String = text.split("\r\n\r\n").skip(1).collect::<String>().split_whitespace().collect();
        let body = String::from_utf8(STANDARD.decode(body).expect("base64")).expect("UTF-8");
        assert_eq!(body, if footer { "ATENÇÃO\r\n\r\n-- footer --\r\n" } else { "ATENÇÃO\r\n" });
    }
}

#[tokio::test]
async fn the_result_is_kept_with_the_account_it_is_of() {
    let w = World::new().await;
    let sink = open_sink().await;
    let account = w.account(at(&sink)).await;
    assert_eq!(account.last_test, None);
    w.test(&account).await;
    let last = async || w.service.account_get(&w.admin, account.id).await.expect("there").last_test.expect("tested");
    assert_eq!((last().await.passed, last().await.at), (true, w.clock.now()));

    w.clock.advance(1000);
    let draft_test = async |id: Option<domain::AccountId>, draft: AccountDraft| {
        w.service.draft_test(&w.admin, id, draft, test_draft(), silent(), CancellationToken::new()).await
    };
    let nobody = AccountDraft { port: "1".into(), ..AccountDraft::from(&account) };
    let done = draft_test(Some(account.id), nobody).await.expect("ends");
    assert_eq!(diagnosis(&done), "connection_refused");
    assert!(last().await.passed, "values not saved are not the account's");
    draft_test(None, at(&sink)).await.expect("ends");
    assert_eq!(last().await.at.0 + 1000, w.clock.now().0, "nor are those of no account");
    draft_test(Some(account.id), AccountDraft::from(&account)).await.expect("ends");
    assert_eq!(last().await.at, w.clock.now(), "but unchanged they are");

    drop(sink);
    let done = w.test(&account).await;
    assert_eq!(done.outcome, Outcome::Failed);
    let kept = last().await;
    assert_eq!((kept.passed, kept.stage.as_str(), kept.reply.as_str()), (false, "tcp", "connection_refused"));
}

#[tokio::test]
async fn a_disabled_account_may_still_be_tested() {
    let w = World::new().await;
    let sink = open_sink().await;
    w.account(account_draft("default")).await;
    let account: Account = w.account(AccountDraft { enabled: false, ..at(&sink) }).await;
    assert_eq!(w.test(&account).await.outcome, Outcome::Delivered);
}

#[tokio::test]
async fn what_is_wrong_with_the_fields_is_said_before_anything_is_dialled() {
    let w = World::new().await;
    let sink = open_sink().await;
    let account = w.account(at(&sink)).await;
    let wrong = TestDraft { to: "nobody".into(), ..test_draft() };
    let answer = w.service.account_test(&w.admin, account.id, wrong.clone(), silent(), CancellationToken::new()).await;
    assert_eq!(crate::harness::errors(answer), ["to:email_missing"]);
    let draft = AccountDraft { host: String::new(), ..at(&sink) };
    let answer = w.service.draft_test(&w.admin, None, draft, wrong, silent(), CancellationToken::new()).await;
    assert_eq!(crate::harness::errors(answer), ["host:required", "to:email_missing"]);
    assert!(sink.clear_bytes().is_empty());
}

#[tokio::test]
async fn events_come_as_it_runs_and_end_with_done() {
    let w = World::new().await;
    let sink = sink().await;
    let credential = w.credential("Relay").await;
    let account = w.account(login_draft("Alerts", &sink, credential.id)).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&seen);
    let events: Events = Arc::new(move |event| listener.lock().expect("one at a time").push(event));
    let test = TestDraft { mode: TestMode::Check, ..test_draft() };
    let done =
        w.service.account_test(&w.admin, account.id, test, events, CancellationToken::new()).await.expect("ends");
    assert_eq!(done.outcome, Outcome::Passed);
    assert!(sink.messages().is_empty(), "a check sends nothing");
    let seen = seen.lock().expect("over");
    assert_eq!(seen.last(), Some(&TestEvent::Done(done)));
    assert!(seen.iter().any(
        |event| matches!(event, TestEvent::Step(step) if step.step == Step::Auth && step.state == StepState::Passed)
    ));
    let lines = serde_json::to_string(&*seen).expect("serialises");
    assert!(!lines.contains(crate::harness::SECRET), "{lines}");
}

#[tokio::test]
async fn two_at_once_and_the_third_waits() {
    let w = World::new().await;
    // Takes the connection and says nothing.
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("binds");
    let port = mute.local_addr().expect("bound").port().to_string();
    let account = w.account(AccountDraft { port, ..account_draft("Alerts") }).await;
    let cancel = CancellationToken::new();
    let (mut running, mut held) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        let (service, admin, cancel) = (w.service.clone(), w.admin.clone(), cancel.clone());
        running.push(tokio::spawn(async move {
            service.account_test(&admin, account.id, test_draft(), silent(), cancel).await
        }));
        // A connection let go of ends the test that made it, and its place is free.
        held.push(mute.accept().await.expect("dialled"));
    }
    let third = w.service.account_test(&w.admin, account.id, test_draft(), silent(), CancellationToken::new()).await;
    assert_eq!(third, Err(Failure::TooMany { retry_after_s: 5 }));
    cancel.cancel();
    for task in running {
        let done = task.await.expect("runs").expect("ends");
        assert!(matches!(done.outcome, Outcome::Cancelled | Outcome::Failed), "{done:?}");
    }
}

#[tokio::test]
async fn who_stops_listening_ends_the_session_and_the_log_hears_of_it() {
    let w = World::new().await;
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("binds");
    let port = mute.local_addr().expect("bound").port().to_string();
    let account = w.account(AccountDraft { port, ..account_draft("Alerts") }).await;
    let test = w.service.account_test(&w.admin, account.id, test_draft(), silent(), CancellationToken::new());
    tokio::select! {
        done = test => panic!("ended by itself: {done:?}"),
        held = mute.accept() => { held.expect("dialled"); }
    }
    for _ in 0..200 {
        if w.log().await.iter().any(|(_, detail)| detail.contains("outcome: cancelled")) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the log never heard of it");
}

#[tokio::test]
async fn through_a_connector_and_not_through_a_disabled_one() {
    use domain::connector::ConnectorDraft;
    let w = World::new().await;
    let sink = open_sink().await;
    let proxy = Connector::start(ConnectorOptions::default()).await;
    let draft = ConnectorDraft {
        name: "DMZ".into(),
        host: "127.0.0.1".into(),
        port: proxy.port().to_string(),
        ..ConnectorDraft::default()
    };
    let connector = w.service.connector_create(&w.admin, draft.clone()).await.expect("creates");
    let account = w.account(AccountDraft { use_connector: true, connector_id: Some(connector.id), ..at(&sink) }).await;
    let done = w.test(&account).await;
    assert_eq!(done.outcome, Outcome::Delivered, "{done:?}");
    assert_eq!(proxy.targets(), [format!("127.0.0.1:{}", sink.port())]);
    let answers = w.service.connector_test(&w.admin, connector.id, CancellationToken::new()).await.expect("answers");
    assert!(answers.ok, "{answers:?}");
    let off = ConnectorDraft { enabled: false, ..draft };
    w.service.connector_update(&w.admin, connector.id, connector.version, off).await.expect("disables");
    let done = w.test(&account).await;
    assert_eq!((diagnosis(&done), done.stage), ("connector_disabled", Some(Step::Connector)));
    assert_eq!(proxy.targets().len(), 1, "nothing was dialled");
}

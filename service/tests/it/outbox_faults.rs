//! What goes wrong on the way: each ends in a state that says why, and nothing is lost, sent twice unsaid, or tried for ever.

use crate::{
    harness::{SECRET, World, account_draft, credential_draft, login_draft, sink},
    outbox::{at, draft, header, options},
};
use domain::{
    AccountId, MessageId, Secret,
    account::{Account, AccountDraft},
    credential::CredentialDraft,
    message::{AttemptOutcome, MessageStatus, SendingLimits},
    notification::{AccountRef, AttachmentDraft, NotificationDraft},
};
use service::Budget;
use std::{collections::HashSet, time::Duration};
use testkit::{Act, ScriptedServer, SinkOptions, SmtpSink};

const MINUTE: i64 = 60_000;

fn count(sink: &SmtpSink, word: &str) -> usize {
    String::from_utf8_lossy(&sink.clear_bytes()).matches(word).count()
}

async fn failover(w: &World, from: &Account, to: AccountId) {
    let limits = SendingLimits { failover_id: Some(to), ..SendingLimits::default() };
    w.service.account_sending_update(&w.admin, from.id, limits).await.expect("sets");
}

/// An account whose server is not there.
async fn nowhere(w: &World, name: &str) -> Account {
    w.account(AccountDraft { port: "1".into(), ..account_draft(name) }).await
}

#[tokio::test]
async fn a_refused_password_is_tried_once_until_it_is_changed() {
    let w = World::new().await;
    let sink = sink().await;
    let wrong = CredentialDraft { secret: Some(Secret::new("wrong")), ..credential_draft("Relay") };
    let credential = w.service.credential_create(&w.admin, wrong.clone()).await.expect("creates");
    let account = w.account(login_draft("Alerts", &sink, credential.id)).await;
    let mut ids = Vec::new();
    for index in 0..30 {
        ids.push(w.submit(draft(&format!("{index}"))).await);
    }
    w.pump().await;
    w.clock.advance(60 * MINUTE);
    w.pump().await;
    assert_eq!(count(&sink, "AUTH PLAIN"), 1, "once for all of them");
    let sending = w.service.account_sending_get(&w.admin, account.id).await.expect("there");
    let reason = sending.reason.expect("why");
    assert_eq!((reason.code.as_str(), sending.halted_at.is_some()), ("auth_refused", true));
    assert!(reason.reply.starts_with("535 "), "{reason:?}");
    for id in &ids {
        assert_eq!(w.state(*id).await, (MessageStatus::Waiting, "auth_refused".into()));
    }
    let tried = w.message(ids[0]).await;
    assert_eq!(tried.history.last().expect("a try").outcome, Some(AttemptOutcome::Config));

    // What does not change it changes nothing.
    let named = AccountDraft { name: "Renamed".into(), ..AccountDraft::from(&account) };
    w.service.account_update(&w.admin, account.id, account.version, named).await.expect("saves");
    w.pump().await;
    assert_eq!(count(&sink, "AUTH PLAIN"), 1);
    let right = CredentialDraft { secret: Some(Secret::new(SECRET)), ..wrong };
    let version = w.service.credential_get(&w.admin, credential.id).await.expect("there").version;
    w.service.credential_update(&w.admin, credential.id, version, right).await.expect("saves");
    w.pump().await;
    assert_eq!((w.count("sent").await, sink.messages().len()), (30, 30));
    let sending = w.service.account_sending_get(&w.admin, account.id).await.expect("there");
    assert_eq!((sending.reason, sending.halted_at), (None, None));
}

#[tokio::test]
async fn a_disabled_account_keeps_its_messages() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(account_draft("Default")).await;
    let account = w.account(at("Alerts", &sink)).await;
    let id = w.submit(NotificationDraft { account: Some(AccountRef::Id(account.id)), ..draft("x") }).await;
    w.service.account_set_enabled(&w.admin, account.id, false).await.expect("disables");
    w.pump().await;
    assert_eq!(w.state(id).await, (MessageStatus::Waiting, "account_disabled".into()));
    w.service.account_set_enabled(&w.admin, account.id, true).await.expect("enables");
    w.pump().await;
    assert_eq!(w.state(id).await.0, MessageStatus::Sent);
}

#[tokio::test]
async fn greylisting_is_waited_out_for_the_one_it_concerns() {
    let w = World::new().await;
    let grey = SinkOptions {
        greylisted: vec![("bob@example.org".into(), 1)],
        refused_recipients: vec!["gone@example.org".into()],
        ..options()
    };
    let sink = SmtpSink::start(grey).await;
    w.account(at("Alerts", &sink)).await;
    let to = ["ann@example.org", "bob@example.org", "gone@example.org"].map(str::to_owned).to_vec();
    let id = w.submit(NotificationDraft { to, ..draft("x") }).await;
    w.pump().await;
    let message = w.message(id).await;
    let states =
        |m: &domain::message::Message| m.recipients.iter().map(|r| r.status.code()).collect::<Vec<_>>().join(" ");
    assert_eq!((message.status, states(&message).as_str()), (MessageStatus::Waiting, "sent waiting error"));
    assert!(message.due.expect("a time").0 >= w.clock.now().0 + 5 * MINUTE);
    w.clock.advance(4 * MINUTE);
    w.pump().await;
    assert_eq!(sink.messages().len(), 1);
    w.clock.advance(3 * MINUTE);
    w.pump().await;
    let message = w.message(id).await;
    assert_eq!((message.status, states(&message).as_str()), (MessageStatus::Sent, "sent sent error"));
    let reason = message.reason.expect("not for all");
    assert_eq!(
        (reason.code.as_str(), reason.params.as_slice()),
        ("some_refused", &["gone@example.org".to_owned()][..])
    );
    let got: Vec<_> = sink.messages().iter().map(|mail| mail.rcpt_to.join(" ")).collect();
    assert_eq!(got, ["ann@example.org", "bob@example.org"], "each once");
    let ids: HashSet<_> = sink.messages().iter().map(|mail| header(&mail.message, "Message-ID")).collect();
    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn a_server_that_hangs_anywhere() {
    let stages: [(&[Act], &str, AttemptOutcome); 6] = [
        (&[], "greeting_timeout", AttemptOutcome::Retry),
        (&[Act::Send(b"220 x\r\n".to_vec())], "reply_timeout", AttemptOutcome::Retry),
        (
            &[Act::Send(b"220 x\r\n".to_vec()), Act::Expect("EHLO"), Act::Send(b"250 x\r\n".to_vec())],
            "reply_timeout",
            AttemptOutcome::Retry,
        ),
        (
            &[
                Act::Send(b"220 x\r\n".to_vec()),
                Act::Expect("EHLO"),
                Act::Send(b"250 x\r\n".to_vec()),
                Act::Expect("MAIL"),
                Act::Send(b"250 x\r\n".to_vec()),
            ],
            "reply_timeout",
            AttemptOutcome::Retry,
        ),
        (
            &[
                Act::Send(b"220 x\r\n".to_vec()),
                Act::Expect("EHLO"),
                Act::Send(b"250 x\r\n".to_vec()),
                Act::Expect("MAIL"),
                Act::Send(b"250 x\r\n".to_vec()),
                Act::Expect("RCPT"),
                Act::Send(b"250 x\r\n".to_vec()),
            ],
            "reply_timeout",
            AttemptOutcome::Retry,
        ),
        (
            &[
                Act::Send(b"220 x\r\n".to_vec()),
                Act::Expect("EHLO"),
                Act::Send(b"250 x\r\n".to_vec()),
                Act::Expect("MAIL"),
                Act::Send(b"250 x\r\n".to_vec()),
                Act::Expect("RCPT"),
                Act::Send(b"250 x\r\n".to_vec()),
                Act::Expect("DATA"),
                Act::Send(b"354 x\r\n".to_vec()),
                Act::TakeMessage,
            ],
            "no_confirmation",
            AttemptOutcome::Unknown,
        ),
    ];
    for (index, (begins, code, outcome)) in stages.into_iter().enumerate() {
        let w = World::new().await;
        let short = Duration::from_millis(150);
        w.service.outbox_budget_set(Budget {
            greeting: short,
            command: short,
            data: short,
            dot: short,
            ..Budget::test()
        });
        let script = [begins, &[Act::Hang]].concat();
        let server = ScriptedServer::start(script, None).await;
        w.account(AccountDraft { port: server.port().to_string(), ..account_draft("Alerts") }).await;
        let id = w.submit(draft("x")).await;
        w.pump().await;
        let message = w.message(id).await;
        let reason = message.reason.clone().expect("why");
        assert_eq!((message.status, reason.code.as_str()), (MessageStatus::Waiting, code), "{index} {message:?}");
        assert_eq!(message.history.last().expect("a try").outcome, Some(outcome), "{index}");
        assert_eq!(message.possible_duplicate, outcome == AttemptOutcome::Unknown, "{index}");
        assert!(message.due.expect("again").0 > w.clock.now().0, "{index}");
    }
}

#[tokio::test]
async fn a_message_too_large_for_the_server_is_not_begun() {
    let w = World::new().await;
    let small = SmtpSink::start(options()).await;
    let large = SmtpSink::start(SinkOptions { capabilities: vec!["PIPELINING".into()], ..options() }).await;
    w.account(at("Small", &small)).await;
    let other = w.account(at("Large", &large)).await;
    let file = |megabytes: usize| {
        let content = "QUJD".repeat(megabytes * 1_000_000 / 3);
        vec![AttachmentDraft { name: "a.bin".into(), media_type: String::new(), content }]
    };
    let id = w.submit(NotificationDraft { attachments: file(12), ..draft("x") }).await;
    let through = NotificationDraft { account: Some(AccountRef::Id(other.id)), attachments: file(30), ..draft("y") };
    let sent = w.submit(through).await;
    w.pump().await;
    let message = w.message(id).await;
    let reason = message.reason.expect("why");
    assert_eq!((message.status, reason.code.as_str()), (MessageStatus::Error, "message_too_large"));
    assert_eq!(reason.params[0], "10485760");
    assert_eq!(count(&small, "MAIL FROM"), 0);
    assert_eq!(w.state(sent).await.0, MessageStatus::Sent);
    assert!(large.messages()[0].message.len() > 40_000_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_messages_over_few_connections() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let mut submitting = tokio::task::JoinSet::new();
    for part in 0..10 {
        let (service, admin) = (w.service.clone(), w.admin.clone());
        submitting.spawn(async move {
            for index in 0..500 {
                let to = vec![format!("user{part}.{index}@example.org")];
                service
                    .notification_submit(&admin, NotificationDraft { to, ..draft("x") }, None)
                    .await
                    .expect("accepted");
            }
        });
    }
    submitting.join_all().await;
    w.pump().await;
    assert_eq!(w.count("sent").await, 5000);
    let to: HashSet<_> = sink.messages().into_iter().flat_map(|mail| mail.rcpt_to).collect();
    assert_eq!((to.len(), sink.messages().len()), (5000, 5000));
    assert!(count(&sink, "EHLO") <= 25, "{} connections", count(&sink, "EHLO"));
}

#[tokio::test]
async fn s32_an_account_that_is_down_for_a_day() {
    let w = World::new().await;
    let down = nowhere(&w, "Alerts").await;
    for index in 0..300 {
        w.submit(draft(&format!("{index}"))).await;
    }
    let mut tries = 0;
    for _ in 0..24 * 6 {
        let before = w.service.account_sending_get(&w.admin, down.id).await.expect("there").failures;
        w.pump().await;
        let sending = w.service.account_sending_get(&w.admin, down.id).await.expect("there");
        tries += sending.failures - before;
        w.clock.advance(10 * MINUTE);
    }
    assert!(tries <= 5 + 24 * 6, "{tries} connections in a day, not one for each message");
    let sending = w.service.account_sending_get(&w.admin, down.id).await.expect("there");
    assert_eq!(sending.reason.expect("why").code, "connection_refused");
    assert_eq!(w.state(MessageId(300)).await, (MessageStatus::Waiting, "connection_refused".into()));
    // It returns: one goes first, then all of them, over few connections.
    let sink = SmtpSink::start(options()).await;
    let version = w.service.account_get(&w.admin, down.id).await.expect("there").version;
    let back = AccountDraft { is_default: true, ..at("Alerts", &sink) };
    w.service.account_update(&w.admin, down.id, version, back).await.expect("saves");
    for _ in 0..40 {
        w.clock.advance(15 * MINUTE);
        w.pump().await;
    }
    assert_eq!((w.count("sent").await, sink.messages().len()), (300, 300));
    assert!(count(&sink, "EHLO") <= 20 + 40, "{}", count(&sink, "EHLO"));
    assert_eq!(w.service.account_sending_get(&w.admin, down.id).await.expect("there").failures, 0);
}

#[tokio::test]
async fn s33_another_account_takes_over_and_the_first_is_still_known_to_have_failed() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    let first = nowhere(&w, "First").await;
    let second = w.account(at("Second", &sink)).await;
    failover(&w, &first, second.id).await;
    let id = w.submit(draft("x")).await;
    w.pump().await;
    let message = w.message(id).await;
    assert_eq!(message.status, MessageStatus::Sent);
    let ends: Vec<_> = message.history.iter().filter_map(|line| Some((line.account.as_str(), line.outcome?))).collect();
    assert_eq!(ends, [("First", AttemptOutcome::Failover), ("Second", AttemptOutcome::Delivered)]);
    let troubled = w.service.account_sending_troubled(&w.admin).await.expect("lists");
    assert_eq!((troubled.len(), troubled[0].account_id, troubled[0].failures), (1, first.id, 1));
}

#[tokio::test]
async fn s33_two_accounts_that_fail_do_not_play_ping_pong() {
    let w = World::new().await;
    let (first, second) = (nowhere(&w, "First").await, nowhere(&w, "Second").await);
    failover(&w, &first, second.id).await;
    failover(&w, &second, first.id).await;
    let id = w.submit(draft("x")).await;
    for _ in 0..60 {
        w.pump().await;
        w.clock.advance(MINUTE);
    }
    let message = w.message(id).await;
    assert_eq!(message.status, MessageStatus::Waiting);
    assert!(message.attempts <= 10, "{} in an hour", message.attempts);
    for _ in 0..50 {
        w.clock.advance(60 * MINUTE);
        w.pump().await;
    }
    let message = w.message(id).await;
    assert_eq!((message.status, message.reason.expect("why").code.as_str()), (MessageStatus::Error, "expired"));
    assert!(message.attempts <= 40, "{} in two days", message.attempts);
}

#[tokio::test]
async fn a_halted_accounts_messages_go_through_the_other() {
    let w = World::new().await;
    let (locked, open) = (sink().await, SmtpSink::start(options()).await);
    let wrong = CredentialDraft { secret: Some(Secret::new("wrong")), ..credential_draft("Relay") };
    let credential = w.service.credential_create(&w.admin, wrong).await.expect("creates");
    let first = w.account(login_draft("First", &locked, credential.id)).await;
    let second = w.account(at("Second", &open)).await;
    failover(&w, &first, second.id).await;
    for index in 0..20 {
        w.submit(draft(&format!("{index}"))).await;
    }
    w.pump().await;
    assert_eq!((w.count("sent").await, open.messages().len()), (20, 20));
    assert_eq!(count(&locked, "AUTH PLAIN"), 1);
    let sending = w.service.account_sending_get(&w.admin, first.id).await.expect("there");
    assert_eq!(sending.reason.expect("why").code, "auth_refused");
}

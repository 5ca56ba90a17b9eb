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
use service::{Budget, CancellationToken};
use std::{collections::HashSet, time::Duration};
use store::AttemptRecord;
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

/// A message that a worker claimed before it was killed; `marked`: its final dot was about to go out.
async fn left_behind(w: &World, account: AccountId, marked: bool) -> MessageId {
    let id = w.submit(draft("x")).await;
    let store = w.by_hand().await;
    let mut tx = store.write().await.expect("writes");
    let now = w.clock.now();
    let claimed = tx.message_claim(account, now, now.plus_ms(40 * MINUTE), 1).await.expect("claims");
    assert_eq!(claimed[0].id, id);
    if marked {
        let mark = AttemptRecord {
            message: id,
            number: claimed[0].attempt,
            at: now,
            account_id: account,
            account: "Alerts".into(),
            outcome: None,
            stage: None,
            reason: domain::message::Reason::default(),
            ms: 0,
            stages: vec![],
        };
        tx.attempt_insert(&mark).await.expect("marks");
    }
    tx.commit().await.expect("commits");
    store.close().await;
    id
}

async fn wait_until_sent(w: &World, id: MessageId) {
    for _ in 0..500 {
        if w.state(id).await.0 == MessageStatus::Sent {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("not sent: {:?}", w.message(id).await);
}

#[tokio::test]
async fn s05_s07_what_a_killed_worker_leaves_behind_is_sent_by_the_next() {
    for marked in [false, true] {
        let w = World::new().await;
        let sink = SmtpSink::start(options()).await;
        let account = w.account(at("Alerts", &sink)).await;
        let id = left_behind(&w, account.id, marked).await;
        w.pump().await;
        assert_eq!(w.state(id).await.0, MessageStatus::Sending, "its lease holds");
        let stop = CancellationToken::new();
        let worker = tokio::spawn({
            let (service, stop) = (w.service.clone(), stop.clone());
            async move { service.outbox_run(stop).await }
        });
        wait_until_sent(&w, id).await;
        stop.cancel();
        worker.await.expect("ends");
        let message = w.message(id).await;
        assert_eq!(message.possible_duplicate, marked);
        let unknown = message.history.iter().filter(|line| line.outcome == Some(AttemptOutcome::Unknown)).count();
        assert_eq!(unknown, usize::from(marked));
        let [mail] = sink.messages().try_into().expect("one");
        assert_eq!(header(&mail.message, "Message-ID"), Some(format!("<{}>", message.message_id)));
    }
}

#[tokio::test]
async fn s10_a_lease_that_ends_gives_the_message_back() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    let account = w.account(at("Alerts", &sink)).await;
    let id = left_behind(&w, account.id, false).await;
    w.clock.advance(41 * MINUTE);
    w.pump().await;
    let message = w.message(id).await;
    assert_eq!((message.status, message.attempts), (MessageStatus::Sent, 2));
}

#[tokio::test]
async fn s08_no_answer_to_the_dot_is_sent_again_under_the_same_id_and_says_so() {
    let w = World::new().await;
    let replies = |last: Act| {
        let mut script = vec![Act::send("220 x\r\n"), Act::Expect("EHLO"), Act::send("250 x\r\n")];
        for (verb, reply) in [("MAIL", "250 x\r\n"), ("RCPT", "250 x\r\n"), ("DATA", "354 x\r\n")] {
            script.extend([Act::Expect(verb), Act::send(reply)]);
        }
        script.extend([Act::TakeMessage, last]);
        script
    };
    let cut = ScriptedServer::start(replies(Act::Close), None).await;
    let account = w.account(AccountDraft { port: cut.port().to_string(), ..account_draft("Alerts") }).await;
    let id = w.submit(draft("x")).await;
    w.pump().await;
    let first = header(&cut.recording().message.expect("taken"), "Message-ID");
    assert_eq!(w.state(id).await, (MessageStatus::Waiting, "no_confirmation".into()));
    let sink = SmtpSink::start(options()).await;
    let back = AccountDraft { is_default: true, ..at("Alerts", &sink) };
    w.service.account_update(&w.admin, account.id, account.version, back).await.expect("saves");
    w.clock.advance(2 * MINUTE);
    w.pump().await;
    let message = w.message(id).await;
    assert!(message.status == MessageStatus::Sent && message.possible_duplicate, "{message:?}");
    assert_eq!(header(&sink.messages()[0].message, "Message-ID"), first);
}

#[tokio::test]
async fn s12_two_processes_and_one_worker() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let second =
        service::Service::open(crate::harness::settings(&w.directory), w.clock.clone()).await.expect("opens too");
    let (stop_first, stop_second) = (CancellationToken::new(), CancellationToken::new());
    let run = |service: service::Service, stop: CancellationToken| {
        tokio::spawn(async move { service.outbox_run(stop).await })
    };
    let first_run = run(w.service.clone(), stop_first.clone());
    let second_run = run(second.clone(), stop_second.clone());
    let mut ids = Vec::new();
    for index in 0..50 {
        let service = if index % 2 == 0 { &w.service } else { &second };
        ids.push(service.notification_submit(&w.admin, draft(&format!("{index}")), None).await.expect("accepted"));
    }
    w.service.message_resume(&w.admin, ids[0]).await.expect_err("not paused");
    stop_first.cancel();
    first_run.await.expect("ends");
    // The other takes over.
    for id in &ids {
        wait_until_sent(&w, *id).await;
    }
    stop_second.cancel();
    second_run.await.expect("ends");
    second.close().await;
    assert_eq!(sink.messages().len(), 50, "each once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_waits_for_more_than_its_own_wake() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let stop = CancellationToken::new();
    let worker = tokio::spawn({
        let (service, stop) = (w.service.clone(), stop.clone());
        async move { service.outbox_run(stop).await }
    });
    // One after another, each while the lane of the one before is about to end.
    for count in 1..=60 {
        w.submit(draft("x")).await;
        let arrived = tokio::time::timeout(Duration::from_secs(10), sink.wait_for(count)).await;
        assert_eq!(arrived.expect("sent without another wake").len(), count);
    }
    stop.cancel();
    worker.await.expect("ends");
}

#[tokio::test]
async fn s18_while_nothing_can_be_written_nothing_is_claimed() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let id = w.submit(draft("x")).await;
    // Another program holds the only lock: to whoever wants to write, that is a disk that takes nothing.
    let other = w.by_hand().await;
    let hold = other.write().await.expect("locks");
    w.service.outbox_tick().await.expect_err("it finds out before it claims");
    w.service.outbox_settled().await;
    drop(hold);
    let message = w.message(id).await;
    assert_eq!((message.status, message.attempts, sink.messages().len()), (MessageStatus::Waiting, 0, 0));
    w.pump().await;
    assert_eq!((w.state(id).await.0, w.message(id).await.attempts, sink.messages().len()), (MessageStatus::Sent, 1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s18_a_message_that_can_not_be_marked_is_not_sent_and_was_not_tried() {
    let w = World::new().await;
    let script = [
        Act::send("220 x\r\n"),
        Act::Expect("EHLO"),
        Act::send("250 x\r\n"),
        Act::Expect("MAIL"),
        Act::send("250 x\r\n"),
        Act::Expect("RCPT"),
        Act::Pause(Duration::from_millis(500)),
        Act::send("250 x\r\n"),
        Act::Expect("DATA"),
        Act::send("354 x\r\n"),
        Act::TakeMessage,
        Act::send("250 taken\r\n"),
    ];
    let server = ScriptedServer::start(script, None).await;
    w.account(AccountDraft { port: server.port().to_string(), ..account_draft("Alerts") }).await;
    let id = w.submit(draft("x")).await;
    let other = w.by_hand().await;
    w.service.outbox_tick().await.expect("ticks");
    server.reached(7).await;
    let hold = other.write().await.expect("locks, with the message claimed and its recipient asked for");
    // The writer's patience is five seconds.
    tokio::time::sleep(Duration::from_secs(7)).await;
    drop(hold);
    w.service.outbox_settled().await;
    let message = w.message(id).await;
    assert_eq!((message.status, message.reason, message.history.len()), (MessageStatus::Waiting, None, 0));
    assert!(!message.possible_duplicate && message.due == Some(w.clock.now()), "{:?}", message.due);
    assert_eq!(server.recording().message, None, "no dot without its mark");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_locked_again_and_again_delays_and_loses_nothing() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let stop = CancellationToken::new();
    let worker = tokio::spawn({
        let (service, stop) = (w.service.clone(), stop.clone());
        async move { service.outbox_run(stop).await }
    });
    let other = w.by_hand().await;
    let locking = tokio::spawn(async move {
        for _ in 0..15 {
            let hold = other.write().await.expect("locks");
            tokio::time::sleep(Duration::from_millis(100)).await;
            drop(hold);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    for index in 0..200 {
        w.submit(draft(&format!("{index}"))).await;
    }
    locking.await.expect("ends");
    sink.wait_for(200).await;
    stop.cancel();
    worker.await.expect("ends");
    assert_eq!((w.count("sent").await, sink.messages().len()), (200, 200), "each once");
}

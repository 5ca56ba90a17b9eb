//! What goes wrong on our side: workers killed, leases that end, a database that takes nothing. Nothing is lost, or sent twice unsaid.

use crate::{
    harness::{World, account_draft},
    outbox::{at, draft, header, options},
};
use domain::{
    AccountId, MessageId,
    account::AccountDraft,
    message::{AttemptOutcome, MessageStatus},
};
use service::CancellationToken;
use std::time::Duration;
use store::AttemptRecord;
use testkit::{Act, ScriptedServer, SmtpSink};

const MINUTE: i64 = 60_000;

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

//! The Outbox's rows: accepted together, claimed once, recorded by the claim that holds them, found again.

use crate::harness::{Database, account, open, place};
use domain::{
    AccountId, EmailAddress, MessageId, UnixMillis,
    message::{AttemptOutcome, MessageKind, MessageStatus, Reason, RecipientState, SendingLimits},
    notification::Priority,
    report::{Query, ReportName},
    session_test::Step,
};
use store::{AttemptRecord, HaltRecord, MessageChange, MessageResult, NewMessage, Store};

const NOW: UnixMillis = UnixMillis(1_795_299_160_000);
const MINUTE: i64 = 60_000;

pub fn message(account: AccountId, subject: &str) -> NewMessage {
    NewMessage {
        account_id: account,
        account: "Alerts".into(),
        sender: "alerts@example.com".into(),
        kind: MessageKind::Notification,
        priority: Priority::Normal,
        subject: subject.into(),
        to: vec![EmailAddress::parse("ann@example.org").expect("valid")],
        message_id: "1@example.com".into(),
        created_by: "portal".into(),
        created_at: NOW,
        expires_at: NOW.plus_ms(60 * MINUTE),
        resent_from: None,
        size: 7,
        content: b"content".to_vec(),
    }
}

async fn world() -> (Database, AccountId) {
    let db = Database::new().await;
    let id = add_account(&db.store, "Alerts").await;
    (db, id)
}

async fn add_account(store: &Store, name: &str) -> AccountId {
    let mut tx = store.write().await.expect("writes");
    let new = account(name, |_| {});
    let id = tx.account_insert(&new, &place(&new)).await.expect("inserts");
    tx.commit().await.expect("commits");
    id
}

async fn accept(store: &Store, messages: &[NewMessage]) -> Vec<MessageId> {
    let mut tx = store.write().await.expect("writes");
    let ids = tx.message_insert_many(messages).await.expect("inserts");
    tx.commit().await.expect("commits");
    ids
}

async fn claim(store: &Store, account: AccountId, now: UnixMillis, limit: u32) -> Vec<(i64, u32)> {
    let mut tx = store.write().await.expect("writes");
    let claimed = tx.message_claim(account, now, now.plus_ms(MINUTE), limit).await.expect("claims");
    tx.commit().await.expect("commits");
    claimed.iter().map(|message| (message.id.0, message.attempt)).collect()
}

fn result(id: MessageId, attempt: u32, change: MessageChange) -> MessageResult {
    MessageResult { id, attempt, change, possible_duplicate: false, recipients: vec![] }
}

fn sent() -> MessageChange {
    MessageChange::Sent { mta: "250 queued".into(), reason: None }
}

async fn record(store: &Store, result: &MessageResult) -> bool {
    let mut tx = store.write().await.expect("writes");
    let current = tx.message_record(result).await.expect("records");
    tx.commit().await.expect("commits");
    current
}

async fn status(store: &Store, id: MessageId) -> MessageStatus {
    store.read().await.expect("reads").message_get(id).await.expect("reads").expect("there").status
}

#[tokio::test]
async fn s01_killed_before_the_commit_there_is_no_message() {
    let (db, account) = world().await;
    let mut tx = db.store.write().await.expect("writes");
    tx.message_insert_many(&[message(account, "lost")]).await.expect("inserts");
    drop(tx);
    let again = open(&db.directory).await;
    assert_eq!(again.read().await.expect("reads").report_count(ReportName::Outbox).await.expect("counts"), 0);
}

#[tokio::test]
async fn s04_a_message_goes_with_the_transaction_it_is_part_of() {
    let (db, account) = world().await;
    let mut tx = db.store.write().await.expect("writes");
    tx.message_insert_many(&[message(account, "report")]).await.expect("inserts");
    tx.parameters_set(&domain::parameters::Parameters { footer: "x".into(), ..Default::default() })
        .await
        .expect("sets");
    drop(tx);
    let mut tx = db.store.read().await.expect("reads");
    assert_eq!(tx.report_count(ReportName::Outbox).await.expect("counts"), 0);
    assert_eq!(tx.parameters_get().await.expect("gets").footer, "");
}

#[tokio::test]
async fn many_at_once_keep_their_order_and_ids_are_never_used_again() {
    let (db, account) = world().await;
    let messages: Vec<_> = (0..100).map(|index| message(account, &format!("m{index}"))).collect();
    let ids = accept(&db.store, &messages).await;
    assert_eq!(ids, (1..=100).map(MessageId).collect::<Vec<_>>());
    let stored = db.store.read().await.expect("reads").message_get(MessageId(57)).await.expect("reads").expect("there");
    assert_eq!((stored.subject.as_str(), stored.content.as_slice()), ("m56", &b"content"[..]));
    let mut tx = db.store.write().await.expect("writes");
    for id in &ids {
        tx.message_status_set(*id, &[MessageStatus::Waiting], MessageStatus::Canceled, None).await.expect("cancels");
    }
    assert_eq!(tx.message_forget(NOW.plus_ms(1), 1000).await.expect("forgets"), 100);
    tx.commit().await.expect("commits");
    assert_eq!(accept(&db.store, &messages[..1]).await, [MessageId(101)]);
}

#[tokio::test]
async fn urgent_ones_first_each_claimed_once() {
    let (db, account) = world().await;
    let other = add_account(&db.store, "Other").await;
    let of = |priority| NewMessage { priority, ..message(account, "x") };
    accept(&db.store, &[of(Priority::Low), of(Priority::Normal), of(Priority::High), message(other, "y")]).await;
    assert_eq!(claim(&db.store, account, NOW.plus_ms(-1), 10).await, [], "nothing is due yet");
    assert_eq!(claim(&db.store, account, NOW, 2).await, [(3, 1), (2, 1)]);
    assert_eq!(claim(&db.store, account, NOW, 2).await, [(1, 1)]);
    assert_eq!(claim(&db.store, account, NOW, 2).await, []);
    assert_eq!(claim(&db.store, other, NOW, 2).await, [(4, 1)]);
}

#[tokio::test]
async fn s09_what_is_recorded_is_never_claimed_again() {
    let (db, account) = world().await;
    let ids = accept(&db.store, &[message(account, "x")]).await;
    claim(&db.store, account, NOW, 1).await;
    assert!(record(&db.store, &result(ids[0], 1, sent())).await);
    let again = open(&db.directory).await;
    assert_eq!(claim(&again, account, NOW.plus_ms(1000 * MINUTE), 1).await, []);
    assert_eq!(status(&again, ids[0]).await, MessageStatus::Sent);
}

#[tokio::test]
async fn s10_a_late_result_of_an_older_claim_is_refused() {
    let (db, account) = world().await;
    let ids = accept(&db.store, &[message(account, "x")]).await;
    claim(&db.store, account, NOW, 1).await;
    // Its lease ends, it is put back and claimed by another.
    let later = NOW.plus_ms(2 * MINUTE);
    let stranded = db.store.read().await.expect("reads").message_stranded(later).await.expect("asks");
    assert_eq!((stranded.len(), stranded[0].committing), (1, false));
    let back = MessageChange::Waiting { due: later, route: account, reason: None, counted: false };
    assert!(record(&db.store, &result(ids[0], 1, back)).await);
    assert_eq!(claim(&db.store, account, later, 1).await, [(1, 2)]);
    assert!(!record(&db.store, &result(ids[0], 1, sent())).await, "the frozen one wakes up");
    assert_eq!(status(&db.store, ids[0]).await, MessageStatus::Sending);
    assert!(record(&db.store, &result(ids[0], 2, sent())).await);
    let failed = MessageChange::Error { reason: Reason::new("late") };
    assert!(!record(&db.store, &result(ids[0], 1, failed)).await);
    assert_eq!(status(&db.store, ids[0]).await, MessageStatus::Sent);
}

#[tokio::test]
async fn s07_a_mark_before_the_dot_is_found_after_the_lease() {
    let (db, account) = world().await;
    let ids = accept(&db.store, &[message(account, "x")]).await;
    claim(&db.store, account, NOW, 1).await;
    let mark = AttemptRecord {
        message: ids[0],
        number: 1,
        at: NOW,
        account_id: account,
        account: "Alerts".into(),
        outcome: None,
        stage: Some(Step::Data),
        reason: Reason::default(),
        ms: 0,
        stages: vec![(Step::Tcp, 3), (Step::Data, 12)],
    };
    let mut tx = db.store.write().await.expect("writes");
    let claims = [(ids[0], 1), (ids[0], 0), (MessageId(99), 1)];
    let current = tx.message_claims_current(&claims).await.expect("asks");
    assert_eq!(current, [true, false, false], "a claim that is over may not send");
    tx.attempt_insert_many(&[&mark]).await.expect("marks");
    tx.commit().await.expect("commits");
    let end = AttemptRecord {
        outcome: Some(AttemptOutcome::Unknown),
        reason: Reason::new("no_confirmation").with("60"),
        ..mark.clone()
    };
    let mut tx = db.store.write().await.expect("writes");
    assert!(tx.message_stranded(NOW.plus_ms(2 * MINUTE)).await.expect("asks")[0].committing);
    tx.attempt_insert(&end).await.expect("ends");
    tx.commit().await.expect("commits");
    let log = db.store.read().await.expect("reads").attempt_list(ids[0], 10).await.expect("reads");
    assert_eq!(log.iter().map(|line| line.outcome).collect::<Vec<_>>(), [None, Some(AttemptOutcome::Unknown)]);
    assert_eq!(log[1].reason, end.reason);
    assert_eq!(log[1].stages, end.stages);
    let refused = db.by_hand("UPDATE attempts SET outcome = 'delivered'").await.expect_err("append-only");
    assert!(refused.contains("attempts_append_only"), "{refused}");
}

#[tokio::test]
async fn many_ends_at_once_each_by_its_claim() {
    let (db, account) = world().await;
    let ids = accept(&db.store, &vec![message(account, "x"); 23]).await;
    claim(&db.store, account, NOW, 23).await;
    let mut tx = db.store.write().await.expect("writes");
    let mut ends: Vec<_> = ids.iter().map(|id| (*id, 1, "250 \"ok\"")).collect();
    ends[5].1 = 7;
    let current = tx.message_record_sent(&ends).await.expect("records");
    tx.commit().await.expect("commits");
    assert_eq!(current.len(), 22);
    assert!(!current.contains(&ids[5]));
    assert_eq!(status(&db.store, ids[5]).await, MessageStatus::Sending);
    let stored = db.store.read().await.expect("reads").message_get(ids[22]).await.expect("reads").expect("there");
    assert_eq!((stored.status, stored.mta.as_str()), (MessageStatus::Sent, "250 \"ok\""));
}

#[tokio::test]
async fn recipients_that_fare_differently() {
    let (db, account) = world().await;
    let ids = accept(&db.store, &[message(account, "x")]).await;
    let state = |address: &str, status| RecipientState {
        address: EmailAddress::parse(address).expect("valid"),
        status,
        reply: "450 later".into(),
    };
    for (attempt, second) in [(1, MessageStatus::Waiting), (2, MessageStatus::Sent)] {
        claim(&db.store, account, NOW, 1).await;
        let mut result = result(
            ids[0],
            attempt,
            MessageChange::Waiting { due: NOW, route: account, reason: Some(Reason::new("r")), counted: true },
        );
        result.recipients = vec![state("a@b.example", MessageStatus::Sent), state("c@d.example", second)];
        assert!(record(&db.store, &result).await);
        let known = db.store.read().await.expect("reads").message_recipients(ids[0]).await.expect("reads");
        assert_eq!(known, result.recipients);
    }
    let stored = db.store.read().await.expect("reads").message_get(ids[0]).await.expect("reads").expect("there");
    assert_eq!((stored.tries, stored.reason), (2, Some(Reason::new("r"))));
}

#[tokio::test]
async fn what_waits_too_long_expires_and_says_what_for() {
    let (db, account) = world().await;
    let ids = accept(&db.store, &[message(account, "x"), message(account, "y")]).await;
    claim(&db.store, account, NOW, 1).await;
    let waits = MessageChange::Waiting {
        due: NOW.plus_ms(MINUTE),
        route: account,
        reason: Some(Reason::new("connection_refused")),
        counted: true,
    };
    record(&db.store, &result(ids[0], 1, waits)).await;
    let mut tx = db.store.write().await.expect("writes");
    assert_eq!(tx.message_expire(NOW.plus_ms(59 * MINUTE), 100).await.expect("expires"), 0);
    assert_eq!(tx.message_expire(NOW.plus_ms(60 * MINUTE), 100).await.expect("expires"), 2);
    let stored = tx.message_get(ids[0]).await.expect("reads").expect("there");
    assert_eq!(
        (stored.status, stored.reason),
        (MessageStatus::Error, Some(Reason::new("expired").with("connection_refused")))
    );
}

#[tokio::test]
async fn an_account_sends_by_its_own_limits_until_it_is_deleted() {
    let (db, first) = world().await;
    let second = add_account(&db.store, "Other").await;
    let mut tx = db.store.write().await.expect("writes");
    let limits = SendingLimits { connections: 3, per_minute: 60, failover_id: Some(first) };
    assert!(tx.sending_limits_set(second, &limits).await.expect("sets"));
    let halt = HaltRecord { at: NOW, reason: Reason::new("auth_refused"), stamp: "s".into() };
    tx.sending_halt_set(second, Some(&halt)).await.expect("halts");
    let state = tx.sending_get(second).await.expect("reads").expect("made with its account");
    assert_eq!(
        (state.sending.limits, state.sending.reason, state.halt_stamp.as_str()),
        (limits, Some(halt.reason), "s")
    );
    assert_eq!(tx.sending_list_troubled().await.expect("reads").len(), 1);
    let ids = tx.message_insert_many(&[message(second, "x")]).await.expect("inserts");
    assert_eq!(tx.message_reroute(second, first, NOW, 10).await.expect("reroutes"), 1);
    assert!(tx.account_delete(second).await.expect("deletes"));
    let stored = tx.message_get(ids[0]).await.expect("reads").expect("there");
    assert_eq!((stored.status, stored.reason), (MessageStatus::Error, Some(Reason::new("account_deleted"))));
    assert!(!stored.account_exists);
}

#[tokio::test]
async fn the_search_index_may_be_behind_and_finds_the_same() {
    let (db, account) = world().await;
    let messages: Vec<_> = (0..60).map(|index| message(account, &format!("Ação {index} 50%_"))).collect();
    accept(&db.store, &messages).await;
    let find = async |subject: &str| {
        let query = Query::from_pairs(ReportName::Outbox, [("subject", subject), ("size", "10")]);
        let mut tx = db.store.read().await.expect("reads");
        let page = tx.report_page(ReportName::Outbox, &query).await.expect("a page");
        (page.matching, page.rows.first().map(domain::report::Row::id), page.at_least)
    };
    for behind in [60, 35, 10, 0] {
        assert_eq!(db.store.read().await.expect("reads").search_behind().await.expect("asks"), behind);
        assert_eq!(find("acao").await, (60, Some(60), false));
        assert_eq!(find("ÃO 5").await, (11, Some(60), false));
        assert_eq!(find("0%_").await, (60, Some(60), false));
        assert_eq!(find("5 50%").await, (6, Some(56), false));
        assert_eq!(find("% ").await.0, 60, "two letters, and one of them a blank that is dropped");
        assert_eq!(find("nowhere").await, (0, None, false));
        let mut tx = db.store.write().await.expect("writes");
        tx.search_advance(25).await.expect("indexes");
        tx.commit().await.expect("commits");
    }
    let mut tx = db.store.write().await.expect("writes");
    tx.message_status_set(MessageId(60), &[MessageStatus::Waiting], MessageStatus::Canceled, None)
        .await
        .expect("cancels");
    tx.message_forget(NOW.plus_ms(1), 10).await.expect("forgets");
    tx.commit().await.expect("commits");
    assert_eq!(find("acao").await, (59, Some(59), false));
}

#[tokio::test]
async fn s12_one_worker_for_a_database() {
    let db = Database::new().await;
    let second = open(&db.directory).await;
    let lock = db.store.worker_lock().expect("asks").expect("free");
    assert!(second.worker_lock().expect("asks").is_none());
    drop(lock);
    assert!(second.worker_lock().expect("asks").is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn s21_a_long_reader_and_twenty_writers() {
    let (db, account) = world().await;
    accept(&db.store, &[message(account, "before")]).await;
    let mut reader = db.store.read().await.expect("reads");
    assert_eq!(reader.report_count(ReportName::Outbox).await.expect("counts"), 1);
    let second = open(&db.directory).await;
    let writers: Vec<_> = (0..20)
        .map(|index| {
            let store = if index % 2 == 0 { db.store.clone() } else { second.clone() };
            tokio::spawn(async move {
                for _ in 0..5 {
                    accept(&store, &[message(account, "x")]).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("writes");
    }
    assert_eq!(reader.report_count(ReportName::Outbox).await.expect("counts"), 1, "a snapshot");
    drop(reader);
    let mut reader = db.store.read().await.expect("reads");
    assert_eq!(reader.report_count(ReportName::Outbox).await.expect("counts"), 101);
}

#[tokio::test]
async fn beyond_what_is_counted_the_newest_are_shown_and_the_page_says_so() {
    let (db, account) = world().await;
    let messages: Vec<_> = (0..11_000)
        .map(|index| NewMessage {
            subject: format!("{} {index:05}", if index % 100 == 0 { "rare" } else { "common" }),
            created_at: NOW.plus_ms(index),
            ..message(account, "")
        })
        .collect();
    accept(&db.store, &messages).await;
    let mut tx = db.store.write().await.expect("writes");
    tx.search_advance(11_000).await.expect("indexes");
    tx.commit().await.expect("commits");
    let ask = async |pairs: &[(&str, &str)]| {
        let query = Query::from_pairs(ReportName::Outbox, pairs.iter().copied().chain([("size", "10")]));
        let page = db.store.read().await.expect("reads").report_page(ReportName::Outbox, &query).await.expect("a page");
        let ids: Vec<_> = page.rows.iter().map(domain::report::Row::id).collect();
        (page.matching, page.at_least, page.number, ids.first().copied(), ids.last().copied())
    };
    assert_eq!(ask(&[]).await, (11_000, false, 1, Some(11_000), Some(10_991)));
    assert_eq!(ask(&[("page", "1100")]).await, (11_000, false, 1100, Some(10), Some(1)));
    assert_eq!(ask(&[("page", "9999"), ("sort", "subject")]).await, (11_000, false, 1100, Some(10_001), Some(10_901)));
    assert_eq!(ask(&[("subject", "common")]).await, (10_000, true, 1, Some(11_000), Some(10_991)));
    assert_eq!(ask(&[("status", "waiting"), ("page", "9999")]).await.2, 1000);
    assert_eq!(ask(&[("subject", "rare")]).await, (110, false, 1, Some(10_901), Some(10_001)));
    assert_eq!(
        ask(&[("subject", "rare"), ("sort", "at"), ("page", "11")]).await,
        (110, false, 11, Some(10_001), Some(10_901))
    );
    assert_eq!(ask(&[("subject", "rare"), ("status", "sent")]).await, (0, false, 1, None, None));
    assert_eq!(ask(&[("id", "5-8"), ("subject", "common")]).await, (4, false, 1, Some(8), Some(5)));
}

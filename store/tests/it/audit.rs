//! The chain of the audit log: whatever is changed past the code is found, and named by its first line.

use crate::harness::{Database, open};
use domain::{AuditId, UnixMillis};
use store::{AuditChain, AuditFault, NewAuditEntry, Store};

async fn write(store: &Store, subjects: &[&str]) {
    let mut tx = store.write().await.expect("writes");
    for subject in subjects {
        let entry = NewAuditEntry {
            at: UnixMillis(1_795_299_160_123),
            actor: "ann".into(),
            origin: "192.0.2.1".into(),
            action: "account.changed",
            subject: (*subject).into(),
            detail: "host: a → b".into(),
        };
        tx.audit_insert(&entry).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
}

async fn verify(store: &Store) -> AuditChain {
    store.read().await.expect("reads").audit_verify().await.expect("verifies")
}

/// As somebody has it who owns the file: first the triggers go, then comes the statement.
async fn tampered(statement: &str) -> Option<AuditFault> {
    let db = Database::new().await;
    write(&db.store, &["one", "two", "three", "four", "five"]).await;
    assert_eq!(verify(&db.store).await.fault, None);
    for trigger in ["audit_is_never_changed", "audit_is_never_deleted", "audit_is_never_replaced"] {
        db.by_hand(&format!("DROP TRIGGER {trigger}")).await.expect("drops");
    }
    db.by_hand(statement).await.expect(statement);
    verify(&db.store).await.fault
}

#[tokio::test]
async fn w54_a_change_by_hand_is_found_at_its_first_line() {
    let line = |id| Some(AuditFault::Line(AuditId(id)));
    for (statement, fault) in [
        ("UPDATE audit SET actor = 'bob' WHERE id = 3", line(3)),
        ("UPDATE audit SET at = at + 1 WHERE id = 1", line(1)),
        ("UPDATE audit SET origin = '' WHERE id = 5", line(5)),
        ("UPDATE audit SET action = 'account.deleted' WHERE id = 2", line(2)),
        ("UPDATE audit SET subject = subject || detail, detail = '' WHERE id = 2", line(2)),
        ("UPDATE audit SET hash = zeroblob(32) WHERE id = 4", line(4)),
        ("UPDATE audit SET hash = NULL WHERE id > 3", line(4)),
        ("UPDATE audit SET detail = CAST(x'ff' AS TEXT) WHERE id = 4", line(4)),
        ("DELETE FROM audit WHERE id = 2", line(3)),
        ("DELETE FROM audit WHERE id = 1", line(2)),
        ("DELETE FROM audit WHERE id > 3", Some(AuditFault::End)),
        ("DELETE FROM audit", Some(AuditFault::End)),
        ("UPDATE audit SET id = CASE id WHEN 2 THEN 30 ELSE 20 END WHERE id IN (2, 3)", line(4)),
        (
            "INSERT INTO audit SELECT 9, at, actor, actor_fold, origin, origin_fold, action, subject, subject_fold, \
             detail, detail_fold, NULL FROM audit WHERE id = 1",
            line(9),
        ),
        (
            "INSERT OR REPLACE INTO audit SELECT 3, at, actor, actor_fold, origin, origin_fold, action, subject, \
             subject_fold, detail, detail_fold, hash FROM audit WHERE id = 1",
            line(3),
        ),
        ("UPDATE audit SET actor_fold = 'x'", None),
    ] {
        assert_eq!(tampered(statement).await, fault, "{statement}");
    }
}

#[tokio::test]
async fn w54_lines_are_only_ever_added() {
    let db = Database::new().await;
    write(&db.store, &["one", "two"]).await;
    let before = verify(&db.store).await;
    for statement in [
        "UPDATE audit SET actor = 'bob'",
        "UPDATE audit SET hash = NULL",
        "DELETE FROM audit WHERE id = 2",
        "INSERT OR REPLACE INTO audit SELECT 2, at, 'bob', 'bob', origin, origin_fold, action, subject, subject_fold, \
         detail, detail_fold, hash FROM audit WHERE id = 1",
    ] {
        let refused = db.by_hand(statement).await.expect_err(statement);
        assert!(refused.contains("audit_append_only"), "{statement}: {refused}");
    }
    assert_eq!(verify(&db.store).await, before);
}

#[tokio::test]
async fn w54_the_chain_covers_what_was_written_before_there_was_one() {
    let db = Database::new().await;
    for subject in ["old one", "old two"] {
        let statement = format!(
            "INSERT INTO audit (at, actor, actor_fold, origin, origin_fold, action, subject, subject_fold, detail, \
             detail_fold) VALUES (1, 'ann', 'ann', '', '', 'x', '{subject}', '', '', '')"
        );
        db.by_hand(&statement).await.expect("inserts");
    }
    write(&db.store, &["three"]).await;
    write(&db.store, &["four"]).await;
    let chain = verify(&db.store).await;
    assert_eq!((chain.lines, chain.fault), (4, None));
    db.by_hand("DROP TRIGGER audit_is_never_changed").await.expect("drops");
    db.by_hand("UPDATE audit SET subject = 'else' WHERE id = 1").await.expect("changes");
    assert_eq!(verify(&db.store).await.fault, Some(AuditFault::Line(AuditId(3))), "the first line that is chained");
}

#[tokio::test]
async fn w54_a_transaction_that_ends_badly_and_a_restart_leave_the_chain_whole() {
    let db = Database::new().await;
    assert_eq!(verify(&db.store).await, AuditChain { lines: 0, head: [0; 32], fault: None });
    write(&db.store, &["one"]).await;
    let mut tx = db.store.write().await.expect("writes");
    let entry = NewAuditEntry {
        at: UnixMillis(0),
        actor: String::new(),
        origin: String::new(),
        action: "x",
        subject: String::new(),
        detail: String::new(),
    };
    tx.audit_insert(&entry).await.expect("inserts");
    drop(tx);
    let head = verify(&db.store).await.head;
    db.store.close().await;
    let store = open(&db.directory).await;
    write(&store, &["two", "three"]).await;
    let chain = verify(&store).await;
    assert_eq!((chain.lines, chain.fault), (3, None));
    assert_ne!(chain.head, head);
    let backup = db.directory.path().join("copy.db");
    store.backup(&backup).await.expect("copies");
    let copy = Store::open(&format!("sqlite://{}", backup.display())).await.expect("opens");
    assert_eq!(verify(&copy).await, chain, "a copy has the same");
}

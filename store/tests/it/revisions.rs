//! How often each report has changed, whoever writes.

use crate::harness::{Database, account, place};
use domain::report::ReportName;
use store::Revisions;

async fn now(db: &Database) -> Revisions {
    db.store.changed_since(None).await.expect("asks").expect("always, to who knows nothing").1
}

/// The reports whose number is another one.
fn moved(before: &Revisions, after: &Revisions) -> Vec<&'static str> {
    let changed = |report: &ReportName| before.of(*report) != after.of(*report);
    let mut moved: Vec<_> = ReportName::ALL.into_iter().filter(changed).map(ReportName::code).collect();
    if before.people() != after.people() {
        moved.push("people");
    }
    moved.sort_unstable();
    moved
}

#[tokio::test]
async fn each_change_moves_what_shows_it_and_nothing_else() {
    let db = Database::new().await;
    let mut tx = db.store.write().await.expect("writes");
    for name in ["One", "Two"] {
        let new = account(name, |_| {});
        tx.account_insert(&new, &place(&new)).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    for (statement, wanted) in [
        ("UPDATE accounts SET name = 'Uno', name_fold = 'uno' WHERE id = 1", "accounts connectors credentials"),
        ("UPDATE accounts SET enabled = 1, version = version + 1 WHERE id = 2", "accounts"),
        ("UPDATE default_account SET account_id = 2", "accounts"),
        (
            "INSERT INTO account_tests (account_id, at, actor, passed, outcome, stage, duration_ms, reply, diagnosis) \
             VALUES (1, 1, 'a', 1, 'delivered', '', 1, '', '')",
            "accounts",
        ),
        ("DELETE FROM account_tests", "accounts"),
        (
            "INSERT INTO credentials (name, name_fold, kind, user_name, user_name_fold, secret_set_at) \
             VALUES ('c', 'c', 'password', '', '', 1)",
            "credentials",
        ),
        (
            "INSERT INTO connectors (name, name_fold, kind, host, host_fold, port, enabled) \
             VALUES ('k', 'k', 'socks5', 'h', 'h', 1080, 1)",
            "connectors",
        ),
        ("UPDATE connectors SET credential_id = 1", "connectors credentials"),
        ("UPDATE connectors SET port = 1081", "connectors"),
        ("UPDATE accounts SET credential_id = 1 WHERE id = 1", "accounts connectors credentials"),
        ("INSERT INTO data_keys VALUES ('d', x'00', x'00', 1)", ""),
        ("INSERT INTO sealed_secrets VALUES (1, 'p', 'd', x'00', x'00', 1)", "accounts"),
        ("UPDATE sealed_secrets SET ciphertext = x'01'", ""),
        ("DELETE FROM sealed_secrets", "accounts"),
        ("DELETE FROM accounts WHERE id = 1", "accounts connectors credentials"),
        ("DELETE FROM connectors", "connectors credentials"),
        ("DELETE FROM credentials", "credentials"),
        (
            "INSERT INTO users (name, name_fold, role, enabled, password_hash) VALUES ('a', 'a', 'viewer', 1, '')",
            "users",
        ),
        ("UPDATE users SET last_sign_in = 1", "users"),
        ("UPDATE users SET password_hash = 'x'", ""),
        ("UPDATE users SET role = 'operator'", "people users"),
        ("INSERT INTO sessions VALUES (x'01', 1, 1, 1, '')", ""),
        ("UPDATE sessions SET last_seen_at = 2", ""),
        ("DELETE FROM sessions", "people"),
        ("DELETE FROM users", "users"),
        (
            "INSERT INTO tokens (name, name_fold, role, token_hash, created_by, created_by_fold, created_at) \
             VALUES ('t', 't', 'viewer', zeroblob(32), '', '', 1)",
            "tokens",
        ),
        ("UPDATE tokens SET revoked_at = 1", "tokens"),
        (
            "INSERT INTO audit (at, actor, actor_fold, origin, origin_fold, action, subject, subject_fold, detail, \
             detail_fold) VALUES (1, '', '', '', '', 'x', '', '', '', '')",
            "audit",
        ),
        (
            "INSERT INTO messages (status, account_id, route, rank, due, created_at, expires_at, size) \
             VALUES ('waiting', 2, 2, 1, 1, 1, 1, 1)",
            "",
        ),
        ("UPDATE parameters SET footer = 'x'", ""),
    ] {
        let before = now(&db).await;
        db.by_hand(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        assert_eq!(moved(&before, &now(&db).await).join(" "), wanted, "{statement}");
    }
}

#[tokio::test]
async fn a_report_has_its_number_in_each_snapshot() {
    let db = Database::new().await;
    let mut before = db.store.read().await.expect("reads");
    let known = before.revision(ReportName::Accounts).await.expect("reads").expect("counted");
    let (seen, _) = db.store.changed_since(None).await.expect("asks").expect("something");
    assert!(db.store.changed_since(Some(seen)).await.expect("asks").is_none(), "nothing was written");

    let new = account("One", |_| {});
    let mut tx = db.store.write().await.expect("writes");
    tx.account_insert(&new, &place(&new)).await.expect("inserts");
    tx.commit().await.expect("commits");

    let (_, revisions) = db.store.changed_since(Some(seen)).await.expect("asks").expect("something was written");
    assert_eq!(before.revision(ReportName::Accounts).await.expect("reads").as_ref(), Some(&known));
    let after = db.store.read().await.expect("reads").revision(ReportName::Accounts).await.expect("reads");
    let after = after.expect("counted");
    assert!(after != known && revisions.of(ReportName::Accounts) == Some(&after), "{known} {after}");
    for uncounted in [ReportName::Outbox, ReportName::Schedules] {
        assert_eq!(revisions.of(uncounted), None);
    }
}

/// Since any revision, the accounts that are others are those whose rows differ, and hardly any besides.
#[tokio::test]
async fn each_revision_says_which_accounts_it_was_about() {
    let db = Database::new().await;
    let mut tx = db.store.write().await.expect("writes");
    for name in ["One", "Two", "Three", "Four"] {
        let new = account(name, |_| {});
        tx.account_insert(&new, &place(&new)).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    for statement in [
        "INSERT INTO credentials (name, name_fold, kind, user_name, user_name_fold, secret_set_at) \
         VALUES ('c', 'c', 'password', '', '', 1)",
        "INSERT INTO data_keys VALUES ('d', x'00', x'00', 1)",
    ] {
        db.by_hand(statement).await.expect("writes");
    }
    let since = async |revision: &str, most| {
        let mut tx = db.store.read().await.expect("reads");
        tx.account_ids_since(revision, most).await.expect("reads")
    };
    let revision = async || {
        let mut tx = db.store.read().await.expect("reads");
        tx.revision(ReportName::Accounts).await.expect("reads").expect("counted")
    };
    let begin = revision().await;
    let mut all = Vec::new();
    for (statement, wanted) in [
        ("UPDATE accounts SET name = 'Uno', name_fold = 'uno' WHERE id = 1", &[1_i64][..]),
        ("UPDATE default_account SET account_id = 2", &[1, 2]),
        (
            "INSERT INTO account_tests (account_id, at, actor, passed, outcome, stage, duration_ms, reply, diagnosis) \
             VALUES (3, 1, 'a', 1, 'delivered', '', 1, '', '')",
            &[3],
        ),
        ("UPDATE accounts SET credential_id = 1 WHERE id IN (3, 4)", &[3, 4]),
        ("INSERT INTO sealed_secrets VALUES (1, 'p', 'd', x'00', x'00', 1)", &[3, 4]),
        ("UPDATE sealed_secrets SET ciphertext = x'01'", &[]),
        ("DELETE FROM sealed_secrets", &[3, 4]),
        ("UPDATE account_tests SET passed = 0", &[3]),
        ("DELETE FROM account_tests", &[3]),
        ("DELETE FROM accounts WHERE id = 1", &[1]),
        ("DELETE FROM account_sending", &[]),
        ("UPDATE accounts SET id = 9 WHERE id = 4", &[4, 9]),
    ] {
        let before = revision().await;
        db.by_hand(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        assert_eq!(since(&before, 10).await.as_deref(), Some(wanted), "{statement}");
        all.extend_from_slice(wanted);
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(since(&begin, 10).await, Some(all));
    assert_eq!(since(&begin, 4).await, None, "too many");
    let (number, mark) = begin.split_once('-').expect("both");
    let mark: i64 = mark.parse().expect("a number");
    for other in [format!("{number}-{}", mark ^ 1), "99999-1".to_owned(), number.to_owned(), String::new()] {
        assert_eq!(since(&other, 10).await, None, "{other}");
    }
    // Given a second time, a number is another revision.
    let known = revision().await;
    let number = known.split_once('-').expect("both").0;
    db.by_hand("UPDATE revisions SET number = number - 1 WHERE name = 'accounts'").await.expect("writes");
    while {
        db.by_hand("UPDATE accounts SET enabled = 0 WHERE id = 3").await.expect("writes");
        revision().await == known
    } {
        db.by_hand("UPDATE revisions SET number = number - 1 WHERE name = 'accounts'").await.expect("writes");
    }
    assert!(revision().await.starts_with(&format!("{number}-")), "{known}");
    assert_eq!(since(&known, 10).await, None);
    // What lies too far back is forgotten.
    db.by_hand("UPDATE revisions SET number = number + 20000 WHERE name = 'accounts'").await.expect("writes");
    db.by_hand("UPDATE accounts SET enabled = 0 WHERE id = 3").await.expect("writes");
    assert_eq!(since(&begin, 10).await, None);
}

//! What the tables hold whoever writes: one default account, unique names, nothing in use deleted, an administrator left.

use crate::harness::{Database, account, label, place};
use domain::{
    AccountId, Role, Secret, UnixMillis, connector::ConnectorDraft, credential::CredentialDraft, token::NewToken,
};
use store::{NewAuditEntry, NewTokenRow, StoreError};

async fn add(db: &Database, name: &str) -> AccountId {
    let mut tx = db.store.write().await.expect("writes");
    let new = account(name, |_| {});
    let id = tx.account_insert(&new, &place(&new)).await.expect("inserts");
    tx.commit().await.expect("commits");
    id
}

async fn default_of(db: &Database) -> Option<AccountId> {
    db.store.read().await.expect("reads").account_default().await.expect("asks").map(|account| account.id)
}

#[tokio::test]
async fn the_first_account_is_the_default_and_the_last_may_go() {
    let db = Database::new().await;
    let (first, second) = (add(&db, "first").await, add(&db, "second").await);
    assert_eq!(default_of(&db).await, Some(first));

    let mut tx = db.store.write().await.expect("writes");
    assert!(matches!(tx.account_delete(first).await, Err(StoreError::DefaultAccount)));
    assert!(matches!(tx.account_enabled_set(first, false).await, Err(StoreError::DefaultAccount)));
    tx.account_default_set(second).await.expect("moves");
    tx.commit().await.expect("commits");
    assert_eq!(default_of(&db).await, Some(second));

    let mut tx = db.store.write().await.expect("writes");
    assert!(tx.account_delete(first).await.expect("no longer the default"));
    assert!(tx.account_delete(second).await.expect("the very last"));
    tx.commit().await.expect("commits");
    assert_eq!(default_of(&db).await, None);
    let third = add(&db, "third").await;
    assert_eq!(default_of(&db).await, Some(third));
    assert!(third > second, "ids are never used again");
}

#[tokio::test]
async fn a_moved_default_counts_both_up() {
    let db = Database::new().await;
    let (first, second) = (add(&db, "first").await, add(&db, "second").await);
    for expected in [2, 2] {
        let mut tx = db.store.write().await.expect("writes");
        tx.account_default_set(second).await.expect("moves once, then does nothing");
        for id in [first, second] {
            let account = tx.account_get(id).await.expect("reads").expect("there");
            assert_eq!(account.version, expected);
            assert_eq!(account.settings.is_default, id == second);
        }
        tx.commit().await.expect("commits");
    }
}

#[tokio::test]
async fn statements_by_hand_are_held_to_the_same_rules() {
    let db = Database::new().await;
    let id = add(&db, "Zürich").await;
    add(&db, "other").await;
    let mut tx = db.store.write().await.expect("writes");
    tx.user_insert(&label("ann"), Role::Administrator, true, "x").await.expect("inserts");
    tx.user_insert(&label("bob"), Role::Viewer, true, "x").await.expect("inserts");
    let draft = CredentialDraft {
        name: "K".into(),
        user_name: "u".into(),
        secret: Some(Secret::new("s")),
        ..Default::default()
    };
    let credential = tx.credential_insert(&draft.parse(None).expect("valid"), UnixMillis(0)).await.expect("inserts");
    let draft = ConnectorDraft {
        name: "C".into(),
        host: "10.0.0.1".into(),
        credential_id: Some(credential),
        ..Default::default()
    };
    let connector = tx.connector_insert(&draft.parse().expect("valid")).await.expect("inserts");
    let through = account("through", |a| {
        a.use_connector = true;
        a.connector_id = Some(connector);
    });
    tx.account_insert(&through, &place(&through)).await.expect("inserts");
    let entry = NewAuditEntry {
        at: UnixMillis(0),
        actor: "ann".into(),
        origin: String::new(),
        action: "account.created",
        subject: "x".into(),
        detail: String::new(),
    };
    tx.audit_insert(&entry).await.expect("inserts");
    tx.commit().await.expect("commits");

    for (statement, refusal) in [
        (format!("UPDATE accounts SET enabled = 0 WHERE id = {id}"), "FOREIGN KEY"),
        (format!("DELETE FROM accounts WHERE id = {id}"), "default_account"),
        ("DELETE FROM accounts".into(), "default_account"),
        ("DELETE FROM default_account".into(), "default_account"),
        ("INSERT INTO default_account (id, account_id) VALUES (2, 2)".into(), "CHECK"),
        ("UPDATE default_account SET account_id = 99".into(), "FOREIGN KEY"),
        ("UPDATE default_account SET account_enabled = 0".into(), "CHECK"),
        ("UPDATE accounts SET name_fold = 'zurich' WHERE name = 'other'".into(), "UNIQUE"),
        ("UPDATE accounts SET port = 0".into(), "CHECK"),
        ("UPDATE accounts SET authentication = 1 WHERE credential_id IS NULL".into(), "CHECK"),
        ("UPDATE accounts SET credential_id = 99".into(), "FOREIGN KEY"),
        ("DELETE FROM credentials".into(), "FOREIGN KEY"),
        ("DELETE FROM connectors".into(), "FOREIGN KEY"),
        ("UPDATE users SET enabled = 0 WHERE name = 'ann'".into(), "last_administrator"),
        ("UPDATE users SET role = 'viewer' WHERE name = 'ann'".into(), "last_administrator"),
        ("DELETE FROM users WHERE name = 'ann'".into(), "last_administrator"),
        ("UPDATE audit SET actor = 'bob'".into(), "audit_append_only"),
        ("DELETE FROM audit".into(), "audit_append_only"),
        ("UPDATE accounts SET enabled = 'yes'".into(), "cannot store TEXT"),
    ] {
        let error = db.by_hand(&statement).await.expect_err(&statement);
        assert!(error.contains(refusal), "{statement}: {error}");
    }
    assert_eq!(db.by_hand("UPDATE users SET role = 'administrator' WHERE name = 'bob'").await, Ok(1));
    assert_eq!(db.by_hand("UPDATE users SET enabled = 0 WHERE name = 'ann'").await, Ok(1));
}

#[tokio::test]
async fn names_are_unique_without_regard_to_case_or_accents() {
    let db = Database::new().await;
    add(&db, "São Paulo").await;
    let mut tx = db.store.write().await.expect("writes");
    let same = account("SAO PAULO", |_| {});
    assert!(matches!(tx.account_insert(&same, &place(&same)).await, Err(StoreError::NameTaken)));
}

#[tokio::test]
async fn of_two_editors_one_is_told() {
    let db = Database::new().await;
    let id = add(&db, "first").await;
    let mut tx = db.store.write().await.expect("writes");
    let (a, b) = (account("a", |_| {}), account("b", |_| {}));
    assert!(tx.account_update(id, 1, &a, &place(&a)).await.expect("the first editor"));
    assert!(!tx.account_update(id, 1, &b, &place(&b)).await.expect("the second"));
    let stored = tx.account_get(id).await.expect("reads").expect("there");
    assert_eq!((stored.version, stored.settings.name.as_str()), (2, "a"));
}

/// Sixteen writers that do anything at all; at no moment does anybody see two defaults, or none among accounts.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_writers_leave_exactly_one_default() {
    let db = std::sync::Arc::new(Database::new().await);
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..16_i64 {
        let db = std::sync::Arc::clone(&db);
        writers.spawn(async move {
            for round in 0..8_i64 {
                let mut tx = db.store.write().await.expect("waits its turn");
                let new = account(&format!("w{writer} r{round}"), |a| a.is_default = (writer + round) % 3 == 0);
                let id = tx.account_insert(&new, &place(&new)).await.expect("inserts");
                tx.commit().await.expect("commits");
                let mut tx = db.store.write().await.expect("waits its turn");
                let chosen = AccountId(id.0 - (writer * 7 + round) % 5);
                let done = match (writer + round) % 4 {
                    0 => tx.account_delete(chosen).await.map(drop),
                    1 => tx.account_enabled_set(chosen, false).await,
                    2 => match tx.account_get(chosen).await.expect("reads") {
                        Some(found) if found.settings.enabled => tx.account_default_set(chosen).await,
                        _ => Ok(()),
                    },
                    _ => tx.account_delete(id).await.map(drop),
                };
                match done {
                    Ok(()) => tx.commit().await.expect("commits"),
                    Err(StoreError::DefaultAccount) => drop(tx),
                    Err(other) => panic!("{other}"),
                }
                let rows =
                    db.store.read().await.expect("reads").report_rows(domain::report::ReportName::Accounts).await;
                let rows = rows.expect("reads");
                let defaults: Vec<_> = rows.iter().filter(|row| row.get(7).as_bool()).collect();
                assert_eq!(defaults.len(), usize::from(!rows.is_empty()));
                assert!(defaults.iter().all(|row| row.get(6).as_bool()), "the default is enabled");
            }
        });
    }
    while let Some(result) = writers.join_next().await {
        result.expect("no writer fails");
    }
}

#[tokio::test]
async fn a_revoked_token_stays_revoked_and_leaves_its_name() {
    let db = Database::new().await;
    let new = NewToken { name: label("CI"), role: Role::Viewer };
    let row = |hash| NewTokenRow { new: &new, hash, created_by: "ann", created_at: UnixMillis(1) };
    let mut tx = db.store.write().await.expect("writes");
    let id = tx.token_insert(&row(&[1; 32])).await.expect("inserts");
    assert!(matches!(tx.token_insert(&row(&[2; 32])).await, Err(StoreError::NameTaken)));
    assert!(tx.token_revoke(id, UnixMillis(5)).await.expect("revokes"));
    assert!(!tx.token_revoke(id, UnixMillis(9)).await.expect("was revoked"));
    tx.token_insert(&row(&[2; 32])).await.expect("the name is free again");
    tx.commit().await.expect("commits");
    let stored = db.store.read().await.expect("reads").token_by_hash(&[1; 32]).await.expect("reads").expect("stays");
    assert_eq!((stored.id, stored.revoked_at), (id, Some(UnixMillis(5))));
    for change in ["revoked_at = NULL", "role = 'administrator'", "token_hash = zeroblob(32)"] {
        let refused = db.by_hand(&format!("UPDATE tokens SET {change} WHERE id = {id}")).await.expect_err(change);
        assert!(refused.contains("token_revoked"), "{refused}");
    }
}

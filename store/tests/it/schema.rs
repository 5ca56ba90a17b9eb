//! The file itself: made with care, migrated once, refused when newer.

use crate::harness::{Database, open, url};
use store::{Store, StoreError};

#[tokio::test]
async fn directory_and_file_are_made_for_the_owner_alone() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("deep/er/postroom.db");
    let store = Store::open(&format!("sqlite://{}", path.display())).await.expect("opens");
    store.write().await.expect("writes").commit().await.expect("commits");
    for suffix in ["", "-wal", "-shm"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(format!("{}{suffix}", path.display())).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{suffix}");
    }
}

#[tokio::test]
async fn a_second_start_finds_what_the_first_wrote() {
    let db = Database::new().await;
    let mut tx = db.store.write().await.expect("writes");
    let parameters = domain::parameters::Parameters {
        footer: "—\nfoot".into(),
        footer_html: "<p>".into(),
        retention_days: 9,
        ..Default::default()
    };
    tx.parameters_set(&parameters).await.expect("sets");
    tx.commit().await.expect("commits");
    db.store.close().await;
    let again = open(&db.directory).await;
    assert_eq!(again.read().await.expect("reads").parameters_get().await.expect("gets"), parameters);
}

#[tokio::test]
async fn what_is_not_committed_is_not_there() {
    let db = Database::new().await;
    let mut tx = db.store.write().await.expect("writes");
    tx.parameters_set(&domain::parameters::Parameters { footer: "lost".into(), ..Default::default() })
        .await
        .expect("sets");
    drop(tx);
    assert_eq!(db.store.read().await.expect("reads").parameters_get().await.expect("gets").footer, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_programs_start_at_once() {
    let directory = tempfile::tempdir().expect("a directory");
    let starts: Vec<_> = (0..8)
        .map(|_| {
            let url = url(&directory);
            tokio::spawn(async move { Store::open(&url).await.map(drop) })
        })
        .collect();
    for start in starts {
        start.await.expect("runs").expect("opens");
    }
}

#[tokio::test]
async fn s28_a_newer_schema_is_refused_by_name() {
    let db = Database::new().await;
    db.by_hand(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'x', 1, x'00', 0)",
    )
    .await
    .expect("inserts");
    db.store.close().await;
    let error = Store::open(&url(&db.directory)).await.expect_err("newer");
    assert!(matches!(error, StoreError::Newer { found: 9999, known: 1.., .. }), "{error}");
    assert!(error.to_string().contains("newer Postroom"), "{error}");
    assert!(!error.to_string().contains('\n'));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postroom.db");
    let text = "not a database, and long enough to look at. ".repeat(100);
    std::fs::write(&path, &text).expect("writes");
    let error = Store::open(&url(&directory)).await.expect_err("no database").to_string();
    assert!(error.contains("postroom.db") && error.contains("not a database"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).expect("reads"), text);
}

#[tokio::test]
async fn a_backup_is_a_whole_database() {
    let db = Database::new().await;
    let mut read = db.store.read().await.expect("reads");
    read.ping().await.expect("answers");
    let backup = db.directory.path().join("copy.db");
    db.store.backup(&backup).await.expect("copies while a reader reads");
    let copy = Store::open(&format!("sqlite://{}", backup.display())).await.expect("a whole database");
    copy.read().await.expect("reads").ping().await.expect("answers");
}

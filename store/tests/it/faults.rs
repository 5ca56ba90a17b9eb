//! What happens to the files from outside, and what holds all the same: settings that make a commit last, files that are
//! cut or taken away, copies, long readers.

use crate::{
    harness::{Database, account, open, place, url},
    outbox::message,
};
use domain::{AccountId, report::ReportName};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use store::{NewMessage, Store, StoreError, StoreResult};

/// Accepts one more.
async fn accept(store: &Store, size: usize) -> StoreResult<()> {
    let mut tx = store.write().await?;
    tx.message_insert_many(&[NewMessage { content: vec![b'x'; size], ..message(AccountId(1), "x") }]).await?;
    tx.commit().await
}

async fn count(store: &Store) -> u64 {
    store.read().await.expect("reads").report_count(ReportName::Outbox).await.expect("counts")
}

fn log_of(database: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", database.display()))
}

#[tokio::test]
async fn s22_a_long_reader_keeps_the_log_and_its_end_lets_it_be_used_again() {
    let db = Database::new().await;
    let size = || fs::metadata(log_of(&db.path())).expect("there").len();
    let reader = db.store.read_long().await.expect("reads");
    let mut reader = Some(reader);
    reader.as_mut().expect("reads").ping().await.expect("a snapshot");
    for _ in 0..200 {
        accept(&db.store, 100_000).await.expect("accepts");
    }
    let grown = size();
    assert!(grown > 20_000_000, "nothing of it is thrown away under the reader: {grown}");
    reader.take();
    for _ in 0..400 {
        accept(&db.store, 100_000).await.expect("accepts");
    }
    assert!(size() < grown + 10_000_000, "twice as much again went into the same log: {}", size());
}

#[tokio::test]
async fn s23_nothing_is_written_to_files_that_are_no_longer_there() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 6] = [
        ("deleted", |path| fs::remove_file(path).expect("deletes")),
        ("moved away", |path| fs::rename(path, path.with_extension("away")).expect("moves")),
        ("replaced", |path| {
            fs::copy(path, path.with_extension("copy")).expect("copies");
            fs::rename(path.with_extension("copy"), path).expect("replaces");
        }),
        ("cut", |path| {
            fs::OpenOptions::new().write(true).open(path).and_then(|file| file.set_len(4096)).expect("cuts");
        }),
        ("its log deleted", |path| fs::remove_file(log_of(path)).expect("deletes")),
        ("its log cut", |path| {
            fs::OpenOptions::new().write(true).open(log_of(path)).and_then(|file| file.set_len(0)).expect("cuts");
        }),
    ];
    for (what, harm) in harms {
        let mut db = Database::new().await;
        // What was written so far goes from the log into the file.
        db.store.close().await;
        db.store = open(&db.directory).await;
        for _ in 0..3 {
            accept(&db.store, 100).await.expect("accepts");
        }
        db.store.intact().expect("all is well");
        harm(&db.path());
        for _ in 0..2 {
            let error = accept(&db.store, 100).await.expect_err(what);
            assert!(matches!(error, StoreError::Lost { .. }), "{what}: {error}");
        }
        let said = db.store.intact().expect_err(what).to_string();
        assert!(said.contains("postroom.db") && said.contains("until a restart") && !said.contains('\n'), "{said}");
    }
}

#[tokio::test]
async fn s23_a_commit_into_a_file_taken_away_meanwhile_is_no_success() {
    let db = Database::new().await;
    let mut tx = db.store.write().await.expect("writes");
    tx.message_insert_many(&[message(AccountId(1), "x")]).await.expect("inserts");
    fs::rename(db.path(), db.directory.path().join("away.db")).expect("moves");
    assert!(matches!(tx.commit().await, Err(StoreError::Lost { .. })));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s24_a_backup_under_load_is_whole_and_a_copied_file_is_not() {
    let db = Database::new().await;
    // All of it still in the log: as a copy of the file alone has it.
    accept(&db.store, 100).await.expect("accepts");
    let copied = db.directory.path().join("copied.db");
    fs::copy(db.path(), &copied).expect("copies");
    let writer = tokio::spawn({
        let store = db.store.clone();
        async move {
            for _ in 0..300 {
                accept(&store, 5_000).await.expect("accepts");
            }
        }
    });
    let mut backups = 0;
    while !writer.is_finished() {
        let before = count(&db.store).await;
        let path = db.directory.path().join(format!("backup{backups}.db"));
        db.store.backup(&path).await.expect("copies");
        let backup = Store::open(&format!("sqlite://{}", path.display())).await.expect("a whole database");
        let found = count(&backup).await;
        assert!(found >= before, "{found} of the {before} that were accepted before");
        backup.close().await;
        backups += 1;
    }
    writer.await.expect("writes");
    assert!(backups > 0);
    match Store::open(&format!("sqlite://{}", copied.display())).await {
        Ok(copy) => assert_eq!(count(&copy).await, 0, "what was acknowledged is not in it"),
        Err(error) => println!("the copied file does not even open: {error}"),
    }
}

/// Each waits its turn, and nobody is told of it as long as that takes no longer than the patience of five seconds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s21_a_database_locked_by_another_program() {
    let db = Database::new().await;
    let other = open(&db.directory).await;
    let hold = other.write().await.expect("locks");
    let waiting = tokio::spawn({
        let store = db.store.clone();
        async move { accept(&store, 100).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!waiting.is_finished());
    drop(hold);
    waiting.await.expect("runs").expect("its turn came");
    let _hold = other.write().await.expect("locks");
    let began = Instant::now();
    let error = accept(&db.store, 100).await.expect_err("locked for good");
    assert!(error.to_string().contains("locked"), "{error}");
    assert!((4..9).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    assert_eq!(count(&db.store).await, 1);
}

#[tokio::test]
async fn s19_a_file_that_may_not_be_written_is_refused_at_the_start() {
    // Root may write what nobody may: a folder in the place of the log keeps it from doing so.
    let db = Database::new().await;
    let mut tx = db.store.write().await.expect("writes");
    let new = account("Alerts", |_| {});
    tx.account_insert(&new, &place(&new)).await.expect("inserts");
    tx.commit().await.expect("commits");
    db.store.close().await;
    fs::create_dir(log_of(&db.path())).expect("makes");
    let error = Store::open(&url(&db.directory)).await.expect_err("no log can be written").to_string();
    assert!(error.contains("postroom.db") && !error.contains('\n'), "{error}");
    fs::remove_dir(log_of(&db.path())).expect("removes");
    let again = open(&db.directory).await;
    assert!(again.read().await.expect("reads").account_default().await.expect("reads").is_some(), "all is there");
}

#[tokio::test]
async fn s18_a_transaction_that_the_database_itself_took_back_is_not_the_last() {
    let db = Database::new().await;
    db.by_hand("CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ROLLBACK, 'no room'); END")
        .await
        .expect("makes");
    for _ in 0..3 {
        let error = accept(&db.store, 100).await.expect_err("taken back").to_string();
        assert!(error.contains("no room"), "{error}");
    }
    db.by_hand("DROP TRIGGER full").await.expect("drops");
    accept(&db.store, 100).await.expect("accepts again");
    assert_eq!(count(&db.store).await, 1);
}

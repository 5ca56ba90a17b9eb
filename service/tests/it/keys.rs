//! The master key: made once, never overwritten, refused when it does not fit, rotated.

use crate::harness::{World, login_draft, settings, sink};
use domain::{Failure, session_test::Outcome};
use service::{Clock, MasterKeySource, SecretString, Service, Settings};
use std::fs;

#[tokio::test]
async fn made_on_first_start_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mut w = World::new().await;
    assert_eq!(fs::metadata(w.key_file()).expect("there").permissions().mode() & 0o777, 0o600);
    let key = fs::read(w.key_file()).expect("reads");
    assert_eq!(key.len(), 65);
    w.reopen().await.expect("the same key");
    assert_eq!(fs::read(w.key_file()).expect("reads"), key);
}

#[tokio::test]
async fn s34_a_key_that_does_not_fit_refuses_to_start_and_changes_nothing() {
    let mut w = World::new().await;
    let sink = sink().await;
    let credential = w.credential("Relay").await;
    let account = w.account(login_draft("Alerts", &sink, credential.id)).await;
    let right = fs::read(w.key_file()).expect("reads");
    let wrong = "00".repeat(32);
    for (what, content, words) in [
        ("wrong", Some(wrong.as_str()), "not the key that this database was made with"),
        ("cut", Some("abcd"), "not 32 bytes"),
        ("empty", Some(""), "not 32 bytes"),
        ("missing", None, "missing; it is the key that this database was made with"),
    ] {
        match content {
            Some(content) => fs::write(w.key_file(), content).expect("writes"),
            None => fs::remove_file(w.key_file()).expect("removes"),
        }
        let error = w.reopen().await.expect_err(what).to_string();
        assert!(error.contains("master.key") && error.contains(words) && !error.contains('\n'), "{what}: {error}");
        let found = fs::read(w.key_file()).ok();
        assert_eq!(found.as_deref(), content.map(str::as_bytes), "{what}: never overwritten");
    }
    fs::write(w.key_file(), right).expect("writes");
    w.reopen().await.expect("opens again");
    assert_eq!(w.test(&account).await.outcome, Outcome::Delivered, "nothing was lost");
}

#[tokio::test]
async fn a_value_in_hex_or_base64() {
    let directory = tempfile::tempdir().expect("a directory");
    let open = |value: &str| {
        let master_key = MasterKeySource::Value(SecretString::from(value.to_owned()));
        Service::open(Settings { master_key, ..settings(&directory) }, Clock::system())
    };
    open(&"07".repeat(32)).await.expect("hex").close().await;
    open("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").await.expect("the same in base64").close().await;
    let error = open(&"08".repeat(32)).await.err().expect("another").to_string();
    assert!(error.contains("given as a value") && !error.contains("0808"), "{error}");
    assert!(open("short").await.is_err());
}

#[tokio::test]
async fn rotation_keeps_every_secret() {
    let mut w = World::new().await;
    let sink = sink().await;
    let credential = w.credential("Relay").await;
    let account = w.account(login_draft("Alerts", &sink, credential.id)).await;
    let old = fs::read(w.key_file()).expect("reads");
    assert_eq!(w.service.key_rotate().await, Ok(2), "the first data key, and a new one");
    let new = fs::read(w.key_file()).expect("reads");
    assert_ne!(old, new);
    assert_eq!(w.test(&account).await.outcome, Outcome::Delivered, "while it runs");
    w.reopen().await.expect("the new key");
    assert_eq!(w.test(&account).await.outcome, Outcome::Delivered);

    // Killed between the store's commit and the file's change: the new key still lies beside the old one.
    let next = w.directory.path().join("master.key.next");
    fs::write(&next, &new).expect("writes");
    fs::write(w.key_file(), &old).expect("writes");
    w.reopen().await.expect("finds the key that fits");
    assert_eq!(fs::read(w.key_file()).expect("reads"), new);
    assert!(!next.exists());
    fs::write(w.key_file(), &old).expect("writes");
    assert!(w.reopen().await.is_err(), "the old key opens nothing any more");
}

#[tokio::test]
async fn what_is_sealed_after_a_rotation_is_sealed_with_a_key_of_its_own() {
    let mut w = World::new().await;
    let credential = w.credential("Before").await;
    w.service.key_rotate().await.expect("rotates");
    let meanwhile = w.credential("Meanwhile").await;
    w.reopen().await.expect("the new key");
    let after = w.credential("After").await;
    let store = w.by_hand().await;
    let mut tx = store.read().await.expect("reads");
    let keys: Vec<_> = tx.data_key_list().await.expect("lists").into_iter().map(|key| key.id).collect();
    let mut sealed_with = Vec::new();
    for id in [credential.id, meanwhile.id, after.id] {
        sealed_with.push(tx.sealed_get(id, None).await.expect("reads").expect("there").key_id);
    }
    assert_eq!(sealed_with, [&keys[0], &keys[0], &keys[1]].map(String::clone), "a running service keeps to its key");
    drop(tx);
    let sink = sink().await;
    for (name, id) in [("a", credential.id), ("b", meanwhile.id), ("c", after.id)] {
        let account = w.account(login_draft(name, &sink, id)).await;
        assert_eq!(w.test(&account).await.outcome, Outcome::Delivered, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rotations_and_starts_at_once_leave_one_key_that_fits() {
    let mut w = World::new().await;
    w.credential("Relay").await;
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(Service::open(settings(&w.directory), Clock::system()).await.expect("opens"));
    }
    let rotations: Vec<_> =
        open.into_iter().map(|service| tokio::spawn(async move { service.key_rotate().await })).collect();
    let starts: Vec<_> = (0..4).map(|_| tokio::spawn(Service::open(settings(&w.directory), Clock::system()))).collect();
    let mut wrapped = Vec::new();
    for rotation in rotations {
        wrapped.push(rotation.await.expect("runs").expect("rotates"));
    }
    wrapped.sort_unstable();
    assert_eq!(wrapped, [2, 3, 4, 5], "one after the other");
    for start in starts {
        start.await.expect("runs").expect("opens");
    }
    w.reopen().await.expect("opens");
    assert!(!w.directory.path().join("master.key.next").exists());
}

#[tokio::test]
async fn a_key_that_is_not_in_a_file_is_not_rotated() {
    let directory = tempfile::tempdir().expect("a directory");
    let master_key = MasterKeySource::Value(SecretString::from("07".repeat(32)));
    let service = Service::open(Settings { master_key, ..settings(&directory) }, Clock::system()).await.expect("opens");
    let refusal = Failure::Refused { code: "key_not_in_file".into(), params: vec![] };
    assert_eq!(service.key_rotate().await, Err(refusal));
}

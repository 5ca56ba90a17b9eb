//! The master key: made once, never overwritten, refused when it does not fit, rotated.

use crate::harness::{World, login_draft, settings, sink};
use domain::session_test::Outcome;
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
async fn what_does_not_fit_refuses_to_start_and_changes_nothing() {
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
    assert_eq!(w.service.key_rotate().await, Ok(1));
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

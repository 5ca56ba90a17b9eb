//! `postroom key rotate`: with and without a server that runs, and where there is no file to write to.

use crate::harness::{Server, Session, account, command};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Output, time::Instant};

/// How often a rotation is killed.
const ROUNDS: u32 = 40;

async fn rotate(folder: &Path) -> Output {
    command(folder).args(["key", "rotate"]).output().await.expect("runs")
}

/// The one line that a command which can't go on ends with.
fn refusal(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<_> = text.lines().filter(|line| line.starts_with("postroom: ")).collect();
    assert_eq!((output.status.code(), lines.len()), (Some(1), 1), "{text}");
    lines[0].to_owned()
}

/// A credential whose secret is sealed for no place yet.
async fn credential(session: &Session, name: &str) -> Value {
    let draft = json!({ "name": name, "user_name": "relay", "secret": "s3cret" });
    session.ask("credential_create", json!({ "draft": draft })).await["id"].clone()
}

/// An account that claims it, which only works where the sealed copy opens.
async fn claim(session: &Session, name: &str, credential: Value) {
    let mut draft = account(name);
    draft["authentication"] = json!(true);
    draft["credential_id"] = credential;
    session.ask("account_create", json!({ "draft": draft })).await;
}

#[tokio::test]
async fn a_rotation_beside_a_running_server_and_the_start_after_it() {
    let (server, session) = Server::with_administrator().await;
    let file = server.folder.path().join("data/master.key");
    let old = fs::read(&file).expect("made at the start");
    let first = credential(&session, "First").await;
    let second = credential(&session, "Second").await;

    let output = rotate(server.folder.path()).await;
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("postroom: data/master.key holds a new master key"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let new = fs::read(&file).expect("still there");
    assert_ne!(old, new);
    for key in [&old, &new] {
        assert!(!said.contains(String::from_utf8_lossy(key).trim()), "no key is printed");
    }

    // The server goes on: it opens what was sealed before, and seals.
    claim(&session, "Alerts", first).await;
    let third = credential(&session, "Third").await;

    let (folder, code) = server.stop().await;
    assert_eq!(code, Some(0));
    let server = Server::start_in(folder).await;
    let session = session.at(&server);
    claim(&session, "Reports", second).await;
    claim(&session, "Invoices", third).await;
    let (folder, _) = server.stop().await;

    fs::write(&file, &old).expect("writes");
    let line = refusal(&command(folder.path()).output().await.expect("runs"));
    assert!(line.contains("data/master.key: not the key that this database was made with"), "{line}");
}

#[tokio::test]
async fn a_key_from_the_environment_is_refused() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let key = "07".repeat(32);
    let output = command(folder.path()).args(["key", "rotate"]).env("POSTROOM_MASTER_KEY", &key).output().await;
    let line = refusal(&output.expect("runs"));
    assert!(line.contains("POSTROOM_MASTER_KEY") && line.contains("--master-key-file"), "{line}");
    let check = command(folder.path()).arg("check").env("POSTROOM_MASTER_KEY", &key).output().await;
    assert!(check.expect("runs").status.success(), "the key in force is the same");
}

#[tokio::test]
async fn with_a_wrong_key_nothing_is_rotated() {
    let (server, _session) = Server::with_administrator().await;
    let (folder, _) = server.stop().await;
    let file = folder.path().join("data/master.key");
    let right = fs::read(&file).expect("reads");
    fs::write(&file, "00".repeat(32)).expect("writes");
    let line = refusal(&rotate(folder.path()).await);
    assert!(line.contains("not the key that this database was made with"), "{line}");
    fs::write(&file, right).expect("writes");
    assert!(command(folder.path()).arg("check").output().await.expect("runs").status.success());
}

#[tokio::test]
async fn killed_at_any_moment_a_rotation_leaves_a_key_that_fits() {
    let (server, session) = Server::with_administrator().await;
    let credential = credential(&session, "Relay").await;
    let folder = server.kill().await;
    let started = Instant::now();
    assert!(rotate(folder.path()).await.status.success());
    let whole = started.elapsed();
    for round in 0..ROUNDS {
        let mut child = command(folder.path()).args(["key", "rotate"]).spawn().expect("starts");
        // Spread over the time that one takes; whatever it has reached by then is what is tried.
        let _ = tokio::time::timeout(whole * round / ROUNDS, child.wait()).await;
        child.kill().await.expect("killed");
        let check = command(folder.path()).arg("check").output().await.expect("runs");
        assert!(check.status.success(), "round {round}: {}", String::from_utf8_lossy(&check.stderr));
    }
    let server = Server::start_in(folder).await;
    claim(&session.at(&server), "Alerts", credential).await;
}

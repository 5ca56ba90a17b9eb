//! The disk under a running server: full, read-only, taken away; and a schema changed while the power button is pressed.

use super::{
    Api,
    notifications::{leading_to, text},
};
use crate::harness::{Server, command};
use sqlx::{
    ConnectOptions as _, SqlSafeStr as _,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::SqliteConnectOptions,
};
use std::{
    borrow::Cow,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Output,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use testkit::{SinkOptions, SmtpSink};
use tokio::process::Command;

/// The binary in a mount namespace of its own, with `data` prepared there by these shell commands.
fn in_namespace(folder: &Path, prepare: &str, words: &str) -> Command {
    let plain = command(folder);
    let binary = plain.as_std().get_program().to_owned();
    let mut command = Command::new("unshare");
    // Root needs no user namespace, anybody else may have one.
    command.args(["--mount", "--map-root-user", "--propagation", "private", "sh", "-c"]);
    command.arg(format!("set -e; {prepare}; exec \"$0\" {words}")).arg(binary).current_dir(folder);
    command.env_clear().envs(plain.as_std().get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").kill_on_drop(true).stdin(std::process::Stdio::null());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command
}

/// Until not one octet more fits.
fn fill(folder: &Path) -> PathBuf {
    let path = folder.join("ballast");
    let mut file = fs::File::create(&path).expect("makes");
    for size in [65_536, 4_096, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s18_a_full_disk_is_said_nothing_is_lost_and_room_is_enough_to_go_on() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    let (folder, _) = server.stop().await;
    fs::rename(folder.path().join("data"), folder.path().join("seed")).expect("moves");
    fs::create_dir(folder.path().join("data")).expect("makes");
    let small = "mount -t tmpfs -o size=4m none data; cp -a seed/. data/";
    let server = Server::start_as(Arc::clone(&folder), in_namespace(folder.path(), small, "serve")).await;
    let api = api.at(&server);
    let inside =
        PathBuf::from(format!("/proc/{}/root", server.pid())).join(folder.path().strip_prefix("/").expect("absolute"));

    assert_eq!(api.notify("before", &text("before")).await.status, 202);
    sink.wait_for(1).await;
    api.message_in(1, |message| message["status"] == "sent").await;
    let ballast = fill(&inside.join("data"));
    // The log has room for a little of what was in it before.
    let mut body = text("x");
    body["text"] = "A line of a larger message.\n".repeat(2_000).into();
    let mut taken = 0;
    let refused = loop {
        let reply = api.notify(&format!("during {taken}"), &body).await;
        if reply.status != 202 {
            break reply;
        }
        taken += 1;
        assert!(taken < 200, "it never gets full");
    };
    assert_eq!((refused.status, refused.kind()), (507, "store_full"), "{}\n{}", refused.body, server.log().await);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let resent = api.send("POST", "/api/v1/messages/1/resend", &[], "").await;
    assert_eq!((resent.status, resent.kind()), (507, "store_full"), "{}", resent.body);
    assert_eq!(api.get("/api/v1/messages/1").await.body["status"], "sent", "what is there can be read");
    assert!(server.log().await.contains("the disk is full"));

    fs::remove_file(&ballast).expect("makes room");
    let begun = Instant::now();
    let again = loop {
        let reply = api.notify(&format!("during {taken}"), &body).await;
        if reply.status == 202 {
            break reply;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", reply.body);
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let last = again.body["id"].as_i64().expect("an id");
    for id in 1..=last {
        let reply = api.get(&format!("/api/v1/messages/{id}")).await;
        assert_eq!(reply.status, 200, "no id of a message that was refused: {id}");
        api.message_in(id, |message| message["status"] == "sent").await;
    }
    assert_eq!(last, taken + 2, "those that were accepted, and no half one");
    let arrived = sink.wait_for(usize::try_from(last).expect("small")).await;
    assert_eq!(arrived.len(), usize::try_from(last).expect("small"), "each once");
}

#[tokio::test]
async fn s19_a_read_only_file_system_stops_the_start_and_changes_nothing() {
    let server = Server::start().await;
    let (folder, _) = server.stop().await;
    let before = fs::read(folder.path().join("data/postroom.db")).expect("reads");
    let read_only = "mount --bind data data; mount -o remount,bind,ro data";
    for words in ["serve", "check"] {
        let output = in_namespace(folder.path(), read_only, words).output().await.expect("runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let lines: Vec<_> = said.lines().filter(|line| line.starts_with("postroom: ")).collect();
        assert_eq!((output.status.code(), lines.len()), (Some(1), 1), "{said}");
        assert!(lines[0].contains("data/postroom.db") && lines[0].contains("Read-only"), "{said}");
    }
    assert_eq!(fs::read(folder.path().join("data/postroom.db")).expect("reads"), before);
    let server = Server::start_in(folder).await;
    assert_eq!(server.anonymous().get("/readyz").await.status(), 200);
}

#[tokio::test]
async fn s23_a_database_taken_away_is_noticed_refused_and_said() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    assert_eq!(api.notify("1", &text("x")).await.status, 202);
    sink.wait_for(1).await;
    assert_eq!(server.anonymous().get("/readyz").await.status(), 200);
    let data = server.folder.path().join("data");
    fs::rename(data.join("postroom.db"), data.join("away.db")).expect("moves");
    let reply = api.notify("2", &text("y")).await;
    assert_eq!((reply.status, reply.kind()), (500, "internal"), "{}", reply.body);
    assert_eq!(server.anonymous().get("/readyz").await.status(), 503);
    assert_eq!(server.anonymous().get("/healthz").await.status(), 200);
    let log = server.log().await;
    assert!(log.contains("deleted, replaced or cut while it is open"), "{log}");
    fs::rename(data.join("away.db"), data.join("postroom.db")).expect("moves back");
    let folder = server.kill().await;
    let server = Server::start_in(folder).await;
    let api = api.at(&server);
    assert_eq!(server.anonymous().get("/readyz").await.status(), 200);
    assert_eq!(api.notify("1", &text("x")).await.body["id"], 1, "what was answered before is there");
    assert_eq!(api.notify("2", &text("y")).await.body["id"], 2, "what was refused is not");
    assert_eq!(sink.wait_for(2).await.len(), 2);
}

/// The schema's steps as they were released, with a row of their time in it.
async fn database_of_step(path: &Path, step: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
    let mut files: Vec<_> = fs::read_dir(folder).expect("lists").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let steps = files.iter().take(step).zip(1_i64..).map(|(file, number)| {
        let text = sqlx::AssertSqlSafe(fs::read_to_string(file).expect("reads")).into_sql_str();
        Migration::new(number, Cow::Borrowed("step"), MigrationType::Simple, text, false)
    });
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = options.journal_mode(sqlx::sqlite::SqliteJournalMode::Wal).connect().await.expect("opens");
    let mut migrator = Migrator::with_migrations(steps.collect::<Vec<_>>());
    migrator.set_locking(false);
    migrator.run_direct(None, &mut connection, false).await.expect("migrates");
    if step > 0 {
        sqlx::query("UPDATE parameters SET footer = 'of its time'").execute(&mut connection).await.expect("writes");
    }
}

#[tokio::test]
async fn s26_killed_in_the_middle_of_a_change_of_schema_the_next_start_completes_it() {
    const ROUNDS: u32 = 8;
    let all = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite")).expect("lists").count();
    let check = async |folder: &Path| -> Output { command(folder).arg("check").output().await.expect("runs") };
    let old = async |step: usize| {
        let folder = TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("data")).expect("makes");
        database_of_step(&folder.path().join("data/postroom.db"), step).await;
        folder
    };
    for step in 0..all {
        let folder = old(step).await;
        let began = Instant::now();
        assert!(check(folder.path()).await.status.success(), "from step {step}");
        let whole = began.elapsed();
        for round in 0..ROUNDS {
            let folder = old(step).await;
            let mut child = command(folder.path()).arg("check").spawn().expect("starts");
            let _ = tokio::time::timeout(whole * round / ROUNDS, child.wait()).await;
            child.kill().await.expect("killed");
            let output = check(folder.path()).await;
            assert!(output.status.success(), "step {step}, round {round}: {}", String::from_utf8_lossy(&output.stderr));
            let options = SqliteConnectOptions::new().filename(folder.path().join("data/postroom.db"));
            let mut connection = options.connect().await.expect("opens");
            let steps: i64 = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success")
                .fetch_one(&mut connection)
                .await
                .expect("counts");
            assert_eq!(usize::try_from(steps), Ok(all));
            let footer: String =
                sqlx::query_scalar("SELECT footer FROM parameters").fetch_one(&mut connection).await.expect("reads");
            assert_eq!(footer, if step > 0 { "of its time" } else { "" });
        }
    }
}

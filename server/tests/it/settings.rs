//! Settings and signals: a bad one stops the start with one line, SIGTERM ends it well.

use crate::harness::{Server, command};
use tempfile::TempDir;

#[tokio::test]
async fn a_bad_setting_stops_the_start_with_one_line_that_names_it() {
    let folder = TempDir::new().expect("a folder");
    for (variable, value, names) in [
        ("POSTROOM_LISTEN", "nowhere", "POSTROOM_LISTEN"),
        ("POSTROOM_METRICS_LISTEN", "9464", "POSTROOM_METRICS_LISTEN"),
        ("POSTROOM_DATABASE_URL", "oracle://x", "POSTROOM_DATABASE_URL"),
        ("POSTROOM_PUBLIC_URL", "ftp://x", "POSTROOM_PUBLIC_URL"),
        ("POSTROOM_ALLOW_DESTINATIONS", "everything", "POSTROOM_ALLOW_DESTINATIONS"),
        ("POSTROOM_CA_FILE", "/nonexistent/ca.pem", "/nonexistent/ca.pem"),
        ("POSTROOM_MASTER_KEY", "too short", "aster key"),
    ] {
        let output = command(folder.path()).env(variable, value).output().await.expect("runs");
        let text = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<_> = text.lines().filter(|line| line.starts_with("postroom: ")).collect();
        assert_eq!(output.status.code(), Some(1), "{variable}: {text}");
        assert_eq!(lines.len(), 1, "{variable}: {text}");
        assert!(lines[0].contains(names), "{variable}: {text}");
        assert!(!text.contains("panicked"), "{variable}: {text}");
    }
}

#[tokio::test]
async fn sigterm_ends_it_with_0_and_sessions_survive() {
    let (server, session) = Server::with_administrator().await;
    let (folder, code) = server.stop().await;
    assert_eq!(code, Some(0));
    let server = Server::start_in(folder).await;
    let page = session.at(&server).get("/settings/email/smtp").await;
    assert_eq!(page.status(), 200, "still signed in");
}

#[tokio::test]
async fn an_address_in_use_is_said() {
    let server = Server::start().await;
    let address = server.url.strip_prefix("http://").expect("http").to_owned();
    let folder = TempDir::new().expect("a folder");
    let output = command(folder.path()).env("POSTROOM_LISTEN", &address).output().await.expect("runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("POSTROOM_LISTEN") && text.contains(&address), "{text}");
}

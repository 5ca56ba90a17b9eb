//! A running test over HTTP: lines as they happen, `done` last, and an end when the reader goes away.

use crate::harness::{Server, account};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{io::AsyncReadExt, net::TcpListener, time::timeout};

fn test() -> Value {
    json!({ "to": "ann@example.com", "subject": "s", "message": "m" })
}

async fn silent_account(session: &crate::harness::Session) -> TcpListener {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut draft = account("Silent");
    draft["port"] = json!(listener.local_addr().expect("bound").port().to_string());
    session.ask("account_create", json!({ "draft": draft })).await;
    listener
}

#[tokio::test]
async fn every_line_is_json_and_the_last_is_done() {
    let (_server, session) = Server::with_administrator().await;
    let listener = silent_account(&session).await;
    drop(listener);
    let response = session.post("/api/v1/accounts/1/test", &test()).await;
    assert_eq!(response.headers()["content-type"], "application/x-ndjson");
    let text = response.text().await.expect("lines");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("json")).collect();
    let last = lines.last().expect("a line");
    assert_eq!(last["step"], "done");
    assert_eq!(last["outcome"], "failed");
    assert_eq!(last["diagnosis"]["code"], "connection_refused", "{text}");
    assert_eq!(lines.iter().filter(|line| line["step"] == "done").count(), 1);
    let account = session.ask("account_get", json!({ "id": 1 })).await;
    assert_eq!(account["last_test"]["passed"], false, "kept");
}

#[tokio::test]
async fn closing_the_connection_ends_the_smtp_session_within_a_second() {
    let (_server, session) = Server::with_administrator().await;
    let listener = silent_account(&session).await;
    let mut response = session.post("/api/v1/accounts/1/test", &test()).await;
    assert!(response.chunk().await.expect("a line").is_some());
    let (mut socket, _) = listener.accept().await.expect("connected");
    drop(response);
    let mut rest = Vec::new();
    timeout(Duration::from_secs(1), socket.read_to_end(&mut rest))
        .await
        .expect("closed within a second")
        .expect("readable");
    assert!(rest.is_empty(), "nothing is said before the greeting");
}

#[tokio::test]
async fn a_refusal_before_the_first_step_is_a_problem() {
    let (server, session) = Server::with_administrator().await;
    let listener = silent_account(&session).await;
    for (path, body, status) in [
        ("/api/v1/accounts/1/test", json!({ "to": "nobody" }), 422),
        ("/api/v1/accounts/99/test", test(), 404),
        ("/api/v1/accounts/x/test", test(), 404),
        ("/api/v1/accounts/1/test", json!({ "to": 5 }), 422),
        ("/api/v1/test", json!({ "to": "ann@example.com" }), 422),
    ] {
        let response = session.post(path, &body).await;
        assert_eq!(response.status(), status, "{path} {body}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let text = response.text().await.expect("a body");
        let problem: Value = serde_json::from_str(&text).expect("json");
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string() && !problem["failure"].is_null());
    }
    assert_eq!(server.anonymous().post("/api/v1/accounts/1/test", &test()).await.status(), 401);
    drop(listener);
}

//! One deed for many rows over HTTP: who may, what is refused before anything is done, and an end when the reader goes away.

use crate::{
    downloads::person,
    harness::{PASSWORD, Server, Session, account},
};
use domain::report::Query;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{io::AsyncReadExt, net::TcpListener, time::timeout};

const PATH: &str = "/api/ui/bulk";

fn rows(deed: &str, ids: &[i64]) -> Value {
    json!({ "report": "accounts", "deed": deed, "scope": { "rows": { "ids": ids } }, "to": "ann@example.com" })
}

async fn accounts(session: &Session, names: &[&str]) {
    for name in names {
        session.ask("account_create", json!({ "draft": account(name) })).await;
    }
}

#[tokio::test]
async fn each_row_is_a_line_and_the_last_is_the_end() {
    let (_server, session) = Server::with_administrator().await;
    accounts(&session, &["first", "second"]).await;
    let response = session.post(PATH, &rows("disable", &[1, 2])).await;
    assert_eq!(response.headers()["content-type"], "application/x-ndjson");
    let text = response.text().await.expect("lines");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("json")).collect();
    assert_eq!(lines[0], json!({ "all": 2 }));
    assert_eq!(lines[1]["row"]["failure"]["refused"]["code"], "default_account");
    assert_eq!(lines[2], json!({ "row": { "id": 2, "name": "second", "version": 2 } }));
    assert_eq!(lines[3], json!({ "end": "whole" }));
}

#[tokio::test]
async fn w41_bulk_for_every_role() {
    let (server, root) = Server::with_administrator().await;
    accounts(&root, &["first", "second"]).await;
    person(&server, "vera", "viewer").await;
    person(&server, "otto", "operator").await;
    for (name, test, change) in [("vera", 403, 403), ("otto", 200, 403), ("root", 200, 200)] {
        let person = server.sign_in(name, PASSWORD).await;
        for (deed, wanted) in [("test", test), ("disable", change), ("delete", change), ("resend", 404)] {
            let answer = person.post(PATH, &rows(deed, &[2])).await;
            assert_eq!(answer.status(), wanted, "{name} {deed}");
            // Whoever hangs up at once may find the run still in its slot.
            answer.text().await.expect("a body");
        }
    }
    assert_eq!(server.anonymous().post(PATH, &rows("disable", &[2])).await.status(), 401);
    assert_eq!(root.post(PATH, &json!({ "report": "accounts" })).await.status(), 400);
    let elsewhere = [("sec-fetch-site", "cross-site"), ("content-type", "application/json")];
    let answer = root.send("POST", PATH, &elsewhere, &rows("disable", &[2]).to_string()).await.expect("answers");
    assert_eq!(answer.status(), 403, "from another site");
}

#[tokio::test]
async fn another_number_than_was_shown_is_a_refusal() {
    let (_server, session) = Server::with_administrator().await;
    accounts(&session, &["first", "second"]).await;
    let scope = json!({ "matching": { "query": Query::default(), "shown": 1, "except": [] } });
    let asked = json!({ "report": "accounts", "deed": "disable", "scope": scope });
    let response = session.post(PATH, &asked).await;
    assert_eq!(response.status(), 409);
    let problem: Value = serde_json::from_str(&response.text().await.expect("a body")).expect("json");
    assert_eq!(problem["failure"]["refused"], json!({ "code": "count_changed", "params": ["2", "1"] }));
}

#[tokio::test]
async fn closing_the_connection_stops_what_has_not_begun() {
    let (_server, session) = Server::with_administrator().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port().to_string();
    for number in 0..6 {
        let mut draft = account(&format!("Silent {number}"));
        draft["port"] = json!(port);
        session.ask("account_create", json!({ "draft": draft })).await;
    }
    let mut response = session.post(PATH, &rows("test", &[1, 2, 3, 4, 5, 6])).await;
    assert!(response.chunk().await.expect("a line").is_some());
    let mut sockets = Vec::new();
    for _ in 0..4 {
        sockets.push(listener.accept().await.expect("connected").0);
    }
    drop(response);
    for socket in &mut sockets {
        let mut rest = Vec::new();
        let ended = timeout(Duration::from_secs(2), socket.read_to_end(&mut rest)).await;
        ended.expect("closed within a moment").expect("readable");
    }
    // Whoever is there to ask again is the proof that the run has let go of its slot.
    let again = session.post("/api/v1/accounts/1/test", &json!({ "to": "nobody" })).await;
    assert_eq!(again.status(), 422);
    let log = session.ask("report_page", json!({ "report": "audit", "query": Query::default() })).await;
    let tested = log["rows"].as_array().expect("rows").iter().filter(|row| row[4] == "account.tested").count();
    assert!(tested <= 4, "the fifth and sixth had not begun: {tested}");
    assert!(timeout(Duration::from_millis(1), listener.accept()).await.is_err(), "nor did they connect");
}

//! W42, W48: things that are not there, for every verb; and floods of tests over HTTP.

use crate::harness::{Server, Session, account};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpListener;

/// One installation is one tenant: nobody owns an account alone. What is left of the row is that an id which is not there,
/// or of another kind, tells nothing by any verb.
#[tokio::test]
async fn w42_an_id_that_is_not_there_is_not_found_by_any_verb() {
    let (_server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let json = ("content-type", "application/json");
    for kind in ["accounts", "credentials", "connectors", "schedules", "messages"] {
        for id in ["999", "9223372036854775807"] {
            let path = format!("/api/v1/{kind}/{id}");
            assert_eq!(session.get(&path).await.status(), 404, "{path}");
            if kind == "messages" {
                continue;
            }
            let own = ("sec-fetch-site", "same-origin");
            let gone = session.send("DELETE", &path, &[own], "").await.expect("answers");
            assert_eq!(gone.status(), 404, "DELETE {path}");
            let merge = ("content-type", "application/merge-patch+json");
            let tag = ("if-match", "\"1\"");
            let changed = session.send("PATCH", &path, &[own, merge, tag], "{}").await.expect("answers");
            assert_eq!(changed.status(), 404, "PATCH {path}");
        }
        for id in ["0", "-1", "x", "1%2f1", "99999999999999999999", "1.0", "%00"] {
            let path = format!("/api/v1/{kind}/{id}");
            assert_eq!(session.get(&path).await.status(), 404, "{path}");
        }
    }
    let test = json!({ "to": "ann@example.com" });
    for (path, body) in [
        ("/api/v1/accounts/999/test", &test),
        ("/api/v1/accounts/999/arrival", &json!({})),
        ("/api/v1/schedules/999/send", &json!({})),
        ("/api/v1/messages/999/resend", &json!({})),
    ] {
        let answer = session.send("POST", path, &[json, ("sec-fetch-site", "same-origin")], &body.to_string()).await;
        assert_eq!(answer.expect("answers").status(), 404, "{path}");
    }
    for function in [
        "account_get",
        "account_delete",
        "account_history",
        "sending_get",
        "user_get",
        "user_delete",
        "token_revoke",
        "message_read",
        "schedule_get",
    ] {
        assert_eq!(session.call(function, json!({ "id": 999 })).await.0, 404, "{function}");
    }
}

#[tokio::test]
async fn w47_who_tests_too_often_is_told_for_how_long_to_wait() {
    let (_server, session) = Server::with_administrator().await;
    let mut draft = account("Closed");
    draft["port"] = json!("1");
    session.ask("account_create", json!({ "draft": draft })).await;
    let mut done = 0;
    let refused = loop {
        let answer = test(&session).await;
        if answer.status() != 200 {
            break answer;
        }
        assert!(answer.text().await.expect("lines").contains("connection_refused"));
        done += 1;
    };
    // By what it is limited, two at once or so many in a time, is the service's own test.
    assert!(done > 1, "{done}");
    assert_eq!((refused.status(), &refused.headers()["content-type"] == "application/problem+json"), (429, true));
    let wait = refused.headers()["retry-after"].to_str().expect("ascii").parse().expect("seconds");
    assert!((1..=5).contains(&wait), "{wait}");
    tokio::time::sleep(Duration::from_secs(wait)).await;
    assert_eq!(test(&session).await.status(), 200, "and then it is as was said");
}

async fn test(session: &Session) -> crate::http::Response {
    session.post("/api/v1/accounts/1/test", &json!({ "to": "ann@example.com", "mode": "check" })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn w48_of_fifty_tests_at_once_two_run() {
    let (_server, session) = Server::with_administrator().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut draft = account("Silent");
    draft["port"] = json!(silent.local_addr().expect("bound").port().to_string());
    session.ask("account_create", json!({ "draft": draft })).await;
    let (mut running, mut refused) = (Vec::new(), 0);
    let answers: Vec<_> = (0..50)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { test(&session).await })
        })
        .collect();
    for answer in answers {
        let answer = answer.await.expect("runs");
        match answer.status() {
            200 => running.push(answer),
            429 => {
                refused += 1;
                assert_eq!(answer.headers()["retry-after"], "5");
                let body: Value = serde_json::from_str(&answer.text().await.expect("a body")).expect("json");
                assert_eq!(body["type"], "urn:postroom:problem:too_many_requests");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!((running.len(), refused), (2, 48));
    drop(running);
}

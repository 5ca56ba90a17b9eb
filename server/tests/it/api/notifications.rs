//! Notifications handed over by programs: what is answered, and what thereupon arrives at a server.

use super::{Api, Reply, account, token};
use crate::harness::Server;
use serde_json::{Value, json};
use std::{
    io,
    time::{Duration, Instant},
};
use testkit::{SinkOptions, SmtpSink};

/// An account that leads to the sink, with addresses of its own each.
pub fn leading_to(sink: &SmtpSink, name: &str) -> Value {
    let mut body = account(name);
    body["port"] = json!(sink.port());
    body["reply_to"] = json!("help@example.com");
    body["return_path"] = json!("bounces@example.com");
    body
}

pub fn text(subject: &str) -> Value {
    json!({ "to": "ann@example.org", "subject": subject, "text": "Hello\n" })
}

impl Api {
    pub async fn notify(&self, key: &str, body: &Value) -> Reply {
        self.try_notify(key, body).await.expect("answers")
    }

    pub async fn try_notify(&self, key: &str, body: &Value) -> io::Result<Reply> {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.try_send("POST", "/api/v1/notifications", &headers, &body.to_string()).await
    }

    /// The message, once it is in this state.
    pub async fn message_in(&self, id: i64, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let message = self.get(&format!("/api/v1/messages/{id}")).await.body;
            if wanted(&message) {
                return message;
            }
            assert!(begun.elapsed() < Duration::from_mins(1), "never so: {message}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }
}

pub fn header(message: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(message).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let line = head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_is_accepted_arrives_as_it_was_given() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    let operator = api.with_token(&token(&server, "ci", "operator").await);
    let own = json!({
        "to": ["ann@example.org", "bob@example.org"], "subject": "Disk full", "text": "Hello", "html": "<p>Hello</p>",
        "account": "ALERTS", "return_path": "own-bounces@example.com", "priority": "high", "expires_in": 3600,
        "attachments": [{ "name": "a.txt", "media_type": "text/plain", "content": "QUJD" }],
    });
    let accepted = operator.post("/api/v1/notifications", &own).await;
    assert_eq!((accepted.status, accepted.header("location")), (202, "/api/v1/messages/1"), "{}", accepted.body);
    assert_eq!(accepted.body, json!({ "id": 1, "status": "waiting" }));
    let [mail] = sink.wait_for(1).await.try_into().expect("one");
    let sent = api.message_in(1, |message| message["status"] == "sent").await;
    assert!(mail.mail_from.starts_with("<own-bounces@example.com>"), "{}", mail.mail_from);
    assert_eq!(mail.rcpt_to.len(), 2, "{:?}", mail.rcpt_to);
    for (name, value) in [
        ("From", "alerts@example.com"),
        ("Reply-To", "help@example.com"),
        ("Subject", "Disk full"),
        ("Message-ID", &format!("<{}>", sent["message_id"].as_str().expect("fixed"))),
    ] {
        assert_eq!(header(&mail.message, name), value, "{name}");
    }
    assert_eq!(
        (&sent["created_by"], &sent["account"], &sent["priority"]),
        (&json!("token ci"), &json!("Alerts"), &json!("high"))
    );
    assert_eq!(sent["attachments"], json!([{ "name": "a.txt", "media_type": "text/plain", "octets": 3 }]));
    assert!(sent["mta"].as_str().expect("a reply").starts_with("250 "), "{sent}");
    let attempts = sent["attempts"].as_array().expect("attempts");
    assert_eq!((&sent["attempt_count"], &attempts.last().expect("one")["outcome"]), (&json!(1), &json!("delivered")));
    assert_eq!(sent["opened_at"], Value::Null, "a program's look is no opening");
}

#[tokio::test]
async fn one_key_a_hundred_times_at_once_is_one_message() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let api = api.clone();
            tokio::spawn(async move { api.notify("order 7", &text("once")).await })
        })
        .collect();
    for task in tasks {
        let reply = task.await.expect("ends");
        assert_eq!((reply.status, &reply.body["id"]), (202, &json!(1)), "{}", reply.body);
    }
    let other = api.notify("order 7", &text("twice")).await;
    assert_eq!(
        (other.status, other.kind(), &other.body["params"]),
        (409, "idempotency_key_reused", &json!(["order 7"]))
    );
    assert!(other.body["detail"].as_str().expect("why").contains("another message"), "{}", other.body);
    let somebody = api.with_token(&token(&server, "another", "operator").await);
    let theirs = somebody.notify("order 7", &text("theirs")).await;
    assert_eq!((theirs.status, &theirs.body["id"]), (202, &json!(2)), "another's key is another key");
    for key in ["", "é", &"k".repeat(256)] {
        assert_eq!(api.notify(key, &text("x")).await.errors(), ["idempotency_key:idempotency_key"], "{key}");
    }
    sink.wait_for(2).await;
    api.message_in(1, |message| message["status"] == "sent").await;
    api.message_in(2, |message| message["status"] == "sent").await;
    assert_eq!(sink.messages().len(), 2);
    let list = api.get("/api/v1/messages").await.body;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn what_was_accepted_outlives_the_server() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    let tasks: Vec<_> = (0..20)
        .map(|index| {
            let api = api.clone();
            tokio::spawn(async move { api.post("/api/v1/notifications", &text(&format!("n{index}"))).await.status })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.expect("ends"), 202);
    }
    let folder = server.kill().await;
    let _server = Server::start_in(folder).await;
    let begun = Instant::now();
    loop {
        let arrived: std::collections::BTreeSet<_> =
            sink.messages().iter().map(|mail| header(&mail.message, "Subject")).collect();
        if arrived.len() == 20 {
            break;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "{arrived:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn thirty_megabytes_are_taken_here_and_nowhere_else() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let options =
        SinkOptions { capabilities: vec!["SIZE 60000000".into(), "8BITMIME".into()], ..SinkOptions::default() };
    let sink = SmtpSink::start(options).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    let file = |octets: usize| {
        let mut body = text("large");
        body["attachments"] = json!([{ "name": "a.bin", "content": "AAAA".repeat(octets / 3) }]);
        body
    };
    let accepted = api.post("/api/v1/notifications", &file(30_000_000)).await;
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    let beyond = api.post("/api/v1/notifications", &file(33_600_000)).await;
    assert_eq!((beyond.status, beyond.errors()), (422, vec!["attachments:message_too_large".to_owned()]));
    let elsewhere = api.post("/api/v1/accounts", &json!({ "name": "x".repeat(300 * 1024) })).await;
    assert_eq!(elsewhere.status, 413);
    let sent = api.message_in(1, |message| message["status"] == "sent").await;
    assert_eq!(sent["attachments"][0]["octets"], 30_000_000);
    assert!(sink.messages()[0].message.len() > 40_000_000);
}

#[tokio::test]
async fn what_can_not_be_sent_is_refused_and_says_why() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let nobody = api.post("/api/v1/notifications", &text("x")).await;
    assert_eq!((nobody.status, nobody.kind()), (409, "no_default_account"));
    let mut forced = account("Forced");
    forced["force_settings"] = json!(true);
    api.make("/api/v1/accounts", &forced).await;
    let mut off = account("Off");
    off["enabled"] = json!(false);
    api.make("/api/v1/accounts", &off).await;
    let with = |name: &str, value: Value| {
        let mut body = text("x");
        body[name] = value;
        body
    };
    for (body, wrong) in [
        (json!({}), "to:required text:required"),
        (json!({ "to": ["ann@example.org", 7], "text": "x" }), "to:type"),
        (with("to", json!("nobody")), "to:email_missing"),
        (with("colour", json!("red")), "colour:unknown_field"),
        (with("priority", json!("urgent")), "priority:choice"),
        (with("expires_in", json!(5)), "expires_in:range"),
        (with("expires_in", json!(-5)), "expires_in:type"),
        (with("expires_in", json!(99_999_999_999_u64)), "expires_in:range"),
        (with("account", json!(true)), "account:type"),
        (with("account", json!(99)), "account:not_found"),
        (with("account", json!("Nobody")), "account:not_found"),
        (with("attachments", json!([{ "name": "a", "path": "/etc/passwd" }])), "attachments:type"),
        (with("attachments", json!([{ "name": "a", "content": "needle!" }])), "attachments:base64"),
        (with("reply_to", json!("x@example.net")), "reply_to:force_settings"),
        (with("return_path", json!("x@example.net")), "return_path:force_settings"),
        (with("confirmation", json!("x@example.net")), "confirmation:force_settings"),
        (with("subject", json!("a\r\nBcc: x@example.net")), "subject:control_character"),
    ] {
        let reply = api.post("/api/v1/notifications", &body).await;
        assert_eq!((reply.status, reply.errors().join(" ").as_str()), (422, wrong), "{body}: {}", reply.body);
        let words = reply.body["errors"][0]["detail"].as_str().expect("words");
        assert!(!words.contains("needle") && !words.contains("is not accepted"), "{words}");
    }
    let why = api.post("/api/v1/notifications", &with("reply_to", json!("x@example.net"))).await.body;
    assert!(why["detail"].as_str().expect("words").contains("Forced"), "{why}");
    let off = api.post("/api/v1/notifications", &with("account", json!("Off"))).await;
    assert_eq!((off.status, off.kind(), &off.body["params"]), (409, "account_disabled", &json!(["Off"])));
    let viewer = api.with_token(&token(&server, "v", "viewer").await);
    assert_eq!(viewer.post("/api/v1/notifications", &text("x")).await.kind(), "forbidden");
    assert_eq!(api.get("/api/v1/messages").await.body["items"], json!([]), "nothing of it was kept");
}

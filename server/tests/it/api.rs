//! The HTTP API as a program uses it. Every answer that any test gets is held against the document.

mod access;
mod crash;
mod discover;
mod disk;
mod document;
mod messages;
mod notifications;
mod schema;
mod verbs;
mod wrong;

use crate::harness::{Server, Session, command};
use http::HeaderMap;
use schema::Document;
use serde_json::{Value, json};
use std::{io, sync::Arc};

/// A program with a token.
#[derive(Clone)]
pub struct Api {
    session: Session,
    token: String,
    document: Arc<Document>,
}

pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The wrong fields as `field:code`, in their order.
    pub fn errors(&self) -> Vec<String> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        errors.iter().map(|error| format!("{}:{}", text(&error["field"]), text(&error["code"]))).collect()
    }

    /// The last part of the problem's type.
    pub fn kind(&self) -> &str {
        self.body["type"].as_str().and_then(|text| text.strip_prefix("urn:postroom:problem:")).unwrap_or_default()
    }
}

impl Api {
    /// With a token made on the command line.
    pub async fn of(server: &Server, role: &str) -> Self {
        let document = Arc::new(Document::of(server).await);
        Self { session: server.anonymous(), token: token(server, role, role).await, document }
    }

    /// The same program at the address where the server came back.
    pub fn at(&self, server: &Server) -> Self {
        Self { session: self.session.at(server), ..self.clone() }
    }

    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// A request with these headers and the token. The answer must be one that the document has.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        self.try_send(method, path, headers, body).await.expect("answers")
    }

    /// The same while the server may be killed: all of the answer, or none.
    pub async fn try_send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> io::Result<Reply> {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = headers.to_vec();
        if !self.token.is_empty() {
            headers.push(("authorization", &bearer));
        }
        let response = self.session.send(method, path, &headers, body).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await?;
        let media = headers.get("content-type").map(|value| value.to_str().expect("ascii")).unwrap_or_default();
        self.document.check(method, path, status, media, &text);
        Ok(Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[("content-type", "application/json")], &body.to_string()).await
    }

    /// Made, or the test ends.
    pub async fn make(&self, path: &str, body: &Value) -> i64 {
        let reply = self.post(path, body).await;
        assert_eq!(reply.status, 201, "{path} {body}: {}", reply.body);
        reply.body["id"].as_i64().expect("an id")
    }

    pub async fn put(&self, path: &str, tag: &str, body: &Value) -> Reply {
        self.send("PUT", path, &[("content-type", "application/json"), ("if-match", tag)], &body.to_string()).await
    }

    pub async fn patch(&self, path: &str, tag: &str, body: &Value) -> Reply {
        let headers = [("content-type", "application/merge-patch+json"), ("if-match", tag)];
        self.send("PATCH", path, &headers, &body.to_string()).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, &[], "").await
    }
}

/// A token made on the command line: alone on its line, on standard output.
pub async fn token(server: &Server, name: &str, role: &str) -> String {
    let made = command(server.folder.path())
        .args(["token", "add", "--name", name, "--role", role])
        .output()
        .await
        .expect("runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let text = String::from_utf8(made.stdout).expect("text");
    let line = text.strip_suffix('\n').expect("a line");
    assert!(line.starts_with("postroom_") && line.len() == 52 && !line.contains('\n'), "{line}");
    line.to_owned()
}

/// As little as an account needs, without a login.
pub fn account(name: &str) -> Value {
    json!({ "name": name, "sender": "alerts@example.com", "host": "127.0.0.1", "port": 2525, "secure": false })
}

pub fn credential(name: &str) -> Value {
    json!({ "name": name, "user_name": "relay", "secret": "s3cret-Zx81-needle" })
}

pub fn schedule(name: &str) -> Value {
    // A Thursday that no run of these tests reaches, so that the next run is always the same.
    json!({ "name": name, "recipients": ["ann@example.org"], "start": "2099-01-01" })
}

pub fn connector(name: &str) -> Value {
    json!({ "name": name, "host": "127.0.0.1" })
}

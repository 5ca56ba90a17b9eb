//! Sign-in from a portal and by a proxy, over HTTP: what is refused, whose rights a session has, when it ends.

mod proxy;
mod refused;
mod session;
mod start;

use crate::{
    harness::{Server, Session, command},
    http::Response,
};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use testkit::Signer;

pub const ORIGIN: &str = "https://portal.example";
pub const SECRET: &str = "kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0pA";

/// A server that takes a portal's tokens, signed with a shared secret.
pub async fn portal() -> Server {
    with(&[]).await
}

/// The same with more settings.
pub async fn with(variables: &[(&str, &str)]) -> Server {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    std::fs::write(folder.path().join("portal.secret"), format!("{SECRET}\n")).expect("writes");
    let mut command = command(folder.path());
    command.env("POSTROOM_EMBED_ORIGINS", format!("{ORIGIN}, https://other.example"));
    command.env("POSTROOM_EMBED_SECRET_FILE", "portal.secret");
    command.envs(variables.iter().copied());
    Server::start_as(folder, command).await
}

/// A server that takes tokens signed with the keys of a set in the file `keys.json`.
pub async fn with_set(set: &str) -> Server {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    std::fs::write(folder.path().join("keys.json"), set).expect("writes");
    let variables = [("POSTROOM_EMBED_ORIGINS", ORIGIN), ("POSTROOM_EMBED_JWKS", "keys.json")];
    Server::start_with(folder, &variables).await
}

#[expect(clippy::disallowed_methods, reason = "the server has the machine's clock, and its tokens are of now")]
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_secs()).expect("fits")
}

/// What is well and never the same, with these in place of what is there; `null` takes one away.
pub fn claims(changes: Value) -> Value {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let mut all = json!({
        "sub": "ana@portal.example",
        "name": "Ana",
        "role": "operator",
        "aud": "postroom",
        "iat": now(),
        "exp": now() + 300,
        "jti": format!("{number}"),
    });
    for (name, value) in changes.as_object().expect("an object") {
        if value.is_null() {
            all.as_object_mut().expect("an object").remove(name);
        } else {
            all[name] = value.clone();
        }
    }
    all
}

pub fn token(changes: Value) -> String {
    Signer::secret(SECRET).sign(&json!({ "alg": "HS256", "typ": "JWT" }), &claims(changes))
}

/// Hands a token over, as the page does; `session` is the one that it renews.
pub async fn exchange(server: &Server, token: &str, origin: &str, session: Option<&str>) -> (u16, Value) {
    let bearer = session.map(|session| format!("Bearer {session}"));
    let mut headers = vec![("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    headers.extend(bearer.as_deref().map(|value| ("authorization", value)));
    let body = json!({ "token": token, "origin": origin }).to_string();
    let response = server.anonymous().send("POST", "/api/ui/embed/session", &headers, &body).await.expect("answers");
    assert!(response.headers().get("set-cookie").is_none(), "no cookie is ever set");
    json_of(response).await
}

/// A session of that role, whose person it is being somebody's of that name.
pub async fn signed_in(server: &Server, name: &str, role: &str) -> String {
    let changes = json!({ "sub": format!("{name}@portal.example"), "name": name, "role": role });
    let (status, body) = exchange(server, &token(changes), ORIGIN, None).await;
    assert_eq!(status, 200, "{body}");
    body["session"].as_str().expect("a session").to_owned()
}

pub async fn json_of(response: Response) -> (u16, Value) {
    let status = response.status();
    let text = response.text().await.expect("a body");
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// A request to a server function with these headers alone.
pub async fn ask(session: &Session, function: &str, arguments: &Value, headers: &[(&str, &str)]) -> (u16, Value) {
    let own = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    let headers: Vec<_> = own.iter().chain(headers).copied().collect();
    let path = format!("/api/ui/{function}");
    json_of(session.send("POST", &path, &headers, &arguments.to_string()).await.expect("answers")).await
}

/// The same as whoever has this session.
pub async fn ask_as(server: &Server, session: &str, function: &str, arguments: Value) -> (u16, Value) {
    let bearer = format!("Bearer {session}");
    ask(&server.anonymous(), function, &arguments, &[("authorization", &bearer)]).await
}

/// Name and role of whoever asks, or nothing.
pub async fn who(session: &Session, headers: &[(&str, &str)]) -> Option<(String, String)> {
    let (status, info) = ask(session, "session", &json!({}), headers).await;
    assert_eq!(status, 200, "{info}");
    let text = |name: &str| info[name].as_str().map(str::to_owned);
    text("name").zip(text("role"))
}

/// The audit log as the administrator reads it, a line each, the newest first.
pub async fn audit(administrator: &Session) -> Vec<String> {
    let text = administrator.get("/reports/audit.csv").await.text().await.expect("a body");
    text.lines().map(str::to_owned).collect()
}

//! What every answer carries, and which requests are refused for where they come from.

use crate::harness::{PASSWORD, Server, Session, account};
use serde_json::json;

#[tokio::test]
async fn every_kind_of_answer_carries_its_policy() {
    let (server, session) = Server::with_administrator().await;
    let anonymous = server.anonymous();
    let mut answers = Vec::new();
    for path in ["/settings/email/smtp", "/settings/users", "/no/such/page", "/pkg/none.js", "/favicon.svg", "/healthz"]
    {
        answers.push((path, session.get(path).await));
    }
    answers.push(("/sign-in", anonymous.get("/sign-in").await));
    answers.push(("/settings/audit", anonymous.get("/settings/audit").await));
    answers.push(("/api/v1/test", anonymous.post("/api/v1/test", &json!({})).await));
    answers.push(("/api/ui/account_get", anonymous.post("/api/ui/account_get", &json!({"id": 1})).await));
    for (path, answer) in answers {
        let header =
            |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(!header("cache-control").is_empty(), "{path}");
        assert!(header("access-control-allow-origin").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn the_nonce_is_fresh_each_time() {
    let (_server, session) = Server::with_administrator().await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let page = session.get("/settings/parameters").await;
        let policy = page.headers()["content-security-policy"].to_str().expect("ascii").to_owned();
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert!(nonce.len() >= 22, "128 bits: {nonce}");
        assert_eq!(page.headers()["cache-control"], "no-store");
        assert!(page.text().await.expect("html").contains(&nonce));
        assert!(seen.insert(nonce));
    }
}

#[tokio::test]
async fn a_request_from_another_site_changes_nothing() {
    let (_server, session) = Server::with_administrator().await;
    let body = json!({ "draft": account("Planted") }).to_string();
    for (header, value, media) in [
        ("sec-fetch-site", "cross-site", "application/json"),
        ("sec-fetch-site", "same-site", "application/json"),
        ("origin", "https://evil.example", "application/json"),
        ("origin", "null", "application/json"),
        ("origin", "https://evil.example", "text/plain"),
    ] {
        let headers = [(header, value), ("content-type", media)];
        let response = session.send("POST", "/api/ui/account_create", &headers, &body).await.expect("answers");
        assert_eq!(response.status(), 403, "{header}: {value}");
    }
    let got = session.get("/api/ui/account_create").await;
    assert!((400..500).contains(&got.status()), "nothing changes by GET: {}", got.status());
    let page = session.ask("report_page", json!({"report": "accounts", "query": query()})).await;
    assert_eq!(page["all"], 0);
}

#[tokio::test]
async fn over_https_the_cookie_belongs_to_this_host_alone() {
    let folder = std::sync::Arc::new(tempfile::TempDir::new().expect("a folder"));
    // What is printed is the public address, so the socket's own has to be known beforehand.
    let reserved = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = reserved.local_addr().expect("bound").to_string();
    drop(reserved);
    let variables = [("POSTROOM_PUBLIC_URL", "https://mail.example.com"), ("POSTROOM_LISTEN", address.as_str())];
    let server = Server::start_with(folder, &variables).await;
    assert_eq!(server.url, "https://mail.example.com");
    let session = Session { url: format!("http://{address}"), cookie: String::new() };
    let token = server.set_up_token.as_deref().expect("a first start");
    let form = [("token", token), ("user_name", "root"), ("password", PASSWORD)];
    let answer = session.form("/setup", &form).await;
    let cookie = answer.headers()["set-cookie"].to_str().expect("ascii");
    assert!(cookie.starts_with("__Host-postroom="), "{cookie}");
    for part in ["; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
}

fn query() -> serde_json::Value {
    serde_json::to_value(domain::report::Query::default()).expect("serialises")
}

//! Requests that another site makes a browser send, reads that would change something, and doors that are not there.

use super::roles::{functions, operations, whole_body};
use crate::harness::{PASSWORD, Server, Session, account};
use domain::report::{Query, encode_component as encode};
use serde_json::{Value, json};

/// What the server holds: how many accounts, and the lines of its audit log.
async fn state(session: &Session) -> (Value, Value) {
    let page =
        async |report: &str| session.ask("report_page", json!({ "report": report, "query": Query::default() })).await;
    (page("accounts").await["all"].clone(), page("audit").await["all"].clone())
}

#[tokio::test]
async fn w17_a_request_from_another_site_changes_nothing() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    session.ask("account_create", json!({ "draft": account("Second") })).await;
    let before = state(&session).await;
    let planted = json!({ "draft": account("Planted") }).to_string();
    let sign_in = format!("user_name=root&password={}", encode(PASSWORD));
    let multipart = "--x\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\n2\r\n--x--\r\n";
    let whole = account("Planted").to_string();
    for (header, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "CROSS-SITE"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1.evil.example"),
        ("origin", "http://127.0.0.1"),
    ] {
        for (path, media, body) in [
            ("/api/ui/account_create", "application/json", planted.as_str()),
            ("/api/ui/account_create", "text/plain", planted.as_str()),
            ("/api/ui/account_delete", "application/x-www-form-urlencoded", "id=2"),
            ("/api/ui/account_delete", "multipart/form-data; boundary=x", multipart),
            ("/api/ui/account_delete", "", "{\"id\":2}"),
            ("/api/v1/accounts", "application/json", whole.as_str()),
            ("/api/v1/accounts", "text/plain", whole.as_str()),
            ("/sign-out", "application/x-www-form-urlencoded", ""),
            ("/sign-in", "application/x-www-form-urlencoded", sign_in.as_str()),
            ("/setup", "application/x-www-form-urlencoded", "token=x&user_name=eve&password=x"),
        ] {
            let headers = [(header, value), ("content-type", media)];
            let response = session.send("POST", path, &headers, body).await.expect("answers");
            assert_eq!(response.status(), 403, "{header}: {value}, {path} as {media:?}");
            assert!(!response.headers().contains_key("set-cookie"), "{path}");
        }
        for method in ["PUT", "PATCH", "DELETE"] {
            let response = session.send(method, "/api/v1/accounts/2", &[(header, value)], "").await.expect("answers");
            assert_eq!(response.status(), 403, "{method} {header}: {value}");
        }
    }
    assert_eq!(state(&session).await, before);
    assert_eq!(session.get("/settings/email/smtp").await.status(), 200, "still signed in");
    drop(server);
}

/// A form that our own origin was made to show sends no JSON either.
#[tokio::test]
async fn w17_a_form_can_not_call_what_takes_json() {
    let (_server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    session.ask("account_create", json!({ "draft": account("Second") })).await;
    let before = state(&session).await;
    let own = ("sec-fetch-site", "same-origin");
    for media in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""] {
        for (path, body) in
            [("/api/ui/account_delete", "id=2"), ("/api/v1/accounts", "name=x"), ("/api/v1/test", "to=a")]
        {
            let answer = session.send("POST", path, &[own, ("content-type", media)], body).await.expect("answers");
            assert!(answer.status() >= 400, "{path} as {media:?}: {}", answer.status());
        }
    }
    assert_eq!(state(&session).await, before);
}

#[tokio::test]
async fn w18_no_read_changes_anything() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    session.ask("account_create", json!({ "draft": account("Second") })).await;
    let before = state(&session).await;
    let functions = functions();
    assert!(functions.len() > 40, "{}", functions.len());
    for function in &functions {
        for query in ["", "?id=2", "?id=2&version=1&enabled=false&draft[name]=x"] {
            for method in ["GET", "HEAD"] {
                let path = format!("/api/ui/{function}{query}");
                let answer = session.send(method, &path, &[], "").await.expect("answers");
                assert!((400..500).contains(&answer.status()), "{method} {path}: {}", answer.status());
            }
        }
    }
    for (method, path) in operations(&session).await {
        if method == "get" {
            let answer = session.send("HEAD", &path, &[], "").await.expect("answers");
            assert_ne!(answer.status(), 500, "HEAD {path}");
        }
        let path = path.replace("{id}", "2");
        let read = session.send("GET", &path, &[("content-type", "application/json")], "{}").await.expect("answers");
        assert!([200, 404, 405].contains(&read.status()), "GET {path}: {}", read.status());
    }
    for path in ["/sign-out", "/csp-reports"] {
        for method in ["GET", "HEAD"] {
            let answer = session.send(method, path, &[], "").await.expect("answers");
            assert!((400..500).contains(&answer.status()), "{method} {path}: {}", answer.status());
        }
    }
    // Words in a query are no method.
    for path in
        ["/settings/email/smtp/2/edit?_method=DELETE", "/settings/email/smtp?delete=2", "/setup?token=x&user_name=eve"]
    {
        session.get(path).await;
    }
    let overridden = [("x-http-method-override", "DELETE"), ("x-method-override", "DELETE")];
    session.send("GET", "/api/v1/accounts/2", &overridden, "").await.expect("answers");
    assert_eq!(state(&session).await, before);
    drop(server);
}

#[tokio::test]
async fn w19_nobody_is_signed_in_by_another_site() {
    let (server, _session) = Server::with_administrator().await;
    let body = format!("user_name=root&password={}", encode(PASSWORD));
    for (header, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let headers = [(header, value), ("content-type", "application/x-www-form-urlencoded")];
        let answer = server.anonymous().send("POST", "/sign-in", &headers, &body).await.expect("answers");
        assert_eq!(answer.status(), 403, "{value}");
        assert!(!answer.headers().contains_key("set-cookie"));
    }
    let by_get = server.anonymous().get(&format!("/sign-in?{body}")).await;
    assert!(!by_get.headers().contains_key("set-cookie"));
    assert!(!server.log().await.contains(PASSWORD));
}

#[tokio::test]
async fn w20_a_stream_is_for_our_own_pages() {
    let (_server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let test = json!({ "to": "ann@example.com" }).to_string();
    for foreign in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
        let headers = [foreign, ("content-type", "application/json")];
        let answer = session.send("POST", "/api/v1/accounts/1/test", &headers, &test).await.expect("answers");
        assert_eq!((answer.status(), &answer.headers()["content-type"] == "application/problem+json"), (403, true));
        let answer = session.send("GET", "/events", &[foreign], "").await.expect("answers");
        assert_eq!((answer.status(), &answer.headers()["content-type"] == "application/problem+json"), (403, true));
    }
    for own in [
        &[][..],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "same-origin"), ("origin", "https://ours.example")],
    ] {
        let answer = session.send("GET", "/events", own, "").await.expect("answers");
        assert_eq!((answer.status(), &answer.headers()["content-type"] == "text/event-stream"), (200, true));
    }
    let upgrade = [
        ("upgrade", "websocket"),
        ("connection", "upgrade"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("accept", "text/event-stream"),
    ];
    for path in ["/", "/settings/email/smtp", "/api/v1/accounts/1/test", "/api/ui/account_get", "/ws"] {
        let answer = session.send("GET", path, &upgrade, "").await.expect("answers");
        let media = answer.headers().get("content-type").map(|value| value.to_str().expect("ascii").to_owned());
        assert!(answer.status() != 101 && media.as_deref() != Some("text/event-stream"), "{path}: {}", answer.status());
    }
}

/// A test's steps are the answer to the request that began it: there is no number under which anybody could ask for them.
#[tokio::test]
async fn w21_a_stream_belongs_to_the_request_that_began_it() {
    let (server, session) = Server::with_administrator().await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut draft = account("Silent");
    draft["port"] = json!(silent.local_addr().expect("bound").port().to_string());
    session.ask("account_create", json!({ "draft": draft })).await;
    let mut running = session.post("/api/v1/accounts/1/test", &json!({ "to": "ann@example.com" })).await;
    assert!(running.chunk().await.expect("a line").is_some());
    let other = crate::downloads::person(&server, "otto", "operator").await;
    for path in
        ["/api/v1/accounts/1/test", "/api/v1/tests/1", "/api/v1/accounts/1/tests/1", "/api/v1/test", "/api/v1/test/1"]
    {
        let answer = other.get(path).await;
        assert!([404, 405].contains(&answer.status()), "{path}: {}", answer.status());
    }
    let history = other.get("/api/v1/accounts/1/tests").await.text().await.expect("json");
    assert!(!history.contains("ann@example.com"), "what is under way is nobody else's: {history}");
    // What a session or a program is known by is too long to be guessed: 256 bits each.
    let token = session.cookie.strip_prefix("postroom=").expect("a session");
    assert_eq!(token.len(), 43);
    assert_ne!(session.cookie, other.cookie);
    assert_eq!(whole_body()["id"], 999, "what the table of functions asks for is no account of a test");
}

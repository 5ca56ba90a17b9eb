//! `/events`: who is told what, how soon, and when it ends.

use crate::{
    api::token,
    downloads::person,
    harness::{PASSWORD, Server, Session, account, command},
    http::Response,
};
use domain::report::{Held, Query, ReportName};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// A second is promised; a machine that is busy with other tests has three.
const SOON: Duration = Duration::from_secs(3);
/// For what must not come.
const A_WHILE: Duration = Duration::from_millis(1500);

/// What is said where it is in vain to come back.
const OVER: &str = "event: over\ndata:";

/// A browser that listens.
pub struct Listener {
    response: Response,
    text: String,
}

/// One event.
#[derive(Debug, PartialEq, Eq)]
pub struct Event {
    pub id: String,
    pub data: String,
}

impl Listener {
    pub async fn begin(session: &Session, known: &str) -> Self {
        let response = session.send("GET", "/events", &[("last-event-id", known)], "").await.expect("answers");
        assert_eq!(response.status(), 200);
        Self::over(response).await
    }

    pub async fn over(response: Response) -> Self {
        let mut this = Self { response, text: String::new() };
        assert_eq!(this.block().await.as_deref(), Some("retry: 1000\n: live"));
        this
    }

    /// What stands before an empty line; `None` at the end.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let chunk = self.response.chunk().await.expect("a whole piece")?;
            self.text.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    /// The next event that is none of a heartbeat; `None` at the end.
    pub async fn event(&mut self) -> Option<Event> {
        loop {
            let block = self.block().await?;
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            if let (Some(id), Some(data)) = (field("id: "), field("data: ")) {
                assert_eq!(field("event: ").as_deref(), Some("changed"));
                return Some(Event { id, data });
            }
        }
    }

    /// The next event that names a report; it has to come soon.
    pub async fn told_of(&mut self, report: &str) -> Event {
        let told = timeout(SOON, async {
            loop {
                let event = self.event().await.expect("goes on");
                if names(&event.data).contains(&report) {
                    return event;
                }
            }
        });
        told.await.unwrap_or_else(|_| panic!("not told of {report} soon"))
    }

    /// The last thing said, where it ends soon, whatever is said before.
    pub async fn end(&mut self) -> Option<String> {
        let end = async {
            let mut last = String::new();
            while let Some(block) = self.block().await {
                last = block;
            }
            last
        };
        timeout(SOON, end).await.ok()
    }
}

fn names(data: &str) -> Vec<&str> {
    data.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, _)| name).collect()
}

#[tokio::test]
async fn whoever_writes_it_is_told_within_a_second() {
    let (server, root) = Server::with_administrator().await;
    let mut listener = Listener::begin(&root, "").await;
    let first = listener.told_of("accounts").await;
    let all = ["accounts", "credentials", "connectors", "users", "tokens", "audit", "outbox", "schedules"];
    let mut told = names(&first.data);
    told.sort_unstable();
    let mut wanted = all.to_vec();
    wanted.sort_unstable();
    assert_eq!(told, wanted, "at first all");

    // A page, the API, the command line in a process of its own, and a hand on the file.
    root.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let event = listener.told_of("accounts").await;
    assert!(!names(&event.data).contains(&"users"), "{event:?}");
    let bearer = format!("Bearer {}", token(&server, "ci", "administrator").await);
    listener.told_of("tokens").await;
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = json!({ "name": "proxy", "kind": "socks5", "host": "127.0.0.1", "port": 1080, "enabled": true });
    let made = server.anonymous().send("POST", "/api/v1/connectors", &headers, &body.to_string()).await.expect("sent");
    assert_eq!(made.status(), 201, "{:?}", made.text().await);
    listener.told_of("connectors").await;
    person(&server, "vera", "viewer").await;
    listener.told_of("users").await;
    server.sql("UPDATE accounts SET name = 'By hand', name_fold = 'by hand'").await;
    listener.told_of("accounts").await;
    server.sql("INSERT INTO schedule_runs (schedule_id, at, missed, code, params) VALUES (1, 1, 0, 'x', '')").await;
    listener.told_of("schedules").await;
}

/// What no number is kept of for the sake of its speed.
#[tokio::test]
async fn the_outbox_is_told_of_too() {
    let (server, root) = Server::with_administrator().await;
    root.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let mut listener = Listener::begin(&root, "").await;
    listener.told_of("outbox").await;
    let headers = [("authorization", format!("Bearer {}", token(&server, "ci", "operator").await))];
    listener.told_of("tokens").await;
    let headers =
        [("authorization", headers[0].1.as_str()), ("content-type", "application/json"), ("idempotency-key", "1")];
    let body = json!({ "to": ["ann@example.com"], "subject": "s", "text": "t" }).to_string();
    let sent = server.anonymous().send("POST", "/api/v1/notifications", &headers, &body).await.expect("sent");
    assert_eq!(sent.status(), 202, "{:?}", sent.text().await);
    let event = listener.told_of("outbox").await;
    assert!(!names(&event.data).contains(&"accounts"), "{event:?}");
}

#[tokio::test]
async fn whoever_comes_back_is_told_at_once_what_was_missed() {
    let (server, root) = Server::with_administrator().await;
    let mut listener = Listener::begin(&root, "").await;
    let known = listener.told_of("accounts").await.id;
    drop(listener);

    root.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let mut listener = Listener::begin(&root, &known).await;
    let event = listener.told_of("accounts").await;
    assert!(!names(&event.data).contains(&"users"), "only what is behind: {event:?}");
    drop(listener);

    // Nothing is said twice to who knows it.
    let mut listener = Listener::begin(&root, &event.id).await;
    assert!(timeout(A_WHILE, listener.event()).await.is_err(), "nothing happened");
    drop(listener);

    // A restart keeps the numbers; what is not counted is told anew.
    let folder = server.kill().await;
    let server = Server::start_in(folder).await;
    let root = root.at(&server);
    let mut listener = Listener::begin(&root, &event.id).await;
    let again = listener.told_of("outbox").await;
    assert!(!names(&again.data).contains(&"accounts"), "{again:?}");
    // What cannot be read is as if nothing were known.
    let mut listener = Listener::begin(&root, "accounts&&=7&users=nonsense").await;
    assert!(names(&listener.told_of("users").await.data).contains(&"accounts"));
}

#[tokio::test]
async fn w41_nobody_is_told_of_what_they_may_not_read() {
    let (server, root) = Server::with_administrator().await;
    assert_eq!(server.anonymous().get("/events").await.status(), 401);
    let vera = person(&server, "vera", "viewer").await;
    let mut listener = Listener::begin(&vera, "users=0&audit=0").await;
    let first = listener.told_of("accounts").await;
    for text in [&first.data, &first.id] {
        for secret in ["users", "tokens", "audit", "people"] {
            assert!(!names(text).contains(&secret), "{text}");
        }
    }
    root.ask("token_create", json!({ "draft": { "name": "t", "role": "viewer" } })).await;
    root.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let event = listener.told_of("accounts").await;
    assert!(!event.id.contains("tokens") && !event.id.contains("Alerts"), "{event:?}");
}

#[tokio::test]
async fn it_ends_with_the_session() {
    let (server, root) = Server::with_administrator().await;
    person(&server, "vera", "viewer").await;

    let vera = server.sign_in("vera", PASSWORD).await;
    let mut other = Listener::begin(&server.sign_in("vera", PASSWORD).await, "").await;
    let mut listener = Listener::begin(&vera, "").await;
    vera.form("/sign-out", &[]).await;
    assert_eq!(listener.end().await.as_deref(), Some(OVER), "signed out");
    assert_eq!(other.end().await, None, "another session goes on");

    // Another role ends a user's sessions.
    let id = 2;
    let user = root.ask("user_get", json!({ "id": id })).await;
    let draft = json!({ "name": "vera", "role": "operator", "enabled": true });
    root.ask("user_update", json!({ "id": id, "version": user["version"], "draft": draft })).await;
    assert_eq!(other.end().await.as_deref(), Some(OVER), "another role");

    let mut listener = Listener::begin(&server.sign_in("vera", PASSWORD).await, "").await;
    let user = root.ask("user_get", json!({ "id": id })).await;
    root.ask("user_delete", json!({ "id": id, "version": user["version"] })).await;
    assert_eq!(listener.end().await.as_deref(), Some(OVER), "deleted");
}

#[tokio::test]
async fn it_never_holds_the_end_of_the_server() {
    let (server, root) = Server::with_administrator().await;
    let mut listeners = Vec::new();
    for _ in 0..5 {
        listeners.push(Listener::begin(&root, "").await);
    }
    let start = Instant::now();
    let (_, code) = server.stop().await;
    assert_eq!(code, Some(0));
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    for mut listener in listeners {
        assert!(listener.end().await.is_some_and(|last| last != OVER), "whoever listens comes back");
    }
}

#[tokio::test]
async fn w48_one_person_has_twenty_connections() {
    let (server, root) = Server::with_administrator().await;
    let mut listeners = Vec::new();
    for _ in 0..20 {
        listeners.push(Listener::begin(&root, "").await);
    }
    let refused = root.get("/events").await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
    // Nobody else has to wait for them, and what was closed is free again.
    let vera = person(&server, "vera", "viewer").await;
    Listener::begin(&vera, "").await;
    drop(listeners);
    let free = async {
        while root.get("/events").await.status() != 200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(5), free).await.expect("given back");
}

#[tokio::test]
async fn it_goes_out_as_it_is_below_a_path_too() {
    let folder = std::sync::Arc::new(tempfile::TempDir::new().expect("a folder"));
    let server = Server::start_with(folder, &[("POSTROOM_BASE_PATH", "/mail/smtp")]).await;
    let url = server.url.trim_end_matches("/mail/smtp").to_owned();
    let session = Session { url, cookie: String::new() };
    let token = server.set_up_token.as_deref().expect("a first start");
    let form = [("token", token), ("user_name", "root"), ("password", PASSWORD)];
    let response = session.form("/mail/smtp/setup", &form).await;
    let session = session.keep(&response);
    let headers = [("accept-encoding", "gzip, br"), ("accept", "text/event-stream")];
    let response = session.send("GET", "/mail/smtp/events", &headers, "").await.expect("answers");
    assert_eq!(response.status(), 200);
    let head = response.headers();
    assert_eq!(head["content-type"], "text/event-stream");
    assert_eq!(head["x-accel-buffering"], "no");
    assert!(head["cache-control"].to_str().expect("text").contains("no-store"));
    assert!(!head.contains_key("content-encoding") && !head.contains_key("content-length"));
    Listener::over(response).await.told_of("accounts").await;
}

/// What is held in a browser is sent again only where it has changed.
#[tokio::test]
async fn rows_that_have_not_changed_are_not_sent() {
    let (_server, root) = Server::with_administrator().await;
    root.ask("account_create", json!({ "draft": account("Alerts") })).await;
    for report in ["accounts", "credentials", "connectors", "users", "tokens", "schedules"] {
        let path = format!("/reports/{report}.rows");
        let first = root.get(&path).await;
        assert_eq!(first.status(), 200, "{report}");
        let tag = first.headers()["etag"].to_str().expect("text").to_owned();
        let again = root.send("GET", &path, &[("if-none-match", &tag)], "").await.expect("answers");
        assert_eq!(again.status(), 304, "{report}");
        assert_eq!(again.bytes().await.expect("a body").len(), 0);
        let other = root.send("GET", &path, &[("if-none-match", "W/\"other\"")], "").await.expect("answers");
        assert_eq!(other.status(), 200, "{report}");
    }
    let mut listener = Listener::begin(&root, "").await;
    let event = listener.told_of("accounts").await;
    let rows = root.get("/reports/accounts.rows").await;
    let tag = rows.headers()["etag"].to_str().expect("text").trim_start_matches("W/").trim_matches('"').to_owned();
    assert!(event.id.split('&').any(|pair| pair == format!("accounts={tag}")), "{tag} {event:?}");
    root.ask("account_create", json!({ "draft": account("Another") })).await;
    let quoted = format!("W/\"{tag}\"");
    let changed = root.send("GET", "/reports/accounts.rows", &[("if-none-match", &quoted)], "").await.expect("answers");
    assert_eq!(changed.status(), 200);
}

/// Who holds the rows is sent those that are others, and who can't take them in, all.
#[tokio::test]
async fn what_has_changed_is_all_that_is_sent() {
    const CHANGES: &str = "/reports/accounts.rows?changes";
    let (_server, root) = Server::with_administrator().await;
    for number in 1..=40 {
        root.ask("account_create", json!({ "draft": account(&format!("Relay {number}")) })).await;
    }
    let spec = ReportName::Accounts.spec();
    let kind = |answer: &Response| answer.headers()["content-type"].to_str().expect("text").to_owned();
    let tag = |answer: &Response| answer.headers()["etag"].to_str().expect("text").to_owned();
    let whole = async |answer: Response| Held::decode(spec, &answer.bytes().await.expect("whole")).expect("rows");
    let since = async |tag: &str, path| root.send("GET", path, &[("if-none-match", tag)], "").await.expect("answers");
    let rows = |held: &Held| held.page(&Query::from_pairs(ReportName::Accounts, [("size", "100")])).rows;

    let first = root.get("/reports/accounts.rows").await;
    let known = tag(&first);
    let mut held = whole(first).await;
    root.ask("account_delete", json!({ "id": 7 })).await;
    root.ask("account_set_enabled", json!({ "id": 9, "enabled": false, "version": 1 })).await;
    root.ask("account_create", json!({ "draft": account("Another") })).await;
    root.ask("account_set_default", json!({ "id": 12, "from": null })).await;
    let changes = since(&known, CHANGES).await;
    assert_eq!(kind(&changes), "application/vnd.postroom.changed-rows");
    let now = tag(&changes);
    let bytes = changes.bytes().await.expect("whole");
    assert!(bytes.len() < 600, "{}", bytes.len());
    held.change(&bytes).expect("meant for these rows");
    let all = since(&known, "/reports/accounts.rows").await;
    assert_eq!((kind(&all), tag(&all)), ("application/vnd.postroom.rows".to_owned(), now.clone()));
    assert_eq!(rows(&held), rows(&whole(all).await));
    assert_eq!(since(&now, CHANGES).await.status(), 304);

    // The same number from before a backup was brought back, one that has not been yet, and what is none.
    let (number, mark) = now.trim_start_matches("W/").trim_matches('"').split_once('-').expect("both");
    let (number, mark): (i64, i64) = (number.parse().expect("a number"), mark.parse().expect("a mark"));
    for other in [format!("{number}-{}", mark ^ 1), format!("{}-{mark}", number + 1), "x-y".to_owned(), "7".to_owned()]
    {
        let answer = since(&format!("W/\"{other}\""), CHANGES).await;
        assert_eq!((answer.status(), &*kind(&answer)), (200, "application/vnd.postroom.rows"), "{other}");
    }
    // Other reports have few rows.
    let users = root.get("/reports/users.rows").await;
    root.ask(
        "user_create",
        json!({ "draft": { "name": "second", "role": "viewer", "enabled": true, "password": PASSWORD } }),
    )
    .await;
    let again = since(&tag(&users), "/reports/users.rows?changes").await;
    assert_eq!(kind(&again), "application/vnd.postroom.rows");
}

/// Another server on the same file is another writer.
#[tokio::test]
async fn another_server_on_the_same_file_is_heard() {
    let (server, root) = Server::with_administrator().await;
    let mut listener = Listener::begin(&root, "").await;
    listener.told_of("accounts").await;
    let mut second = command(server.folder.path());
    second.env("POSTROOM_LOG", "info");
    let second = Server::start_as(std::sync::Arc::clone(&server.folder), second).await;
    let elsewhere = second.sign_in("root", PASSWORD).await;
    listener.told_of("users").await;
    elsewhere.ask("account_create", json!({ "draft": account("From elsewhere") })).await;
    listener.told_of("accounts").await;
}

//! The log and the audit log, and what is said when something of ours breaks.

use crate::harness::{PASSWORD, Server, account, command};
use serde_json::{Value, json};

#[tokio::test]
async fn w53_nothing_that_is_sent_forges_a_line_of_the_log() {
    let (server, session) = Server::with_administrator().await;
    let secret = "s3cret-Zx81-needle";
    let forged = format!("x\r\n2026-11-22T00:00:00.000000Z ERROR postroom: forged {secret}\u{1b}[2J");
    let anonymous = server.anonymous();
    anonymous.form("/sign-in", &[("user_name", &forged), ("password", secret)]).await;
    anonymous.form("/setup", &[("token", &forged), ("user_name", &forged), ("password", secret)]).await;
    anonymous
        .send("GET", &format!("/no/such/%0d%0aforged/{secret}"), &[("authorization", &format!("Bearer {secret}"))], "")
        .await
        .expect("answers");
    anonymous
        .send("GET", "/api/v1/accounts", &[("authorization", &format!("Bearer {secret}"))], "")
        .await
        .expect("answers");
    session
        .call("credential_create", json!({ "draft": { "name": forged, "user_name": forged, "secret": secret } }))
        .await;
    session.call("password_change", json!({ "current": secret, "new": secret })).await;
    let report = json!({ "csp-report": { "document-uri": forged, "effective-directive": forged, "blocked-uri": "\u{2028}forged" } });
    anonymous
        .send("POST", "/csp-reports", &[("content-type", "application/csp-report")], &report.to_string())
        .await
        .expect("answers");
    assert!(server.logs("a page's policy does not allow").await);
    let log = server.log().await;
    for line in log.lines() {
        let shape: String = line.chars().take(10).map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        assert_eq!(shape, "9999-99-99", "no line of ours: {line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let report = log.lines().filter(|line| line.contains("forged")).count();
    assert!(report <= 1, "the browser's report alone is quoted: {log}");
    assert!(!log.contains(PASSWORD));
    let query = domain::report::Query::default();
    let audit = session.ask("report_page", json!({ "report": "audit", "query": query })).await.to_string();
    assert!(!audit.contains(secret) && !audit.contains("forged"), "{audit}");
}

#[tokio::test]
async fn w54_what_was_changed_past_the_server_is_said_by_check() {
    let (server, session) = Server::with_administrator().await;
    for name in ["One", "Two", "Three"] {
        session.ask("account_create", json!({ "draft": account(name) })).await;
    }
    let check = async |server: &Server| {
        let output = command(server.folder.path()).arg("check").output().await.expect("runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, said, _) = check(&server).await;
    assert_eq!(code, Some(0));
    let last = said.lines().last().expect("a line");
    let head = last.strip_prefix("postroom: audit log: 5 lines, chained up to ").unwrap_or_else(|| panic!("{said}"));
    assert!(head.len() == 64 && head.chars().all(|c| c.is_ascii_hexdigit()), "{head}");
    server.sql("DROP TRIGGER audit_is_never_changed").await;
    server.sql("UPDATE audit SET actor = 'eve', actor_fold = 'eve' WHERE id = 4").await;
    let (code, said, errors) = check(&server).await;
    assert_eq!((code, said.as_str()), (Some(1), ""));
    let line = "postroom: audit log: line 4 does not fit the lines before it; 3 lines are as they were written";
    assert!(errors.lines().any(|found| found == line), "{errors}");
    // The server goes on, and so does the log.
    session.ask("account_create", json!({ "draft": account("Four") })).await;
    assert_eq!(check(&server).await.0, Some(1), "what came later makes it no better");
}

/// Who, when, from where, what: every field of a line, for changes of each kind, and never a value that is a secret.
#[tokio::test]
async fn w54_every_kind_of_change_has_a_line() {
    let (server, session) = Server::with_administrator().await;
    let secret = "s3cret-Zx81-needle";
    session
        .ask("credential_create", json!({ "draft": { "name": "Relay", "user_name": "relay", "secret": secret } }))
        .await;
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let mut moved = account("Alerts");
    moved["host"] = json!("127.0.0.9");
    moved["is_default"] = json!(true);
    session.ask("account_update", json!({ "id": 1, "version": 1, "draft": moved })).await;
    session
        .ask(
            "user_create",
            json!({ "draft": { "name": "vera", "role": "viewer", "enabled": true, "password": PASSWORD } }),
        )
        .await;
    let user = session.ask("user_get", json!({ "id": 2 })).await;
    let draft = json!({ "name": "vera", "role": "administrator", "enabled": true });
    session.ask("user_update", json!({ "id": 2, "version": user["version"], "draft": draft })).await;
    session.ask("token_create", json!({ "draft": { "name": "CI", "role": "viewer" } })).await;
    session.ask("password_change", json!({ "current": PASSWORD, "new": "another horse battery" })).await;
    let rotated = command(server.folder.path()).args(["key", "rotate"]).output().await.expect("runs");
    assert!(rotated.status.success());
    let query = domain::report::Query::default();
    let page = session.ask("report_page", json!({ "report": "audit", "query": query })).await.to_string();
    for (action, change) in [
        ("credential.created", "user_name: relay"),
        ("account.changed", "host: 127.0.0.1 → 127.0.0.9"),
        ("user.created", "role: viewer"),
        ("user.changed", "role: viewer → administrator"),
        ("token.created", "name: CI"),
        ("user.password_changed", ""),
        ("key.rotated", ""),
        ("session.signed_in", ""),
    ] {
        assert!(page.contains(action) && page.contains(change), "{action} {change}: {page}");
    }
    assert!(page.contains("127.0.0.1") && !page.contains(secret) && !page.contains("another horse"), "{page}");
}

#[tokio::test]
async fn w55_what_breaks_says_a_reference_and_nothing_of_the_store() {
    let (server, session) = Server::with_administrator().await;
    let telling = |body: &str| {
        ["SQL", "sqlite", "no such table", "parameters_gone", "panicked", "src/"].iter().any(|word| body.contains(word))
    };
    server.sql("ALTER TABLE parameters RENAME TO parameters_gone").await;
    let (status, said) = session.call("parameters_get", json!({})).await;
    assert_eq!(status, 500, "{said}");
    let reference = said["internal"]["reference"].as_str().expect("a reference").to_owned();
    assert!(!telling(&said.to_string()), "{said}");
    assert!(server.logs(&reference).await, "the log has the reference, and beside it what it was");
    let line = server.log().await.lines().find(|line| line.contains(&reference)).map(str::to_owned);
    assert!(line.is_some_and(|line| line.contains("no such table")));
    let down = session.get("/readyz").await;
    assert_eq!(down.status(), 503);
    assert!(!telling(&down.text().await.expect("text")));
    server.sql("ALTER TABLE parameters_gone RENAME TO parameters").await;
    assert_eq!(session.get("/readyz").await.status(), 200);

    // Nobody can even be told from anybody.
    server.sql("ALTER TABLE sessions RENAME TO parameters_gone").await;
    for path in ["/settings/email/smtp", "/api/v1/accounts", "/reports/accounts.csv"] {
        let answer = session.get(path).await;
        assert_eq!(answer.status(), 500, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let body = answer.text().await.expect("a body");
        let problem: Value = serde_json::from_str(&body).expect("json");
        assert!(problem["failure"]["internal"]["reference"].is_string() && !telling(&body), "{path}: {body}");
    }
    server.sql("ALTER TABLE parameters_gone RENAME TO sessions").await;
    assert_eq!(session.get("/settings/email/smtp").await.status(), 200, "and it goes on");
}

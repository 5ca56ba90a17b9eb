//! Who gets in, and what each role may: tokens, sessions, guesses, requests that another site makes a browser send.

use super::{Api, account, connector, credential, token};
use crate::harness::{Server, account as typed};
use serde_json::json;

#[tokio::test]
async fn without_a_token_in_force_nothing_is_answered() {
    let (server, session) = Server::with_administrator().await;
    let api = Api::of(&server, "viewer").await;
    let paths = ["/api/v1/accounts", "/api/v1/accounts/1", "/api/v1/credentials", "/api/v1/connectors/7"];
    for path in paths {
        let nobody = api.with_token("").get(path).await;
        assert_eq!((nobody.status, nobody.kind()), (401, "unauthorized"), "{path}");
        assert_eq!(nobody.header("www-authenticate"), "Bearer realm=\"Postroom\"");
    }
    let unknown = format!("postroom_{}", "A".repeat(43));
    for wrong in ["x", unknown.as_str()] {
        let nobody = api.with_token(wrong).get("/api/v1/accounts").await;
        assert_eq!(nobody.status, 401, "{wrong}");
        assert_eq!(nobody.header("www-authenticate"), "Bearer realm=\"Postroom\", error=\"invalid_token\"");
    }
    assert_eq!(api.get("/api/v1/accounts").await.status, 200);
    // A wrong token is not made good by a session, nor another scheme taken for one.
    let wrong = [("authorization", "Bearer x")];
    assert_eq!(session.send("GET", "/api/v1/accounts", &wrong, "").await.expect("answers").status(), 401);
    let proxy = [("authorization", "Basic eDp5")];
    assert_eq!(session.send("GET", "/api/v1/accounts", &proxy, "").await.expect("answers").status(), 200);
    assert_eq!(session.get("/api/v1/accounts").await.status(), 200, "a session is as good");
    // Nor does a token open what is for people.
    let bearer = format!("Bearer {}", token(&server, "root", "administrator").await);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let page = server.anonymous().send("POST", "/api/ui/account_get", &headers, r#"{"id": 1}"#).await.expect("answers");
    assert_eq!(page.status(), 401);
    for shown in [api.token.as_str(), &unknown, &bearer["Bearer ".len()..]] {
        assert!(!server.log().await.contains(shown), "no token in the log");
    }
}

#[tokio::test]
async fn each_role_may_what_it_may() {
    let server = Server::start().await;
    let administrator = Api::of(&server, "administrator").await;
    administrator.make("/api/v1/accounts", &account("Alerts")).await;
    administrator.make("/api/v1/credentials", &credential("Relay")).await;
    administrator.make("/api/v1/connectors", &connector("DMZ")).await;
    let (viewer, operator) = (token(&server, "v", "viewer").await, token(&server, "o", "operator").await);
    let test = json!({ "to": "ann@example.com", "mode": "check" });
    let mut unsaved = account("Unsaved");
    unsaved["to"] = json!("ann@example.com");
    for (token, tests) in [(viewer, 403), (operator, 200)] {
        let api = administrator.with_token(&token);
        for name in ["accounts", "credentials", "connectors"] {
            let (list, one) = (format!("/api/v1/{name}"), format!("/api/v1/{name}/1"));
            assert_eq!((api.get(&list).await.status, api.get(&one).await.status), (200, 200), "{name}");
            // Refused for the role before anything else is looked at.
            for refused in [
                api.post(&list, &json!({})).await,
                api.put(&one, "\"9\"", &json!({})).await,
                api.patch(&one, "\"9\"", &json!({ "colour": 1 })).await,
                api.delete(&one).await,
            ] {
                assert_eq!((refused.status, refused.kind()), (403, "forbidden"), "{name}");
            }
        }
        assert_eq!(api.post("/api/v1/accounts/1/test", &test).await.status, tests);
        assert_eq!(api.post("/api/v1/test", &unsaved).await.status, tests);
    }
}

#[tokio::test]
async fn guesses_are_slowed_and_who_has_a_token_is_not() {
    let server = Server::start().await;
    let api = Api::of(&server, "viewer").await;
    let guesser = api.with_token("postroom_guess");
    let slowed = loop {
        let reply = guesser.get("/api/v1/accounts").await;
        if reply.status != 401 {
            break reply;
        }
    };
    assert_eq!((slowed.status, slowed.kind()), (429, "too_many_requests"));
    assert!(slowed.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    assert_eq!(api.get("/api/v1/accounts").await.status, 200);
}

#[tokio::test]
async fn another_site_can_use_a_session_for_nothing_and_a_token_it_has_not() {
    let (server, session) = Server::with_administrator().await;
    let api = Api::of(&server, "administrator").await;
    let body = account("Planted").to_string();
    let foreign =
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("content-type", "application/json")];
    let planted = session.send("POST", "/api/v1/accounts", &foreign, &body).await.expect("answers");
    assert_eq!((planted.status(), &planted.headers()["content-type"] == "application/problem+json"), (403, true));
    // A form can't be sent as JSON, wherever it stands.
    let form = [("sec-fetch-site", "same-origin"), ("content-type", "text/plain")];
    assert_eq!(session.send("POST", "/api/v1/accounts", &form, &body).await.expect("answers").status(), 415);
    assert_eq!(api.get("/api/v1/accounts").await.body["items"], json!([]));
    let program = api.send("POST", "/api/v1/accounts", &foreign, &body).await;
    assert_eq!(program.status, 201, "no browser adds a token by itself");
}

#[tokio::test]
async fn a_token_made_in_the_page_is_shown_once_and_revoked_for_ever() {
    let (server, session) = Server::with_administrator().await;
    let made = session.ask("token_create", json!({ "draft": { "name": "CI", "role": "administrator" } })).await;
    let secret = made["secret"].as_str().expect("shown once").to_owned();
    let api = Api::of(&server, "viewer").await.with_token(&secret);
    api.make("/api/v1/accounts", &account("By a program")).await;
    let rows = session.ask("report_rows", json!({ "report": "tokens" })).await;
    assert!(!rows.to_string().contains(&secret[9..]), "{rows}");
    let row = rows[0].as_array().expect("a row");
    assert_eq!((&row[1], &row[3], &row[4]), (&json!("CI"), &json!("active"), &json!("root")));
    assert!(row[6].is_i64(), "when it was used");
    let query = domain::report::Query::default();
    let log = session.ask("report_page", json!({ "report": "audit", "query": query })).await.to_string();
    assert!(log.contains("token CI") && log.contains("account.created") && log.contains("token.created"), "{log}");
    session.ask("token_revoke", json!({ "id": made["token"]["id"] })).await;
    assert_eq!(api.get("/api/v1/accounts").await.status, 401);
    let (status, _) = session.call("token_create", json!({ "draft": { "name": "", "role": "viewer" } })).await;
    assert_eq!(status, 422);
    let typed = session.call("account_create", json!({ "draft": typed("By hand") })).await.0;
    assert_eq!(typed, 200, "the pages go on as before");
}

#[tokio::test]
async fn the_page_of_tokens_is_there_for_administrators_beside_the_users() {
    let (server, session) = Server::with_administrator().await;
    session.ask("token_create", json!({ "draft": { "name": "Deploy robot", "role": "operator" } })).await;
    let users = "href=\"/settings/users\"";
    let tokens = "href=\"/settings/users/tokens\"";
    for (path, parts) in [
        ("/settings/users", vec![users, tokens, ">Users<"]),
        ("/settings/users/new", vec![users, tokens, "New user"]),
        ("/settings/users/tokens", vec![users, tokens, ">API tokens<", "Deploy robot", "New token", "Active"]),
        ("/settings/users/tokens/new", vec![tokens, "<dialog", "id=\"token-name\"", "id=\"token-role\""]),
    ] {
        let page = session.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        let html = page.text().await.expect("html");
        for part in parts {
            assert!(html.contains(part), "{part} is not in {path}: {html}");
        }
    }
    assert_eq!(server.anonymous().get("/settings/users/tokens").await.status(), 303);
}

//! Set-up link, signing in and out, and what somebody who is not signed in gets.

use crate::harness::{PASSWORD, Server, account, command};
use serde_json::json;
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn the_set_up_link_works_once() {
    let server = Server::start().await;
    let token = server.set_up_token.clone().expect("first start");
    let wrong =
        server.anonymous().form("/setup", &[("token", "guess"), ("user_name", "eve"), ("password", PASSWORD)]).await;
    assert!(wrong.headers()["location"].to_str().expect("ascii").starts_with("/setup?error="));
    server.set_up().await;
    let again =
        server.anonymous().form("/setup", &[("token", &token), ("user_name", "eve"), ("password", PASSWORD)]).await;
    assert!(again.headers().get("set-cookie").is_none());
    assert!(again.headers()["location"].to_str().expect("ascii").starts_with("/setup?error="));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let (server, _session) = Server::with_administrator().await;
    let mut places = Vec::new();
    for (name, password) in [("root", "not the password"), ("nobody", PASSWORD)] {
        let response = server.anonymous().form("/sign-in", &[("user_name", name), ("password", password)]).await;
        assert!(response.headers().get("set-cookie").is_none());
        places.push(response.headers()["location"].to_str().expect("ascii").replace(name, ""));
    }
    assert_eq!(places[0], places[1]);
    assert!(places[0].contains("error=credentials"), "{}", places[0]);
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let (server, _session) = Server::with_administrator().await;
    let mut slowed = false;
    for guess in 0..30 {
        let response = server
            .anonymous()
            .form("/sign-in", &[("user_name", "root"), ("password", &format!("guess number {guess}"))])
            .await;
        slowed |= response.headers()["location"].to_str().expect("ascii").contains("error=too_many");
    }
    assert!(slowed);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let (_server, session) = Server::with_administrator().await;
    assert_eq!(session.get("/settings/email/smtp").await.status(), 200);
    let left = session.form("/sign-out", &[]).await;
    assert!(left.headers()["set-cookie"].to_str().expect("ascii").contains("Max-Age=0"));
    let after = session.get("/settings/email/smtp").await;
    assert_eq!(after.status(), 303, "the old cookie opens nothing");
    assert_eq!(session.call("report_rows", json!({"report": "accounts"})).await.0, 401);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let server = Server::start().await;
    let form =
        [("token", server.set_up_token.as_deref().expect("first")), ("user_name", "root"), ("password", PASSWORD)];
    let response = server.anonymous().form("/setup", &form).await;
    let cookie = response.headers()["set-cookie"].to_str().expect("ascii");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let (server, _session) = Server::with_administrator().await;
    let anonymous = server.anonymous();
    let sent = anonymous.get("/settings/email/smtp?name=a%26b").await;
    assert_eq!(sent.status(), 303);
    assert_eq!(sent.headers()["location"], "/sign-in?next=%2Fsettings%2Femail%2Fsmtp%3Fname%3Da%2526b");
    let form = [("user_name", "root"), ("password", PASSWORD), ("next", "/settings/email/smtp?name=a%26b")];
    let back = anonymous.form("/sign-in", &form).await;
    assert_eq!(back.headers()["location"], "/settings/email/smtp?name=a%26b");
    let evil = [("user_name", "root"), ("password", PASSWORD), ("next", "//evil.example/")];
    assert_eq!(anonymous.form("/sign-in", &evil).await.headers()["location"], "/settings/email/smtp");
}

#[tokio::test]
async fn each_role_may_do_what_it_may() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    for (name, role) in [("vera", "viewer"), ("otto", "operator")] {
        let mut child = command(server.folder.path())
            .args(["user", "add", "--name", name, "--role", role, "--password-stdin"])
            .stdin(std::process::Stdio::piped())
            .spawn()
            .expect("starts");
        child.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).await.expect("writes");
        let output = child.wait_with_output().await.expect("ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let draft = json!({ "to": "ann@example.com", "subject": "s", "message": "m" });
    for (name, read, test, change, users) in
        [("vera", 200, 403, 403, 403), ("otto", 200, 200, 403, 403), ("root", 200, 200, 200, 200)]
    {
        let person = server.sign_in(name, PASSWORD).await;
        assert_eq!(person.call("account_get", json!({"id": 1})).await.0, read, "{name} reads");
        assert_eq!(person.post("/api/v1/accounts/1/test", &draft).await.status(), test, "{name} tests");
        let changed = person.call("account_set_enabled", json!({"id": 1, "enabled": true})).await.0;
        assert_eq!(changed, change, "{name} changes");
        assert_eq!(person.call("user_get", json!({"id": 1})).await.0, users, "{name} sees users");
    }
}

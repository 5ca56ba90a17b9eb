//! Sessions and guesses: what signing in gives, what ends it, and how slowly passwords can be tried.

use crate::{
    downloads::person,
    harness::{PASSWORD, Server, Session, account},
};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::{
    net::TcpListener,
    time::{sleep, timeout},
};

#[tokio::test]
async fn w33_a_session_that_a_browser_brings_along_is_never_taken_over() {
    let (server, session) = Server::with_administrator().await;
    let form = [("user_name", "root"), ("password", PASSWORD)];
    // One that somebody else has planted, whether or not it is in force.
    let other = person(&server, "eve", "viewer").await;
    for planted in [other.cookie.clone(), format!("postroom={}", "A".repeat(43))] {
        let browser = Session { cookie: planted.clone(), ..server.anonymous() };
        let mine = browser.clone().keep(&browser.form("/sign-in", &form).await);
        assert_ne!(mine.cookie, planted);
        assert_eq!(mine.get("/settings/email/smtp").await.status(), 200);
        assert_eq!(browser.get("/settings/email/smtp").await.status(), 303, "what was there before is dead");
    }
    // Signing in anew gives another one too, and ends the one before.
    let again = session.clone().keep(&session.form("/sign-in", &form).await);
    assert_ne!(again.cookie, session.cookie);
    assert_eq!(session.get("/settings/email/smtp").await.status(), 303);
}

#[tokio::test]
async fn w33_another_role_and_a_new_password_end_a_session() {
    let (server, root) = Server::with_administrator().await;
    let vera = person(&server, "vera", "viewer").await;
    let user = root.ask("user_get", json!({ "id": 2 })).await;
    let draft = json!({ "name": "vera", "role": "administrator", "enabled": true });
    root.ask("user_update", json!({ "id": 2, "version": user["version"], "draft": draft })).await;
    assert_eq!(vera.get("/settings/email/smtp").await.status(), 303, "more rights, another session");
    let (here, elsewhere) = (server.sign_in("vera", PASSWORD).await, server.sign_in("vera", PASSWORD).await);
    here.ask("password_change", json!({ "current": PASSWORD, "new": "another horse battery" })).await;
    assert_eq!(elsewhere.get("/settings/email/smtp").await.status(), 303);
    assert_eq!(here.get("/settings/email/smtp").await.status(), 200);
}

#[tokio::test]
async fn w34_signing_out_ends_the_session_on_the_server() {
    let (_server, session) = Server::with_administrator().await;
    assert_eq!(session.get("/settings/email/smtp").await.status(), 200);
    let left = session.form("/sign-out", &[]).await;
    assert!(left.headers()["set-cookie"].to_str().expect("ascii").contains("Max-Age=0"));
    let after = session.get("/settings/email/smtp").await;
    assert_eq!(after.status(), 303, "the old cookie opens nothing");
    assert_eq!(session.call("report_rows", json!({"report": "accounts"})).await.0, 401);
}

/// A test that waits for a greeting which never comes.
async fn endless_test(session: &Session, administrator: &Session) -> (crate::http::Response, TcpListener) {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = silent.local_addr().expect("bound").port().to_string();
    let mut draft = account(&format!("Silent {port}"));
    draft["port"] = json!(port);
    let made = administrator.ask("account_create", json!({ "draft": draft })).await;
    let path = format!("/api/v1/accounts/{}/test", made["id"]);
    let mut running = session.post(&path, &json!({ "to": "ann@example.com" })).await;
    assert!(running.chunk().await.expect("a line").is_some());
    (running, silent)
}

/// How long a stream goes on.
async fn rest(running: crate::http::Response) -> Duration {
    let began = Instant::now();
    let text = timeout(Duration::from_secs(20), running.text()).await.expect("ends").expect("lines");
    assert!(text.lines().last().is_some_and(|line| line.contains("\"cancelled\"")), "{text}");
    began.elapsed()
}

#[tokio::test]
async fn w34_w36_a_stream_ends_with_its_session_within_five_seconds() {
    let (server, root) = Server::with_administrator().await;
    let otto = person(&server, "otto", "operator").await;
    let (running, _silent) = endless_test(&otto, &root).await;
    otto.form("/sign-out", &[]).await;
    let took = rest(running).await;
    assert!(took < Duration::from_secs(5), "signed out: {took:?}");

    let otto = server.sign_in("otto", PASSWORD).await;
    let (running, _silent) = endless_test(&otto, &root).await;
    let user = root.ask("user_get", json!({ "id": 2 })).await;
    let draft = json!({ "name": "otto", "role": "operator", "enabled": false });
    root.ask("user_update", json!({ "id": 2, "version": user["version"], "draft": draft })).await;
    assert_eq!(otto.get("/settings/email/smtp").await.status(), 303, "at once everywhere else");
    let took = rest(running).await;
    assert!(took < Duration::from_secs(5), "disabled: {took:?}");
}

#[tokio::test]
async fn w34_a_download_ends_with_its_session_within_five_seconds() {
    let (server, root) = Server::with_administrator().await;
    let ada = person(&server, "ada", "administrator").await;
    server.sql(crate::downloads::MANY_ENTRIES).await;
    let mut slow = ada.get("/reports/audit.csv").await;
    assert!(slow.chunk().await.expect("a piece").is_some());
    ada.form("/sign-out", &[]).await;
    // What has been written ahead is still on its way; the rest never comes, and does not look whole.
    sleep(Duration::from_secs(4)).await;
    assert!(slow.text().await.is_err(), "the connection is cut");
    let whole = root.get("/reports/audit.csv").await.text().await.expect("whole");
    assert!(whole.len() > 20_000_000);
}

#[tokio::test]
async fn w38_a_wrong_password_and_an_unknown_name_get_the_same_answer() {
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
async fn w38_guessing_is_slowed_down() {
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

/// A thousand guesses from one place, at names of all kinds: thirty are looked at, and the server answers meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn w38_a_thousand_guesses_cost_thirty_hashes_and_nobody_waits() {
    let (server, session) = Server::with_administrator().await;
    let guesses = (0..1000).map(|n| {
        let anonymous = server.anonymous();
        tokio::spawn(async move {
            let name = if n % 2 == 0 { "root".to_owned() } else { format!("user {n}") };
            let form = [("user_name", name.as_str()), ("password", "a wrong guess")];
            let answer = anonymous.form("/sign-in", &form).await;
            answer.headers()["location"].to_str().expect("ascii").contains("error=credentials")
        })
    });
    let guesses: Vec<_> = guesses.collect();
    let began = Instant::now();
    assert_eq!(session.get("/settings/email/smtp").await.status(), 200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let mut looked_at = 0;
    for guess in guesses {
        looked_at += usize::from(guess.await.expect("runs"));
    }
    assert!((10..=31).contains(&looked_at), "{looked_at}");
}

#[tokio::test]
async fn w40_the_set_up_link_works_once() {
    let server = Server::start().await;
    let token = server.set_up_token.clone().expect("first start");
    let wrong =
        server.anonymous().form("/setup", &[("token", "guess"), ("user_name", "eve"), ("password", PASSWORD)]).await;
    assert!(wrong.headers()["location"].to_str().expect("ascii").starts_with("/setup?error="));
    let session = server.set_up().await;
    let again = async |server: &Server| {
        let form = [("token", token.as_str()), ("user_name", "eve"), ("password", PASSWORD)];
        let again = server.anonymous().form("/setup", &form).await;
        assert!(again.headers().get("set-cookie").is_none());
        assert!(again.headers()["location"].to_str().expect("ascii").starts_with("/setup?error="));
    };
    again(&server).await;
    let (folder, _) = server.stop().await;
    let server = Server::start_in(folder).await;
    again(&server).await;
    let users = session.at(&server).ask("report_rows", json!({ "report": "users" })).await;
    assert_eq!(users.as_array().map(Vec::len), Some(1), "nobody else, and no user that was there from the start");
}

#[tokio::test]
async fn w56_nothing_is_kept_by_a_browser() {
    let (_server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    for path in
        ["/settings/email/smtp", "/settings/email/smtp/1/edit", "/reports/accounts.csv", "/api/v1/accounts", "/sign-in"]
    {
        assert_eq!(session.get(path).await.headers()["cache-control"], "no-store", "{path}");
    }
    let asked = session.post("/api/ui/account_get", &json!({ "id": 1 })).await;
    assert_eq!(asked.headers()["cache-control"], "no-store");
    let left = session.form("/sign-out", &[]).await;
    assert!(left.headers()["clear-site-data"].to_str().expect("ascii").contains("\"cache\""));
}

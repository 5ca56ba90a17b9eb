//! Single sign-on switched on, off, half and over, by its settings.

use super::{World, location, provider, provider::Provider, serve};
use crate::harness::{Server, Session, command};
use std::sync::Arc;
use tempfile::TempDir;

#[tokio::test]
async fn off_there_is_nothing_of_it() {
    let (server, _session) = Server::with_administrator().await;
    for path in ["/sign-in/oidc", "/sign-in/oidc?next=%2F", "/sign-in/oidc/callback?code=a&state=b"] {
        assert_eq!(server.anonymous().get(path).await.status(), 404, "{path}");
    }
    let page = server.anonymous().get("/sign-in").await.text().await.expect("html");
    assert!(!page.contains("oidc") && !page.contains("single_sign_on") && !page.contains("single sign-on"), "{page}");
}

#[tokio::test]
async fn half_of_it_stops_the_start_with_one_line() {
    let folder = TempDir::new().expect("a folder");
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "a-client's-own\n").expect("writes");
    let all = [
        ("POSTROOM_PUBLIC_URL", "https://mail.example.com".to_owned()),
        ("POSTROOM_OIDC_ISSUER", "https://id.example.com".to_owned()),
        ("POSTROOM_OIDC_CLIENT_ID", "postroom".to_owned()),
        ("POSTROOM_OIDC_CLIENT_SECRET_FILE", secret.display().to_string()),
    ];
    for (missing, _) in &all {
        let given = all.iter().filter(|(name, _)| name != missing).cloned();
        let output = command(folder.path()).envs(given).output().await.expect("runs");
        let text = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<_> = text.lines().filter(|line| line.starts_with("postroom: ")).collect();
        assert_eq!(output.status.code(), Some(1), "{missing}: {text}");
        assert_eq!(lines.len(), 1, "{missing}: {text}");
        assert!(lines[0].contains(missing) && lines[0].contains("single sign-on needs it"), "{missing}: {text}");
    }
    let output = command(folder.path()).envs(all).arg("check").output().await.expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn another_issuer_or_none_ends_the_sessions_that_it_began() {
    let world = World::start().await;
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    assert!(browser.who().await.is_some());
    let World { provider, server, .. } = world;
    let folder = server.kill().await;
    let server = serve(&provider, Arc::clone(&folder), &[]).await;
    let reached = |url: &str| super::Browser { url: url.to_owned(), ..browser.clone() };
    assert!(reached(&server.url).who().await.is_some(), "a restart alone ends nothing");
    let folder = { server.kill().await };
    let another = Provider::start().await;
    let server = serve(&another, Arc::clone(&folder), &[]).await;
    assert_eq!(reached(&server.url).who().await, None);
    let folder = { server.kill().await };
    let server = Server::start_in(folder).await;
    assert_eq!(reached(&server.url).who().await, None);
    drop(provider);
}

#[tokio::test]
async fn over_https_and_below_a_path() {
    let provider = Provider::start().await;
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let variables = [("POSTROOM_PUBLIC_URL", "https://mail.example.com"), ("POSTROOM_BASE_PATH", "/mail/smtp")];
    let server = serve(&provider, folder, &variables).await;
    let session = Session { url: server.url.clone(), cookie: String::new() };
    let page = session.get("/mail/smtp/sign-in?next=%2Fsettings%2Fusers").await.text().await.expect("html");
    assert!(page.contains("/mail/smtp/sign-in/oidc?next=%2Fsettings%2Fusers"), "{page}");
    let began = session.get("/mail/smtp/sign-in/oidc?next=%2Fsettings%2Fusers").await;
    let sent = provider.authorize(&location(&began));
    assert_eq!(sent.field("redirect_uri"), "https://mail.example.com/mail/smtp/sign-in/oidc/callback");
    let cookie = began.headers()["set-cookie"].to_str().expect("ascii").to_owned();
    assert!(cookie.starts_with("__Secure-postroom-oidc="), "{cookie}");
    for part in ["; Path=/mail/smtp;", "; Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    let session = session.keep(&began);
    let answer = session.get(&format!("/mail/smtp{}", provider.callback(&sent))).await;
    assert_eq!(location(&answer), "/mail/smtp/settings/users");
    let session = session.keep(&answer);
    assert!(session.cookie.starts_with("__Secure-postroom=sso."), "{}", session.cookie);
    assert_eq!(session.get("/mail/smtp/settings/email/smtp").await.status(), 200);
    assert_eq!(provider.web.asked(provider::TOKEN).len(), 1);
}

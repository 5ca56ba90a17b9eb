//! W30: a proxy names people, from its own address and with its secret alone. Whoever else sends such headers is nobody.

use super::{audit, json_of, who};
use crate::harness::{Server, Session, command};
use serde_json::json;
use std::sync::Arc;
use tempfile::TempDir;

const SECRET: &str = "kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0pA";

/// A server with these proxies, one of which it is that the tests speak from, or not.
async fn server(proxies: &str, secret: bool) -> (Server, Session) {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    std::fs::write(folder.path().join("proxy.secret"), format!("{SECRET}\n")).expect("writes");
    let mut command = command(folder.path());
    command.env("POSTROOM_TRUSTED_PROXIES", proxies);
    command.env("POSTROOM_PROXY_USER_HEADER", "X-WebAuth-User");
    command.env("POSTROOM_PROXY_ROLE_HEADER", "X-WebAuth-Role");
    if secret {
        command.env("POSTROOM_PROXY_SECRET_FILE", "proxy.secret");
    }
    let server = Server::start_as(folder, command).await;
    let root = server.set_up().await;
    (server, root)
}

fn person(name: &str, role: &str) -> (String, String) {
    (name.to_owned(), role.to_owned())
}

#[tokio::test]
async fn a_trusted_proxy_names_people() {
    let (server, root) = server("192.0.2.0/24 127.0.0.1", false).await;
    let anonymous = server.anonymous();
    let ana = ("x-webauth-user", "ana");
    for (headers, wanted) in [
        (vec![], None),
        (vec![ana], Some(person("ana", "viewer"))),
        (vec![ana, ("x-webauth-role", "administrator")], Some(person("ana", "administrator"))),
        (vec![("X-WEBAUTH-USER", "Ána")], Some(person("Ána", "viewer"))),
        (vec![("x-webauth-user", "")], None),
        (vec![("x-webauth-role", "administrator")], None),
    ] {
        assert_eq!(who(&anonymous, &headers).await, wanted, "{headers:?}");
    }
    // The proxy's word counts, whatever the browser has left of another session.
    assert_eq!(who(&root, &[ana]).await, Some(person("ana", "viewer")));
    for path in ["/settings/email/smtp", "/api/v1/accounts", "/reports/accounts.csv"] {
        assert_eq!(anonymous.send("GET", path, &[ana], "").await.expect("answers").status(), 200, "{path}");
    }
    // A guest: never somebody who looks after people, nor the user of that name.
    let admin = [("x-webauth-user", "root"), ("x-webauth-role", "administrator")];
    let users = anonymous.send("GET", "/reports/users.csv", &admin, "").await.expect("answers");
    assert_eq!(users.status(), 403);
    let page = anonymous.send("GET", "/settings/email/smtp", &admin, "").await.expect("answers");
    let page = page.text().await.expect("a page");
    assert!(!page.contains("\"/settings/users\""), "what is withheld is not offered");
    assert!(page.contains("\"/settings/audit\""));
    assert_eq!(who(&anonymous, &[("x-webauth-user", "root")]).await, Some(person("root", "viewer")));
    // A browser is made to send what a proxy then adds a name to: another site gets nothing done.
    let cross =
        [ana, ("x-webauth-role", "administrator"), ("sec-fetch-site", "cross-site"), ("content-type", "text/plain")];
    for path in ["/api/ui/session", "/api/v1/test"] {
        let refused = anonymous.send("POST", path, &cross, "{}").await.expect("answers");
        assert_eq!(refused.status(), 403, "{path}");
    }
}

#[tokio::test]
async fn w30_from_anywhere_else_a_name_is_nothing() {
    let (server, root) = server("192.0.2.0/24", false).await;
    let forged: Vec<Vec<(&str, &str)>> = vec![
        vec![("x-webauth-user", "ana"), ("x-webauth-role", "administrator")],
        vec![("x-webauth-user", "root")],
        vec![("x-webauth-user", "ana"), ("x-forwarded-for", "192.0.2.1")],
        vec![("x-webauth-user", "ana"), ("x-real-ip", "192.0.2.1"), ("forwarded", "for=192.0.2.1")],
        vec![("x-webauth-user", "ana"), ("x-webauth-user", "bo")],
        vec![("x-forwarded-user", "ana"), ("remote-user", "ana"), ("x-remote-user", "ana")],
        vec![("x_webauth_user", "ana")],
    ];
    for headers in &forged {
        assert_eq!(who(&server.anonymous(), headers).await, None, "{headers:?}");
        assert_eq!(who(&root, headers).await, Some(person("root", "administrator")), "{headers:?}");
        let page = server.anonymous().send("GET", "/settings/email/smtp", headers, "").await.expect("answers");
        assert_eq!(page.status(), 303, "{headers:?}");
    }
    assert!(server.logs("a header that names a person was ignored").await);
    for _ in 0..100 {
        who(&server.anonymous(), &forged[0]).await;
    }
    let said = server.log().await.matches("a header that names a person was ignored").count();
    assert!((1..=35).contains(&said), "said {said} times of more than 100");
}

#[tokio::test]
async fn w30_off_by_default() {
    let (server, root) = Server::with_administrator().await;
    for name in ["x-webauth-user", "x-forwarded-user", "x-remote-user", "remote-user", "x-postroom-user"] {
        let headers = [(name, "ana"), ("x-webauth-role", "administrator")];
        assert_eq!(who(&server.anonymous(), &headers).await, None, "{name}");
        assert_eq!(who(&root, &headers).await, Some(person("root", "administrator")));
    }
}

#[tokio::test]
async fn w30_the_address_is_not_enough_where_a_secret_is_configured() {
    let (server, _) = server("127.0.0.0/8", true).await;
    let (ana, right) = (("x-webauth-user", "ana"), ("x-postroom-proxy-secret", SECRET));
    let (shorter, longer) = (&SECRET[1..], format!("{SECRET}x"));
    for (headers, wanted) in [
        (vec![ana], None),
        (vec![ana, ("x-postroom-proxy-secret", "")], None),
        (vec![ana, ("x-postroom-proxy-secret", "guess")], None),
        (vec![ana, ("x-postroom-proxy-secret", shorter)], None),
        (vec![ana, ("x-postroom-proxy-secret", &longer)], None),
        (vec![ana, right, right], None),
        (vec![right], None),
        (vec![ana, right], Some(person("ana", "viewer"))),
    ] {
        assert_eq!(who(&server.anonymous(), &headers).await, wanted, "{headers:?}");
    }
    assert!(!server.log().await.contains(SECRET));
}

#[tokio::test]
async fn w30_several_values_refuse_the_request() {
    let (server, root) = server("127.0.0.1", false).await;
    let (ana, bo) = (("x-webauth-user", "ana"), ("x-webauth-user", "bo"));
    for headers in [
        vec![ana, bo],
        vec![ana, ana],
        vec![("x-webauth-user", "bo, ana")],
        vec![ana, ("x-webauth-role", "viewer"), ("x-webauth-role", "administrator")],
        vec![ana, ("x-webauth-role", "administrator, viewer")],
        vec![ana, ("x-webauth-role", "root")],
        vec![ana, ("x-webauth-role", "Administrator")],
        vec![("x-webauth-user", "an\ta")],
    ] {
        for session in [&server.anonymous(), &root] {
            let response = session.send("GET", "/api/v1/accounts", &headers, "").await.expect("answers");
            let (status, body) = json_of(response).await;
            assert_eq!((status, &body["type"]), (400, &json!("urn:postroom:problem:proxy_header")), "{headers:?}");
        }
    }
    let long = "x".repeat(121);
    let response = root.send("GET", "/api/v1/accounts", &[("x-webauth-user", &long)], "").await.expect("answers");
    assert_eq!(response.status(), 400);
}

/// The address in the audit log is the last that no proxy of ours has; from others the header says nothing.
#[tokio::test]
async fn w30_the_address_that_is_written_down() {
    for (proxies, forwarded, wanted) in [
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1 198.51.100.7", "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        ("192.0.2.1", "203.0.113.9, 198.51.100.7", "127.0.0.1"),
        ("", "198.51.100.7", "127.0.0.1"),
    ] {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let server = Server::start_with(folder, &[("POSTROOM_TRUSTED_PROXIES", proxies)]).await;
        let root = server.set_up().await;
        let headers = [
            ("x-forwarded-for", forwarded),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let form = "user_name=root&password=wrong+horse+battery";
        let refused = server.anonymous().send("POST", "/sign-in", &headers, form).await.expect("answers");
        assert_eq!(refused.status(), 303);
        let lines = audit(&root).await;
        let line = lines.iter().find(|line| line.contains("Sign-in refused")).expect("a line");
        assert!(line.contains(wanted), "{proxies}: {line}");
    }
}

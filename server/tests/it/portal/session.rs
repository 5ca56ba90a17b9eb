//! W28, W29, W32, W34 to W36: what a portal's session may, whose it is, and when it ends.

use super::{ORIGIN, ask, ask_as, audit, claims, exchange, json_of, now, portal, signed_in, token, who, with_set};
use crate::harness::{Server, account};
use serde_json::json;
use testkit::Signer;

async fn status_of(server: &Server, session: &str) -> u16 {
    ask_as(server, session, "report_rows", json!({ "report": "accounts" })).await.0
}

#[tokio::test]
async fn w28_a_session_has_its_role_and_never_looks_after_people() {
    let server = portal().await;
    let administrator = server.set_up().await;
    administrator.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let draft = json!({ "to": "ann@example.com", "subject": "s", "message": "m" });
    for (role, read, test, change) in
        [("viewer", 200, 403, 403), ("operator", 200, 200, 403), ("administrator", 200, 200, 200)]
    {
        let session = signed_in(&server, "Ana", role).await;
        let bearer = format!("Bearer {session}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let anonymous = server.anonymous();
        assert_eq!(status_of(&server, &session).await, read, "{role} reads");
        let tested =
            anonymous.send("POST", "/api/v1/accounts/1/test", &headers, &draft.to_string()).await.expect("answers");
        assert_eq!(tested.status(), test, "{role} tests");
        let (changed, _) = ask_as(&server, &session, "account_set_enabled", json!({ "id": 1, "enabled": true })).await;
        assert_eq!(changed, change, "{role} changes");
        for (function, arguments) in [
            ("user_get", json!({ "id": 1 })),
            ("report_rows", json!({ "report": "users" })),
            ("report_rows", json!({ "report": "tokens" })),
            ("password_change", json!({ "current": "correct horse battery", "new": "another horse battery" })),
        ] {
            assert_eq!(ask_as(&server, &session, function, arguments).await.0, 403, "{role} {function}");
        }
        for (path, wanted) in [("/reports/users.csv", 403), ("/reports/accounts.csv", 200), ("/api/v1/accounts", 200)] {
            let got = anonymous.send("GET", path, &headers[..1], "").await.expect("answers");
            assert_eq!(got.status(), wanted, "{role} {path}");
        }
    }
}

/// What the page's address says has no say in it.
#[tokio::test]
async fn w29_role_and_name_are_the_tokens() {
    let server = portal().await;
    let session = signed_in(&server, "Vera", "viewer").await;
    let bearer = format!("Bearer {session}");
    let anonymous = server.anonymous();
    for query in ["role=administrator", "name=root&role=administrator", "sub=root", "origin=https://other.example"] {
        for path in [format!("/api/ui/session?{query}"), format!("/api/ui/account_set_enabled?{query}")] {
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
            let body = json!({ "id": 1, "enabled": true, "role": "administrator" }).to_string();
            let (status, answer) =
                json_of(anonymous.send("POST", &path, &headers, &body).await.expect("answers")).await;
            if path.contains("session") {
                assert_eq!(
                    (status, &answer["role"], &answer["name"]),
                    (200, &json!("viewer"), &json!("Vera")),
                    "{path}"
                );
            } else {
                assert_eq!(status, 403, "{path} {answer}");
            }
        }
    }
    let with_role = [("authorization", bearer.as_str()), ("x-role", "administrator"), ("x-user", "root")];
    assert_eq!(who(&anonymous, &with_role).await, Some(("Vera".into(), "viewer".into())));
    // Nor has the body of the exchange.
    let body = json!({ "token": token(json!({ "role": "viewer" })), "origin": ORIGIN, "role": "administrator" });
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    let response = anonymous.send("POST", "/api/ui/embed/session", &headers, &body.to_string()).await.expect("answers");
    assert_eq!(json_of(response).await.1["role"], "viewer");
}

/// A session that is shown counts alone: neither a cookie nor another header makes it somebody else's.
#[tokio::test]
async fn w32_a_session_is_nobody_elses() {
    let server = portal().await;
    let root = server.set_up().await;
    let ana = format!("Bearer {}", signed_in(&server, "Ana", "viewer").await);
    let bo = format!("Bearer {}", signed_in(&server, "Bo", "operator").await);
    let dead = format!("Bearer pfs_{}", "A".repeat(43));
    let person = |name: &str, role: &str| Some((name.to_owned(), role.to_owned()));
    for (headers, wanted) in [
        (vec![], person("root", "administrator")),
        (vec![("authorization", &*ana)], person("Ana", "viewer")),
        (vec![("authorization", &*dead)], None),
        (vec![("authorization", "Bearer pfs_")], None),
        (vec![("authorization", &*ana), ("authorization", &*bo)], None),
        (vec![("authorization", "Basic cm9vdDp4"), ("authorization", &*bo)], person("Bo", "operator")),
    ] {
        assert_eq!(who(&root, &headers).await, wanted, "{headers:?}");
    }
}

#[tokio::test]
async fn w32_500_at_once_and_never_a_foreign_identity() {
    let server = portal().await;
    let root = server.set_up().await;
    let anonymous = server.anonymous();
    let mut people = vec![(root.clone(), None, Some(("root".to_owned(), "administrator".to_owned())))];
    people.push((anonymous.clone(), None, None));
    people.push((anonymous.clone(), Some(format!("Bearer pfs_{}", "A".repeat(43))), None));
    for (name, role) in [("Ana", "viewer"), ("Bo", "operator"), ("Cy", "administrator"), ("root", "viewer")] {
        let bearer = format!("Bearer {}", signed_in(&server, name, role).await);
        let wanted = Some((name.to_owned(), role.to_owned()));
        people.push((anonymous.clone(), Some(bearer.clone()), wanted.clone()));
        people.push((root.clone(), Some(bearer), wanted));
    }
    let people = std::sync::Arc::new(people);
    let asking = (0..500_usize).map(|n| {
        let people = std::sync::Arc::clone(&people);
        tokio::spawn(async move {
            let (session, bearer, wanted) = &people[n % people.len()];
            let headers: Vec<_> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
            assert_eq!(who(session, &headers).await, *wanted, "{n}");
        })
    });
    for one in asking.collect::<Vec<_>>() {
        one.await.expect("the right one");
    }
}

#[tokio::test]
async fn w34_an_ended_session_opens_nothing() {
    let server = portal().await;
    let administrator = server.set_up().await;
    let session = signed_in(&server, "Ana", "operator").await;
    let bearer = format!("Bearer {session}");
    assert_eq!(status_of(&server, &session).await, 200);
    let end = async |headers: &[(&str, &str)]| {
        server.anonymous().send("POST", "/api/ui/embed/end", headers, "").await.expect("answers").status()
    };
    assert_eq!(end(&[("authorization", &bearer), ("sec-fetch-site", "cross-site")]).await, 403, "from another site");
    assert_eq!(end(&[]).await, 401);
    assert_eq!(status_of(&server, &session).await, 200);
    assert_eq!(end(&[("authorization", &bearer)]).await, 204);
    assert_eq!(status_of(&server, &session).await, 401);
    for path in ["/api/v1/accounts", "/reports/accounts.csv"] {
        let got = server.anonymous().send("GET", path, &[("authorization", &bearer)], "").await.expect("answers");
        assert_eq!(got.status(), 401, "{path}");
    }
    // A cookie does not make it good.
    let got = administrator.send("GET", "/api/v1/accounts", &[("authorization", &bearer)], "").await.expect("answers");
    assert_eq!(got.status(), 401);
    assert_eq!(end(&[("authorization", &bearer)]).await, 204, "twice is well");
    let lines = audit(&administrator).await;
    assert_eq!(lines.iter().filter(|line| line.contains("Signed out from elsewhere")).count(), 1, "{lines:?}");
}

#[tokio::test]
async fn w34_a_renewal_ends_the_session_before_it() {
    let server = portal().await;
    let administrator = server.set_up().await;
    let first = signed_in(&server, "Ana", "operator").await;
    let again = || token(json!({ "sub": "Ana@portal.example", "name": "Ana" }));
    let (status, body) = exchange(&server, &again(), ORIGIN, Some(&first)).await;
    let second = body["session"].as_str().expect("a session").to_owned();
    assert_eq!((status, status_of(&server, &first).await, status_of(&server, &second).await), (200, 401, 200));
    assert_ne!(first, second);
    // One that was refused ends nothing.
    let (status, _) = exchange(&server, "x", ORIGIN, Some(&second)).await;
    assert_eq!((status, status_of(&server, &second).await), (401, 200));
    let lines = audit(&administrator).await;
    assert_eq!(lines.iter().filter(|line| line.contains("Signed in from elsewhere")).count(), 1, "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("Ana (portal Ana@portal.example)")), "{lines:?}");
}

#[tokio::test]
async fn w35_a_session_ends_with_its_token() {
    let server = portal().await;
    let ends = now() + 3;
    let (status, body) = exchange(&server, &token(json!({ "exp": ends })), ORIGIN, None).await;
    assert_eq!(status, 200, "{body}");
    assert!(body["expires_in_s"].as_u64().expect("a number") <= 3);
    let session = body["session"].as_str().expect("a session");
    // Used all the time, and over all the same.
    let last = loop {
        let before = now();
        match status_of(&server, session).await {
            200 => assert!(before <= ends, "still good at {before}, and ended at {ends}"),
            401 => break now(),
            other => panic!("{other}"),
        }
    };
    assert!((ends..=ends + 2).contains(&last), "{ends} {last}");
}

/// The portal is taken off the list: what it began ends with the next start, however long it would go on.
#[tokio::test]
async fn w36_a_portal_that_is_taken_off_ends_its_sessions() {
    let server = portal().await;
    let session = signed_in(&server, "Ana", "administrator").await;
    let (folder, _) = server.stop().await;
    let secret = ("POSTROOM_EMBED_SECRET_FILE", "portal.secret");
    let server = Server::start_with(folder, &[("POSTROOM_EMBED_ORIGINS", ORIGIN), secret]).await;
    assert_eq!(status_of(&server, &session).await, 200, "it survives a restart");
    let (folder, _) = server.stop().await;
    let server = Server::start_with(folder, &[("POSTROOM_EMBED_ORIGINS", "https://other.example"), secret]).await;
    assert_eq!(status_of(&server, &session).await, 401);
    let (folder, _) = server.stop().await;
    let server = Server::start_with(folder, &[("POSTROOM_EMBED_ORIGINS", ORIGIN)]).await;
    assert_eq!(status_of(&server, &session).await, 401, "the sign-in is off");
}

/// Two people of one name, and a program, each have their own budget; nobody is told of another's idempotency keys.
#[tokio::test]
async fn w32_people_of_one_name_share_nothing() {
    let signer = Signer::ed25519();
    let server = with_set(&signer.set("k")).await;
    let administrator = server.set_up().await;
    administrator.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let mut ids = std::collections::HashSet::new();
    for (iss, sub) in [("a", "1"), ("a", "2"), ("b", "1")] {
        let claims = claims(json!({ "iss": iss, "sub": sub, "name": "Ana", "role": "operator" }));
        let (_, body) = exchange(&server, &signer.token("k", &claims), ORIGIN, None).await;
        let bearer = format!("Bearer {}", body["session"].as_str().expect("a session"));
        let headers =
            [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", "same")];
        let message = json!({ "to": ["ann@example.com"], "subject": "s", "text": "t" }).to_string();
        let sent = server.anonymous().send("POST", "/api/v1/notifications", &headers, &message).await.expect("answers");
        let (status, body) = json_of(sent).await;
        assert!((200..300).contains(&status), "{status} {body}");
        ids.insert(body["id"].to_string());
    }
    assert_eq!(ids.len(), 3, "one key, three people, three messages");
    let page = ask(&server.anonymous(), "session", &json!({}), &[]).await;
    assert_eq!(page.1, json!(null));
}

//! Who gets in, as whom, for how long, and what becomes of the sessions that were there before.

use super::{World, location, provider};
use crate::harness::PASSWORD;
use serde_json::json;
use std::sync::Arc;
use testkit::{Signer, web::s256};

#[tokio::test]
async fn each_role_gets_in_as_what_it_is() {
    let world = World::start().await;
    for (claim, role) in [
        (json!("viewer"), "viewer"),
        (json!("operator"), "operator"),
        (json!("administrator"), "administrator"),
        (json!(["staff", "operator", "viewer"]), "operator"),
        (json!(["viewer", "administrator"]), "administrator"),
    ] {
        world.provider.realm().claims = json!({ "role": claim, "name": format!("Ana the {role}") });
        let mut browser = world.browser();
        let answer = world.sign_in(&mut browser, "/settings/connectors?name=a").await;
        assert_eq!((answer.status(), location(&answer).as_str()), (303, "/settings/connectors?name=a"), "{claim}");
        assert_eq!(browser.who().await, Some((format!("Ana the {role}"), role.to_owned())), "{claim}");
        let line = world.audit().await[0].join("|");
        for part in ["session.signed_in", "u-4711", role, &world.provider.issuer, "openid"] {
            assert!(line.contains(part), "{part} is not in {line}");
        }
        let session = browser.session();
        let page = session.get("/settings/email/smtp").await;
        assert_eq!(page.status(), 200, "{claim}");
        assert!(!page.text().await.expect("html").contains("href=\"/settings/password\""), "{claim}");
        let wanted = if role == "administrator" { 200 } else { 403 };
        let name = format!("made with {}", claim.to_string().len());
        let user = json!({ "name": name, "role": "viewer", "enabled": true, "password": PASSWORD });
        assert_eq!(session.call("user_create", json!({ "draft": user })).await.0, wanted, "{claim}");
        let token = json!({ "name": name, "role": "viewer" });
        assert_eq!(session.call("token_create", json!({ "draft": token })).await.0, wanted, "{claim}");
        let password = json!({ "current": PASSWORD, "new": "another horse battery" });
        assert_eq!(session.call("password_change", password).await.0, 403, "there is none to change: {claim}");
    }
}

#[tokio::test]
async fn each_algorithm_is_believed_by_the_key_that_it_is_for() {
    let world = World::start().await;
    let signers = [Signer::rsa(), Signer::p256(), Signer::ed25519()].map(Arc::new);
    world.provider.realm().keys = signers.iter().map(|signer| signer.jwk(signer.algorithm())).collect();
    for signer in signers {
        let algorithm = signer.algorithm();
        {
            let mut realm = world.provider.realm();
            realm.kid = algorithm.to_owned();
            realm.signer = signer;
        }
        let mut browser = world.browser();
        world.sign_in(&mut browser, "").await;
        assert!(browser.who().await.is_some(), "{algorithm}");
    }
    assert_eq!(world.provider.web.asked(provider::KEYS).len(), 1, "kept");
    assert_eq!(world.provider.web.asked(provider::DOCUMENT).len(), 1, "kept");
}

#[tokio::test]
async fn the_way_out_says_no_more_than_it_has_to() {
    let world = World::start().await;
    let mut browser = world.browser();
    let location = browser.begin("/settings/users").await;
    let sent = world.provider.authorize(&location);
    let mut names: Vec<_> = sent.fields.keys().map(String::as_str).collect();
    names.sort_unstable();
    let wanted = [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
        "tenant",
    ];
    assert_eq!(names, wanted, "{location}");
    for (name, value) in [
        ("client_id", provider::CLIENT),
        ("code_challenge_method", "S256"),
        ("redirect_uri", &format!("{}/sign-in/oidc/callback", world.server.url)),
        ("response_type", "code"),
        ("scope", "openid profile"),
    ] {
        assert_eq!(sent.field(name), value);
    }
    for name in ["state", "nonce", "code_challenge"] {
        assert_eq!(sent.field(name).len(), 43, "256 bits: {name}");
    }
    browser.get(&world.provider.callback(&sent)).await;
    let forms = world.provider.web.asked(provider::TOKEN);
    let verifier = forms[0].field("code_verifier").expect("a verifier");
    assert_eq!(s256(verifier), sent.field("code_challenge"));
    let again = world.provider.authorize(&browser.begin("").await);
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(again.field(name), sent.field(name), "fresh each time");
    }
}

#[tokio::test]
async fn the_clients_secret_is_shown_as_the_provider_takes_it() {
    for methods in [
        json!(["client_secret_basic"]),
        json!(["client_secret_post", "client_secret_basic"]),
        json!(["client_secret_post"]),
        json!(null),
    ] {
        let world = World::start().await;
        if !methods.is_null() {
            world.provider.realm().document["token_endpoint_auth_methods_supported"] = methods.clone();
        }
        let mut browser = world.browser();
        world.sign_in(&mut browser, "").await;
        assert!(browser.who().await.is_some(), "{methods}: {}", world.server.log().await);
    }
}

#[tokio::test]
async fn the_cookies_are_out_of_reach_for_scripts_and_other_sites() {
    let world = World::start().await;
    let mut browser = world.browser();
    let began = browser.get("/sign-in/oidc").await;
    let cookie = began.headers()["set-cookie"].to_str().expect("ascii").to_owned();
    assert!(cookie.starts_with("postroom-oidc="), "{cookie}");
    for part in ["; Path=/;", "HttpOnly", "SameSite=Lax", "Max-Age=600"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    let sent = world.provider.authorize(&location(&began));
    let answer = browser.get(&world.provider.callback(&sent)).await;
    let cookies: Vec<_> =
        answer.headers().get_all("set-cookie").iter().map(|value| value.to_str().expect("ascii")).collect();
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    let session = cookies.iter().find(|cookie| cookie.starts_with("postroom=sso.")).expect("a session");
    for part in ["; Path=/;", "HttpOnly", "SameSite=Lax"] {
        assert!(session.contains(part), "{part}: {session}");
    }
    assert!(
        cookies.iter().any(|cookie| cookie.starts_with("postroom-oidc=;") && cookie.contains("Max-Age=0")),
        "{cookies:?}"
    );
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(answer.headers()["referrer-policy"], "same-origin", "the code does not travel on");
}

#[tokio::test]
async fn the_way_back_is_never_another_site() {
    let world = World::start().await;
    for (next, wanted) in [
        ("/settings/users?name=a%26b", "/settings/users?name=a%26b"),
        ("", "/settings/email/smtp"),
        ("https://evil.example/", "/settings/email/smtp"),
        ("//evil.example/", "/settings/email/smtp"),
        ("/\\evil.example/", "/settings/email/smtp"),
        ("/\t/evil.example/", "/settings/email/smtp"),
        ("/\r\nset-cookie: a=b", "/settings/email/smtp"),
        ("javascript:alert(1)", "/settings/email/smtp"),
        ("/sign-out", "/settings/email/smtp"),
        (&format!("/{}", "x".repeat(5000)), "/settings/email/smtp"),
    ] {
        let answer = world.sign_in(&mut world.browser(), next).await;
        assert_eq!(location(&answer), wanted, "{next}");
    }
    let mut browser = world.browser();
    let sent = world.provider.authorize(&browser.begin("//evil.example/").await);
    let denied = format!("{}&error=access_denied", world.provider.callback(&sent));
    assert_eq!(
        location(&browser.get(&denied).await),
        "/sign-in?error=oidc_denied&next=%2Fsettings%2Femail%2Fsmtp",
        "nor where it went wrong"
    );
}

#[tokio::test]
async fn w33_a_session_that_was_there_before_is_over() {
    let world = World::start().await;
    let mut browser = world.browser();
    // Planted, or one's own of before: by password, then by single sign-on.
    let (_, planted) = world.root.cookie.split_once('=').expect("a cookie");
    browser.cookies.insert("postroom".to_owned(), planted.to_owned());
    assert_eq!(browser.who().await.expect("root").0, "root");
    let before = browser.session();
    world.sign_in(&mut browser, "").await;
    assert_eq!(browser.who().await.expect("Ana").0, "Ana Lima");
    assert_eq!(before.get("/settings/email/smtp").await.status(), 303, "the planted one opens nothing");
    let first = browser.session();
    world.sign_in(&mut browser, "").await;
    assert_ne!(first.cookie, browser.session().cookie, "a new one each time");
    assert_eq!(first.get("/settings/email/smtp").await.status(), 303, "the one before opens nothing");
    // A value that somebody made up is never taken over.
    let made_up = format!("sso.{}", "A".repeat(43));
    browser.cookies.insert("postroom".to_owned(), made_up.clone());
    assert_eq!(browser.who().await, None);
    world.sign_in(&mut browser, "").await;
    assert_ne!(browser.cookies["postroom"], made_up);
}

#[tokio::test]
async fn w34_signing_out_ends_the_session_on_the_server() {
    let world = World::start().await;
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    let session = browser.session();
    let left = session.form("/sign-out", &[]).await;
    assert!(left.headers()["set-cookie"].to_str().expect("ascii").contains("Max-Age=0"));
    assert_eq!(session.get("/settings/email/smtp").await.status(), 303, "the old cookie opens nothing");
    assert_eq!(session.call("report_rows", json!({ "report": "accounts" })).await.0, 401);
    assert_eq!(session.get("/api/v1/accounts").await.status(), 401);
    let line = world.audit_line("session.signed_out").await;
    assert!(line.contains("Ana Lima (openid u-4711)"), "{line}");
}

#[tokio::test]
async fn w35_a_session_ends_unused_and_in_any_case() {
    for statement in [
        "UPDATE portal_sessions SET last_seen_at = last_seen_at - 7200000",
        "UPDATE portal_sessions SET expires_at = created_at",
        "UPDATE portal_sessions SET kind = 'embed'",
        "UPDATE portal_sessions SET issuer = issuer || '/'",
    ] {
        let world = World::start().await;
        let mut browser = world.browser();
        world.sign_in(&mut browser, "").await;
        assert!(browser.who().await.is_some());
        world.server.sql("UPDATE portal_sessions SET last_seen_at = last_seen_at - 7100000").await;
        assert!(browser.who().await.is_some(), "still in time, and seen again");
        world.server.sql(statement).await;
        assert_eq!(browser.who().await, None, "{statement}");
    }
}

#[tokio::test]
async fn a_password_still_opens_the_door() {
    let world = World::start().await;
    let root = world.server.sign_in("root", PASSWORD).await;
    assert_eq!(root.get("/settings/email/smtp").await.status(), 200);
    let page = world.server.anonymous().get("/sign-in?next=%2Fsettings%2Fusers").await.text().await.expect("html");
    assert!(page.contains("Sign in with single sign-on"), "{page}");
    assert!(page.contains("/sign-in/oidc?next=%2Fsettings%2Fusers"), "{page}");
    assert!(page.contains("name=\"password\""), "{page}");
}

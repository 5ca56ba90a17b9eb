//! A provider that is not there, not itself, slow, endless or changing its keys; and what is said of it all.

use super::{World, location, provider, provider::Provider, serve};
use serde_json::{Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use testkit::{Signer, TokenAnswer};

type Change = fn(&mut provider::Realm);

fn document(realm: &mut provider::Realm, name: &str, value: Value) {
    realm.document[name] = value;
}

/// Where it can't even begin.
#[tokio::test]
async fn a_provider_that_is_not_what_it_should_be() {
    let cases: [(Change, &str); 12] = [
        (|realm| document(realm, "issuer", json!("https://evil.example")), "another issuer's"),
        (
            |realm| {
                let issuer = format!("{}/", realm.document["issuer"].as_str().expect("a text"));
                document(realm, "issuer", json!(issuer));
            },
            "another issuer's",
        ),
        (
            |realm| document(realm, "authorization_endpoint", json!("http://127.0.0.1/a")),
            "no https authorization_endpoint",
        ),
        (|realm| document(realm, "token_endpoint", json!("http://127.0.0.1/t")), "no https token_endpoint"),
        (|realm| document(realm, "jwks_uri", json!(null)), "no https jwks_uri"),
        (
            |realm| document(realm, "token_endpoint_auth_methods_supported", json!(["private_key_jwt"])),
            "neither client_secret_basic nor _post",
        ),
        (|realm| answers(realm, provider::DOCUMENT, TokenAnswer::json(404, "{}")), "status 404"),
        (|realm| answers(realm, provider::DOCUMENT, TokenAnswer::json(200, "<html>")), "not JSON"),
        (
            |realm| {
                let head = "302 Found\r\nLocation: https://evil.example/openid-configuration";
                answers(realm, provider::DOCUMENT, TokenAnswer::new(head, ""));
            },
            "redirected",
        ),
        (
            |realm| answers(realm, provider::DOCUMENT, TokenAnswer::json(200, &"x".repeat(1 << 20))),
            "more than 65536 bytes",
        ),
        (|realm| answers(realm, provider::KEYS, TokenAnswer::json(200, "{}")), "keys can't be read"),
        (|realm| realm.keys = vec![Signer::secret("x".repeat(40)).jwk("a")], "keys can't be read"),
    ];
    for (change, why) in cases {
        let provider = Provider::start().await;
        change(&mut provider.realm());
        let server = serve(&provider, Arc::new(TempDir::new().expect("a folder")), &[]).await;
        let answer = server.anonymous().get("/sign-in/oidc?next=%2Fsettings%2Fusers").await;
        assert_eq!(location(&answer), "/sign-in?error=oidc_provider&next=%2Fsettings%2Fusers", "{why}");
        assert!(answer.headers().get("set-cookie").is_none(), "{why}");
        assert!(server.logs(why).await, "{why}: {}", server.log().await);
        let page = server.anonymous().get(&location(&answer)).await.text().await.expect("html");
        assert!(page.contains("be used at the moment"), "{page}");
    }
}

fn answers(realm: &mut provider::Realm, path: &'static str, answer: TokenAnswer) {
    realm.answers.insert(path, answer);
}

#[tokio::test]
async fn a_provider_nobody_vouches_for() {
    let provider = Provider::start().await;
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let other = folder.path().join("other.pem");
    std::fs::write(&other, testkit::Authority::new("Another CA").pem()).expect("writes");
    let server = serve(&provider, folder, &[("POSTROOM_CA_FILE", &other.display().to_string())]).await;
    let answer = server.anonymous().get("/sign-in/oidc").await;
    assert!(location(&answer).starts_with("/sign-in?error=oidc_provider"));
    assert!(server.logs("certificate_unknown_issuer").await, "{}", server.log().await);
    assert!(provider.web.asked(provider::DOCUMENT).is_empty(), "nothing was said to it");
}

#[tokio::test]
async fn a_provider_where_nothing_may_be_dialled() {
    let provider = Provider::start().await;
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let server = serve(&provider, folder, &[("POSTROOM_ALLOW_DESTINATIONS", "192.0.2.0/24:443")]).await;
    let answer = server.anonymous().get("/sign-in/oidc").await;
    assert!(location(&answer).starts_with("/sign-in?error=oidc_provider"));
    assert!(server.logs("policy does not allow").await, "{}", server.log().await);
    assert!(provider.web.asked(provider::DOCUMENT).is_empty());
}

#[tokio::test]
async fn a_token_endpoint_that_gives_no_token() {
    let world = World::start().await;
    let huge = json!({ "id_token": "a.b.c", "filler": "x".repeat(1 << 20) }).to_string();
    for (answer, why) in [
        (TokenAnswer::error(400, "invalid_grant", "the code is used"), "invalid_grant"),
        (TokenAnswer::error(401, "invalid_client", "who"), "invalid_client"),
        (TokenAnswer::json(500, "{}"), "token_temporary"),
        (TokenAnswer::json(200, "{}"), "no_token"),
        (TokenAnswer::json(200, r#"{"access_token":"a","token_type":"Bearer"}"#), "no_token"),
        (TokenAnswer::json(200, "<html>"), "not_json"),
        (TokenAnswer::json(200, &huge), "too_large"),
        (TokenAnswer::new("302 Found\r\nLocation: https://evil.example/token", ""), "redirected"),
        // What is said back of a secret is not written down.
        (TokenAnswer::error(400, "invalid_grant", "<code> <code_verifier> are no good"), "*** *** are no good"),
    ] {
        world.provider.realm().answers.insert(provider::TOKEN, answer);
        let answer = world.sign_in(&mut world.browser(), "").await;
        world.refused(&answer, "oidc_provider", why).await;
    }
    world.provider.realm().answers.clear();
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    assert!(browser.who().await.is_some());
}

#[tokio::test]
async fn a_token_endpoint_that_is_silent_is_waited_for_so_long() {
    let world = World::start().await;
    world.provider.realm().answers.insert(provider::TOKEN, TokenAnswer::silence());
    let since = Instant::now();
    let answer = world.sign_in(&mut world.browser(), "").await;
    assert!(since.elapsed() < Duration::from_secs(12), "{:?}", since.elapsed());
    world.refused(&answer, "oidc_provider", "127.0.0.1").await;
}

#[tokio::test]
async fn a_key_that_is_replaced_is_known_at_once_and_asked_for_now_and_then() {
    let world = World::start().await;
    let rotate = |kid: &str| {
        let mut realm = world.provider.realm();
        let signer = Arc::new(Signer::p256());
        realm.keys = vec![signer.jwk(kid)];
        kid.clone_into(&mut realm.kid);
        realm.signer = signer;
    };
    let asked = || world.provider.web.asked(provider::KEYS).len();
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    assert!(browser.who().await.is_some());
    assert_eq!(asked(), 1);
    rotate("key-2");
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    assert!(browser.who().await.is_some(), "{}", world.server.log().await);
    assert_eq!(asked(), 2);
    rotate("key-3");
    for _ in 0..3 {
        let answer = world.sign_in(&mut world.browser(), "").await;
        world.refused(&answer, "oidc_token", "the ID token: key").await;
    }
    assert_eq!(asked(), 2, "once in 30 seconds");
}

#[tokio::test]
async fn no_secret_is_in_any_log() {
    let world = World::start().await;
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    world.provider.realm().claims = json!({ "aud": "another" });
    world.sign_in(&mut browser, "").await;
    let wrong = TokenAnswer::error(400, "invalid_grant", "<code> and <code_verifier>");
    world.provider.realm().answers.insert(provider::TOKEN, wrong);
    let sent = world.provider.authorize(&browser.begin("").await);
    browser.get(&world.provider.callback(&sent)).await;
    assert!(world.server.logs("invalid_grant").await);
    let (log, audit) = (world.server.log().await, format!("{:?}", world.audit().await));
    let mut secrets = world.provider.secrets();
    secrets.extend([sent.code.clone(), sent.field("state").to_owned(), sent.field("nonce").to_owned()]);
    secrets.extend(browser.cookies.values().cloned());
    assert!(secrets.len() >= 8, "{secrets:?}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
        assert!(!audit.contains(&secret), "{secret} is in the audit log");
    }
}

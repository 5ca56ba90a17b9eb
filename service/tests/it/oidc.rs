//! Single sign-on by a clock that stands still: what ends when, and which answers of a provider count. The rest is tried
//! through the browser's door, in the server's tests.

#[expect(dead_code, reason = "the provider of the server's tests: not everything that it can do is asked here")]
#[path = "../../../server/tests/it/oidc/provider.rs"]
mod provider;

use crate::harness::{MOMENT, World, refusal, settings};
use domain::{Failure, Role};
use provider::{CLIENT, KEYS, Provider, SECRET, TOKEN};
use serde_json::{Value, json};
use service::{Actor, Answer, OidcReturn, OidcSettings, SessionToken};
use std::sync::Arc;
use testkit::{Signer, TokenAnswer, jwt::base64url};

const HOME: &str = "203.0.113.5";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

struct Realm {
    w: World,
    provider: Provider,
}

impl Realm {
    async fn new() -> Self {
        let (provider, directory) = (Provider::start().await, tempfile::tempdir().expect("a directory"));
        let authorities = directory.path().join("ca.pem");
        std::fs::write(&authorities, provider.authority.pem()).expect("writes");
        let mut settings = settings(&directory);
        settings.extra_roots = Some(authorities);
        settings.oidc = Some(OidcSettings {
            issuer: provider.issuer.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.into(),
            role_claim: "role".to_owned(),
            redirect_uri: "https://mail.example.com/sign-in/oidc/callback".to_owned(),
        });
        Self { w: World::open(directory, settings).await, provider }
    }

    /// All the way, with `after` between leaving and coming back, and a token of this moment with these claims.
    async fn sign_in(&self, after: i64, claims: Value) -> Answer<SessionToken> {
        let begun = self.w.service.oidc_begin("/settings/users", HOME).await?;
        let sent = self.provider.authorize(&begun.location);
        self.w.clock.advance(after);
        let now = self.w.clock.now().0 / 1000;
        let mut all = json!({ "iat": now, "exp": now + 300 });
        for (name, value) in claims.as_object().expect("an object") {
            all[name] = value.clone();
        }
        self.provider.realm().claims = all;
        let returned = OidcReturn {
            state: sent.field("state").to_owned(),
            code: Some(sent.code.clone()),
            error: None,
            issuer: Some(self.provider.issuer.clone()),
        };
        self.w.service.oidc_finish(&returned, Some(&begun.browser), HOME).await.result
    }

    async fn refused(&self, claims: Value, code: &str, why: &str) {
        assert_eq!(refusal(self.sign_in(0, claims.clone()).await).0, code, "{claims} {why}");
        let log = self.w.log().await;
        let (line, detail) = log.last().expect("a line");
        assert!(line.contains("session.refused") && detail.contains(why), "{why} is not in {line} {detail}");
    }

    async fn who(&self, token: &SessionToken) -> Option<Actor> {
        self.w.service.actor(token, HOME).await.expect("answers")
    }

    fn asked(&self, path: &str) -> usize {
        self.provider.web.asked(path).len()
    }
}

#[tokio::test]
async fn w35_a_session_ends_unused_and_in_any_case() {
    let realm = Realm::new().await;
    let idle = realm.sign_in(0, json!({})).await.expect("signs in");
    let used = realm.sign_in(0, json!({ "role": ["viewer", "administrator"] })).await.expect("signs in");
    assert_eq!(realm.who(&idle).await.expect("Ana").role, Role::Operator);
    let ana = realm.who(&used).await.expect("Ana");
    assert_eq!((ana.name.as_str(), ana.role, ana.user), ("Ana Lima", Role::Administrator, None));
    for _ in 0..7 {
        realm.w.clock.advance(HOUR);
        assert!(realm.who(&used).await.is_some(), "in use");
    }
    assert_eq!(realm.who(&idle).await, None, "unused for two hours");
    realm.w.clock.advance(HOUR - 1);
    assert!(realm.who(&used).await.is_some());
    realm.w.clock.advance(1);
    assert_eq!(realm.who(&used).await, None, "eight hours are the end");
}

#[tokio::test]
async fn a_sign_in_ends_within_ten_minutes() {
    let realm = Realm::new().await;
    realm.sign_in(10 * MINUTE - 1, json!({})).await.expect("in time");
    assert_eq!(refusal(realm.sign_in(10 * MINUTE, json!({})).await).0, "oidc_state");
    assert_eq!(realm.asked(TOKEN), 1, "too late a code is shown to nobody");
}

#[tokio::test]
async fn w33_w34_sessions_are_their_own_and_end() {
    let realm = Realm::new().await;
    let first = realm.sign_in(0, json!({})).await.expect("signs in");
    let second = realm.sign_in(0, json!({})).await.expect("signs in");
    assert_ne!(first, second);
    realm.w.service.sign_out(&first).await.expect("signs out");
    assert_eq!(realm.who(&first).await, None);
    assert!(realm.who(&second).await.is_some());
    let log = realm.w.log().await;
    assert_eq!(log.last().expect("a line").0, format!("Ana Lima (openid u-4711)@{HOME} session.signed_out Ana Lima"));
}

#[tokio::test]
async fn w25_each_token_is_refused_for_its_own_reason() {
    let realm = Realm::new().await;
    let now = MOMENT.0 / 1000;
    let (nonce, party) = ("another sign-in (nonce)", "another party (azp)");
    for (claims, code, why) in [
        (json!({ "nonce": "another" }), "oidc_token", nonce),
        (json!({ "nonce": null }), "oidc_token", nonce),
        (json!({ "aud": "another" }), "oidc_token", "audience"),
        (json!({ "aud": null }), "oidc_token", "audience"),
        (json!({ "aud": ["another", "postroom"] }), "oidc_token", party),
        (json!({ "azp": "another" }), "oidc_token", party),
        (json!({ "iss": "https://evil.example" }), "oidc_token", "issuer"),
        (json!({ "iss": format!("{}/", realm.provider.issuer) }), "oidc_token", "issuer"),
        (json!({ "iss": null }), "oidc_token", "issuer"),
        (json!({ "iat": now - 400, "exp": now - 30 }), "oidc_token", "expired"),
        (json!({ "exp": null }), "oidc_token", "claims"),
        (json!({ "iat": now + 31 }), "oidc_token", "not_yet"),
        (json!({ "nbf": now + 31 }), "oidc_token", "not_yet"),
        (json!({ "sub": null }), "oidc_token", "claims"),
        (json!({ "role": null }), "oidc_role", "no role in the claim role"),
        (json!({ "role": ["staff"] }), "oidc_role", "no role in the claim role"),
    ] {
        realm.refused(claims, code, why).await;
    }
    // Clocks may be half a minute apart.
    for claims in [json!({ "iat": now - 400, "exp": now - 29 }), json!({ "iat": now + 30 })] {
        realm.sign_in(0, claims.clone()).await.unwrap_or_else(|failure| panic!("{claims}: {failure:?}"));
    }
}

#[tokio::test]
async fn w25_each_signature_is_refused_for_its_own_reason() {
    type Make = fn(&provider::Realm, &Value) -> String;
    let realm = Realm::new().await;
    let tokens: [(Make, &str); 6] = [
        (|_, claims| format!("{}.{}.", base64url(r#"{"alg":"none"}"#), base64url(claims.to_string())), "algorithm"),
        (|realm, claims| realm.signer.sign(&json!({ "alg": "none", "kid": realm.kid }), claims), "algorithm"),
        (
            |realm, claims| Signer::secret(SECRET).sign(&json!({ "alg": "HS256", "kid": realm.kid }), claims),
            "algorithm",
        ),
        (
            |realm, claims| {
                let own = Signer::ed25519();
                own.sign(&json!({ "alg": "EdDSA", "kid": realm.kid, "jwk": own.jwk("a") }), claims)
            },
            "malformed",
        ),
        (|realm, claims| Signer::ed25519().token(&realm.kid, claims), "signature"),
        (|_, _| "not-a-token".to_owned(), "malformed"),
    ];
    for (make, why) in tokens {
        realm.provider.realm().make = Some(Arc::new(make));
        realm.refused(json!({}), "oidc_token", &format!("the ID token: {why}")).await;
    }
    realm.provider.realm().make = None;
    realm.sign_in(0, json!({})).await.expect("the one that these are made from");
}

#[tokio::test]
async fn keys_are_asked_for_again_now_and_then() {
    let realm = Realm::new().await;
    let rotate = |kid: &str| {
        let signer = Arc::new(Signer::p256());
        let mut told = realm.provider.realm();
        told.keys = vec![signer.jwk(kid)];
        kid.clone_into(&mut told.kid);
        told.signer = signer;
    };
    realm.sign_in(0, json!({})).await.expect("signs in");
    assert_eq!(realm.asked(KEYS), 1);
    rotate("key-2");
    realm.sign_in(0, json!({})).await.expect("a new key is known at once");
    assert_eq!(realm.asked(KEYS), 2);
    rotate("key-3");
    realm.refused(json!({}), "oidc_token", "the ID token: key").await;
    assert_eq!(refusal(realm.sign_in(29_999, json!({})).await).0, "oidc_token");
    assert_eq!(realm.asked(KEYS), 2, "once in half a minute");
    realm.sign_in(1, json!({})).await.expect("asked again");
    assert_eq!(realm.asked(KEYS), 3);
    // A key that is withdrawn is trusted for an hour at most.
    rotate("key-4");
    realm.provider.realm().document["jwks_uri"] = json!(format!("{}/none", realm.provider.issuer));
    realm.w.clock.advance(HOUR);
    assert_eq!(refusal(realm.sign_in(0, json!({})).await).0, "oidc_provider");
}

#[tokio::test]
async fn a_provider_that_failed_is_asked_again_soon() {
    let realm = Realm::new().await;
    let broken = TokenAnswer::json(500, "{}");
    realm.provider.realm().answers.insert(provider::DOCUMENT, broken);
    for _ in 0..3 {
        assert_eq!(refusal(realm.sign_in(0, json!({})).await).0, "oidc_provider");
    }
    assert_eq!(realm.asked(provider::DOCUMENT), 1, "not by everybody who waits");
    realm.provider.realm().answers.clear();
    realm.w.clock.advance(3_000);
    realm.sign_in(0, json!({})).await.expect("well again");
}

#[tokio::test]
async fn off_it_answers_nobody() {
    let w = World::new().await;
    assert!(!w.service.oidc_on());
    assert_eq!(w.service.oidc_begin("/", HOME).await.err(), Some(Failure::NotFound));
    let ended = w.service.oidc_finish(&OidcReturn::default(), None, HOME).await;
    assert_eq!(ended.result.err(), Some(Failure::NotFound));
    let made_up = SessionToken::parse(&format!("sso.{}", "A".repeat(43))).expect("shaped");
    assert_eq!(w.service.actor(&made_up, HOME).await, Ok(None));
}

//! What a browser brings back that is not its own, and tokens that are not what they should be.

use super::{World, provider, provider::now};
use crate::harness::PASSWORD;
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::{Signer, jwt::base64url};

#[tokio::test]
async fn a_state_is_good_once_in_its_own_browser() {
    let world = World::start().await;
    let provider = &world.provider;
    let unknown = "no sign-in has begun with this state";

    let mut browser = world.browser();
    let sent = provider.authorize(&browser.begin("").await);
    for state in ["", "guess", &"x".repeat(5000)] {
        let answer = browser.get(&format!("/sign-in/oidc/callback?code={}&state={state}", sent.code)).await;
        world.refused(&answer, "oidc_state", unknown).await;
    }
    let answer = browser.get(&format!("/sign-in/oidc/callback?code={}", sent.code)).await;
    world.refused(&answer, "oidc_state", unknown).await;
    let twice = format!("{}&state=other", provider.callback(&sent));
    world.refused(&browser.get(&twice).await, "oidc_state", unknown).await;
    assert!(provider.web.asked(provider::TOKEN).is_empty(), "no code was shown to anybody");
    browser.get(&provider.callback(&sent)).await;
    assert!(browser.who().await.is_some(), "what was wrong before cost nothing");
    let replayed = browser.clone().get(&provider.callback(&sent)).await;
    world.refused(&replayed, "oidc_state", unknown).await;

    let mut browser = world.browser();
    let sent = provider.authorize(&browser.begin("").await);
    let other = world.browser().get(&provider.callback(&sent)).await;
    world.refused(&other, "oidc_state", "the browser has no sign-in under way").await;
    let answer = browser.get(&provider.callback(&sent)).await;
    world.refused(&answer, "oidc_state", unknown).await;
}

#[tokio::test]
async fn w19_nobody_is_signed_in_as_somebody_else() {
    let world = World::start().await;
    let mut attacker = world.browser();
    let sent = world.provider.authorize(&attacker.begin("").await);
    // The victim has begun a sign-in too, and follows the attacker's link.
    let mut victim = world.browser();
    let own = world.provider.authorize(&victim.begin("").await);
    let answer = victim.get(&world.provider.callback(&sent)).await;
    world.refused(&answer, "oidc_state", "the sign-in began in another browser").await;
    assert_eq!(victim.who().await, None);
    assert!(world.provider.web.asked(provider::TOKEN).is_empty(), "the code was shown to nobody");
    victim.get(&world.provider.callback(&own)).await;
    assert!(victim.who().await.is_some(), "their own still ends well");
    // Who is signed in stays who they are.
    let (_, session) = world.root.cookie.split_once('=').expect("a cookie");
    victim.cookies.insert("postroom".to_owned(), session.to_owned());
    let sent = world.provider.authorize(&attacker.begin("").await);
    victim.get(&world.provider.callback(&sent)).await;
    assert_eq!(victim.who().await.expect("root").0, "root");
    // Nor does the form of the password take what another site sends.
    let headers = [("sec-fetch-site", "cross-site"), ("content-type", "application/x-www-form-urlencoded")];
    let form = format!("user_name=root&password={}", PASSWORD.replace(' ', "+"));
    let posted = world.browser().session().send("POST", "/sign-in", &headers, &form).await.expect("answers");
    assert_eq!(posted.status(), 403);
}

/// Each is one step away from a token that is taken.
#[tokio::test]
async fn w25_a_token_that_is_not_what_it_should_be() {
    let world = World::start().await;
    let good = json!({});
    check(&world, good, None).await;
    let nonce = "another sign-in (nonce)";
    let party = "another party (azp)";
    for (claims, why) in [
        (json!({ "nonce": "another" }), nonce),
        (json!({ "nonce": null }), nonce),
        (json!({ "aud": "another" }), "the ID token: audience"),
        (json!({ "aud": null }), "the ID token: audience"),
        (json!({ "aud": ["another", "postroom"] }), party),
        (json!({ "azp": "another" }), party),
        (json!({ "iss": "https://evil.example" }), "the ID token: issuer"),
        (json!({ "iss": format!("{}/", world.provider.issuer) }), "the ID token: issuer"),
        (json!({ "iss": null }), "the ID token: issuer"),
        (json!({ "iat": now() - 7200, "exp": now() - 60 }), "the ID token: expired"),
        (json!({ "exp": null }), "the ID token: claims"),
        (json!({ "iat": now() + 600 }), "the ID token: not_yet"),
        (json!({ "nbf": now() + 600 }), "the ID token: not_yet"),
        (json!({ "sub": null }), "the ID token: claims"),
        (json!({ "sub": "" }), "the ID token: claims"),
    ] {
        check(&world, claims, Some(why)).await;
    }
    check(&world, json!({ "aud": ["another", "postroom"], "azp": "postroom" }), None).await;
}

async fn check(world: &World, claims: Value, why: Option<&str>) {
    world.provider.realm().claims = claims.clone();
    let mut browser = world.browser();
    let answer = world.sign_in(&mut browser, "").await;
    match why {
        Some(why) => world.refused(&answer, "oidc_token", why).await,
        None => assert!(browser.who().await.is_some(), "{claims}: {}", world.server.log().await),
    }
}

#[tokio::test]
async fn w25_a_token_that_is_not_signed_as_it_should_be() {
    type Make = fn(&provider::Realm, &Value) -> String;
    let world = World::start().await;
    let tokens: [(&str, Make, &str); 9] = [
        (
            "none",
            |_, claims| format!("{}.{}.", base64url(r#"{"alg":"none"}"#), base64url(claims.to_string())),
            "algorithm",
        ),
        (
            "none with a signature",
            |realm, claims| realm.signer.sign(&json!({ "alg": "none", "kid": realm.kid }), claims),
            "algorithm",
        ),
        (
            "signed with the client's secret",
            |realm, claims| {
                let header = json!({ "alg": "HS256", "kid": realm.kid });
                Signer::secret(provider::SECRET).sign(&header, claims)
            },
            "algorithm",
        ),
        (
            "signed with the public key as a secret",
            |realm, claims| {
                let public = realm.keys[0].to_string();
                Signer::secret(public).sign(&json!({ "alg": "HS256", "kid": realm.kid }), claims)
            },
            "algorithm",
        ),
        (
            "brings its own key",
            |realm, claims| {
                let own = Signer::ed25519();
                own.sign(&json!({ "alg": "EdDSA", "kid": realm.kid, "jwk": own.jwk("a") }), claims)
            },
            "malformed",
        ),
        (
            "brings the place of its key",
            |realm, claims| {
                let header = json!({ "alg": "EdDSA", "kid": realm.kid, "jku": "https://evil.example/keys" });
                Signer::ed25519().sign(&header, claims)
            },
            "malformed",
        ),
        (
            "is an access token",
            |realm, claims| realm.signer.sign(&json!({ "alg": "EdDSA", "kid": realm.kid, "typ": "at+jwt" }), claims),
            "malformed",
        ),
        (
            "has another's claims",
            |realm, claims| {
                let token = realm.signer.token(&realm.kid, claims);
                let mut raised = claims.clone();
                raised["role"] = "administrator".into();
                let parts: Vec<_> = token.split('.').collect();
                format!("{}.{}.{}", parts[0], base64url(raised.to_string()), parts[2])
            },
            "signature",
        ),
        ("is nothing of the kind", |_, _| "not-a-token".to_owned(), "malformed"),
    ];
    for (_, make, why) in tokens {
        world.provider.realm().make = Some(Arc::new(make));
        let answer = world.sign_in(&mut world.browser(), "").await;
        world.refused(&answer, "oidc_token", &format!("the ID token: {why}")).await;
    }
    world.provider.realm().make = None;
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    assert!(browser.who().await.is_some());
}

#[tokio::test]
async fn who_has_no_role_is_told_so() {
    let world = World::start().await;
    for role in
        [json!(null), json!("root"), json!("Administrator"), json!([]), json!(["staff"]), json!(7), json!({ "a": 1 })]
    {
        world.provider.realm().claims = json!({ "role": role });
        let answer = world.sign_in(&mut world.browser(), "/settings/users").await;
        world.refused(&answer, "oidc_role", "no role in the claim role").await;
        assert!(world.audit().await[0].contains(&"Ana Lima".to_owned()), "and who it was: {role}");
        let page = world.server.anonymous().get(&super::location(&answer)).await.text().await.expect("html");
        assert!(page.contains("gives you no role in Postroom"), "{page}");
    }
}

#[tokio::test]
async fn the_issuer_is_in_every_answer_and_errors_are_said() {
    let world = World::start().await;
    let provider = &world.provider;
    for (pairs, code, why) in [
        ("code={code}&state={state}&iss=https%3A%2F%2Fevil.example", "oidc_token", "another issuer's (iss)"),
        ("code={code}&state={state}", "oidc_token", "does not name its issuer (iss)"),
        ("error=access_denied&state={state}&iss={iss}", "oidc_denied", "the provider says access_denied"),
        ("error=access_denied&state={state}&iss={iss}&code={code}", "oidc_denied", "the provider says access_denied"),
        ("error=access_denied&state={state}&iss=https%3A%2F%2Fevil.example", "oidc_token", "another issuer's (iss)"),
        ("error=%0Aforged+line&state={state}&iss={iss}", "oidc_denied", "the provider says something else"),
        ("state={state}&iss={iss}", "oidc_provider", "the answer has no code"),
        ("code=&state={state}&iss={iss}", "oidc_provider", "the answer has no code"),
        ("error=access_denied&state=guess&iss={iss}", "oidc_state", "no sign-in has begun with this state"),
    ] {
        let mut browser = world.browser();
        let sent = provider.authorize(&browser.begin("").await);
        let issuer = domain::report::encode_component(&provider.issuer);
        let pairs =
            pairs.replace("{code}", &sent.code).replace("{state}", sent.field("state")).replace("{iss}", &issuer);
        let answer = browser.get(&format!("/sign-in/oidc/callback?{pairs}")).await;
        world.refused(&answer, code, why).await;
    }
    assert!(provider.web.asked(provider::TOKEN).is_empty(), "no code was shown to anybody");
    assert!(!world.server.log().await.contains("forged line"));
    // Who does not say that it names itself need not, but may not name another.
    provider.realm().document["authorization_response_iss_parameter_supported"] = json!(false);
    let world = World::start_with(world.provider).await;
    let mut browser = world.browser();
    let sent = world.provider.authorize(&browser.begin("").await);
    browser.get(&format!("/sign-in/oidc/callback?code={}&state={}", sent.code, sent.field("state"))).await;
    assert!(browser.who().await.is_some(), "{}", world.server.log().await);
}

#[tokio::test]
async fn who_guesses_has_to_wait_and_nobody_else() {
    let world = World::start().await;
    let mut slowed = false;
    for guess in 0..40 {
        let answer = world.browser().get(&format!("/sign-in/oidc/callback?code=a&state=guess-{guess}")).await;
        slowed |= super::location(&answer).contains("error=too_many&retry=");
    }
    assert!(slowed);
    let mut browser = world.browser();
    world.sign_in(&mut browser, "").await;
    assert!(browser.who().await.is_some(), "what is right is not counted");
}

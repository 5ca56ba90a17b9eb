//! Sign-in from a portal: what a token is exchanged for, how often, for how long, and what is written down of it.

use crate::harness::{MOMENT, World, settings};
use domain::{Failure, Role, report::ReportName};
use serde_json::{Value, json};
use service::{Actor, PortalKey, PortalKind, PortalSettings, PortalToken, Settings, SignedIn};
use testkit::{Authority, Leaf, NameServer, Signer, TokenAnswer, TokenServer, Zone};

const NOW: i64 = MOMENT.0 / 1000;
const ORIGIN: &str = "https://portal.example";
const HOME: &str = "192.0.2.1";
const SECRET: &str = "kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0pA";
const OTHER_SECRET: &str = "A0pG6dH4fJ2sB8nR5cW7xT1mL9yQv3Zk";

fn claims(changes: Value) -> Value {
    let mut all = json!({
        "sub": "ana@portal.example", "name": "Ana", "role": "operator", "aud": "postroom", "iat": NOW, "exp": NOW + 300,
    });
    for (name, value) in changes.as_object().expect("an object") {
        all[name] = value.clone();
    }
    all
}

fn token(changes: Value) -> String {
    Signer::secret(SECRET).sign(&json!({ "alg": "HS256" }), &claims(changes))
}

fn portal(key: PortalKey) -> PortalSettings {
    let origins = vec![ORIGIN.to_owned(), "https://other.example".to_owned()];
    PortalSettings { origins, audience: "postroom".into(), issuer: None, key }
}

async fn world() -> World {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("portal.secret");
    std::fs::write(&file, format!("{SECRET}\n")).expect("writes");
    let settings = Settings { portal: Some(portal(PortalKey::SecretFile(file))), ..settings(&directory) };
    World::open(directory, settings).await
}

async fn sign_in(w: &World, token: &str, previous: Option<&PortalToken>) -> SignedIn {
    w.service.portal_sign_in(token, ORIGIN, HOME, previous).await.expect("signs in")
}

async fn refused(w: &World, token: &str) -> String {
    match w.service.portal_sign_in(token, ORIGIN, HOME, None).await {
        Err(Failure::Refused { code, params }) if code == "embed_token" => params.join(","),
        other => panic!("{other:?}"),
    }
}

async fn who(w: &World, token: &PortalToken) -> Option<Actor> {
    w.service.portal_actor(token, PortalKind::Embed, "198.51.100.7").await.expect("an answer")
}

async fn portal_lines(w: &World) -> Vec<(String, String)> {
    w.log().await.into_iter().filter(|(line, _)| line.contains(" portal.")).collect()
}

#[tokio::test]
async fn a_token_becomes_a_session_with_its_name_and_role() {
    let w = world().await;
    let signed_in = sign_in(&w, &token(json!({})), None).await;
    assert_eq!((signed_in.name.as_str(), signed_in.role, signed_in.expires_in_s), ("Ana", Role::Operator, 299));
    let ana = who(&w, &signed_in.session).await.expect("signed in");
    assert_eq!(
        (ana.user, ana.name.as_str(), ana.role, ana.origin.as_str()),
        (None, "Ana", Role::Operator, "198.51.100.7")
    );
    assert!(w.service.report_rows(&ana, ReportName::Accounts).await.is_ok());
    let kind = w.service.portal_actor(&signed_in.session, PortalKind::Oidc, HOME).await.expect("an answer");
    assert_eq!(kind, None, "a session is of one kind");
    assert_eq!(format!("{signed_in:?}").matches("pfs_").count(), 0);
}

/// Limits to the second, in both directions: the clocks may be half a minute apart.
#[tokio::test]
async fn w25_clocks_may_be_half_a_minute_apart() {
    let w = world().await;
    for (changes, wanted) in [
        (json!({ "iat": NOW + 30 }), Ok(299)),
        (json!({ "iat": NOW + 31 }), Err("not_yet")),
        (json!({ "nbf": NOW + 30 }), Ok(299)),
        (json!({ "nbf": NOW + 31 }), Err("not_yet")),
        (json!({ "iat": NOW - 100, "exp": NOW + 1 }), Ok(0)),
        // Late by the portal's clock alone: as long as the token itself is taken.
        (json!({ "iat": NOW - 101, "exp": NOW }), Ok(29)),
        (json!({ "iat": NOW - 102, "exp": NOW - 29 }), Ok(0)),
        (json!({ "iat": NOW - 103, "exp": NOW - 30 }), Err("expired")),
        (json!({ "exp": NOW + 600 }), Ok(599)),
        (json!({ "exp": NOW + 601 }), Err("too_long")),
    ] {
        let got = w.service.portal_sign_in(&token(changes.clone()), ORIGIN, HOME, None).await;
        let got = got.map(|signed_in| signed_in.expires_in_s).map_err(|failure| match failure {
            Failure::Refused { params, .. } => params.join(","),
            other => format!("{other:?}"),
        });
        assert_eq!(got, wanted.map_err(str::to_owned), "{changes}");
    }
}

#[tokio::test]
async fn w35_a_session_ends_when_its_token_does() {
    let mut w = world().await;
    let session = sign_in(&w, &token(json!({})), None).await.session;
    w.clock.advance(300_000 - 124);
    assert!(who(&w, &session).await.is_some(), "the last millisecond");
    w.clock.advance(1);
    assert_eq!(who(&w, &session).await, None, "used a moment ago, and over all the same");
    let session = sign_in(&w, &token(json!({ "iat": NOW + 300, "exp": NOW + 600 })), None).await.session;
    assert!(who(&w, &session).await.is_some());
    // The sign-in is switched off: what it began is over.
    w.reopen().await.expect("restarts");
    assert_eq!(who(&w, &session).await, None);
}

#[tokio::test]
async fn w25_a_token_is_good_once() {
    let w = world().await;
    let first = token(json!({}));
    let session = sign_in(&w, &first, None).await.session;
    assert_eq!(refused(&w, &first).await, "replayed");
    assert!(who(&w, &session).await.is_some(), "whoever was first stays");
    // By its jti, whatever else has changed; by the issuer's jti alone.
    sign_in(&w, &token(json!({ "jti": "1" })), None).await;
    assert_eq!(refused(&w, &token(json!({ "jti": "1", "exp": NOW + 200 }))).await, "replayed");
    sign_in(&w, &token(json!({ "jti": "1", "iss": "somebody" })), None).await;
    sign_in(&w, &token(json!({ "jti": "2" })), None).await;
    // Until the last moment at which it would be taken.
    w.clock.advance(329_000);
    assert_eq!(refused(&w, &first).await, "replayed");
    w.clock.advance(1_000);
    assert_eq!(refused(&w, &first).await, "expired");
    let lines = portal_lines(&w).await;
    let replayed: Vec<_> = lines.iter().filter(|(_, detail)| detail.contains("reason: replayed")).collect();
    assert_eq!(replayed.len(), 3, "{lines:?}");
    assert_eq!(replayed[0].0, format!("@{HOME} portal.refused Ana"));
}

#[tokio::test]
async fn w25_of_a_hundred_at_once_one_is_taken() {
    let w = world().await;
    let token = token(json!({}));
    let tries = (0..100).map(|n| {
        let (service, token) = (w.service.clone(), token.clone());
        tokio::spawn(async move { service.portal_sign_in(&token, ORIGIN, &format!("192.0.2.{n}"), None).await.is_ok() })
    });
    let mut signed_in = 0;
    for one in tries.collect::<Vec<_>>() {
        signed_in += usize::from(one.await.expect("ends"));
    }
    assert_eq!(signed_in, 1);
}

/// A signature over a curve has a second form that fits as well; it is the same token.
#[tokio::test]
async fn w25_another_form_of_the_signature_is_no_other_token() {
    let signer = Signer::p256();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("keys.json");
    std::fs::write(&file, signer.set("k")).expect("writes");
    let settings = Settings { portal: Some(portal(PortalKey::SetFile(file))), ..settings(&directory) };
    let w = World::open(directory, settings).await;
    let header = json!({ "alg": "ES256", "kid": "k" });
    let claims = claims(json!({}));
    // Signing takes a new random number each time: another signature over the same.
    let (first, second) = (signer.sign(&header, &claims), signer.sign(&header, &claims));
    assert_ne!(first, second);
    sign_in(&w, &first, None).await;
    assert_eq!(refused(&w, &second).await, "replayed");
}

#[tokio::test]
async fn w25_claims_of_the_portal() {
    let w = world().await;
    for (changes, wanted) in [
        (json!({ "role": "root" }), "role"),
        (json!({ "role": "Operator" }), "role"),
        (json!({ "role": "" }), "role"),
        (json!({ "role": ["administrator"] }), "role"),
        (json!({ "role": 3 }), "role"),
        (json!({ "name": "" }), "claims"),
        (json!({ "name": "  " }), "claims"),
        (json!({ "name": null }), "claims"),
        (json!({ "name": ["Ana"] }), "claims"),
        (json!({ "name": "Ana\r\nSet-Cookie: x" }), "claims"),
        (json!({ "name": "A\u{2028}na" }), "claims"),
        (json!({ "name": "a".repeat(121) }), "claims"),
        (json!({ "sub": "a".repeat(121) }), "claims"),
        (json!({ "sub": "a\u{2029}" }), "claims"),
        (json!({ "origin": "https://other.example" }), "origin"),
        (json!({ "origin": format!("{ORIGIN}/") }), "origin"),
        (json!({ "origin": null }), "origin"),
        (json!({ "origin": [ORIGIN] }), "origin"),
    ] {
        assert_eq!(refused(&w, &token(changes.clone())).await, wanted, "{changes}");
    }
    let without_role = json!({ "sub": "a", "aud": "postroom", "iat": NOW, "exp": NOW + 60 });
    let token_without = Signer::secret(SECRET).sign(&json!({ "alg": "HS256" }), &without_role);
    assert_eq!(refused(&w, &token_without).await, "claims");
    let named = sign_in(&w, &token(json!({ "name": " Ána ", "origin": ORIGIN })), None).await;
    assert_eq!(named.name, "Ána");
}

#[tokio::test]
async fn w25_only_portals_on_the_list() {
    let w = world().await;
    for origin in [
        "",
        "null",
        "*",
        "https://evil.example",
        "https://portal.example/",
        "https://portal.example:443",
        "HTTPS://PORTAL.EXAMPLE",
        "http://portal.example",
        "https://portal.example.evil.example",
        "https://xportal.example",
        "https://portal.example\0",
    ] {
        let got = w.service.portal_sign_in(&token(json!({})), origin, HOME, None).await;
        assert!(matches!(&got, Err(Failure::Refused { params, .. }) if params == &["origin"]), "{origin}: {got:?}");
    }
    w.service.portal_sign_in(&token(json!({})), "https://other.example", HOME, None).await.expect("on the list");
    let off = World::new().await;
    assert_eq!(refused(&off, &token(json!({}))).await, "off");
    assert_eq!(off.log().await.len(), 0, "what is off writes nothing");
}

#[tokio::test]
async fn a_renewal_ends_the_session_before_it_and_is_no_news() {
    let w = world().await;
    let next = |n: i64, changes: Value| {
        let mut all = json!({ "jti": n.to_string() });
        all.as_object_mut().expect("an object").extend(changes.as_object().expect("an object").clone());
        token(all)
    };
    let first = sign_in(&w, &next(1, json!({})), None).await.session;
    let second = sign_in(&w, &next(2, json!({})), Some(&first)).await.session;
    assert_eq!(who(&w, &first).await, None);
    assert!(who(&w, &second).await.is_some());
    let ana = |role: &str| format!("Ana (portal ana@portal.example)@{HOME} portal.{role} Ana");
    let detail = |role: &str| format!("role: {role}\nsubject: ana@portal.example\nportal: {ORIGIN}");
    assert_eq!(portal_lines(&w).await, [(ana("signed_in"), detail("operator"))]);
    // Another role is news, and so is another person; the session before it ends all the same.
    let third = sign_in(&w, &next(3, json!({ "role": "viewer" })), Some(&second)).await.session;
    assert_eq!(who(&w, &second).await, None);
    let fourth =
        sign_in(&w, &next(4, json!({ "sub": "bo", "name": "Bo", "role": "viewer" })), Some(&third)).await.session;
    assert_eq!(who(&w, &third).await, None);
    assert_eq!(portal_lines(&w).await.len(), 3);
    // A refused renewal ends nothing.
    let refused = w.service.portal_sign_in("x", ORIGIN, HOME, Some(&fourth)).await;
    assert!(refused.is_err() && who(&w, &fourth).await.is_some());
    w.service.portal_sign_out(&fourth).await.expect("signs out");
    assert_eq!(who(&w, &fourth).await, None);
    w.service.portal_sign_out(&fourth).await.expect("twice is well");
    let lines = portal_lines(&w).await;
    assert_eq!(lines.last().expect("a line").0, format!("Bo (portal bo)@{HOME} portal.signed_out Bo"));
    assert_eq!(lines.len(), 5, "{lines:?}");
}

#[tokio::test]
async fn w28_an_administrator_from_a_portal_is_a_guest() {
    let w = world().await;
    let session = sign_in(&w, &token(json!({ "role": "administrator" })), None).await.session;
    let ana = who(&w, &session).await.expect("signed in");
    let s = &w.service;
    for report in [ReportName::Users, ReportName::Tokens] {
        assert_eq!(s.report_rows(&ana, report).await.err(), Some(Failure::Forbidden));
    }
    assert_eq!(s.token_list(&ana).await.err(), Some(Failure::Forbidden));
    assert_eq!(s.user_get(&ana, domain::UserId(1)).await.err(), Some(Failure::Forbidden));
    let token = domain::token::TokenDraft { name: "mine".into(), role: Role::Administrator };
    assert_eq!(s.token_create(&ana, token).await.err(), Some(Failure::Forbidden));
    let secret = domain::Secret::new("a password that is long");
    assert_eq!(s.password_change(&ana, &secret, &secret).await.err(), Some(Failure::Forbidden));
    assert!(s.report_rows(&ana, ReportName::Audit).await.is_ok());
    w.account(crate::harness::account_draft("by the world")).await;
    let mut draft = crate::harness::account_draft("hers");
    draft.is_default = false;
    s.account_create(&ana, draft).await.expect("an administrator of accounts");
    let line = w.log().await.pop().expect("a line").0;
    assert!(line.starts_with("Ana (portal ana@portal.example)@"), "{line}");
}

#[tokio::test]
async fn w38_a_flood_of_forged_tokens_is_no_flood_of_lines() {
    let w = world().await;
    let mut counts = (0, 0);
    for n in 0..200 {
        match w.service.portal_sign_in(&format!("a.b.{n}"), ORIGIN, HOME, None).await {
            Err(Failure::Refused { .. }) => counts.0 += 1,
            Err(Failure::TooMany { .. }) => counts.1 += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(counts, (30, 170));
    assert_eq!(portal_lines(&w).await.len(), 30);
    // From everywhere: they are answered, and no more is written.
    for n in 0..200 {
        let got = w.service.portal_sign_in("a.b.c", ORIGIN, &format!("203.0.113.{n}"), None).await;
        assert!(matches!(got, Err(Failure::Refused { .. })));
    }
    assert_eq!(portal_lines(&w).await.len(), 30);
    // Whoever has a good one gets in from there, all the same.
    sign_in(&w, &token(json!({})), None).await;
    w.clock.advance(20_000);
    assert_eq!(refused(&w, "a.b.c").await, "malformed");
    assert_eq!(portal_lines(&w).await.len(), 32);
    let w26 = format!("{:?}", w.log().await);
    assert!(!w26.contains("a.b.") && !w26.contains("eyJ"), "no token is in the log: {w26}");
}

#[tokio::test]
async fn a_file_that_changes_is_read_again_and_a_broken_one_is_not() {
    let w = world().await;
    let file = w.directory.path().join("portal.secret");
    let other = |n: i64| {
        let claims = claims(json!({ "jti": format!("other {n}") }));
        Signer::secret(OTHER_SECRET).sign(&json!({ "alg": "HS256" }), &claims)
    };
    assert_eq!(refused(&w, &other(0)).await, "signature");
    for broken in ["", "too short", "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET", &"x".repeat(64)] {
        std::fs::write(&file, broken).expect("writes");
        sign_in(&w, &token(json!({ "jti": broken.len().to_string() + "j" })), None).await;
    }
    std::fs::remove_file(&file).expect("removes");
    sign_in(&w, &token(json!({ "jti": "gone" })), None).await;
    std::fs::write(&file, OTHER_SECRET).expect("writes");
    sign_in(&w, &other(1), None).await;
    assert_eq!(refused(&w, &token(json!({ "jti": "late" }))).await, "signature");
}

#[tokio::test]
async fn keys_at_an_address_are_asked_for_and_kept() {
    let authority = Authority::new("Postroom test CA");
    let names = NameServer::start(Zone::default().a("mail.test", [127, 0, 0, 1])).await;
    let directory = tempfile::tempdir().expect("a directory");
    let ca = directory.path().join("ca.pem");
    std::fs::write(&ca, authority.pem()).expect("writes");
    let (old, new) = (Signer::ed25519(), Signer::rsa());
    let well = |set: &str| TokenAnswer::json(200, set);
    let endpoint = TokenServer::start(authority.issue(Leaf::Good).config(), [TokenAnswer::json(500, "{}")]).await;
    let key = PortalKey::SetAddress(endpoint.url("mail.test"));
    let settings = Settings {
        resolver: Some(names.address()),
        extra_roots: Some(ca),
        portal: Some(portal(key)),
        ..settings(&directory)
    };
    let w = World::open(directory, settings).await;
    let asked = || endpoint.forms().len();
    assert_eq!(asked(), 0, "a start waits for nobody");
    let mut turn = 0;
    let mut by = |signer: &Signer, kid: &str| {
        turn += 1;
        let now = w.clock.now().0 / 1000;
        signer.token(kid, &claims(json!({ "jti": turn.to_string(), "iat": now, "exp": now + 300 })))
    };

    assert_eq!(refused(&w, &by(&old, "old")).await, "key");
    endpoint.say([well(&old.set("old"))]);
    assert_eq!(refused(&w, &by(&old, "old")).await, "key", "asked a moment ago");
    assert_eq!(asked(), 1);
    w.clock.advance(30_000);
    sign_in(&w, &by(&old, "old"), None).await;
    sign_in(&w, &by(&old, "old"), None).await;
    assert_eq!(asked(), 2, "what is known is not asked for");

    // Another key appears. Whoever makes up names does not make us ask more than twice a minute.
    endpoint.say([well(&json!({ "keys": [old.jwk("old"), new.jwk("new")] }).to_string())]);
    w.clock.advance(30_000);
    sign_in(&w, &by(&new, "new"), None).await;
    for n in 0..5 {
        assert_eq!(refused(&w, &by(&old, &format!("made up {n}"))).await, "key");
    }
    assert_eq!(asked(), 3);

    // The address fails: what was good stays.
    for answer in
        [TokenAnswer::json(500, "{}"), well("{\"keys\":[]}"), well("<html>"), well(&Signer::secret(SECRET).set("old"))]
    {
        endpoint.say([answer]);
        w.clock.advance(600_000);
        sign_in(&w, &by(&new, "new"), None).await;
    }
    assert_eq!(asked(), 7);

    // The old key is taken back: within ten minutes it opens nothing.
    endpoint.say([well(&new.set("new"))]);
    sign_in(&w, &by(&old, "old"), None).await;
    w.clock.advance(600_000);
    assert_eq!(refused(&w, &by(&old, "old")).await, "key");
    sign_in(&w, &by(&new, "new"), None).await;
}

//! W25 to W29: tokens that are none, over HTTP, each one step away from a good one. The rest of the forgeries is played
//! against `passport` itself.

use super::{ORIGIN, SECRET, claims, exchange, json_of, now, portal, token, with, with_set};
use crate::harness::Server;
use serde_json::{Value, json};
use testkit::{Signer, jwt::base64url, token::RSA_PUBLIC_KEY};

/// Refused for this reason, as the page is told it.
async fn refused(server: &Server, token: &str, wanted: &str) {
    let (status, body) = exchange(server, token, ORIGIN, None).await;
    assert_ne!(status, 429, "the test says more than the limit allows");
    assert_eq!((status, &body["failure"]), (401, &refusal(wanted)), "{wanted}: {body}");
    assert_eq!(body["type"], "urn:postroom:problem:embed_token");
    assert!(!body.to_string().contains("pfs_"));
}

fn refusal(reason: &str) -> Value {
    json!({ "refused": { "code": "embed_token", "params": [reason] } })
}

fn hs256(header: Value, changes: Value) -> String {
    Signer::secret(SECRET).sign(&header, &claims(changes))
}

#[tokio::test]
async fn w25_forged_tokens() {
    let server = portal().await;
    let good = token(json!({}));
    let (signed, mark) = good.rsplit_once('.').expect("parts");
    let (header, payload) = signed.split_once('.').expect("parts");
    let none = base64url(r#"{"alg":"none","typ":"JWT"}"#);
    let other = base64url(claims(json!({ "role": "administrator" })).to_string());
    let key = json!({ "alg": "HS256", "jwk": Signer::secret(*b"another").jwk("a") });
    for (token, wanted) in [
        (format!("{none}.{payload}."), "algorithm"),
        (format!("{none}.{payload}.{mark}"), "algorithm"),
        (hs256(json!({ "alg": "RS256" }), json!({})), "algorithm"),
        (hs256(json!({ "alg": "HS512" }), json!({})), "algorithm"),
        (hs256(json!({ "alg": "HS256", "jku": "https://evil.example/keys" }), json!({})), "malformed"),
        (hs256(json!({ "alg": "HS256", "x5u": "https://evil.example/cert" }), json!({})), "malformed"),
        (hs256(json!({ "alg": "HS256", "crit": ["x"], "x": 1 }), json!({})), "malformed"),
        (hs256(key, json!({})), "malformed"),
        (hs256(json!({ "alg": "HS256", "typ": "at+jwt" }), json!({})), "malformed"),
        (format!("{header}.{other}.{mark}"), "signature"),
        (format!("{signed}.{}", base64url([0; 32])), "signature"),
        (Signer::secret(*b"A0pG6dH4fJ2sB8nR5cW7xT1mL9yQv3Zk").token("", &claims(json!({}))), "malformed"),
        (Signer::secret(*b"A0pG6dH4fJ2sB8nR5cW7xT1mL9yQv3Zk").token("k", &claims(json!({}))), "signature"),
        (signed.to_owned(), "malformed"),
        (format!("{good}.{mark}"), "malformed"),
        (format!("{good}="), "malformed"),
        (good[..good.len() - 3].to_owned(), "signature"),
        ("x".repeat(9000), "malformed"),
        (
            Signer::secret(SECRET).sign_text(r#"{"alg":"HS256","alg":"HS256"}"#, &claims(json!({})).to_string()),
            "malformed",
        ),
        (String::new(), "malformed"),
    ] {
        // The last character of a shorter one may carry bits that mean nothing: malformed or not, it is refused.
        let (status, body) = exchange(&server, &token, ORIGIN, None).await;
        let got = body["failure"]["refused"]["params"][0].as_str().unwrap_or_default().to_owned();
        let either = wanted == "signature" && got == "malformed" && token.len() + 3 == good.len();
        assert!(status == 401 && (got == wanted || either), "{wanted}: {status} {body}");
    }
    assert_eq!(exchange(&server, &good, ORIGIN, None).await.0, 200, "the one that these were made from");
}

#[tokio::test]
async fn w25_stale_and_confused_tokens() {
    let server = portal().await;
    let (n, text) = (now(), |at: i64| json!(at.to_string()));
    for (changes, wanted) in [
        (json!({ "aud": "grafana" }), "audience"),
        (json!({ "aud": ["grafana"] }), "audience"),
        (json!({ "aud": null }), "audience"),
        (json!({ "iat": n - 120, "exp": n - 45 }), "expired"),
        (json!({ "iat": n + 60, "exp": n + 120 }), "not_yet"),
        (json!({ "nbf": n + 60 }), "not_yet"),
        (json!({ "exp": n + 700 }), "too_long"),
        (json!({ "exp": null }), "claims"),
        (json!({ "iat": null }), "claims"),
        (json!({ "exp": -1 }), "claims"),
        (json!({ "exp": 1e12 }), "claims"),
        (json!({ "exp": text(n + 60) }), "claims"),
        (json!({ "sub": null }), "claims"),
        (json!({ "sub": "x".repeat(121) }), "claims"),
        (json!({ "name": "Ana\nroot" }), "claims"),
        (json!({ "role": null }), "claims"),
        (json!({ "role": "superuser" }), "role"),
        (json!({ "origin": "https://other.example" }), "origin"),
    ] {
        refused(&server, &token(changes), wanted).await;
    }
    // Half a minute is the clocks'.
    for changes in [json!({ "iat": n - 120, "exp": n - 10 }), json!({ "iat": n + 10, "exp": n + 100 })] {
        assert_eq!(exchange(&server, &token(changes.clone()), ORIGIN, None).await.0, 200, "{changes}");
    }
}

#[tokio::test]
async fn w25_the_issuer_and_the_audience_that_are_configured() {
    let variables = [("POSTROOM_EMBED_ISSUER", "https://portal.example"), ("POSTROOM_EMBED_AUDIENCE", "mail")];
    let server = with(&variables).await;
    let issued = |iss: Value, aud: Value| token(json!({ "iss": iss, "aud": aud }));
    let (portal, mail) = (json!("https://portal.example"), json!("mail"));
    refused(&server, &issued(portal.clone(), json!("postroom")), "audience").await;
    refused(&server, &issued(json!(null), mail.clone()), "issuer").await;
    refused(&server, &issued(json!("https://other.example"), mail.clone()), "issuer").await;
    assert_eq!(exchange(&server, &issued(portal, mail), ORIGIN, None).await.0, 200);
}

#[tokio::test]
async fn w25_a_public_key_is_no_secret() {
    let rsa = Signer::rsa();
    let server = with_set(&rsa.set("k")).await;
    let modulus = rsa.jwk("k")["n"].as_str().expect("a text").to_owned();
    for secret in [RSA_PUBLIC_KEY.to_vec(), modulus.into_bytes(), rsa.set("k").into_bytes()] {
        let forger = Signer::secret(secret);
        refused(&server, &forger.token("k", &claims(json!({}))), "algorithm").await;
        let header = json!({ "alg": "RS256", "kid": "k" });
        refused(&server, &forger.sign(&header, &claims(json!({}))), "signature").await;
    }
    refused(&server, &Signer::ed25519().token("k", &claims(json!({}))), "algorithm").await;
    refused(&server, &rsa.token("other", &claims(json!({}))), "key").await;
    assert_eq!(exchange(&server, &rsa.token("k", &claims(json!({}))), ORIGIN, None).await.0, 200);
}

#[tokio::test]
async fn w25_a_rotated_key_works_without_a_restart() {
    let (old, new) = (Signer::ed25519(), Signer::p256());
    let server = with_set(&old.set("2026-1")).await;
    let file = server.folder.path().join("keys.json");
    let next = |signer: &Signer, kid: &str| signer.token(kid, &claims(json!({})));
    refused(&server, &next(&new, "2026-2"), "key").await;
    let both = json!({ "keys": [old.jwk("2026-1"), new.jwk("2026-2")] });
    std::fs::write(&file, both.to_string()).expect("writes");
    for token in [next(&new, "2026-2"), next(&old, "2026-1")] {
        assert_eq!(exchange(&server, &token, ORIGIN, None).await.0, 200);
    }
    std::fs::write(&file, "{}").expect("writes");
    assert_eq!(exchange(&server, &next(&new, "2026-2"), ORIGIN, None).await.0, 200, "a broken file changes nothing");
    std::fs::write(&file, new.set("2026-2")).expect("writes");
    assert_eq!(exchange(&server, &next(&new, "2026-2"), ORIGIN, None).await.0, 200);
    refused(&server, &next(&old, "2026-1"), "key").await;
}

#[tokio::test]
async fn w25_a_token_is_good_once() {
    let server = portal().await;
    let administrator = server.set_up().await;
    let once = token(json!({}));
    assert_eq!(exchange(&server, &once, ORIGIN, None).await.0, 200);
    refused(&server, &once, "replayed").await;
    let nameless = token(json!({ "jti": null }));
    assert_eq!(exchange(&server, &nameless, ORIGIN, None).await.0, 200);
    refused(&server, &nameless, "replayed").await;
    let lines = super::audit(&administrator).await;
    assert_eq!(lines.iter().filter(|line| line.contains("Sign-in from elsewhere refused")).count(), 2, "{lines:?}");
    // Nor after a restart.
    let (folder, _) = server.stop().await;
    let variables = [("POSTROOM_EMBED_ORIGINS", ORIGIN), ("POSTROOM_EMBED_SECRET_FILE", "portal.secret")];
    let server = Server::start_with(folder, &variables).await;
    refused(&server, &once, "replayed").await;
}

#[tokio::test]
async fn w25_another_portal_or_none() {
    let server = portal().await;
    for origin in ["", "null", "*", "https://evil.example", "https://portal.example/", "http://portal.example"] {
        let (status, body) = exchange(&server, &token(json!({})), origin, None).await;
        assert_eq!((status, &body["failure"]), (401, &refusal("origin")), "{origin}");
    }
    let off = Server::start().await;
    let (status, body) = exchange(&off, &token(json!({})), ORIGIN, None).await;
    assert_eq!((status, &body["failure"]), (401, &refusal("off")));
}

/// Only a page of ours exchanges tokens: another site can't make a browser do it, with whatever token.
#[tokio::test]
async fn w25_another_site_and_other_bodies() {
    let server = portal().await;
    let good = json!({ "token": token(json!({})), "origin": ORIGIN }).to_string();
    let large = json!({ "token": "x".repeat(20_000), "origin": ORIGIN }).to_string();
    let json = ("content-type", "application/json");
    for (headers, body, wanted) in [
        (vec![("sec-fetch-site", "cross-site"), json], &*good, 403),
        (vec![("sec-fetch-site", "same-site"), json], &good, 403),
        (vec![("origin", ORIGIN), json], &good, 403),
        (vec![("sec-fetch-site", "same-origin"), ("content-type", "text/plain")], &good, 415),
        (vec![("sec-fetch-site", "same-origin")], &good, 415),
        (vec![("sec-fetch-site", "same-origin"), json], "", 400),
        (vec![("sec-fetch-site", "same-origin"), json], "{}", 400),
        (vec![("sec-fetch-site", "same-origin"), json], "[1,2]", 400),
        (vec![("sec-fetch-site", "same-origin"), json], &large, 413),
    ] {
        let response = server.anonymous().send("POST", "/api/ui/embed/session", &headers, body).await.expect("answers");
        let (status, body) = json_of(response).await;
        assert_eq!(status, wanted, "{headers:?} {body}");
    }
    for path in ["/api/ui/embed/session", "/api/ui/embed/end"] {
        assert_ne!(server.anonymous().get(path).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn w26_no_token_is_written_down() {
    let server = portal().await;
    let administrator = server.set_up().await;
    let (good, bad) = (token(json!({})), token(json!({ "aud": "grafana" })));
    let (_, body) = exchange(&server, &good, ORIGIN, None).await;
    let session = body["session"].as_str().expect("a session").to_owned();
    refused(&server, &bad, "audience").await;
    refused(&server, &good, "replayed").await;
    assert_eq!(super::ask_as(&server, &session, "report_rows", json!({ "report": "accounts" })).await.0, 200);
    // In an address it opens nothing.
    for path in [format!("/settings/email/smtp?token={session}"), format!("/embed/settings/email/smtp?token={good}")] {
        let response = server.anonymous().get(&path).await;
        let place = response.headers().get("location").map(|value| value.to_str().expect("ascii").to_owned());
        let text = response.text().await.expect("a body");
        assert!(!text.contains("Ana"), "{path} {place:?}");
    }
    assert!(server.logs("a portal's token was refused").await);
    let (log, audit) = (server.log().await, super::audit(&administrator).await.join("\n"));
    for secret in [&session, &good, &bad, &SECRET.to_owned()] {
        // The part that is signed begins like every other.
        let telling = &secret[secret.len().saturating_sub(40)..];
        assert!(!log.contains(telling), "in the log");
        assert!(!audit.contains(telling), "in the audit log");
    }
    let stored = std::fs::read(server.folder.path().join("data/postroom.db")).expect("reads");
    let wal = std::fs::read(server.folder.path().join("data/postroom.db-wal")).unwrap_or_default();
    for file in [stored, wal] {
        assert!(
            !file.windows(session.len()).any(|window| window == session.as_bytes()),
            "the session is kept as a hash"
        );
    }
}

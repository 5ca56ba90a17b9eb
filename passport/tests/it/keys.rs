//! Which keys a set gives, and which tokens mean them.

use crate::{SECRET, claims, set, verify};
use passport::{BadKey, Keys, Refusal};
use serde_json::{Value, json};
use testkit::{Signer, jwt::base64url};

#[test]
fn what_is_no_set_of_keys() {
    let ed = Signer::ed25519().jwk("a");
    let with = |name: &str, value: Value| {
        let mut jwk = ed.clone();
        jwk[name] = value;
        json!({ "keys": [jwk] }).to_string()
    };
    let rsa = |bytes: usize, e: &str| {
        json!({ "keys": [{ "kty": "RSA", "n": base64url(vec![0xff; bytes]), "e": e }] }).to_string()
    };
    let p256 = |x: usize| {
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": base64url(vec![1; x]), "y": base64url([1; 32]) }] })
            .to_string()
    };
    for (text, wanted) in [
        (String::new(), Some(BadKey::NotASet)),
        ("{}".to_owned(), Some(BadKey::NotASet)),
        ("[]".to_owned(), Some(BadKey::NotASet)),
        (r#"{"keys":{}}"#.to_owned(), Some(BadKey::NotASet)),
        (ed.to_string(), Some(BadKey::NotASet)),
        (r#"{"keys":[],"keys":[]}"#.to_owned(), Some(BadKey::NotASet)),
        (r#"{"keys":[]}"#.to_owned(), Some(BadKey::NoKey)),
        (json!({ "keys": [ed] }).to_string(), None),
        (with("d", json!("AA")), Some(BadKey::Private)),
        (with("use", json!("sig")), None),
        (with("use", json!("enc")), Some(BadKey::NoKey)),
        (with("key_ops", json!(["verify"])), None),
        (with("key_ops", json!(["encrypt"])), Some(BadKey::NoKey)),
        (with("alg", json!("EdDSA")), None),
        (with("alg", json!("Ed25519")), None),
        (with("alg", json!("HS256")), Some(BadKey::NoKey)),
        (with("alg", json!("RS256")), Some(BadKey::NoKey)),
        (with("alg", json!("none")), Some(BadKey::NoKey)),
        (with("crv", json!("Ed448")), Some(BadKey::NoKey)),
        (with("crv", json!("P-256")), Some(BadKey::NoKey)),
        (with("kty", json!("oct")), Some(BadKey::NoKey)),
        (with("kid", json!(7)), Some(BadKey::NoKey)),
        (with("x", json!("AA")), Some(BadKey::NoKey)),
        (Signer::secret(SECRET).set("a"), Some(BadKey::NoKey)),
        (rsa(128, "AQAB"), Some(BadKey::NoKey)),
        (rsa(255, "AQAB"), Some(BadKey::NoKey)),
        (rsa(256, "AQAB"), None),
        (rsa(1024, "AQAB"), None),
        (rsa(1025, "AQAB"), Some(BadKey::NoKey)),
        (rsa(256, "AQ"), Some(BadKey::NoKey)),
        (rsa(256, ""), Some(BadKey::NoKey)),
        (p256(32), None),
        (p256(31), Some(BadKey::NoKey)),
    ] {
        assert_eq!(Keys::jwks(text.as_bytes()).err(), wanted, "{text}");
    }
}

#[test]
fn a_token_names_its_key_unless_there_is_one() {
    let (a, b) = (Signer::ed25519(), Signer::p256());
    let (one, two) = (set(&[a.jwk("a")]), set(&[a.jwk("a"), b.jwk("b")]));
    let nameless = a.sign(&json!({ "alg": "EdDSA" }), &claims(json!({})));
    assert!(verify(&nameless, &one).is_ok());
    assert_eq!(verify(&nameless, &two), Err(Refusal::Key));
    assert!(one.knows(None) && one.knows(Some("a")) && !one.knows(Some("b")));
    assert!(!two.knows(None) && two.knows(Some("a")) && two.knows(Some("b")) && !two.knows(Some("")));
    assert!(Keys::shared_secret(SECRET).expect("a secret").knows(Some("whatever")));
}

#[test]
fn keys_of_one_name_are_told_apart_by_their_algorithm_or_not_at_all() {
    let (ed, other, ec) = (Signer::ed25519(), Signer::ed25519(), Signer::p256());
    let token = ed.token("a", &claims(json!({})));
    assert!(verify(&token, &set(&[ec.jwk("a"), ed.jwk("a")])).is_ok());
    assert_eq!(verify(&token, &set(&[ed.jwk("a"), other.jwk("a")])), Err(Refusal::Key));
}

#[test]
fn keys_print_no_key() {
    let keys = Keys::shared_secret(SECRET).expect("a secret");
    assert_eq!(format!("{keys:?}"), r#"[("", "HS256")]"#);
}

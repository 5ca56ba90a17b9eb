//! W25: forged, stale and confused tokens, each refused for its own reason. Each is one step away from a token that is taken.

use crate::{NOW, SECRET, claims, expected, set, shared, verify};
use passport::{Expected, Keys, MAX_TOKEN_BYTES, Refusal};
use serde_json::{Value, json};
use testkit::{Signer, jwt::base64url, token::RSA_PUBLIC_KEY};

fn refused(token: &str, keys: &Keys, wanted: Refusal) {
    assert_eq!(verify(token, keys).map(|_| "taken").map_err(Refusal::code), Err(wanted.code()), "{token}");
}

fn hs256() -> Value {
    json!({ "alg": "HS256", "typ": "JWT" })
}

#[test]
fn w25_no_signature() {
    let good = Signer::secret(SECRET).sign(&hs256(), &claims(json!({})));
    verify(&good, &shared()).expect("the one that these are made from");
    let (signed, mark) = good.rsplit_once('.').expect("parts");
    let (_, payload) = signed.split_once('.').expect("parts");
    for alg in ["none", "None", "NONE", "nOnE", "HS384", "HS512", "RS512", "PS256", "ES384", "Ed25519", "hs256", ""] {
        let header = base64url(json!({ "alg": alg }).to_string());
        refused(&format!("{header}.{payload}.{mark}"), &shared(), Refusal::Algorithm);
    }
    let none = base64url(r#"{"alg":"none"}"#);
    refused(&format!("{none}.{payload}."), &shared(), Refusal::Algorithm);
    refused(&format!("{signed}."), &shared(), Refusal::Malformed);
    refused(signed, &shared(), Refusal::Malformed);
    for header in [json!({}), json!({ "alg": null }), json!({ "alg": ["HS256"] }), json!({ "alg": 256 })] {
        refused(&format!("{}.{payload}.{mark}", base64url(header.to_string())), &shared(), Refusal::Malformed);
    }
}

#[test]
fn w25_a_public_key_is_no_secret() {
    let rsa = Signer::rsa();
    let keys = set(&[rsa.jwk("k")]);
    verify(&rsa.token("k", &claims(json!({}))), &keys).expect("the one that these are made from");
    let modulus = rsa.jwk("k")["n"].as_str().expect("a text").to_owned();
    for secret in
        [RSA_PUBLIC_KEY.to_vec(), modulus.into_bytes(), rsa.set("k").into_bytes(), rsa.jwk("k").to_string().into()]
    {
        let forger = Signer::secret(secret);
        refused(&forger.token("k", &claims(json!({}))), &keys, Refusal::Algorithm);
        let header = json!({ "alg": "RS256", "kid": "k" });
        refused(&forger.sign(&header, &claims(json!({}))), &keys, Refusal::Signature);
    }
}

#[test]
fn w25_the_key_decides_on_the_algorithm() {
    let signers = [Signer::ed25519(), Signer::p256(), Signer::rsa(), Signer::secret(SECRET)];
    for signer in &signers {
        let keys = match signer {
            Signer::Hs256(secret) => Keys::shared_secret(secret).expect("a secret"),
            other => set(&[other.jwk("k")]),
        };
        for said in ["HS256", "RS256", "ES256", "EdDSA"] {
            let token = signer.sign(&json!({ "alg": said, "kid": "k" }), &claims(json!({})));
            match verify(&token, &keys) {
                Ok(_) => assert_eq!(said, signer.algorithm()),
                Err(refusal) => {
                    assert_ne!(said, signer.algorithm());
                    assert_eq!(refusal, Refusal::Algorithm);
                }
            }
        }
    }
}

#[test]
fn w25_a_token_brings_no_key_along() {
    let (portal, thief) = (Signer::ed25519(), Signer::ed25519());
    let keys = set(&[portal.jwk("k")]);
    for (name, value) in [
        ("jku", json!("https://evil.example/keys")),
        ("jwk", thief.jwk("k")),
        ("x5u", json!("https://evil.example/cert")),
        ("x5c", json!(["MIIB"])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
    ] {
        let mut header = json!({ "alg": "EdDSA", "kid": "k" });
        header[name] = value;
        refused(&thief.sign(&header, &claims(json!({}))), &keys, Refusal::Malformed);
        // Also where it is signed well: who sends one has something in mind.
        refused(&portal.sign(&header, &claims(json!({}))), &keys, Refusal::Malformed);
    }
    for typ in [json!("at+jwt"), json!("dpop+jwt"), json!("JWE"), json!(""), json!(null), json!(["JWT"])] {
        let header = json!({ "alg": "EdDSA", "kid": "k", "typ": typ });
        refused(&portal.sign(&header, &claims(json!({}))), &keys, Refusal::Malformed);
    }
}

#[test]
fn w25_the_wrong_key() {
    let (portal, thief) = (Signer::ed25519(), Signer::ed25519());
    let keys = set(&[portal.jwk("k")]);
    refused(&thief.token("k", &claims(json!({}))), &keys, Refusal::Signature);
    refused(&portal.token("other", &claims(json!({}))), &keys, Refusal::Key);
    for kid in [json!(null), json!(1), json!(""), json!(["k"]), json!("k".repeat(257))] {
        let header = json!({ "alg": "EdDSA", "kid": kid });
        refused(&portal.sign(&header, &claims(json!({}))), &keys, Refusal::Malformed);
    }
    // A path or a statement as a name is a name, and no key has it.
    for kid in ["../../dev/null", "' OR 1=1 --", "K", "k "] {
        refused(&portal.token(kid, &claims(json!({}))), &keys, Refusal::Key);
    }
    let another = Signer::secret(*b"A0pG6dH4fJ2sB8nR5cW7xT1mL9yQv3Zk");
    refused(&another.sign(&hs256(), &claims(json!({}))), &shared(), Refusal::Signature);
}

#[test]
fn w25_changed_on_the_way() {
    for (signer, keys) in [Signer::ed25519(), Signer::p256(), Signer::rsa()].map(|signer| {
        let keys = set(&[signer.jwk("k")]);
        (signer, keys)
    }) {
        let good = signer.token("k", &claims(json!({})));
        let (signed, mark) = good.rsplit_once('.').expect("parts");
        let (header, _) = signed.split_once('.').expect("parts");
        let other = base64url(claims(json!({ "role": "administrator" })).to_string());
        refused(&format!("{header}.{other}.{mark}"), &keys, Refusal::Signature);
        // Of an elliptic curve: zeros were once a signature of everything (CVE-2022-21449).
        for bytes in [0, 1, 32, 64, 256] {
            let zeros = base64url(vec![0_u8; bytes]);
            let wanted = if bytes == 0 { Refusal::Malformed } else { Refusal::Signature };
            refused(&format!("{signed}.{zeros}"), &keys, wanted);
        }
        let longer = base64url([signer.mark(signed.as_bytes()), vec![0]].concat());
        refused(&format!("{signed}.{longer}"), &keys, Refusal::Signature);
    }
}

#[test]
fn w25_not_a_token() {
    let good = Signer::secret(SECRET).sign(&hs256(), &claims(json!({})));
    let parts: Vec<_> = good.split('.').collect();
    let (header, payload, mark) = (parts[0], parts[1], parts[2]);
    for token in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "a.b.c".to_owned(),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        format!(".{payload}.{mark}"),
        format!("{header}..{mark}"),
        format!("{good}.{mark}"),
        format!("{header}.{payload}.{mark}.{mark}.{mark}"),
        format!("{good}="),
        format!("{header}=.{payload}.{mark}"),
        format!("{good}\n"),
        format!(" {good}"),
        format!("{good}."),
        good.replace('.', "\u{2024}"),
        format!("{header}.{payload}.{}", &mark[..mark.len() - 2]),
        format!("{{\"protected\":\"{header}\",\"payload\":\"{payload}\",\"signature\":\"{mark}\"}}"),
    ] {
        let refusal = verify(&token, &shared()).expect_err(&token);
        assert!(matches!(refusal, Refusal::Malformed | Refusal::Signature), "{token}: {refusal:?}");
    }
    // The last character of 32 bytes carries two bits that mean nothing: with another of the four it would be the same bytes.
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let last = alphabet.find(mark.chars().last().expect("one")).expect("in it");
    for next in last + 1..=last + 3 {
        let same = format!("{}{}", &good[..good.len() - 1], &alphabet[next..=next]);
        refused(&same, &shared(), Refusal::Malformed);
    }
    // The other alphabet of base64.
    let (signer, url) = (Signer::secret(SECRET), |token: &String| token.contains('-') && token.contains('_'));
    let token = |n: i64| signer.sign(&hs256(), &claims(json!({ "jti": n.to_string() })));
    let token = (0..10_000).map(token).find(url).expect("one of them");
    verify(&token, &shared()).expect("the one that this is made from");
    refused(&token.replace('-', "+").replace('_', "/"), &shared(), Refusal::Malformed);
}

#[test]
fn w25_too_large() {
    let signer = Signer::secret(SECRET);
    let with = |bytes: usize| signer.sign(&hs256(), &claims(json!({ "padding": "x".repeat(bytes) })));
    let fits = (1..500)
        .map(|n| MAX_TOKEN_BYTES - 10 * n)
        .find(|n| with(*n * 3 / 4 - 300).len() <= MAX_TOKEN_BYTES)
        .expect("one");
    verify(&with(fits * 3 / 4 - 300), &shared()).expect("fits");
    refused(&with(MAX_TOKEN_BYTES), &shared(), Refusal::Malformed);
    refused(&"x.".repeat(1_000_000), &shared(), Refusal::Malformed);
}

#[test]
fn w25_json_that_two_readers_read_differently() {
    let signer = Signer::secret(SECRET);
    let all = claims(json!({})).to_string();
    let inside = all.trim_matches(['{', '}']);
    let header = hs256().to_string();
    for (header, payload) in [
        (header.as_str(), format!("{{{inside},\"role\":\"administrator\"}}")),
        (&header, format!("{{\"aud\":\"other\",{inside}}}")),
        (&header, format!("{{{inside},\"ex\\u0070\":{}}}", NOW + 500)),
        (&header, format!("{{{inside},\"x\":{{\"a\":1,\"a\":2}}}}")),
        (&header, format!("{all}{all}")),
        (&header, format!("[{all}]")),
        (&header, "null".to_owned()),
        (&header, format!("\u{feff}{all}")),
        (r#"{"alg":"HS256","alg":"none"}"#, all.clone()),
        (r#"{"alg":"none","alg":"HS256"}"#, all.clone()),
        (r#"["HS256"]"#, all.clone()),
    ] {
        refused(&signer.sign_text(header, &payload), &shared(), Refusal::Malformed);
    }
}

#[test]
fn w25_claims() {
    let signer = Signer::secret(SECRET);
    for (changes, wanted) in [
        (json!({ "aud": "grafana" }), Refusal::Audience),
        (json!({ "aud": "Postroom" }), Refusal::Audience),
        (json!({ "aud": "" }), Refusal::Audience),
        (json!({ "aud": null }), Refusal::Audience),
        (json!({ "aud": [] }), Refusal::Audience),
        (json!({ "aud": ["grafana", "kibana"] }), Refusal::Audience),
        (json!({ "aud": ["postroom", 1] }), Refusal::Audience),
        (json!({ "aud": [["postroom"]] }), Refusal::Audience),
        (json!({ "aud": { "postroom": true } }), Refusal::Audience),
        (json!({ "iss": "https://other.example" }), Refusal::Issuer),
        (json!({ "iss": "https://portal.example/" }), Refusal::Issuer),
        (json!({ "iss": null }), Refusal::Issuer),
        (json!({ "iss": ["https://portal.example"] }), Refusal::Claims),
        (json!({ "exp": NOW - 60, "iat": NOW - 100 }), Refusal::Expired),
        (json!({ "exp": NOW - 30, "iat": NOW - 100 }), Refusal::Expired),
        (json!({ "iat": 0, "exp": 1 }), Refusal::Expired),
        (json!({ "iat": NOW + 31 }), Refusal::NotYet),
        (json!({ "nbf": NOW + 31 }), Refusal::NotYet),
        (json!({ "exp": NOW + 591 }), Refusal::TooLong),
        (json!({ "exp": NOW + 100_000_000 }), Refusal::TooLong),
        (json!({ "iat": 0 }), Refusal::TooLong),
        (json!({ "exp": null }), Refusal::Claims),
        (json!({ "iat": null }), Refusal::Claims),
        (json!({ "exp": (NOW + 300).to_string() }), Refusal::Claims),
        (json!({ "exp": 1_795_299_460.5 }), Refusal::Claims),
        (json!({ "exp": 1e99 }), Refusal::Claims),
        (json!({ "exp": -1 }), Refusal::Claims),
        (json!({ "exp": i64::MAX }), Refusal::Claims),
        (json!({ "exp": u64::MAX }), Refusal::Claims),
        (json!({ "exp": true }), Refusal::Claims),
        (json!({ "exp": [NOW + 300] }), Refusal::Claims),
        (json!({ "iat": -5 }), Refusal::Claims),
        (json!({ "iat": 1.5 }), Refusal::Claims),
        (json!({ "nbf": "now" }), Refusal::Claims),
        (json!({ "nbf": -1 }), Refusal::Claims),
        (json!({ "iat": NOW + 20, "exp": NOW + 20 }), Refusal::Claims),
        (json!({ "iat": NOW + 20, "exp": NOW + 10 }), Refusal::Claims),
        (json!({ "sub": null }), Refusal::Claims),
        (json!({ "sub": "" }), Refusal::Claims),
        (json!({ "sub": " " }), Refusal::Claims),
        (json!({ "sub": 7 }), Refusal::Claims),
        (json!({ "sub": "ana\nroot" }), Refusal::Claims),
        (json!({ "sub": "ana\u{0}" }), Refusal::Claims),
        (json!({ "sub": "a".repeat(256) }), Refusal::Claims),
        (json!({ "jti": "" }), Refusal::Claims),
        (json!({ "jti": 5 }), Refusal::Claims),
    ] {
        refused(&signer.sign(&hs256(), &claims(changes)), &shared(), wanted);
    }
    // A number that is written as a float is one.
    let text = claims(json!({})).to_string().replace(&format!("{}", NOW + 300), &format!("{}.0", NOW + 300));
    refused(&signer.sign_text(&hs256().to_string(), &text), &shared(), Refusal::Claims);
}

#[test]
fn w25_a_clock_at_the_end_of_time() {
    let token = Signer::secret(SECRET).sign(&hs256(), &claims(json!({})));
    for now_s in [i64::MAX, i64::MIN, 0] {
        let read = passport::verify(&token, &shared(), &Expected { now_s, ..expected() });
        assert!(matches!(read, Err(Refusal::Expired | Refusal::NotYet)), "{now_s}");
    }
}

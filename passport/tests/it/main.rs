//! Tokens as somebody else makes them, against keys and clock: what is taken, and everything that is not.
#![expect(clippy::expect_used, reason = "what fails is to fail its test")]

// As the workspace names it.
extern crate postroom_passport as passport;

mod keys;
mod refused;
mod taken;

use passport::{Claims, Expected, Keys, Refusal};
use serde_json::{Value, json};

/// Some moment.
pub(crate) const NOW: i64 = 1_795_299_160;
pub(crate) const SECRET: &[u8] = b"kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0pA";

pub(crate) fn expected() -> Expected<'static> {
    let (audience, issuer) = ("postroom", Some("https://portal.example"));
    Expected { audience, issuer, now_s: NOW, skew_s: 30, max_life_s: Some(600) }
}

/// What is well, with these in place of what is there; `null` takes one away.
pub(crate) fn claims(changes: Value) -> Value {
    let mut all = json!({
        "sub": "ana@portal.example",
        "name": "Ana",
        "role": "operator",
        "aud": "postroom",
        "iss": "https://portal.example",
        "iat": NOW - 10,
        "exp": NOW + 300,
    });
    for (name, value) in changes.as_object().expect("an object") {
        if value.is_null() {
            all.as_object_mut().expect("an object").remove(name);
        } else {
            all[name] = value.clone();
        }
    }
    all
}

pub(crate) fn verify(token: &str, keys: &Keys) -> Result<Claims, Refusal> {
    passport::verify(token, keys, &expected())
}

pub(crate) fn set(keys: &[Value]) -> Keys {
    Keys::jwks(json!({ "keys": keys }).to_string().as_bytes()).expect("a set")
}

pub(crate) fn shared() -> Keys {
    Keys::shared_secret(SECRET).expect("a secret")
}

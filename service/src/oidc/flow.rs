//! Sign-ins that have begun: what was said when the browser left, kept until it comes back, once. Asks nobody.

use crate::{
    random,
    token::{self, TokenHash},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::UnixMillis;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use subtle::ConstantTimeEq;

/// Who takes longer begins again.
pub(super) const LIFE_S: u32 = 10 * 60;
const LIFE_MS: i64 = LIFE_S as i64 * 1000;
/// Anybody can begin a sign-in: above it the oldest is forgotten.
const MANY: usize = 20_000;
/// Longer ways back are not remembered.
const MAX_NEXT: usize = 1024;

/// By the hash of its state.
#[derive(Default)]
pub(super) struct Flows(Mutex<HashMap<TokenHash, Flow>>);

pub(super) struct Flow {
    /// The hash of what the browser's cookie holds.
    browser: TokenHash,
    begun_at: UnixMillis,
    pub nonce: String,
    pub verifier: SecretString,
    pub next: String,
}

/// What goes out: everything but the cookie's value into the provider's address.
pub(super) struct Begun {
    pub browser: String,
    pub state: String,
    pub nonce: String,
    /// RFC 7636, S256.
    pub challenge: String,
}

impl Flows {
    pub(super) fn begin(&self, next: &str, now: UnixMillis) -> Result<Begun, getrandom::Error> {
        let [browser, state, nonce, verifier] =
            [random::token()?, random::token()?, random::token()?, random::token()?];
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let flow = Flow {
            browser: token::hash(&browser),
            begun_at: now,
            nonce: nonce.clone(),
            verifier: verifier.into(),
            next: if next.len() > MAX_NEXT { String::new() } else { next.to_owned() },
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MANY {
            all.retain(|_, flow| flow.is_alive(now));
        }
        if all.len() >= MANY
            && let Some(oldest) = all.iter().min_by_key(|(_, flow)| flow.begun_at.0).map(|(key, _)| *key)
        {
            all.remove(&oldest);
        }
        all.insert(token::hash(&state), flow);
        Ok(Begun { browser, state, nonce, challenge })
    }

    /// The one that began with this state in this browser. Whatever is wrong, the state is used up; the error is for the log.
    pub(super) fn take(&self, state: &str, browser: Option<&str>, now: UnixMillis) -> Result<Flow, &'static str> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&token::hash(state));
        let flow = found.ok_or("no sign-in has begun with this state, or it is used up")?;
        if !flow.is_alive(now) {
            return Err("the sign-in began too long ago");
        }
        let browser = browser.map(token::hash).ok_or("the browser has no sign-in under way")?;
        if bool::from(browser.ct_eq(&flow.browser)) { Ok(flow) } else { Err("the sign-in began in another browser") }
    }
}

impl Flow {
    const fn is_alive(&self, now: UnixMillis) -> bool {
        now.0 - self.begun_at.0 < LIFE_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_sign_in_ends_once_in_its_browser_and_in_time() {
        let check = |after_ms: i64, own_browser: bool, wanted: bool| {
            let flows = Flows::default();
            let begun = flows.begin("/settings/users", UnixMillis(0)).expect("random");
            let browser = if own_browser { begun.browser.as_str() } else { "another" };
            let now = UnixMillis(after_ms);
            let taken = flows.take(&begun.state, Some(browser), now);
            assert_eq!(taken.as_ref().map(|flow| flow.next.as_str()).ok(), wanted.then_some("/settings/users"));
            assert!(flows.take(&begun.state, Some(&begun.browser), now).is_err(), "used up");
        };
        check(0, true, true);
        check(LIFE_MS - 1, true, true);
        check(LIFE_MS, true, false);
        check(0, false, false);
    }

    #[test]
    fn whoever_begins_many_pushes_out_the_oldest_alone() {
        let flows = Flows::default();
        let first = flows.begin("", UnixMillis(0)).expect("random");
        let second = flows.begin("", UnixMillis(1)).expect("random");
        for _ in 2..=MANY {
            flows.begin("", UnixMillis(2)).expect("random");
        }
        assert_eq!(flows.0.lock().expect("unpoisoned").len(), MANY);
        assert!(flows.take(&first.state, Some(&first.browser), UnixMillis(3)).is_err());
        assert!(flows.take(&second.state, Some(&second.browser), UnixMillis(3)).is_ok());
    }

    #[test]
    fn the_challenge_is_the_one_of_the_rfc() {
        let flows = Flows::default();
        let begun = flows.begin(&"x".repeat(MAX_NEXT + 1), UnixMillis(0)).expect("random");
        let flow = flows.take(&begun.state, Some(&begun.browser), UnixMillis(0)).expect("just begun");
        assert_eq!(flow.next, "", "a way back has its length");
        let digest = Sha256::digest(flow.verifier.expose_secret());
        assert_eq!(begun.challenge, BASE64_URL_SAFE_NO_PAD.encode(digest));
        assert!((43..=128).contains(&flow.verifier.expose_secret().len()), "RFC 7636 section 4.1");
    }
}

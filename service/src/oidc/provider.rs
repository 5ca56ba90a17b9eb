//! What a provider publishes of itself, fetched when somebody signs in and kept for a while: its description and its keys.

use super::{Settings, document, document::Document};
use crate::start::Inner;
use domain::UnixMillis;
use mailer::{FetchRules, Names};
use passport::{Claims, Expected, Keys, Refusal};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Mutex, time::timeout};

/// For one file of the provider.
const LIMIT: Duration = Duration::from_secs(8);
/// For somebody else's look at it.
const TURN: Duration = Duration::from_secs(20);
/// A key that is withdrawn is trusted for so long at most.
const KEPT_MS: i64 = 3600 * 1000;
/// A token under an unknown key has the keys asked for again, this often at most.
const KEYS_EVERY_MS: i64 = 30_000;
/// A provider that has just failed is not asked at once by everybody who waits for it.
const FAILED_MS: i64 = 3_000;
/// The provider's clock and ours.
const SKEW_S: i64 = 30;

#[derive(Default)]
pub(super) struct Provider(Mutex<State>);

#[derive(Default)]
struct State {
    known: Option<(Arc<Document>, Arc<Keys>, UnixMillis)>,
    keys_asked_at: Option<UnixMillis>,
    failed: Option<(String, UnixMillis)>,
}

impl Provider {
    /// The error is for the log.
    pub(super) async fn document(&self, inner: &Inner, settings: &Settings) -> Result<Arc<Document>, String> {
        let mut state = timeout(TURN, self.0.lock()).await.map_err(|_| "the provider is slow".to_owned())?;
        state.look(inner, settings).await.map(|(document, _)| document)
    }

    /// Whether a token is to be believed. Keys that don't fit are asked for once more: they may have been replaced.
    pub(super) async fn verify(&self, inner: &Inner, settings: &Settings, token: &str) -> Result<Claims, Doubt> {
        let mut state =
            timeout(TURN, self.0.lock()).await.map_err(|_| Doubt::Provider("the provider is slow".into()))?;
        let (document, keys) = state.look(inner, settings).await.map_err(Doubt::Provider)?;
        let first = match verified(token, &keys, inner, settings) {
            Err(refusal) if matches!(refusal.code(), "key" | "signature") => refusal,
            result => return result.map_err(Doubt::Token),
        };
        let now = inner.clock.now();
        if state.keys_asked_at.is_some_and(|at| is_younger(at, KEYS_EVERY_MS, now)) {
            return Err(Doubt::Token(first));
        }
        state.keys_asked_at = Some(now);
        let keys = Arc::new(fetch_keys(inner, &document).await.map_err(Doubt::Provider)?);
        if let Some(known) = &mut state.known {
            known.1 = Arc::clone(&keys);
        }
        drop(state);
        verified(token, &keys, inner, settings).map_err(Doubt::Token)
    }
}

/// Why a token is not believed.
pub(super) enum Doubt {
    /// There are no keys to hold it against.
    Provider(String),
    Token(Refusal),
}

impl State {
    async fn look(&mut self, inner: &Inner, settings: &Settings) -> Result<(Arc<Document>, Arc<Keys>), String> {
        let now = inner.clock.now();
        if let Some((document, keys, at)) = &self.known
            && is_younger(*at, KEPT_MS, now)
        {
            return Ok((Arc::clone(document), Arc::clone(keys)));
        }
        if let Some((why, at)) = &self.failed
            && is_younger(*at, FAILED_MS, now)
        {
            return Err(why.clone());
        }
        let found = async {
            let place = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
            let document = document::read(&fetch(inner, &place).await?, settings)?;
            let keys = fetch_keys(inner, &document).await?;
            Ok::<_, String>((Arc::new(document), Arc::new(keys)))
        };
        match found.await {
            Ok((document, keys)) => {
                self.known = Some((Arc::clone(&document), Arc::clone(&keys), now));
                self.failed = None;
                Ok((document, keys))
            }
            Err(why) => {
                self.known = None;
                // As it is now: it may have taken long to fail.
                self.failed = Some((why.clone(), inner.clock.now()));
                Err(why)
            }
        }
    }
}

/// A clock that was set back makes everything old.
fn is_younger(at: UnixMillis, ms: i64, now: UnixMillis) -> bool {
    (0..ms).contains(&(now.0 - at.0))
}

fn verified(token: &str, keys: &Keys, inner: &Inner, settings: &Settings) -> Result<Claims, Refusal> {
    let expected = Expected {
        audience: &settings.client_id,
        issuer: Some(&settings.issuer),
        now_s: inner.clock.now().0.div_euclid(1000),
        skew_s: SKEW_S,
        max_life_s: None,
    };
    passport::verify(token, keys, &expected)
}

async fn fetch_keys(inner: &Inner, document: &Document) -> Result<Keys, String> {
    let body = fetch(inner, &document.jwks_uri).await?;
    Keys::jwks(&body).map_err(|_| "the provider's keys can't be read".to_owned())
}

/// Over TLS, without following a redirect, through the one dialer.
async fn fetch(inner: &Inner, url: &str) -> Result<Vec<u8>, String> {
    let rules = FetchRules { limit: LIMIT, ..FetchRules::default() };
    let fetched = inner.mailer.fetch(url, rules, &Names::of(inner.resolver)).await;
    let fetched =
        fetched.map_err(|error| format!("{url}: {error} {}", error.params().join(", ")).trim_end().to_owned())?;
    if fetched.status == 200 { Ok(fetched.body) } else { Err(format!("{url}: status {}", fetched.status)) }
}

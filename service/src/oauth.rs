//! OAuth 2.0: a credential's secret as it is sealed, and access tokens got with it, kept sealed and renewed in time.

mod secret;

pub(crate) use secret::{completed, is_whole, packed, settled};

use crate::{Service, binding, error::Inside};
use domain::{CredentialId, Secret, credential::Credential, destination::Destination};
use mailer::{AccessToken, Names, TokenFault, TokenSource};
use secrecy::{ExposeSecret, SecretString};
use std::{
    collections::HashMap,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// A token that ends sooner than this is not used any more.
const SPARE_MS: i64 = 2 * 60_000;
/// What a token endpoint may take; less than a session waits for it.
const LIMIT: Duration = Duration::from_secs(12);

/// One token is fetched at a time with each credential: ten lanes that find none do not ask ten times, and none of them
/// shows a refresh token that another has just used up.
#[derive(Default)]
pub(crate) struct Fetching(Mutex<HashMap<CredentialId, Arc<tokio::sync::Mutex<()>>>>);

impl Fetching {
    fn of(&self, id: CredentialId) -> Arc<tokio::sync::Mutex<()>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| Arc::strong_count(one) > 1);
        Arc::clone(all.entry(id).or_default())
    }
}

/// Where the secret is that tokens are got with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// Sealed for the place: what is got with it is kept.
    Bound,
    /// Sealed, and no place has claimed it.
    Unclaimed,
    /// Somebody tries what they have typed.
    Typed(Secret),
}

/// Tokens of one credential for one place.
pub(crate) struct Tokens(Arc<Shared>);

struct Shared {
    service: Service,
    credential: Credential,
    place: Destination,
    source: Source,
    /// The one handed out last: whoever asks for a fresh one means another.
    given: Mutex<Option<SecretString>>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("credential", &self.0.credential.id).finish_non_exhaustive()
    }
}

impl Tokens {
    pub(crate) fn new(service: Service, credential: Credential, place: Destination, source: Source) -> Self {
        Self(Arc::new(Shared { service, credential, place, source, given: Mutex::default() }))
    }
}

impl TokenSource for Tokens {
    /// Whoever stops waiting does not stop the fetch: an endpoint that has answered may have used up a refresh token.
    fn token(&self, fresh: bool) -> Pin<Box<dyn Future<Output = Result<SecretString, TokenFault>> + Send + '_>> {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            let got = tokio::spawn(async move { shared.get(fresh).await }).await;
            got.unwrap_or_else(|error| {
                tracing::error!(%error, "fetching a token ended before its time");
                Err(TokenFault::internal("token"))
            })
        })
    }
}

impl Shared {
    async fn get(&self, fresh: bool) -> Result<SecretString, TokenFault> {
        let fetching = self.service.inner.fetching.of(self.credential.id);
        let _turn = fetching.lock().await;
        let stored = |error| {
            tracing::error!(%error, "what is stored of a credential can't be read");
            TokenFault::internal("token")
        };
        let known = self.cached().await.map_err(stored)?;
        // One that somebody else has renewed meanwhile is as fresh as can be.
        if let Some(token) = known.filter(|token| !fresh || !self.was_given(token)) {
            return Ok(self.give(token));
        }
        let Some(secret) = self.secret().await.map_err(stored)? else { return Err(TokenFault::internal("secret")) };
        let request = secret::request(&self.credential, &secret)?;
        let inner = &self.service.inner;
        let got = inner.mailer.fetch_token(&request, &Names::of(inner.resolver), LIMIT).await?;
        if let Err(error) = self.keep(&secret, &got).await {
            tracing::error!(%error, "a token, or what replaces its refresh token, can't be stored");
        }
        Ok(self.give(got.token))
    }

    fn give(&self, token: SecretString) -> SecretString {
        *self.given.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        token
    }

    fn was_given(&self, token: &SecretString) -> bool {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.as_ref().is_none_or(|given| given.expose_secret() == token.expose_secret())
    }

    /// As it is now: another session may have replaced a refresh token since this one was planned.
    async fn secret(&self) -> Inside<Option<Secret>> {
        let place = match &self.source {
            Source::Typed(secret) => return Ok(Some(secret.clone())),
            Source::Bound => Some(&self.place),
            Source::Unclaimed => None,
        };
        let inner = &self.service.inner;
        binding::open_at(&mut inner.store.read().await?, &inner.keys, &self.credential, place).await
    }

    async fn cached(&self) -> Inside<Option<SecretString>> {
        if self.source != Source::Bound {
            return Ok(None);
        }
        let inner = &self.service.inner;
        let found = inner.store.read().await?.oauth_token_get(self.credential.id, &self.token_place()).await?;
        let good = found.filter(|(_, ends)| ends.0 > inner.clock.now().0.saturating_add(SPARE_MS));
        let opened = good.and_then(|(sealed, _)| inner.keys.open(&self.credential, Some(&self.token_place()), &sealed));
        Ok(opened.map(|token| SecretString::from(token.expose())))
    }

    async fn keep(&self, used: &Secret, got: &AccessToken) -> Inside<()> {
        let inner = &self.service.inner;
        let now = inner.clock.now();
        let mut tx = inner.store.write().await?;
        let Some(current) = tx.credential_get(self.credential.id).await? else { return Ok(()) };
        // Changed meanwhile: what was got with the old secret is nobody's.
        if self.source == Source::Bound && current.secret_set_at == self.credential.secret_set_at {
            let token = Secret::new(got.token.expose_secret());
            let sealed = inner.keys.seal(&self.credential, Some(&self.token_place()), &token, now)?;
            let lasts = i64::try_from(got.expires_in.as_millis()).unwrap_or(i64::MAX);
            tx.oauth_token_put(&sealed, now.plus_ms(lasts), now).await?;
        }
        if let Some(rotated) = &got.refresh_token {
            let next = completed(&Secret::new(rotated.expose_secret()), Some(used))?;
            for copy in tx.sealed_list(self.credential.id).await? {
                // Another copy may hold what somebody has typed since.
                let place = copy.destination.as_ref();
                if inner.keys.open(&self.credential, place, &copy).is_some_and(|stored| stored == *used) {
                    tx.sealed_put(&inner.keys.seal(&self.credential, place, &next, now)?).await?;
                }
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// A token never opens as a secret, nor the other way round.
    fn token_place(&self) -> Destination {
        Destination::from_stored(format!("token {}", self.place))
    }
}

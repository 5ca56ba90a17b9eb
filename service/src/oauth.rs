//! OAuth 2.0: a credential's secret as it is sealed, and access tokens got with it, kept sealed and renewed in time.

mod secret;

pub(crate) use secret::{completed, packed, settled};

use crate::{Service, error::Inside};
use domain::{Secret, credential::Credential, destination::Destination};
use mailer::{Names, TokenFault, TokenSource};
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
/// What a token endpoint may take.
const LIMIT: Duration = Duration::from_secs(12);

/// One token is fetched at a time for each place: ten lanes that find none do not ask ten times.
#[derive(Default)]
pub(crate) struct Fetching(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Fetching {
    fn of(&self, credential: &Credential, place: &Destination) -> Arc<tokio::sync::Mutex<()>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| Arc::strong_count(one) > 1);
        Arc::clone(all.entry(format!("{} {place}", credential.id)).or_default())
    }
}

/// Tokens of one credential for one place.
pub(crate) struct Tokens {
    service: Service,
    credential: Credential,
    place: Destination,
    secret: Secret,
    /// The secret is stored for this place: so is what is got with it. Otherwise somebody tries what they have typed.
    stored: bool,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("credential", &self.credential.id).finish_non_exhaustive()
    }
}

impl Tokens {
    pub(crate) const fn new(
        service: Service,
        credential: Credential,
        place: Destination,
        secret: Secret,
        stored: bool,
    ) -> Self {
        Self { service, credential, place, secret, stored }
    }

    async fn get(&self, fresh: bool) -> Result<SecretString, TokenFault> {
        let fetching = self.service.inner.fetching.of(&self.credential, &self.place);
        let _turn = fetching.lock().await;
        if !fresh && self.stored {
            match self.cached().await {
                Ok(Some(token)) => return Ok(token),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "a stored token can't be read"),
            }
        }
        let request = secret::request(&self.credential, &self.secret)?;
        let inner = &self.service.inner;
        let got = inner.mailer.fetch_token(&request, &Names::of(inner.resolver), LIMIT).await?;
        if self.stored
            && let Err(error) = self.keep(&got.token, got.expires_in, got.refresh_token.as_ref()).await
        {
            // It is good all the same; the next session asks for another.
            tracing::error!(%error, "a token can't be stored");
        }
        Ok(got.token)
    }

    async fn cached(&self) -> Inside<Option<SecretString>> {
        let inner = &self.service.inner;
        let found = inner.store.read().await?.oauth_token_get(self.credential.id, &self.token_place()).await?;
        let good = found.filter(|(_, ends)| ends.0 > inner.clock.now().0.saturating_add(SPARE_MS));
        let opened = good.and_then(|(sealed, _)| inner.keys.open(&self.credential, Some(&self.token_place()), &sealed));
        Ok(opened.map(|token| SecretString::from(token.expose())))
    }

    async fn keep(&self, token: &SecretString, lasts: Duration, rotated: Option<&SecretString>) -> Inside<()> {
        let inner = &self.service.inner;
        let now = inner.clock.now();
        let sealed =
            inner.keys.seal(&self.credential, Some(&self.token_place()), &Secret::new(token.expose_secret()), now)?;
        let mut tx = inner.store.write().await?;
        // Changed meanwhile: what was got with the old secret is nobody's.
        let current = tx.credential_get(self.credential.id).await?;
        if current.is_none_or(|current| current.secret_set_at != self.credential.secret_set_at) {
            return Ok(());
        }
        let ends = now.plus_ms(i64::try_from(lasts.as_millis()).unwrap_or(i64::MAX));
        tx.oauth_token_put(&sealed, ends).await?;
        if let Some(rotated) = rotated {
            let next = completed(&Secret::new(rotated.expose_secret()), Some(&self.secret))?;
            for copy in tx.sealed_list(self.credential.id).await? {
                if inner.keys.open(&self.credential, copy.destination.as_ref(), &copy).is_some() {
                    tx.sealed_put(&inner.keys.seal(&self.credential, copy.destination.as_ref(), &next, now)?).await?;
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

impl TokenSource for Tokens {
    fn token(&self, fresh: bool) -> Pin<Box<dyn Future<Output = Result<SecretString, TokenFault>> + Send + '_>> {
        Box::pin(self.get(fresh))
    }
}

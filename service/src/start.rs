//! Opening the service: store, keys, mailer, limits, in an order that never writes before everything fits.

use crate::{
    Answer, Clock, OpenError, Service, Settings,
    error::answer,
    export::Downloads,
    key_file::{self, MasterKey},
    key_ring::KeyRing,
    limiter::Limits,
    live::Live,
    metrics::Metrics,
    oauth::Fetching,
    oidc::Oidc,
    outbox::Outbox,
    password::Passwords,
    portal::Portal,
    random,
    report::AllAccounts,
    schedule::Schedules,
    settings::MasterKeySource,
    slots::Slots,
};
use domain::{Port, portal::Embedding};
use mailer::Mailer;
use rustls_pki_types::{CertificateDer, pem::PemObject};
use std::{net::SocketAddr, path::Path, sync::Arc};
use store::{DataKey, Store};
use tokio::sync::Notify;

/// Tests of accounts and connectors under way, and as many looks at senders.
const TESTS_PER_USER: usize = 2;
const TESTS_AT_ONCE: usize = 8;

/// What every use case works with.
pub(crate) struct Inner {
    pub store: Store,
    pub clock: Clock,
    pub keys: KeyRing,
    pub mailer: Mailer,
    pub passwords: Passwords,
    pub limits: Limits,
    pub slots: Slots,
    /// Looks at senders, which are no tests and take as long.
    pub checks: Slots,
    pub resolver: Option<SocketAddr>,
    pub https: Port,
    pub downloads: Downloads,
    pub live: Live,
    pub rows: AllAccounts,
    pub outbox: Outbox,
    pub schedules: Schedules,
    pub fetching: Fetching,
    pub oidc: Option<Oidc>,
    pub portal: Option<Portal>,
    /// The health check is looked at anew.
    pub health_changed: Notify,
    pub metrics: Metrics,
    pub helo: String,
    pub master_key: MasterKeySource,
    pub embedding: Embedding,
}

impl Service {
    /// Opens store and keys, and makes both on first start. The error is one clear line.
    pub async fn open(settings: Settings, clock: Clock) -> Result<Self, OpenError> {
        let roots = settings.extra_roots.as_deref().map(read_roots).transpose()?.unwrap_or_default();
        let portal = settings.portal.map(Portal::open).transpose()?;
        let store = Store::open(&settings.database_url).await?;
        let keys = open_keys(&store, &settings.master_key, &clock).await?;
        let outbox = Outbox::new(store.clone(), clock.clone());
        let metrics = Metrics::new(&clock);
        let live = Live::new(format!("{:x}", clock.now().0));
        let inner = Inner {
            store,
            clock,
            keys,
            mailer: Mailer::with_extra_roots(settings.policy, roots),
            passwords: Passwords::new(),
            limits: Limits::default(),
            slots: Slots::new(TESTS_PER_USER, TESTS_AT_ONCE),
            checks: Slots::new(TESTS_PER_USER, TESTS_AT_ONCE),
            resolver: settings.resolver,
            https: settings.https,
            downloads: Downloads::default(),
            live,
            rows: AllAccounts::default(),
            outbox,
            schedules: Schedules::default(),
            fetching: Fetching::default(),
            oidc: settings.oidc.map(Oidc::new),
            portal,
            health_changed: Notify::new(),
            metrics,
            helo: settings.helo,
            master_key: settings.master_key,
            embedding: settings.embedding,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Whether the store answers.
    pub async fn ready(&self) -> bool {
        let asked = async {
            self.inner.store.intact()?;
            self.inner.store.read().await?.ping().await
        };
        match asked.await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, "the store does not answer");
                false
            }
        }
    }

    /// A whole copy of the database in a new file. The master key is not in it.
    pub async fn backup(&self, to: &Path) -> Answer<()> {
        answer(async { Ok(self.inner.store.backup(to).await?) }).await
    }

    /// Cuts what is still being fetched, waits for what is being written and closes the store.
    pub async fn close(&self) {
        self.inner.downloads.cut();
        self.inner.outbox.close().await;
        self.inner.store.close().await;
    }
}

/// Unwraps the data keys. A master key that does not fit what is stored stops the start and changes nothing;
/// one is made only where nothing is stored yet.
async fn open_keys(store: &Store, source: &MasterKeySource, clock: &Clock) -> Result<KeyRing, OpenError> {
    let mut tx = store.write().await?;
    let stored = tx.data_key_list().await?;
    if !stored.is_empty() {
        return unwrap_keys(&stored, source);
    }
    if tx.sealed_any().await? {
        return Err(OpenError::Key(format!("{}: the database holds secrets and no key to them", source.name())));
    }
    let master = key_file::load_or_make(source)?;
    let (ring, key) = KeyRing::make(&master, clock.now()).map_err(|_| OpenError::Random)?;
    tx.data_key_insert(&key).await?;
    tx.commit().await?;
    Ok(ring)
}

/// Under the write lock: no other program changes file or table meanwhile.
pub(crate) fn unwrap_keys(stored: &[DataKey], source: &MasterKeySource) -> Result<KeyRing, OpenError> {
    let fits = |master: &MasterKey| KeyRing::unwrap(master, stored);
    let found = key_file::load(source)?;
    if let Some(ring) = found.as_ref().and_then(fits) {
        return Ok(ring);
    }
    // In the middle of a rotation, after the store took the new key and before the file did; perhaps it was killed there.
    if let Some(ring) = key_file::load_next(source)?.as_ref().and_then(fits) {
        key_file::take_next(source)?;
        return Ok(ring);
    }
    let what = if found.is_some() { "not the key" } else { "missing; it is the key" };
    Err(OpenError::Key(format!("{}: {what} that this database was made with", source.name())))
}

fn read_roots(path: &Path) -> Result<Vec<CertificateDer<'static>>, OpenError> {
    let failed = |reason: String| OpenError::Roots { path: path.to_owned(), reason };
    let roots: Vec<_> =
        CertificateDer::pem_file_iter(path).and_then(Iterator::collect).map_err(|error| failed(error.to_string()))?;
    if roots.is_empty() { Err(failed("holds no certificate".to_owned())) } else { Ok(roots) }
}

/// What finds an internal failure in the log.
pub fn reference() -> String {
    random::hex::<6>().unwrap_or_else(|_| "unknown".to_owned())
}

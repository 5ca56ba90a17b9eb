//! Another master key, and a new data key for what is sealed from now on. Nothing that is sealed has to be sealed anew.

use crate::{
    Answer, OpenError, Service,
    actor::Actor,
    audit,
    error::{Inside, ServiceError, answer, refused},
    key_file,
    key_ring::KeyRing,
    settings::MasterKeySource,
    start::unwrap_keys,
};
use domain::UnixMillis;

impl From<OpenError> for ServiceError {
    fn from(error: OpenError) -> Self {
        Self::Key(error)
    }
}

impl Service {
    /// Makes a new master key and a new data key, for the command line. Killed at any moment, the next start finds the
    /// master key that fits. Answers with how many data keys it wraps.
    ///
    /// A server that runs meanwhile has the data keys unwrapped: it goes on with those, and takes up the new one when it
    /// starts again. The old ones stay, because it still seals with them.
    pub async fn key_rotate(&self) -> Answer<usize> {
        let source = &self.inner.master_key;
        answer(async {
            if matches!(source, MasterKeySource::Value(_)) {
                return Err(refused("key_not_in_file", []).into());
            }
            let mut tx = self.inner.store.write().await?;
            let stored = tx.data_key_list().await?;
            // Not the keys of our own start: another rotation may have come between.
            let keys = unwrap_keys(&stored, source)?;
            let master = key_file::make()?;
            let mut wrapped = keys.rewrap(&master, &stored)?;
            for key in &wrapped {
                tx.data_key_rewrap(key).await?;
            }
            // The newest is the one in force, whatever the clock says.
            let after = stored.last().map_or(i64::MIN, |last| last.created_at.0.saturating_add(1));
            let (_, fresh) = KeyRing::make(&master, UnixMillis(self.inner.clock.now().0.max(after)))?;
            tx.data_key_insert(&fresh).await?;
            wrapped.push(fresh);
            self.audit(&mut tx, &Actor::command_line(), audit::KEY_ROTATED, "", String::new()).await?;
            key_file::put_next(source, &master)?;
            tx.commit().await?;
            self.key_settle().await?;
            Ok(wrapped.len())
        })
        .await
    }

    /// The key that fits takes its place, under the lock that a start and another rotation take too: it may be done already.
    async fn key_settle(&self) -> Inside<()> {
        let mut tx = self.inner.store.write().await?;
        let stored = tx.data_key_list().await?;
        unwrap_keys(&stored, &self.inner.master_key)?;
        Ok(())
    }
}

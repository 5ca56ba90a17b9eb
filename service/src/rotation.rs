//! Another master key: the data keys are wrapped anew, the secrets stay as they are.

use crate::{
    Answer, OpenError, Service,
    actor::Actor,
    audit,
    error::{ServiceError, answer, refused},
    key_file,
    settings::MasterKeySource,
};

impl From<OpenError> for ServiceError {
    fn from(error: OpenError) -> Self {
        Self::Key(error)
    }
}

impl Service {
    /// Makes a new master key, for the command line. Killed at any moment, the next start finds the key that fits.
    /// Answers with how many data keys it wraps.
    pub async fn key_rotate(&self) -> Answer<usize> {
        let source = &self.inner.master_key;
        answer(async {
            if matches!(source, MasterKeySource::Value(_)) {
                return Err(refused("key_not_in_file", []).into());
            }
            let mut tx = self.inner.store.write().await?;
            let stored = tx.data_key_list().await?;
            let master = key_file::make()?;
            let wrapped = self.inner.keys.rewrap(&master, &stored)?;
            for key in &wrapped {
                tx.data_key_rewrap(key).await?;
            }
            self.audit(&mut tx, &Actor::command_line(), audit::KEY_ROTATED, "", String::new()).await?;
            key_file::put_next(source, &master)?;
            tx.commit().await?;
            key_file::take_next(source)?;
            Ok(wrapped.len())
        })
        .await
    }
}

//! In which language somebody reads, by their own choice, and in which what is sent by itself is written.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer},
};
use domain::ScheduleId;
use store::WriteTx;
use words::Language;

impl Service {
    /// Everybody's own to choose. Who has no user row here is remembered by their browser alone.
    pub async fn language_choose(&self, actor: &Actor, language: Language) -> Answer<()> {
        let Some(user) = actor.user else { return Ok(()) };
        answer(async {
            let mut tx = self.inner.store.write().await?;
            tx.language_set_of_user(user, language.tag()).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// What is sent of it is for whoever saved it last. Programs that ask for no language change nothing.
    pub(crate) async fn language_of_saver(tx: &mut WriteTx, actor: &Actor, id: ScheduleId) -> Inside<()> {
        if let Some(language) = actor.language {
            tx.language_set_of_schedule(id, language.tag()).await?;
        }
        Ok(())
    }
}

/// As it is stored.
pub(crate) fn stored(tag: Option<String>) -> Language {
    tag.as_deref().and_then(Language::parse).unwrap_or_default()
}

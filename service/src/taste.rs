//! What somebody likes: everybody's own to choose, and nobody else's business.

use crate::{Actor, Answer, Service, error::answer};
use domain::taste::{Choice, Tastes};

impl Actor {
    /// The same, whose pages look like that.
    #[must_use]
    pub fn liking(self, tastes: Tastes) -> Self {
        Self { tastes, ..self }
    }
}

impl Service {
    /// Kept with the user. Who has no user row here is remembered by their browser alone.
    pub async fn taste_choose(&self, actor: &Actor, choice: Choice) -> Answer<()> {
        let Some(user) = actor.user else { return Ok(()) };
        answer(async {
            let mut tx = self.inner.store.write().await?;
            tx.taste_set_of_user(user, choice).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }
}

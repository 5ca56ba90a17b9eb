//! What holds for the whole product.

use crate::{
    Actor, Answer, Service, audit,
    audit::{changes, text},
    error::{answer, invalid},
};
use domain::{Action, parameters::Parameters, portal::Embedding};

impl Service {
    /// What the operator has configured for portals.
    #[expect(clippy::unused_async, reason = "a use case is async, whatever it does")]
    pub async fn embedding_get(&self, actor: &Actor) -> Answer<Embedding> {
        actor.must(Action::ParametersChange)?;
        Ok(self.inner.embedding.clone())
    }

    pub async fn parameters_get(&self, actor: &Actor) -> Answer<Parameters> {
        actor.must(Action::ParametersRead)?;
        answer(async { Ok(self.inner.store.read().await?.parameters_get().await?) }).await
    }

    pub async fn parameters_update(&self, actor: &Actor, parameters: Parameters) -> Answer<()> {
        actor.must(Action::ParametersChange)?;
        answer(async {
            parameters.check()?;
            let mut tx = self.inner.store.write().await?;
            if let Some(id) = parameters.health_account_id
                && tx.account_get(id).await?.is_none()
            {
                return Err(invalid("health_account_id", "not_found").into());
            }
            let before = tx.parameters_get().await?;
            tx.parameters_set(&parameters).await?;
            if let Some(language) = actor.language {
                tx.language_set_of_health(language.tag()).await?;
            }
            let fields = |p: &Parameters| {
                vec![
                    ("footer", p.footer.clone()),
                    ("footer_html", p.footer_html.clone()),
                    ("retention_days", p.retention_days.to_string()),
                    ("health_hours", text(p.health_hours)),
                    ("health_recipients", p.health_recipients.clone()),
                    ("health_account_id", text(p.health_account_id)),
                ]
            };
            let detail = changes(&fields(&before), &fields(&parameters)).join("\n");
            self.audit(&mut tx, actor, audit::PARAMETERS_CHANGED, "", detail).await?;
            tx.commit().await?;
            self.inner.health_changed.notify_one();
            Ok(())
        })
        .await
    }
}

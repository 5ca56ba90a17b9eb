//! How an account sends: its limits, paused and resumed by people, halted by what only people can repair.

use crate::{Actor, Answer, Service, account, audit, audit::changes, error::answer};
use domain::{
    AccountId, Action, Failure, FieldErrors,
    message::{Reason, Sending, SendingLimits},
};

impl Service {
    pub async fn account_sending_get(&self, actor: &Actor, id: AccountId) -> Answer<Sending> {
        actor.must(Action::AccountsRead)?;
        answer(async {
            let state = self.inner.store.read().await?.sending_get(id).await?;
            Ok(state.ok_or(Failure::NotFound)?.sending)
        })
        .await
    }

    /// The accounts that are paused, halted or have trouble with their connection.
    pub async fn account_sending_troubled(&self, actor: &Actor) -> Answer<Vec<Sending>> {
        actor.must(Action::AccountsRead)?;
        answer(async { Ok(self.inner.store.read().await?.sending_list_troubled().await?) }).await
    }

    pub async fn account_sending_update(&self, actor: &Actor, id: AccountId, limits: SendingLimits) -> Answer<()> {
        actor.must(Action::AccountsChange)?;
        answer(async {
            limits.check(id)?;
            let mut tx = self.inner.store.write().await?;
            let name = account::stored(&mut tx, id).await?.settings.name;
            if let Some(other) = limits.failover_id
                && tx.account_get(other).await?.is_none()
            {
                let mut errors = FieldErrors::default();
                errors.add("failover_id", "not_found");
                return Err(errors.into());
            }
            let before = tx.sending_get(id).await?.ok_or(Failure::NotFound)?.sending.limits;
            tx.sending_limits_set(id, &limits).await?;
            let fields = |l: &SendingLimits| {
                vec![
                    ("connections", l.connections.to_string()),
                    ("per_minute", l.per_minute.to_string()),
                    ("failover_id", l.failover_id.map(|id| id.to_string()).unwrap_or_default()),
                ]
            };
            let detail = changes(&fields(&before), &fields(&limits)).join("\n");
            self.audit(&mut tx, actor, audit::SENDING_CHANGED, name.as_str(), detail).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// What is under way is finished; everything else waits.
    pub async fn account_sending_pause(&self, actor: &Actor, id: AccountId) -> Answer<()> {
        actor.must(Action::SendingPause)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let name = account::stored(&mut tx, id).await?.settings.name;
            tx.sending_paused_set(id, true).await?;
            self.audit(&mut tx, actor, audit::SENDING_PAUSED, name.as_str(), String::new()).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Also of an account that was halted: it is tried again as it is.
    pub async fn account_sending_resume(&self, actor: &Actor, id: AccountId) -> Answer<()> {
        actor.must(Action::SendingPause)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let name = account::stored(&mut tx, id).await?.settings.name;
            tx.sending_paused_set(id, false).await?;
            tx.sending_halt_set(id, None).await?;
            tx.sending_failures_set(id, 0, None, &Reason::default()).await?;
            self.audit(&mut tx, actor, audit::SENDING_RESUMED, name.as_str(), String::new()).await?;
            tx.commit().await?;
            self.inner.outbox.wake.notify_one();
            Ok(())
        })
        .await
    }
}

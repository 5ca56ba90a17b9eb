//! How an account sends: its limits, paused and resumed by people, halted by what only people can repair.

use crate::{
    Actor, Answer, Service, account, audit,
    audit::changes,
    error::{Inside, answer, conflict_unless, invalid},
};
use domain::{
    AccountId, Action, Failure,
    message::{Reason, Sending, SendingLimits},
    sending::{AccountSending, Other, SendingDraft},
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

    /// With what its window says besides.
    pub async fn account_sending_read(&self, actor: &Actor, id: AccountId) -> Answer<AccountSending> {
        actor.must(Action::AccountsRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let account = account::stored(&mut tx, id).await?;
            let state = tx.sending_get(id).await?.ok_or(Failure::NotFound)?;
            let trouble = self.trouble(&mut tx, &account, &state).await?;
            let others = tx.account_names().await?.into_iter().filter(|(other, ..)| *other != id);
            Ok(AccountSending {
                sending: state.sending,
                account: account.settings.name.to_string(),
                enabled: account.settings.enabled,
                trouble,
                others: others.map(|(id, name, enabled)| Other { id, name, enabled }).collect(),
            })
        })
        .await
    }

    /// Whatever is stored.
    pub async fn account_sending_update(&self, actor: &Actor, id: AccountId, limits: SendingLimits) -> Answer<()> {
        actor.must(Action::AccountsChange)?;
        answer(self.sending_limits_set(actor, id, None, limits)).await
    }

    /// Over the limits with that stamp; a conflict where others are stored meanwhile.
    pub async fn account_sending_save(
        &self,
        actor: &Actor,
        id: AccountId,
        over: i64,
        draft: SendingDraft,
    ) -> Answer<()> {
        actor.must(Action::AccountsChange)?;
        answer(async { self.sending_limits_set(actor, id, Some(over), draft.parse(id)?).await }).await
    }

    async fn sending_limits_set(
        &self,
        actor: &Actor,
        id: AccountId,
        over: Option<i64>,
        limits: SendingLimits,
    ) -> Inside<()> {
        limits.check(id)?;
        let mut tx = self.inner.store.write().await?;
        let name = account::stored(&mut tx, id).await?.settings.name;
        let before = tx.sending_get(id).await?.ok_or(Failure::NotFound)?.sending.limits;
        conflict_unless(over.is_none_or(|over| over == before.stamp()), before.stamp())?;
        if let Some(other) = limits.failover_id
            && tx.account_get(other).await?.is_none()
        {
            return Err(invalid("failover_id", "not_found").into());
        }
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
            tx.sending_failures_set(id, 0, self.inner.clock.now(), None, &Reason::default()).await?;
            self.audit(&mut tx, actor, audit::SENDING_RESUMED, name.as_str(), String::new()).await?;
            tx.commit().await?;
            self.inner.outbox.wake.notify_one();
            Ok(())
        })
        .await
    }
}

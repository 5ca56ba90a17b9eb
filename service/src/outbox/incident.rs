//! Incidents: what keeps mail from going out until somebody acts. Nothing is noted: they are what the tables say now.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer},
    outbox::way::Looked,
};
use domain::{
    Action,
    account::Account,
    incident::{Incidents, NoDefault, Trouble},
};
use store::{ReadTx, SendingState};

impl Service {
    pub async fn incidents(&self, actor: &Actor) -> Answer<Incidents> {
        actor.must(Action::AccountsRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let mut all = Incidents::default();
            if !tx.account_default().await?.is_some_and(|account| account.settings.enabled) {
                let accounts = !tx.account_names().await?.is_empty();
                if accounts || tx.message_any().await? {
                    all.no_default = Some(NoDefault { accounts });
                }
            }
            for sending in tx.sending_list_troubled().await? {
                let id = sending.account_id;
                if let (Some(account), Some(state)) = (tx.account_get(id).await?, tx.sending_get(id).await?) {
                    all.failing.extend(self.trouble(&mut tx, &account, &state).await?);
                }
            }
            self.health_incidents(&mut tx, &mut all).await?;
            Ok(all)
        })
        .await
    }

    /// What keeps an account from sending. Not that somebody paused it, nor that it is disabled and nothing waits for it.
    pub(crate) async fn trouble(
        &self,
        tx: &mut ReadTx,
        account: &Account,
        state: &SendingState,
    ) -> Inside<Option<Trouble>> {
        let sending = &state.sending;
        let halted = sending.halted_at.is_some();
        if sending.paused || !(halted || sending.failures >= Trouble::REPEATED) {
            return Ok(None);
        }
        let waiting = tx.sending_waiting(account.id, Trouble::MOST_COUNTED).await?;
        if !account.settings.enabled && waiting == 0 {
            return Ok(None);
        }
        let mut reason = sending.reason.clone().unwrap_or_default();
        if halted {
            let Looked { problem, stamp, .. } = self.look(tx, account).await?;
            if stamp != state.halt_stamp {
                // Changed since: solved as far as anybody can know before it is tried, or stopped by something else.
                let Some(problem) = problem else { return Ok(None) };
                reason = problem;
            }
        }
        Ok(Some(Trouble {
            account_id: account.id,
            account: account.settings.name.to_string(),
            halted,
            since: sending.halted_at.or(sending.failing_since),
            reason,
            failures: sending.failures,
            retry_at: sending.retry_at,
            waiting,
        }))
    }
}

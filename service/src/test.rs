//! Tests of accounts: a real session through the account as it is stored, or as it stands in the settings window.

mod history;
mod plan;

pub(crate) use history::Seen;
pub(crate) use plan::{Login, Plan, Secrets, tunnel_of};

use crate::{
    Actor, Answer, Service, account, audit, compose,
    error::{Inside, ServiceError, answer},
    random,
    slots::Slot,
};
use domain::{
    AccountId, Action, Failure, FieldErrors,
    account::{AccountDraft, NewAccount},
    session_test::{DoneStep, NewTest, Outcome, TestDone, TestDraft, TestEvent, TestMode},
};
use mailer::{Budget, ComposeError, Outgoing};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Where a running test reports its steps.
pub type Events = Arc<dyn Fn(TestEvent) + Send + Sync>;

/// Everything decided, nothing dialled yet.
struct Run {
    actor: Actor,
    /// The account whose history the result belongs to.
    account: Option<AccountId>,
    settings: NewAccount,
    test: NewTest,
    plan: Plan,
    /// Counts as running for as long as it is held.
    slot: Slot,
}

impl Service {
    /// A stored account, enabled or not.
    pub async fn account_test(
        &self,
        actor: &Actor,
        id: AccountId,
        test: TestDraft,
        events: Events,
        cancel: CancellationToken,
    ) -> Answer<TestDone> {
        actor.must(Action::AccountsTest)?;
        answer(async {
            let test = test.parse()?;
            let slot = self.inner.slots.take(actor)?;
            let mut tx = self.inner.store.read().await?;
            let settings = account::stored(&mut tx, id).await?.settings;
            let plan = self.plan(&mut tx, &settings, Secrets::Bound).await?;
            drop(tx);
            let run = Run { actor: actor.clone(), account: Some(id), settings, test, plan, slot };
            self.run_to_its_end(run, events, cancel).await
        })
        .await
    }

    /// Values not yet saved. `id` is the account that they are an edit of; its history hears of the result
    /// only where nothing has been edited.
    pub async fn draft_test(
        &self,
        actor: &Actor,
        id: Option<AccountId>,
        draft: AccountDraft,
        test: TestDraft,
        events: Events,
        cancel: CancellationToken,
    ) -> Answer<TestDone> {
        actor.must(Action::AccountsTest)?;
        answer(async {
            let (settings, test) = parse_both(&draft, &test)?;
            let slot = self.inner.slots.take(actor)?;
            let mut tx = self.inner.store.read().await?;
            let stored = match id {
                Some(id) => Some(account::stored(&mut tx, id).await?),
                None => None,
            };
            let typed = draft.secret.filter(|secret| !secret.is_empty());
            let unchanged = typed.is_none();
            // A secret that no place has claimed may go wherever an administrator saves an account for;
            // who may only test may not send it to a place of their own.
            let secrets = Secrets::Draft { typed, unclaimed: actor.role.may(Action::AccountsChange) };
            let plan = self.plan(&mut tx, &settings, secrets).await?;
            drop(tx);
            let account = stored.filter(|account| unchanged && account.settings == settings).map(|account| account.id);
            let run = Run { actor: actor.clone(), account, settings, test, plan, slot };
            self.run_to_its_end(run, events, cancel).await
        })
        .await
    }

    /// Whoever stops listening ends the session, and the log still hears of it.
    async fn run_to_its_end(&self, run: Run, events: Events, cancel: CancellationToken) -> Inside<TestDone> {
        let cancel = cancel.child_token();
        let _guard = cancel.clone().drop_guard();
        let outgoing = self.compose(&run).await?;
        let service = self.clone();
        tokio::spawn(async move { service.run(run, outgoing, events, cancel).await }).await?
    }

    async fn run(&self, run: Run, outgoing: Outgoing, events: Events, cancel: CancellationToken) -> Inside<TestDone> {
        let seen = Seen::default();
        let done = self.session(&run.plan, &outgoing, run.test.mode, &seen, &*events, &cancel).await;
        self.inner.metrics.test_ended(done.outcome);
        self.record(&run, &done, seen).await?;
        drop(run.slot);
        Ok(done)
    }

    /// One session, or the end of it where nothing is dialled.
    pub(crate) async fn session(
        &self,
        plan: &Plan,
        outgoing: &Outgoing,
        mode: TestMode,
        seen: &Seen,
        events: &(dyn Fn(TestEvent) + Send + Sync),
        cancel: &CancellationToken,
    ) -> TestDone {
        match plan {
            Plan::Go { route, .. } => {
                let both = |event: TestEvent| {
                    seen.note(&event);
                    events(event);
                };
                self.inner.mailer.run(route, outgoing, mode, Budget::test(), &both, cancel).await
            }
            Plan::Stop { diagnosis, .. } => {
                let done = TestDone {
                    step: DoneStep::Done,
                    outcome: Outcome::Failed,
                    ms: 0,
                    stage: Some(diagnosis.stage),
                    reply: String::new(),
                    diagnosis: Some(diagnosis.clone()),
                };
                events(TestEvent::Done(done.clone()));
                done
            }
        }
    }

    /// A message as a notification would be.
    async fn compose(&self, run: &Run) -> Inside<Outgoing> {
        let parameters = self.inner.store.read().await?.parameters_get().await?;
        let now = self.inner.clock.now();
        let id = compose::message_id(&run.settings, &random::hex::<16>()?);
        let message = compose::octets(&run.settings, &parameters, &plan::letter(&run.test), &id, now).map_err(
            |error| match error {
                ComposeError::ControlCharacter("subject") => {
                    crate::error::invalid("subject", "control_character").into()
                }
                ComposeError::TooLong("header") => crate::error::invalid("subject", "too_long").into(),
                other => ServiceError::from(other),
            },
        )?;
        Ok(Outgoing { mail_from: run.settings.return_path.clone(), rcpt_to: vec![run.test.to.clone()], message })
    }

    async fn record(&self, run: &Run, done: &TestDone, seen: Seen) -> Inside<()> {
        let diagnosis = done.diagnosis.as_ref();
        let mut tx = self.inner.store.write().await?;
        if let Some(id) = run.account
            && tx.account_get(id).await?.is_some()
        {
            let record = seen.record(self.inner.clock.now(), &run.actor.logged(), run.test.mode, done);
            tx.test_insert(id, &record).await?;
            if done.outcome.is_good() {
                tx.health_passed(id, record.test.at).await?;
            }
        }
        let mut lines = vec![
            format!("destination: {}", run.plan.place()),
            format!("to: {}", run.test.to),
            format!("outcome: {}", done.outcome.code()),
        ];
        lines.extend(diagnosis.map(|d| format!("diagnosis: {} ({})", d.code, d.stage.code())));
        if run.account.is_none() {
            lines.push("values not saved".to_owned());
        }
        let subject = run.settings.name.as_str();
        self.audit(&mut tx, &run.actor, audit::ACCOUNT_TESTED, subject, lines.join("\n")).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The errors of both windows at once.
fn parse_both(draft: &AccountDraft, test: &TestDraft) -> Result<(NewAccount, NewTest), Failure> {
    match (draft.parse(), test.parse()) {
        (Ok(account), Ok(test)) => Ok((account, test)),
        (account, test) => {
            let errors = account.err().into_iter().chain(test.err()).flat_map(|errors| errors.0).collect();
            Err(Failure::Invalid { errors: FieldErrors(errors) })
        }
    }
}

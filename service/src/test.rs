//! Tests of accounts: a real session through the account as it is stored, or as it stands in the settings window.

mod history;
mod plan;
mod veil;

pub(crate) use history::Seen;
pub(crate) use plan::{Login, Plan, Secrets, tunnel_of};

use crate::{
    Actor, Answer, Service, account, audit, compose,
    error::{Inside, ServiceError, answer},
    limiter::Tried,
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
use store::ReadTx;
use tokio_util::sync::CancellationToken;

/// Where a running test reports its steps.
pub type Events = Arc<dyn Fn(TestEvent) + Send + Sync>;

/// The same, lent.
pub(crate) type Watched<'a> = dyn Fn(TestEvent) + Send + Sync + 'a;

/// Everything decided, nothing dialled yet.
struct Run {
    actor: Actor,
    /// The account whose history the result belongs to.
    account: Option<AccountId>,
    settings: NewAccount,
    test: NewTest,
    plan: Plan,
    /// To where no account leads, by who may save none.
    searching: bool,
    /// Counts as running for as long as it is held; tests that one person has asked for together share one.
    slot: Arc<Slot>,
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
            let slot = Arc::new(self.inner.slots.take(actor)?);
            self.account_test_in(slot, actor, id, test, events, cancel).await
        })
        .await
    }

    /// The same, as one of those that share a slot.
    pub(crate) async fn account_test_in(
        &self,
        slot: Arc<Slot>,
        actor: &Actor,
        id: AccountId,
        test: NewTest,
        events: Events,
        cancel: CancellationToken,
    ) -> Inside<TestDone> {
        let mut tx = self.inner.store.read().await?;
        let settings = account::stored(&mut tx, id).await?.settings;
        let plan = self.plan(&mut tx, &settings, Secrets::Bound).await?;
        drop(tx);
        let run = Run { actor: actor.clone(), account: Some(id), settings, test, plan, searching: false, slot };
        self.run_to_its_end(run, events, cancel).await
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
            let slot = Arc::new(self.inner.slots.take(actor)?);
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
            let searching = !actor.role.may(Action::AccountsChange) && !is_an_accounts(&mut tx, &settings).await?;
            let plan = self.plan(&mut tx, &settings, secrets).await?;
            drop(tx);
            let account = stored.filter(|account| unchanged && account.settings == settings).map(|account| account.id);
            let run = Run { actor: actor.clone(), account, settings, test, plan, searching, slot };
            self.run_to_its_end(run, events, cancel).await
        })
        .await
    }

    /// Whoever stops listening ends the session, and the log still hears of it.
    async fn run_to_its_end(&self, run: Run, events: Events, cancel: CancellationToken) -> Inside<TestDone> {
        if let Plan::Go { .. } = run.plan {
            self.count(&run)?;
        }
        let cancel = cancel.child_token();
        let _guard = cancel.clone().drop_guard();
        let outgoing = self.compose(&run).await?;
        let service = self.clone();
        tokio::spawn(async move { service.run(run, outgoing, events, cancel).await }).await?
    }

    async fn run(&self, run: Run, outgoing: Outgoing, events: Events, cancel: CancellationToken) -> Inside<TestDone> {
        let seen = Seen::default();
        let done = {
            let mut session = Box::pin(self.watched(&run, &outgoing, &seen, &*events, &cancel));
            tokio::select! {
                done = &mut session => done,
                () = self.no_longer_in_force(&run.actor) => {
                    cancel.cancel();
                    session.await
                }
            }
        };
        self.inner.metrics.test_ended(done.outcome);
        self.record(&run, &done, seen).await?;
        drop(run.slot);
        Ok(done)
    }

    /// The session as far as whoever started it may watch it.
    async fn watched(
        &self,
        run: &Run,
        outgoing: &Outgoing,
        seen: &Seen,
        events: &Watched<'_>,
        cancel: &CancellationToken,
    ) -> TestDone {
        if run.searching {
            self.veiled_session(run, outgoing, seen, events, cancel).await
        } else {
            self.session(&run.plan, outgoing, run.test.mode, seen, events, cancel).await
        }
    }

    /// One session, or the end of it where nothing is dialled.
    pub(crate) async fn session(
        &self,
        plan: &Plan,
        outgoing: &Outgoing,
        mode: TestMode,
        seen: &Seen,
        events: &Watched<'_>,
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

    /// Before anything is dialled.
    fn count(&self, run: &Run) -> Result<(), Failure> {
        let (host, port) = (&run.settings.host, run.settings.effective_port());
        let sent = (run.test.mode == TestMode::Send).then(|| run.test.to.to_string());
        let tried = Tried {
            tester: &run.actor.key(),
            place: &format!("{host} {port}"),
            recipient: sent.as_deref(),
            searching: run.searching,
        };
        let taken = self.inner.limits.take_test(&tried, self.inner.clock.now());
        taken.map_err(|retry_after_s| Failure::TooMany { retry_after_s })
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

/// Whether some account leads there, over the same connector.
async fn is_an_accounts(tx: &mut ReadTx, settings: &NewAccount) -> Inside<bool> {
    let connector = |settings: &NewAccount| settings.connector_id.filter(|_| settings.use_connector);
    let place = |settings: &NewAccount| (settings.effective_port(), connector(settings));
    let accounts = tx.account_list_by_host(&settings.host).await?;
    Ok(accounts.iter().any(|account| place(&account.settings) == place(settings)))
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

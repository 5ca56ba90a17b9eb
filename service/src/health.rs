//! The health check: every enabled account is tried from time to time, and what has changed is reported. Tests, history,
//! what is remembered and the report are one transaction: killed before it, the check is made again.

mod mail;

use crate::{
    Answer, Service,
    actor::Actor,
    audit,
    compose::{self, Letter},
    error::{Inside, answer},
    language, random,
    test::{Secrets, Seen},
};
use domain::{
    AccountId, EmailAddress, UnixMillis,
    account::Account,
    diagnosis::Diagnosis,
    history::{CHECKS_KEPT, expiry},
    incident::{Expiring, Incidents, Unhealthy},
    message::{MessageKind, Reason},
    notification::AccountRef,
    parameters::Parameters,
    session_test::{Outcome, TestDone, TestMode},
};
use futures::{StreamExt as _, stream};
use mail::{Changes, Ending, Turn};
use mailer::Outgoing;
use std::{collections::HashMap, time::Duration};
use store::{Health, ReadTx, WriteTx};
use tokio_util::sync::CancellationToken;

/// As histories and the audit log name who tested.
pub(crate) const ACTOR: &str = "health check";
/// Sessions at a time.
const AT_ONCE: usize = 4;
/// After one that could not be written down: its sessions are not to be repeated soon.
const AFTER_ERROR: Duration = Duration::from_mins(30);
/// At least so often: the clock may have been set.
const LONGEST_MS: i64 = 30_000;
const HOUR_MS: i64 = 3_600_000;

/// An account that has been tried, and when that ended.
struct Tried {
    account: Account,
    done: TestDone,
    seen: Seen,
    at: UnixMillis,
}

impl Tried {
    const fn passed(&self) -> bool {
        self.done.outcome.is_good()
    }

    fn code(&self) -> &str {
        self.done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.code.as_str())
    }
}

impl Service {
    /// Checks until told to stop.
    pub async fn health_run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let wait = match self.health_tick(&stop).await {
                Ok(next) => {
                    let until = next.map_or(LONGEST_MS, |at| at.0 - self.inner.clock.now().0);
                    Duration::from_millis(until.clamp(1_000, LONGEST_MS).unsigned_abs())
                }
                Err(_) => AFTER_ERROR,
            };
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = self.inner.health_changed.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Makes the check if it is due; when the next one is, where it is on.
    pub async fn health_tick(&self, stop: &CancellationToken) -> Answer<Option<UnixMillis>> {
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let parameters = tx.parameters_get().await?;
            let before = tx.health_checked_at().await?;
            drop(tx);
            let Some(hours) = parameters.health_hours else { return Ok(None) };
            let now = self.inner.clock.now();
            let due = before.map_or(now, |before| before.plus_ms(i64::from(hours) * HOUR_MS));
            // A clock that was set back does not stop the checks.
            if due > now && before.is_none_or(|before| before <= now) {
                return Ok(Some(due));
            }
            self.health_check(&parameters, before, stop).await?;
            Ok(Some(now.plus_ms(i64::from(hours) * HOUR_MS)))
        })
        .await
    }

    async fn health_check(
        &self,
        parameters: &Parameters,
        before: Option<UnixMillis>,
        stop: &CancellationToken,
    ) -> Inside<()> {
        let recipients = parameters.recipients();
        let Some(asked_about) = recipients.first() else { return Ok(()) };
        let accounts = self.health_accounts().await?;
        let mut trying = stream::iter(accounts)
            .map(|account| self.health_try(account, parameters, asked_about, stop))
            .buffer_unordered(AT_ONCE);
        let mut tried = Vec::new();
        while let Some(one) = trying.next().await {
            match one {
                Ok(one) => tried.push(one),
                // The others are tried all the same.
                Err(error) => tracing::error!(%error, "an account's health can't be checked"),
            }
        }
        drop(trying);
        if stop.is_cancelled() {
            return Ok(());
        }
        tried.sort_by_key(|one| one.account.id);
        let now = self.inner.clock.now();
        let mut tx = self.inner.store.write().await?;
        // It may have been turned off, or be for others, since it began.
        let parameters = tx.parameters_get().await?;
        let (Some(hours), true) = (parameters.health_hours, tx.health_advance(before, now).await?) else {
            return Ok(());
        };
        let through = through(&mut tx, &parameters, &tried).await?;
        let (changes, news) = self.health_note(&mut tx, tried, now).await?;
        if changes.is_empty() {
            news.write(&mut tx).await?;
        } else {
            let message = {
                let language = language::stored(tx.language_of_health().await?);
                changes.message(parameters.recipients(), through, hours, language)
            };
            match self.submit_in(&mut tx, message, ACTOR.to_owned(), MessageKind::Health).await? {
                Ok(_) => news.write(&mut tx).await?,
                // Not remembered as said: the next check says it.
                Err(failure) => tracing::warn!(?failure, "a report of the health check was not accepted"),
            }
        }
        tx.commit().await?;
        self.inner.outbox.wake();
        Ok(())
    }

    async fn health_try(
        &self,
        account: Account,
        parameters: &Parameters,
        to: &EmailAddress,
        stop: &CancellationToken,
    ) -> Inside<Tried> {
        let settings = &account.settings;
        let plan = self.plan(&mut self.inner.store.read().await?, settings, Secrets::Bound).await?;
        let id = compose::message_id(settings, &random::hex::<16>()?);
        let letter = Letter { to: std::slice::from_ref(to), ..Letter::default() };
        let message = compose::octets(settings, parameters, &letter, &id, self.inner.clock.now())?;
        let outgoing = Outgoing { mail_from: settings.return_path.clone(), rcpt_to: vec![to.clone()], message };
        let seen = Seen::default();
        let done = self.session(&plan, &outgoing, TestMode::Check, &seen, &|_| {}, stop).await;
        self.inner.metrics.test_ended(done.outcome);
        Ok(Tried { account, done, seen, at: self.inner.clock.now() })
    }

    /// The enabled ones, but for those that the Outbox has halted: that is an incident already, and a refused password is
    /// not to be shown again until somebody has changed something.
    async fn health_accounts(&self) -> Inside<Vec<Account>> {
        let mut tx = self.inner.store.read().await?;
        let mut accounts = Vec::new();
        for (id, _, enabled) in tx.account_names().await? {
            if !enabled {
                continue;
            }
            let Some(account) = tx.account_get(id).await? else { continue };
            let trouble = match tx.sending_get(id).await? {
                Some(state) => self.trouble(&mut tx, &account, &state).await?,
                None => None,
            };
            if !trouble.is_some_and(|trouble| trouble.halted) {
                accounts.push(account);
            }
        }
        Ok(accounts)
    }

    /// Writes the tests down; what of them has changed, and what is to be remembered once that is said.
    async fn health_note(&self, tx: &mut WriteTx, tried: Vec<Tried>, now: UnixMillis) -> Inside<(Changes, News)> {
        let known: HashMap<_, _> =
            tx.health_list().await?.into_iter().map(|health| (health.account_id, health)).collect();
        let mut changes = Changes::default();
        let mut news = News::default();
        let actor = Actor::worker(ACTOR);
        for tried in tried {
            let id = tried.account.id;
            let now_stored = tx.account_get(id).await?;
            // Changed, disabled or deleted meanwhile, or tested by somebody since: what was found is out of date.
            let current = now_stored.is_some_and(|stored| {
                stored.version == tried.account.version
                    && stored.last_test.as_ref().is_none_or(|test| test.at <= tried.at)
            });
            if !current || tried.done.outcome == Outcome::Cancelled {
                continue;
            }
            let (passed, code) = (tried.passed(), tried.code().to_owned());
            let name = tried.account.settings.name.to_string();
            let turn = match known.get(&id) {
                None if passed => None,
                None => Some(Turn::Failing),
                Some(was) if was.passed && !passed => Some(Turn::Failing),
                Some(was) if !was.passed && passed => Some(Turn::Recovered { since: was.since }),
                Some(was) if !passed && was.code != code => Some(Turn::Differently),
                Some(_) => None,
            };
            if turn.is_some() || !known.contains_key(&id) {
                let since = match (&turn, known.get(&id)) {
                    (Some(Turn::Differently), Some(was)) => was.since,
                    _ => tried.at,
                };
                news.health.push(Health { account_id: id, passed, code: code.clone(), since });
            }
            let record = tried.seen.record(tried.at, ACTOR, TestMode::Check, &tried.done);
            tx.test_insert(id, &record).await?;
            tx.test_thin_out(id, ACTOR, CHECKS_KEPT).await?;
            if let Some(turn) = turn {
                let outcome = if passed { "passed".to_owned() } else { format!("failed\ndiagnosis: {code}") };
                self.audit(tx, &actor, audit::ACCOUNT_TESTED, &name, format!("outcome: {outcome}")).await?;
                changes.turns.push((name, turn, tried.done.diagnosis));
            }
        }
        tx.expiry_unwarn(now).await?;
        for found in tx.expiry_list(now).await? {
            let days = expiry::days_left(found.certificate.not_after, now);
            let Some(due) = expiry::threshold(days) else { continue };
            if found.warned_days.is_some_and(|warned| warned <= due) {
                continue;
            }
            news.warned.push((found.account_id, due));
            if let Some(account) = tx.account_get(found.account_id).await? {
                let account = account.settings.name.to_string();
                changes.endings.push(Ending { account, certificate: found.certificate, days });
            }
        }
        Ok((changes, news))
    }

    /// Accounts that the check last saw fail and nobody has seen work since; certificates that end soon.
    pub(crate) async fn health_incidents(&self, tx: &mut ReadTx, all: &mut Incidents) -> Inside<()> {
        let now = self.inner.clock.now();
        if tx.parameters_get().await?.health_hours.is_some() {
            for health in tx.health_list().await?.into_iter().filter(|health| !health.passed) {
                let Some(account) = tx.account_get(health.account_id).await? else { continue };
                let works = account.last_test.as_ref().is_some_and(|test| test.passed);
                let known = all.failing.iter().any(|trouble| trouble.account_id == account.id);
                if account.settings.enabled && !works && !known {
                    let last = tx.test_list(account.id, 1).await?.into_iter().next();
                    let diagnosis = last.and_then(|test| test.diagnosis);
                    all.unhealthy.push(Unhealthy {
                        account_id: account.id,
                        account: account.settings.name.to_string(),
                        since: health.since,
                        reason: diagnosis.map_or_else(|| Reason::new(&health.code), reason),
                    });
                }
            }
        }
        for found in tx.expiry_list(now).await? {
            let days_left = expiry::days_left(found.certificate.not_after, now);
            if expiry::threshold(days_left).is_some()
                && let Some(account) = tx.account_get(found.account_id).await?
            {
                all.expiring.push(Expiring {
                    account_id: account.id,
                    account: account.settings.name.to_string(),
                    subject: found.certificate.subject,
                    not_after: found.certificate.not_after,
                    days_left,
                });
            }
        }
        Ok(())
    }
}

/// What is remembered as said.
#[derive(Default)]
struct News {
    health: Vec<Health>,
    warned: Vec<(AccountId, i64)>,
}

impl News {
    async fn write(&self, tx: &mut WriteTx) -> Inside<()> {
        for health in &self.health {
            tx.health_put(health).await?;
        }
        for (id, days) in &self.warned {
            tx.expiry_warned(*id, *days).await?;
        }
        Ok(())
    }
}

fn reason(diagnosis: Diagnosis) -> Reason {
    Reason { code: diagnosis.code, params: diagnosis.params, reply: diagnosis.reply }
}

/// The account that is meant for it, unless that is among those that fail, or disabled, and another one works.
async fn through(tx: &mut ReadTx, parameters: &Parameters, tried: &[Tried]) -> Inside<Option<AccountRef>> {
    let meant = match parameters.health_account_id {
        Some(id) => Some(id),
        None => tx.account_default().await?.map(|account| account.id),
    };
    let mut working = Vec::new();
    for one in tried.iter().filter(|one| one.passed()) {
        if tx.account_get(one.account.id).await?.is_some_and(|account| account.settings.enabled) {
            working.push(one.account.id);
        }
    }
    let chosen = working.iter().find(|id| Some(**id) == meant).or(working.first());
    Ok(chosen.copied().or(meant).map(AccountRef::Id))
}

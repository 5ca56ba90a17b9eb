//! The worker: one for each database, woken by what is accepted. Each tick starts lanes for what is due and keeps house.

use crate::{
    Answer, Service,
    error::{Inside, answer},
    outbox::way::Standing,
};
use domain::{
    AccountId, UnixMillis,
    message::{AttemptOutcome, MessageStatus, Reason},
};
use mailer::Budget;
use std::{
    sync::{PoisonError, atomic::Ordering},
    time::Duration,
};
use store::{AttemptRecord, MessageChange, MessageResult, Stranded, WorkerLock};
use tokio_util::sync::CancellationToken;

/// What a tick found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tick {
    /// Accounts that something is sent through from now on.
    pub started: usize,
    /// When something will be due that is not yet; earlier if woken.
    pub next: Option<UnixMillis>,
}

/// At least so often, whatever is due: leases end, messages expire, days pass.
const LONGEST: i64 = 30_000;
/// Between two ticks, so that a flood of accepted messages is not a flood of ticks.
const SHORTEST: Duration = Duration::from_millis(5);
/// What is under way at the end may take so long.
const GRACE: Duration = Duration::from_secs(15);
/// Between two times that the house is kept.
const HOUSE_MS: i64 = 500;
/// While another process is the worker.
const STANDBY: Duration = Duration::from_secs(2);
/// Taken into the search index at a time, and when that no longer waits for a quiet moment.
const INDEXED: u32 = 500;
const FAR_BEHIND: u64 = 8_000;
const REROUTED: u32 = 500;
const EXPIRED: u32 = 1000;
const FORGOTTEN: u32 = 200;
const DAY_MS: i64 = 86_400_000;

impl Service {
    /// Sends what is accepted until told to stop. Waits while another process does it for this database.
    pub async fn outbox_run(&self, stop: CancellationToken) {
        let Some(_lock) = self.worker_lock(&stop).await else { return };
        tracing::info!("the Outbox's worker has begun");
        if answer(self.recover(UnixMillis(i64::MAX))).await.is_err() {
            tracing::error!("what an earlier worker left behind waits for its leases to end");
        }
        while !stop.is_cancelled() {
            let wait = match self.outbox_tick().await {
                Ok(tick) => self.wait(tick),
                Err(_) => Duration::from_secs(1),
            };
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = self.inner.outbox.wake.notified() => tokio::time::sleep(SHORTEST).await,
                () = self.quiet(wait) => {}
            }
        }
        self.wind_up().await;
    }

    /// Starts lanes for all that is due now. Returns while they are under way; see [`Service::outbox_settled`].
    pub async fn outbox_tick(&self) -> Answer<Tick> {
        answer(async {
            let now = self.inner.clock.now();
            self.keep_house_in_time(now).await?;
            let mut tx = self.inner.store.read().await?;
            let due = tx.message_routes_due(now).await?;
            let mut tick = Tick { started: 0, next: tx.message_next_due(now).await? };
            drop(tx);
            let mut earlier = |at: UnixMillis| tick.next = Some(tick.next.map_or(at, |next| next.min(at)));
            let mut rerouted = Vec::new();
            for id in due {
                let lanes = self.inner.outbox.lanes_of(id);
                if lanes.running() > 0 {
                    continue;
                }
                match self.way(id).await? {
                    Standing::Open(way) => match lanes.wait_ms(way.limits.per_minute, now) {
                        0 => {
                            self.start_lane(id, &lanes);
                            tick.started += 1;
                        }
                        wait => earlier(now.plus_ms(wait)),
                    },
                    Standing::Closed { until, failover } => {
                        until.into_iter().for_each(&mut earlier);
                        rerouted.extend(failover.map(|other| (id, other)));
                    }
                }
            }
            for (from, to) in rerouted {
                if self.reroute(from, to, now).await? > 0 {
                    earlier(now);
                }
            }
            Ok(tick)
        })
        .await
    }

    /// How many messages wait, and for how many milliseconds the first of them has. For monitoring: no actor asks.
    pub async fn outbox_depth(&self) -> Answer<(u64, u64)> {
        answer(async {
            let (depth, oldest) = self.inner.store.read().await?.message_depth(MessageStatus::Waiting).await?;
            let age = oldest.map_or(0, |at| (self.inner.clock.now().0 - at.0).max(0));
            Ok((depth, age.unsigned_abs()))
        })
        .await
    }

    /// How long each phase of a delivery may take, from the next one on.
    pub fn outbox_budget_set(&self, budget: Budget) {
        *self.inner.outbox.budget.lock().unwrap_or_else(PoisonError::into_inner) = budget;
    }

    /// Waits until nothing is under way.
    pub async fn outbox_settled(&self) {
        self.inner.outbox.settled().await;
    }

    async fn worker_lock(&self, stop: &CancellationToken) -> Option<WorkerLock> {
        loop {
            match self.inner.store.worker_lock() {
                Ok(Some(lock)) => return Some(lock),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "the worker's lock"),
            }
            tokio::select! {
                () = stop.cancelled() => return None,
                () = tokio::time::sleep(STANDBY) => {}
            }
        }
    }

    fn wait(&self, tick: Tick) -> Duration {
        let until = tick.next.map_or(LONGEST, |next| next.0 - self.inner.clock.now().0);
        Duration::from_millis(until.clamp(10, LONGEST).unsigned_abs())
    }

    /// Nothing is due for so long: the search index catches up meanwhile.
    async fn quiet(&self, wait: Duration) {
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = async {
                self.inner.outbox.settled().await;
                while self.index().await.unwrap_or(0) > 0 {
                    tokio::task::yield_now().await;
                }
                std::future::pending::<()>().await;
            } => {}
        }
    }

    /// Takes the next messages into the search index; how many are left.
    async fn index(&self) -> Inside<u64> {
        let behind = self.inner.store.read().await?.search_behind().await?;
        if behind > 0 {
            let mut tx = self.inner.store.write().await?;
            tx.search_advance(INDEXED).await?;
            tx.commit().await?;
        }
        Ok(behind.saturating_sub(u64::from(INDEXED)))
    }

    /// Not with each of the many ticks of a busy second, but before anything more is claimed after a lane had to give up:
    /// it finds out whether anything can be written at all.
    async fn keep_house_in_time(&self, now: UnixMillis) -> Inside<()> {
        let outbox = &self.inner.outbox;
        let last = outbox.house_kept.load(Ordering::SeqCst);
        if last > now.0 || now.0.saturating_sub(last) >= HOUSE_MS {
            self.keep_house(now).await?;
            outbox.house_kept.store(now.0, Ordering::SeqCst);
        }
        if self.inner.store.read().await?.search_behind().await? > FAR_BEHIND {
            self.index().await?;
        }
        Ok(())
    }

    async fn keep_house(&self, now: UnixMillis) -> Inside<()> {
        self.recover(now).await?;
        let mut tx = self.inner.store.write().await?;
        let expired = tx.message_expire(now, EXPIRED).await?;
        if expired > 0 {
            self.inner.metrics.messages_expired(expired);
            tracing::warn!(expired, "messages were given up: their time is over");
        }
        let days = i64::from(tx.parameters_get().await?.retention_days);
        tx.message_forget(now.plus_ms(-days * DAY_MS), FORGOTTEN).await?;
        tx.idempotency_forget(now.plus_ms(-super::submit::KEYS_KEPT_MS)).await?;
        tx.commit().await?;
        for (_, lanes) in self.inner.outbox.all_lanes() {
            for session in lanes.take_stale(false) {
                tokio::spawn(session.quit(Duration::from_secs(2)));
            }
        }
        Ok(())
    }

    /// What a halted account's messages wait for, another one sends.
    async fn reroute(&self, from: AccountId, to: AccountId, now: UnixMillis) -> Inside<u64> {
        let mut tx = self.inner.store.write().await?;
        let count = tx.message_reroute(from, to, now, REROUTED).await?;
        tx.commit().await?;
        Ok(count)
    }

    /// Claims whose lease has ended by then: their worker is gone. What may have been delivered is sent again all the
    /// same, under the same Message-ID, and says so.
    async fn recover(&self, by: UnixMillis) -> Inside<()> {
        let stranded = self.inner.store.read().await?.message_stranded(by).await?;
        if stranded.is_empty() {
            return Ok(());
        }
        let now = self.inner.clock.now();
        let mut tx = self.inner.store.write().await?;
        for claim in &stranded {
            let reason = claim.committing.then(|| Reason::new("worker_lost"));
            if let Some(reason) = &reason {
                tx.attempt_insert(&lost(claim, reason, now)).await?;
            }
            let change =
                MessageChange::Waiting { due: now, route: claim.account_id, reason, counted: claim.committing };
            let result = MessageResult {
                id: claim.id,
                attempt: claim.attempt,
                change,
                possible_duplicate: claim.committing,
                recipients: vec![],
            };
            tx.message_record(&result).await?;
        }
        tx.commit().await?;
        let unknown = stranded.iter().filter(|claim| claim.committing).count();
        tracing::warn!(claims = stranded.len(), unknown, "a worker has left claims behind");
        Ok(())
    }

    /// What is under way ends by itself, or is cut off; what is claimed waits again.
    async fn wind_up(&self) {
        let outbox = &self.inner.outbox;
        outbox.stopping.cancel();
        if tokio::time::timeout(GRACE, outbox.settled()).await.is_err() {
            outbox.cutting.cancel();
            outbox.settled().await;
        }
        for (id, lanes) in outbox.all_lanes() {
            self.release(id, &lanes).await;
            for session in lanes.take_stale(true) {
                session.quit(Duration::from_secs(1)).await;
            }
        }
        tracing::info!("the Outbox's worker has ended");
    }
}

fn lost(claim: &Stranded, reason: &Reason, now: UnixMillis) -> AttemptRecord {
    AttemptRecord {
        message: claim.id,
        number: claim.attempt,
        at: now,
        account_id: claim.account_id,
        account: claim.account.clone(),
        outcome: Some(AttemptOutcome::Unknown),
        stage: None,
        reason: reason.clone(),
        ms: 0,
        stages: vec![],
    }
}

//! A lane: one task that claims messages of one account and sends them over one connection, until nothing is due.

use crate::{
    Service,
    error::{Inside, answer},
    outbox::{
        back_off,
        delivery::{Ended, OfAccount, Prepared},
        rate::Bucket,
        way::{Standing, Way},
        writer::Note,
    },
    random,
};
use domain::{AccountId, UnixMillis, message::Reason};
use mailer::KeptSession;
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use store::{AttemptRecord, Claimed, HaltRecord, MessageChange, MessageResult};
use tokio::sync::oneshot;

/// Longer than the longest session, and all that it may wait for.
pub(super) const LEASE_MS: i64 = 40 * 60_000;
/// Claimed at a time: as many as go out in about half a second, between these. What is claimed can't be paused.
const BATCH: std::ops::RangeInclusive<u32> = 16..=256;
const BATCH_TIME: Duration = Duration::from_millis(500);
/// With every so many of them, a lane prepares and marks one more ahead of its turn. What it has marked and not sent when
/// it is killed is called a possible duplicate too, so that it is few, and none where sending is slow.
const AHEAD_OF: u32 = 64;
/// Ends of a lane that may be on their way to the disk.
const UNCONFIRMED: usize = 16;
/// A connection is closed after so many messages, or so long without one.
const MESSAGES: u32 = 500;
const IDLE: Duration = Duration::from_secs(20);
const GOODBYE: Duration = Duration::from_secs(2);
/// Between two tries to write down what has happened.
const PATIENCE: Duration = Duration::from_secs(1);

/// The lanes of one account, and what they share.
#[derive(Default)]
pub(super) struct Lanes {
    /// Claimed, and with which way.
    queue: Mutex<VecDeque<(Claimed, Arc<Way>)>>,
    filling: tokio::sync::Mutex<Pace>,
    /// How many are claimed at a time.
    batch: AtomicU32,
    running: AtomicUsize,
    idle: Mutex<Vec<(KeptSession, String)>>,
    rate: Mutex<Bucket>,
    /// The way that has been seen to work. Until then one lane goes alone: a wrong password is tried once.
    proven: Mutex<String>,
    failing: AtomicBool,
}

/// When it was last filled with as many as were asked for.
#[derive(Default)]
struct Pace(Option<Instant>);

/// A connection and the way that it leads.
type Kept = Option<(KeptSession, String)>;

/// Counted as running for as long as it is held.
struct Running {
    service: Service,
    lanes: Arc<Lanes>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let outbox = &self.service.inner.outbox;
        let last = self.lanes.running.fetch_sub(1, Ordering::SeqCst) == 1;
        outbox.running.send_modify(|running| *running -= 1);
        // What came while it was ending was left to it, and it may have looked too early.
        if last {
            outbox.wake.notify_one();
        }
    }
}

/// An end that is on its way to the disk.
struct Unconfirmed {
    result: MessageResult,
    attempt: Option<AttemptRecord>,
    answered: Option<oneshot::Receiver<bool>>,
}

impl Lanes {
    pub(super) fn running(&self) -> usize {
        self.running.load(Ordering::SeqCst)
    }

    /// Milliseconds until its limit lets another message go.
    pub(super) fn wait_ms(&self, per_minute: u32, now: UnixMillis) -> i64 {
        locked(&self.rate).wait_ms(per_minute, now)
    }

    /// Connections that have been idle for too long.
    pub(super) fn take_stale(&self, all: bool) -> Vec<KeptSession> {
        let mut idle = locked(&self.idle);
        let (stale, fresh) = idle.drain(..).partition(|(session, _)| all || session.idle() > IDLE);
        *idle = fresh;
        stale.into_iter().map(|(session, _): (KeptSession, String)| session).collect()
    }

    /// Twice as many where the last were sent soon, half where they took long.
    fn next_batch(&self, pace: &Pace) -> u32 {
        let last = self.batch.load(Ordering::Relaxed);
        let next = match pace.0 {
            Some(filled) if filled.elapsed() < BATCH_TIME => last * 2,
            _ => last / 2,
        };
        let next = next.clamp(*BATCH.start(), *BATCH.end());
        self.batch.store(next, Ordering::Relaxed);
        next
    }

    /// All that is claimed and not begun.
    pub(super) fn take_queue(&self) -> Vec<Claimed> {
        locked(&self.queue).drain(..).map(|(claimed, _)| claimed).collect()
    }

    /// How many a lane has in hand, the one that it sends included.
    fn in_hand(&self) -> usize {
        1 + usize::try_from(self.batch.load(Ordering::Relaxed) / AHEAD_OF).unwrap_or(0)
    }

    fn give_back(&self, prepared: impl DoubleEndedIterator<Item = Prepared>) {
        let mut queue = locked(&self.queue);
        prepared.rev().for_each(|Prepared { claimed, way, .. }| queue.push_front((claimed, way)));
    }

    fn take_kept(&self) -> Kept {
        locked(&self.idle).pop()
    }
}

impl Service {
    /// Another lane for this account.
    pub(super) fn start_lane(&self, id: AccountId, lanes: &Arc<Lanes>) {
        lanes.running.fetch_add(1, Ordering::SeqCst);
        self.inner.outbox.running.send_modify(|running| *running += 1);
        let running = Running { service: self.clone(), lanes: Arc::clone(lanes) };
        tokio::spawn(async move {
            let lane = running.service.run_lane(id, &running.lanes);
            // Logged there; the messages are found again by their leases.
            if Box::pin(answer(lane)).await.is_err() {
                running.service.inner.outbox.house_kept.store(i64::MIN, Ordering::SeqCst);
            }
        });
    }

    async fn run_lane(&self, id: AccountId, lanes: &Arc<Lanes>) -> Inside<()> {
        let mut kept = lanes.take_kept();
        let mut in_hand = VecDeque::new();
        let mut unconfirmed = VecDeque::new();
        let ended = self.send_all(id, lanes, &mut kept, &mut in_hand, &mut unconfirmed).await;
        let all_sent = matches!(ended, Ok(true));
        lanes.give_back(in_hand.into_iter());
        for end in unconfirmed {
            self.confirm(end).await;
        }
        if !all_sent {
            self.release(id, lanes).await;
        }
        if let Some(kept) = kept {
            locked(&lanes.idle).push(kept);
        }
        ended.map(drop)
    }

    /// Until nothing is due, or the account is to be left alone: then what is claimed for it is not to be sent.
    async fn send_all(
        &self,
        id: AccountId,
        lanes: &Arc<Lanes>,
        kept: &mut Kept,
        in_hand: &mut VecDeque<Prepared>,
        unconfirmed: &mut VecDeque<Unconfirmed>,
    ) -> Inside<bool> {
        while !self.inner.outbox.stopping.is_cancelled() {
            self.take_in_hand(id, lanes, in_hand, kept.is_some()).await?;
            let Some(prepared) = in_hand.front_mut() else { return Ok(true) };
            let way = Arc::clone(&prepared.way);
            let mut session = self.fitting(kept, &way).await;
            // An error is ours to repair: nothing was sent, and it waits as if it had never been claimed.
            let Ended { result, attempt, account } = self.send(prepared, &mut session).await?;
            in_hand.pop_front();
            *kept = session.map(|session| (session, way.stamp.clone()));
            self.inner.metrics.attempt_ended(&result, attempt.as_ref());
            while unconfirmed.len() >= UNCONFIRMED {
                self.confirm(unconfirmed.pop_front()).await;
            }
            let note = Note::End { result: result.clone(), attempt: attempt.clone() };
            let answered = self.inner.outbox.writer.note(note).await;
            unconfirmed.push_back(Unconfirmed { result, attempt, answered });
            match account {
                OfAccount::Well => self.went_well(id, lanes, &way).await?,
                OfAccount::Nothing => {}
                OfAccount::Failed(reason) => {
                    locked(&lanes.proven).clear();
                    if self.went_badly(id, lanes, &reason).await? {
                        return Ok(false);
                    }
                }
                OfAccount::Halted(reason) => {
                    locked(&lanes.proven).clear();
                    let at = self.inner.clock.now();
                    self.halt(id, Some(HaltRecord { at, reason, stamp: way.stamp.clone() })).await?;
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The message to be sent now and, while all goes well, the next few: composed, and their marks on the way to the
    /// disk together.
    async fn take_in_hand(
        &self,
        id: AccountId,
        lanes: &Arc<Lanes>,
        in_hand: &mut VecDeque<Prepared>,
        connected: bool,
    ) -> Inside<()> {
        if in_hand.is_empty() {
            let Some((claimed, way)) = self.next(id, lanes).await? else { return Ok(()) };
            self.widen(id, lanes, &way);
            match self.prepare(claimed, Arc::clone(&way)).await {
                Ok(prepared) => in_hand.push_back(prepared),
                Err((error, claimed)) => {
                    locked(&lanes.queue).push_front((claimed, way));
                    return Err(error);
                }
            }
        }
        while connected && in_hand.len() < lanes.in_hand() {
            let Some((claimed, way)) = locked(&lanes.queue).pop_front() else { break };
            match self.prepare_ahead(claimed, Arc::clone(&way)).await {
                Ok(prepared) => in_hand.push_back(prepared),
                Err(claimed) => {
                    locked(&lanes.queue).push_front((claimed, way));
                    break;
                }
            }
        }
        Ok(())
    }

    /// The next message: from what is claimed, or claimed now.
    async fn next(&self, id: AccountId, lanes: &Lanes) -> Inside<Option<(Claimed, Arc<Way>)>> {
        if let Some(next) = locked(&lanes.queue).pop_front() {
            return Ok(Some(next));
        }
        let mut pace = lanes.filling.lock().await;
        if let Some(next) = locked(&lanes.queue).pop_front() {
            return Ok(Some(next));
        }
        self.fill(id, lanes, &mut pace).await?;
        Ok(locked(&lanes.queue).pop_front())
    }

    /// Claims more.
    async fn fill(&self, id: AccountId, lanes: &Lanes, pace: &mut Pace) -> Inside<()> {
        let Standing::Open(way) = self.way(id).await? else { return Ok(()) };
        let way = Arc::new(*way);
        if way.failures > 0 {
            lanes.failing.store(true, Ordering::SeqCst);
        }
        let proven = *locked(&lanes.proven) == way.stamp;
        let now = self.inner.clock.now();
        let wanted = if proven { lanes.next_batch(pace) } else { 1 };
        let limit = locked(&lanes.rate).take(wanted, way.limits.per_minute, now);
        if limit == 0 {
            return Ok(());
        }
        let mut tx = self.inner.store.write().await?;
        let claimed = tx.message_claim(id, now, now.plus_ms(LEASE_MS), limit).await?;
        tx.commit().await?;
        pace.0 = (u32::try_from(claimed.len()) == Ok(wanted)).then(Instant::now);
        let unused = limit - u32::try_from(claimed.len()).unwrap_or(limit).min(limit);
        if way.limits.per_minute > 0 {
            locked(&lanes.rate).give_back(unused);
        }
        locked(&lanes.queue).extend(claimed.into_iter().map(|claimed| (claimed, Arc::clone(&way))));
        Ok(())
    }

    /// Another lane, where there is more to do than one can.
    fn widen(&self, id: AccountId, lanes: &Arc<Lanes>, way: &Way) {
        let proven = *locked(&lanes.proven) == way.stamp;
        let most = usize::try_from(way.limits.connections).unwrap_or(1);
        if proven && !locked(&lanes.queue).is_empty() && lanes.running() < most {
            self.start_lane(id, lanes);
        }
    }

    /// The connection, if it still leads where the message goes and is not worn out.
    async fn fitting(&self, kept: &mut Kept, way: &Way) -> Option<KeptSession> {
        let (session, stamp) = kept.take()?;
        if stamp == way.stamp && session.messages() < MESSAGES && session.idle() < IDLE {
            return Some(session);
        }
        session.quit(GOODBYE).await;
        None
    }

    /// Waits until an end is on the disk, and writes it again where it could not be written: a full disk, a locked file.
    /// Until then this lane sends nothing more.
    async fn confirm(&self, unconfirmed: impl Into<Option<Unconfirmed>>) {
        let Some(Unconfirmed { result, attempt, mut answered }) = unconfirmed.into() else { return };
        loop {
            let outbox = &self.inner.outbox;
            if let Some(answered) = answered.take() {
                match answered.await {
                    Ok(true) => return,
                    Ok(false) => {
                        tracing::warn!(message = %result.id, attempt = result.attempt, "a late result was refused");
                        return;
                    }
                    Err(_) => {}
                }
            }
            tokio::select! {
                () = outbox.cutting.cancelled() => return,
                () = tokio::time::sleep(PATIENCE) => {}
            }
            answered = outbox.writer.note(Note::End { result: result.clone(), attempt: attempt.clone() }).await;
            if answered.is_none() {
                return;
            }
        }
    }

    async fn went_well(&self, id: AccountId, lanes: &Lanes, way: &Way) -> Inside<()> {
        {
            let mut proven = locked(&lanes.proven);
            if *proven != way.stamp {
                proven.clone_from(&way.stamp);
            }
        }
        if lanes.failing.swap(false, Ordering::SeqCst) {
            let mut tx = self.inner.store.write().await?;
            tx.sending_failures_set(id, 0, self.inner.clock.now(), None, &Reason::default()).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Whether it has failed so often that it is left alone for a while.
    async fn went_badly(&self, id: AccountId, lanes: &Lanes, reason: &Reason) -> Inside<bool> {
        lanes.failing.store(true, Ordering::SeqCst);
        let dice = u32::from_le_bytes(random::bytes::<4>()?);
        let mut tx = self.inner.store.write().await?;
        let failures = tx.sending_get(id).await?.map_or(0, |state| state.sending.failures) + 1;
        let now = self.inner.clock.now();
        let retry_at = back_off::of_account(now, failures, dice);
        tx.sending_failures_set(id, failures, now, retry_at, reason).await?;
        tx.commit().await?;
        Ok(retry_at.is_some())
    }

    /// What was claimed and not begun waits again, as if it had never been claimed.
    pub(super) async fn release(&self, id: AccountId, lanes: &Lanes) {
        for claimed in lanes.take_queue() {
            let change =
                MessageChange::Waiting { due: self.inner.clock.now(), route: id, reason: None, counted: false };
            let result = MessageResult {
                id: claimed.id,
                attempt: claimed.attempt,
                change,
                possible_duplicate: false,
                recipients: vec![],
            };
            let note = Note::End { result: result.clone(), attempt: None };
            let answered = self.inner.outbox.writer.note(note).await;
            self.confirm(Unconfirmed { result, attempt: None, answered }).await;
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

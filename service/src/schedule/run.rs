//! The scheduler: makes each report when its time has come, once. The time is done with, the run is written down and
//! the message is accepted in one transaction; whoever comes second finds the time done with and leaves it.

use super::{make::Occasion, times};
use crate::{
    Answer, Service,
    error::{Inside, ServiceError, answer},
    language,
};
use domain::{
    Failure, ScheduleId, UnixMillis,
    message::{MessageKind, Reason},
    schedule::NewSchedule,
};
use std::time::Duration;
use store::RunRecord;
use tokio_util::sync::CancellationToken;

/// At least so often: the clock may have been set.
const LONGEST_MS: i64 = 30_000;
/// Whatever is made later than this says so.
const LATE_MS: i64 = 5 * 60_000;

impl Service {
    /// Makes what is due until told to stop.
    pub async fn schedules_run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            // What fails is logged and due again at the next turn.
            let next = self.schedules_tick().await.ok().flatten();
            let until = next.map_or(LONGEST_MS, |at| at.0 - self.inner.clock.now().0);
            let wait = Duration::from_millis(until.clamp(1_000, LONGEST_MS).unsigned_abs());
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = self.inner.schedules.changed.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Makes what is due now; when the next one is.
    pub async fn schedules_tick(&self) -> Answer<Option<UnixMillis>> {
        let now = self.inner.clock.now();
        let due = answer(async { Ok(self.inner.store.read().await?.schedule_due(now).await?) }).await?;
        for id in due {
            // One that fails leaves the others their turn.
            let _ = answer(self.schedule_run_due(id, now)).await;
        }
        answer(async { Ok(self.inner.store.read().await?.schedule_next().await?) }).await
    }

    async fn schedule_run_due(&self, id: ScheduleId, now: UnixMillis) -> Inside<()> {
        let Some(stored) = self.inner.store.read().await?.schedule_get(id).await? else { return Ok(()) };
        let Some(first) = stored.next_at.filter(|at| *at <= now) else { return Ok(()) };
        let (due, missed) = times::latest(&stored.new.timing, first, now);
        let late = now.0 - due.0 > LATE_MS || missed > 0;
        let occasion = Occasion { due: times::on_the_clock(&stored.new.timing, due), late, missed };
        let language = language::stored(self.inner.store.read().await?.language_of_schedule(id).await?);
        let made = match self.schedule_make(&stored.new, &occasion, language, now).await {
            Err(ServiceError::Task(error)) => {
                tracing::error!(%error, schedule = %stored.new.name, "making a report ended before its time");
                Err(Reason::new("not_made"))
            }
            made => made?,
        };
        let mut tx = self.inner.store.write().await?;
        let next = times::next_after(&stored.new.timing, due);
        if !tx.schedule_advance(id, stored.version, due, next).await? {
            return Ok(());
        }
        let made = match made {
            Ok(message) => {
                let by = created_by(&stored.new);
                self.submit_in(&mut tx, message, by, MessageKind::Schedule).await?.map_err(reason)
            }
            Err(reason) => Err(reason),
        };
        if let Err(reason) = &made {
            tracing::warn!(schedule = %stored.new.name, code = reason.code, "a scheduled report was not sent");
        }
        let run = RunRecord { schedule: id, due: Some(due), at: now, missed, made };
        tx.schedule_run_insert(&run).await?;
        tx.commit().await?;
        self.inner.outbox.wake();
        Ok(())
    }
}

/// As the Outbox names who made the message.
pub(super) fn created_by(schedule: &NewSchedule) -> String {
    format!("schedule {}", schedule.name)
}

/// Why the Outbox did not take it.
pub(super) fn reason(failure: Failure) -> Reason {
    match failure {
        Failure::Refused { code, params } => Reason { code, params, ..Reason::default() },
        _ => Reason::new("not_made"),
    }
}

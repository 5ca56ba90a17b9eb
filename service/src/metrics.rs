//! What monitoring is told: counters of what has happened since the start, and how the queue stands when it asks.
//!
//! Labels are ids and codes of closed tables: never an address, a subject or a server's words. docs/metrics.md explains
//! each to its reader.

mod family;
mod process;

use crate::{
    Answer, Clock, Service,
    error::{Inside, answer},
};
use domain::{
    UnixMillis,
    message::{AttemptOutcome, MessageStatus, Sending},
    session_test::Outcome,
};
use family::{ByAccount, ByCause, ByOutcome, ByStage, ByStatus, ByTrouble, Counters, Gauges};
use prometheus_client::{encoding::text::encode, registry::Registry};
use std::sync::atomic::Ordering;
use store::{AttemptRecord, MessageChange, MessageResult};

/// Those that something still happens to. The others only grow in number; counters tell how fast.
const IN_THE_QUEUE: [MessageStatus; 3] = [MessageStatus::Waiting, MessageStatus::Sending, MessageStatus::Paused];

pub(crate) struct Metrics {
    registry: Registry,
    counters: Counters,
    gauges: Gauges,
    /// One at a time: gauges are set, then written.
    asking: tokio::sync::Mutex<()>,
}

impl Metrics {
    pub(crate) fn new(clock: &Clock) -> Self {
        let mut registry = Registry::default();
        let counters = Counters::register(registry.sub_registry_with_prefix("postroom"));
        let gauges = Gauges::register(&mut registry);
        gauges.started.set(seconds(clock.now().0));
        Self { registry, counters, gauges, asking: tokio::sync::Mutex::new(()) }
    }

    /// A try of the Outbox has ended, and that became of its message.
    pub(crate) fn attempt_ended(&self, result: &MessageResult, attempt: Option<&AttemptRecord>) {
        let Some(attempt) = attempt else { return };
        let (counters, account) = (&self.counters, attempt.account_id.0);
        for (step, ms) in &attempt.stages {
            let label = ByStage { account, stage: step.code() };
            counters.stages.get_or_create(&label).observe(seconds(i64::try_from(*ms).unwrap_or(i64::MAX)));
        }
        if attempt.outcome != Some(AttemptOutcome::Delivered) {
            let cause = cause(attempt);
            counters.failed_attempts.get_or_create(&ByCause { account, cause }).inc();
        }
        match result.change {
            MessageChange::Sent { .. } => {
                counters.sent.get_or_create(&ByAccount { account }).inc();
            }
            MessageChange::Error { .. } => {
                counters.given_up.get_or_create(&ByAccount { account }).inc();
            }
            MessageChange::Waiting { .. } => {}
        }
    }

    pub(crate) fn messages_expired(&self, count: u64) {
        self.counters.expired.inc_by(count);
    }

    /// A test mail, or a check, has ended.
    pub(crate) fn test_ended(&self, outcome: Outcome) {
        self.counters.tests.get_or_create(&ByOutcome { outcome: outcome.code() }).inc();
    }

    fn show_troubled(&self, troubled: &[Sending]) {
        self.gauges.troubled.clear();
        for sending in troubled {
            let all = [
                ("halted", sending.halted_at.is_some()),
                ("failing", sending.halted_at.is_none() && sending.failures > 0),
                ("paused", sending.paused),
            ];
            for (state, _) in all.into_iter().filter(|(_, is)| *is) {
                self.gauges.troubled.get_or_create(&ByTrouble { account: sending.account_id.0, state }).set(1);
            }
        }
    }
}

impl Service {
    /// All of it as text (`OpenMetrics` 1.0, which is what Prometheus reads). For monitoring: no actor asks.
    pub async fn metrics(&self) -> Answer<String> {
        answer(self.metrics_text()).await
    }

    async fn metrics_text(&self) -> Inside<String> {
        let metrics = &self.inner.metrics;
        let _turn = metrics.asking.lock().await;
        let mut tx = self.inner.store.read().await?;
        let mut oldest = None;
        for status in IN_THE_QUEUE {
            let (depth, first) = tx.message_depth(status).await?;
            metrics
                .gauges
                .messages
                .get_or_create(&ByStatus { status: status.code() })
                .set(i64::try_from(depth).unwrap_or(i64::MAX));
            if status == MessageStatus::Waiting {
                oldest = first;
            }
        }
        metrics.show_troubled(&tx.sending_list_troubled().await?);
        drop(tx);
        let age = |at: UnixMillis| (self.inner.clock.now().0 - at.0).max(0);
        metrics.gauges.oldest.set(seconds(oldest.map_or(0, age)));
        metrics.gauges.memory.inner().store(process::resident_memory(), Ordering::Relaxed);
        let mut text = String::new();
        encode(&mut text, &metrics.registry)?;
        Ok(text)
    }
}

/// The code of what went wrong. Where there is none, how the try ended.
fn cause(attempt: &AttemptRecord) -> String {
    match (attempt.reason.code.as_str(), attempt.outcome) {
        ("", Some(outcome)) => outcome.code().to_owned(),
        (code, _) => code.to_owned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53 for a long time")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

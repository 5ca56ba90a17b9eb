//! Names, labels and help of all that is counted and measured. Changing one is changing somebody's dashboard.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use std::sync::atomic::AtomicU64;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ByAccount {
    pub account: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ByCause {
    pub account: i64,
    pub cause: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ByStage {
    pub account: i64,
    pub stage: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ByOutcome {
    pub outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ByStatus {
    pub status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ByTrouble {
    pub account: i64,
    pub state: &'static str,
}

type Fractions = Gauge<f64, AtomicU64>;
type Stages = Family<ByStage, Histogram, fn() -> Histogram>;

/// From a relay next door to the longest that a server may take. Few: each is a series for every account and stage.
const BOUNDS: [f64; 9] = [0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0, 30.0, 120.0];

/// Since the start; they only grow.
pub(super) struct Counters {
    pub sent: Family<ByAccount, Counter>,
    pub given_up: Family<ByAccount, Counter>,
    pub expired: Counter,
    pub failed_attempts: Family<ByCause, Counter>,
    pub stages: Stages,
    pub tests: Family<ByOutcome, Counter>,
}

/// As it is when it is asked for.
pub(super) struct Gauges {
    pub messages: Family<ByStatus, Gauge>,
    pub oldest: Fractions,
    pub troubled: Family<ByTrouble, Gauge>,
    pub started: Fractions,
    pub memory: Gauge,
}

impl Counters {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let all = Self {
            sent: Family::default(),
            given_up: Family::default(),
            expired: Counter::default(),
            failed_attempts: Family::default(),
            stages: Stages::new_with_constructor(|| Histogram::new(BOUNDS)),
            tests: Family::default(),
        };
        registry.register(
            "messages_sent",
            "Messages that a server took, by the account they went through",
            all.sent.clone(),
        );
        registry.register("messages_given_up", "Messages that no try will be made for any more", all.given_up.clone());
        registry.register("messages_expired", "Messages given up because their time was over", all.expired.clone());
        registry.register(
            "failed_attempts",
            "Tries that did not deliver, by account and the code of their cause",
            all.failed_attempts.clone(),
        );
        registry.register_with_unit(
            "stage_duration",
            "How long each stage of a session took, whether it passed or failed",
            Unit::Seconds,
            all.stages.clone(),
        );
        registry.register(
            "tests",
            "Tests of accounts that people and programs ran, by how they ended",
            all.tests.clone(),
        );
        all
    }
}

impl Gauges {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let all = Self {
            messages: Family::default(),
            oldest: Fractions::default(),
            troubled: Family::default(),
            started: Fractions::default(),
            memory: Gauge::default(),
        };
        let own = registry.sub_registry_with_prefix("postroom");
        own.register("outbox_messages", "Messages in the queue, by status", all.messages.clone());
        own.register_with_unit(
            "outbox_oldest_waiting",
            "Age of the oldest message that waits; 0 where none does",
            Unit::Seconds,
            all.oldest.clone(),
        );
        own.register("account_troubled", "1 for an account that is halted, failing or paused", all.troubled.clone());
        own.register("build", "What is running", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        let process = registry.sub_registry_with_prefix("process");
        process.register_with_unit(
            "start_time",
            "When the process began, since 1970",
            Unit::Seconds,
            all.started.clone(),
        );
        process.register_with_unit("resident_memory", "Memory that the process has", Unit::Bytes, all.memory.clone());
        all
    }
}

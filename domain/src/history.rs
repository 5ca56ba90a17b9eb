//! What is kept of an account's tests: how each ended and where its time went; and the certificate seen last.

use crate::{
    UnixMillis,
    diagnosis::Diagnosis,
    session_test::{Outcome, Step, StepState, TestMode},
};
use serde::{Deserialize, Serialize};

/// So many tests of each account are kept, …
pub const KEPT: u32 = 100;
/// … and so many of them may be the health check's.
pub const CHECKS_KEPT: u32 = 30;

/// How a step ended, and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTime {
    pub step: Step,
    pub state: StepState,
    pub ms: u64,
}

/// A test that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTest {
    pub id: i64,
    pub at: UnixMillis,
    /// Who asked; the health check asks under a name of its own.
    pub actor: String,
    pub mode: TestMode,
    pub outcome: Outcome,
    pub ms: u64,
    /// The step reached last.
    pub stage: Option<Step>,
    /// The server's own words, or the local error's code.
    pub reply: String,
    /// Empty where they were not kept yet.
    pub steps: Vec<StepTime>,
    pub diagnosis: Option<Diagnosis>,
}

impl PastTest {
    /// By its steps, where they were kept.
    pub fn took(&self) -> u64 {
        self.steps.iter().map(|step| step.ms).sum()
    }
}

/// The certificate that an account's server showed last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastCertificate {
    pub subject: String,
    pub fingerprint: String,
    pub not_after: UnixMillis,
    pub seen_at: UnixMillis,
}

/// An account's tests, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestHistory {
    pub account: String,
    pub tests: Vec<PastTest>,
    pub certificate: Option<LastCertificate>,
}

/// How a certificate's end comes closer.
pub mod expiry {
    use crate::UnixMillis;

    /// So many days before its end a warning goes out, once each.
    pub const WARNED: [i64; 3] = [30, 14, 3];
    const DAY_MS: i64 = 86_400_000;

    /// Whole days until then; negative once it has ended.
    pub const fn days_left(not_after: UnixMillis, now: UnixMillis) -> i64 {
        not_after.0.saturating_sub(now.0).div_euclid(DAY_MS)
    }

    /// The warning that is due for so many days, if any.
    pub fn threshold(days_left: i64) -> Option<i64> {
        WARNED.into_iter().rev().find(|days| days_left <= *days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_come_at_thirty_fourteen_and_three_days() {
        for (days, due) in
            [(31, None), (30, Some(30)), (15, Some(30)), (14, Some(14)), (4, Some(14)), (3, Some(3)), (-1, Some(3))]
        {
            assert_eq!(expiry::threshold(days), due, "{days}");
        }
        let day = |n: i64| UnixMillis(n * 86_400_000);
        assert_eq!(expiry::days_left(day(30), day(0)), 30);
        assert_eq!(expiry::days_left(UnixMillis(day(30).0 - 1), day(0)), 29);
        assert_eq!(expiry::days_left(day(0), UnixMillis(1)), -1);
    }
}

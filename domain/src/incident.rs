//! What keeps mail from going out until somebody acts: shown in the header of every page, until it is solved.

use crate::{AccountId, UnixMillis, message::Reason};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Incidents {
    /// No account is the default one, though there are accounts or messages.
    pub no_default: Option<NoDefault>,
    pub failing: Vec<Trouble>,
    /// What the health check found, and nobody has seen work since.
    pub unhealthy: Vec<Unhealthy>,
    /// The servers' certificates that end soon, or have.
    pub expiring: Vec<Expiring>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unhealthy {
    pub account_id: AccountId,
    pub account: String,
    pub since: UnixMillis,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiring {
    pub account_id: AccountId,
    pub account: String,
    pub subject: String,
    pub not_after: UnixMillis,
    /// Negative once it has ended.
    pub days_left: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoDefault {
    /// There are accounts that could be it.
    pub accounts: bool,
}

/// An account that does not send, or hardly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    pub account_id: AccountId,
    pub account: String,
    /// Nothing is sent until somebody acts; otherwise it is tried again by itself.
    pub halted: bool,
    pub since: Option<UnixMillis>,
    pub reason: Reason,
    /// Connections that failed one after another.
    pub failures: u32,
    /// When the next single try is made.
    pub retry_at: Option<UnixMillis>,
    /// Messages that wait for it, up to [`Trouble::MOST_COUNTED`].
    pub waiting: u64,
}

impl Trouble {
    pub const MOST_COUNTED: u64 = 1000;
    /// One failed connection is chance.
    pub const REPEATED: u32 = 2;
}

impl Incidents {
    pub fn count(&self) -> usize {
        self.failing.len() + self.unhealthy.len() + self.expiring.len() + usize::from(self.no_default.is_some())
    }
}

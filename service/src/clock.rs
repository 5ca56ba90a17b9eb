//! The one home of "now".

use domain::UnixMillis;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Tells the time: the machine's, or the one a test has set.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    fixed: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self { fixed: None }
    }

    /// Stands still until [`Clock::advance`]. Clones share it.
    pub fn fixed(at: UnixMillis) -> Self {
        Self { fixed: Some(Arc::new(AtomicI64::new(at.0))) }
    }

    pub fn now(&self) -> UnixMillis {
        match &self.fixed {
            Some(fixed) => UnixMillis(fixed.load(Ordering::SeqCst)),
            None => system_now(),
        }
    }

    /// Moves a fixed clock; the machine's is not ours to move.
    pub fn advance(&self, ms: i64) {
        if let Some(fixed) = &self.fixed {
            fixed.fetch_add(ms, Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the home the lint speaks of")]
fn system_now() -> UnixMillis {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    UnixMillis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

//! Work that a window waits for and that somebody may give up: one piece at a time, ended with the window.

use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

/// A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Work {
    window: StoredValue<Option<Owner>>,
    under_way: StoredValue<Option<Owner>>,
}

impl Work {
    /// Ends with what is being made here.
    pub fn here() -> Self {
        Self { window: StoredValue::new(Owner::current()), under_way: StoredValue::new(None) }
    }

    /// What was under way is given up.
    pub fn start(self, work: impl Future<Output = ()> + 'static) {
        self.give_up();
        let Some(owner) = self.window.try_with_value(|owner| owner.as_ref().map(Owner::child)).flatten() else {
            return;
        };
        self.under_way.set_value(Some(owner.clone()));
        owner.with(|| spawn_local_scoped_with_cancellation(work));
    }

    /// Nobody waits any more: a request is taken back, so that the server can stop.
    pub fn give_up(self) {
        if let Some(owner) = self.under_way.try_update_value(Option::take).flatten() {
            owner.cleanup();
        }
    }
}

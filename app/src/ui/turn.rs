//! Turns: of what follows each other quickly, only the last is done.

use leptos::prelude::{GetValue, StoredValue, UpdateValue, set_timeout};
use std::time::Duration;

/// Numbers what is asked; a handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Turns(StoredValue<u32>);

/// One of those that were asked.
#[derive(Clone, Copy)]
pub struct Turn {
    all: Turns,
    number: u32,
}

impl Turns {
    pub fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// From now on, those before are out of date.
    pub fn next(self) -> Turn {
        self.0.try_update_value(|number| *number = number.wrapping_add(1));
        self.latest()
    }

    /// The one that was asked last.
    pub fn latest(self) -> Turn {
        Turn { all: self, number: self.0.try_get_value().unwrap_or_default() }
    }
}

impl Turn {
    /// Nothing was asked since, and whoever asks is still there.
    pub fn is_last(self) -> bool {
        self.all.0.try_get_value() == Some(self.number)
    }

    /// Does it after that time, unless something else was asked by then.
    pub fn after(self, wait: Duration, work: impl FnOnce() + 'static) {
        let work = move || {
            if self.is_last() {
                work();
            }
        };
        set_timeout(work, wait);
    }
}

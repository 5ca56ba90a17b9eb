//! Turns: of what follows each other quickly, only the last is done.

use leptos::prelude::{GetValue, StoredValue, UpdateValue, set_timeout, window};
use send_wrapper::SendWrapper;
use std::{cell::RefCell, mem, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};

/// Numbers what is asked; a handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Turns {
    number: StoredValue<u32>,
    /// In the browser, once something waits.
    waiting: StoredValue<Option<SendWrapper<Waiting>>>,
}

/// One of those that were asked.
#[derive(Clone, Copy)]
pub struct Turn {
    all: Turns,
    number: u32,
}

impl Turns {
    pub fn new() -> Self {
        Self { number: StoredValue::new(0), waiting: StoredValue::new(None) }
    }

    /// From now on, those before are out of date.
    pub fn next(self) -> Turn {
        self.number.try_update_value(|number| *number = number.wrapping_add(1));
        self.latest()
    }

    /// The one that was asked last.
    pub fn latest(self) -> Turn {
        Turn { all: self, number: self.number.try_get_value().unwrap_or_default() }
    }
}

impl Turn {
    /// Nothing was asked since, and whoever asks is still there.
    pub fn is_last(self) -> bool {
        self.all.number.try_get_value() == Some(self.number)
    }

    /// Does it after that time, unless something else was asked by then; in place of what waits already.
    pub fn after(self, wait: Duration, work: impl FnOnce() + 'static) {
        let work = self.unless_late(work);
        self.all.waiting.try_update_value(|waiting| {
            waiting.get_or_insert_with(|| SendWrapper::new(Waiting::new())).set(wait, Box::new(work));
        });
    }

    /// Does it in a task of its own, unless something else was asked by then.
    pub fn soon(self, work: impl FnOnce() + 'static) {
        set_timeout(self.unless_late(work), Duration::ZERO);
    }

    fn unless_late(self, work: impl FnOnce()) -> impl FnOnce() {
        move || {
            if self.is_last() {
                work();
            }
        }
    }
}

type Work = Option<Box<dyn FnOnce()>>;

/// One timer of the browser's: it starts anew with each key, and doesn't run while somebody types.
struct Waiting {
    work: Rc<RefCell<Work>>,
    run: Closure<dyn Fn()>,
    timer: Option<i32>,
}

impl Waiting {
    fn new() -> Self {
        let work = Rc::<RefCell<Work>>::default();
        let next = Rc::clone(&work);
        let run = Closure::new(move || {
            // Whoever works may ask for the next turn.
            let work = next.take();
            if let Some(work) = work {
                work();
            }
        });
        Self { work, run, timer: None }
    }

    fn set(&mut self, wait: Duration, work: Box<dyn FnOnce()>) {
        self.stop();
        drop(self.work.replace(Some(work)));
        let ms = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
        let run = self.run.as_ref().unchecked_ref();
        self.timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(run, ms).ok();
    }

    fn stop(&mut self) {
        if let Some(timer) = mem::take(&mut self.timer) {
            window().clear_timeout_with_handle(timer);
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.stop();
    }
}

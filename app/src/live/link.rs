//! The connection kept up: begun again after each break, later and later, and never by all browsers at once.

use super::{
    Live, Standing,
    stream::{OVER, listen},
};
use crate::ui::browser::sleep;
use js_sys::{Function, Math, Promise};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Event};

/// A break that is over by then is none that readers have to know of.
const LOST_AFTER: Duration = Duration::from_secs(5);
const FIRST_PAUSE_MS: f64 = 500.0;
const LONGEST_PAUSE_MS: f64 = 15_000.0;

type Tell = Box<dyn Fn(&str)>;

/// One tab's share in what is known: by a connection of its own, or told by another tab.
pub struct Link {
    live: Live,
    stopped: Cell<bool>,
    current: RefCell<Option<AbortController>>,
    /// The number of the break that lasts, and of the latest one.
    breaks: StoredValue<(Option<u32>, u32)>,
    /// Ends a wait for somebody who looks.
    wake: RefCell<Option<Function>>,
    /// Told to other tabs.
    tell: RefCell<Option<Tell>>,
}

impl Link {
    pub fn new(live: Live) -> Self {
        let breaks = StoredValue::new((None, 0));
        Self {
            live,
            stopped: Cell::new(false),
            current: RefCell::default(),
            breaks,
            wake: RefCell::default(),
            tell: RefCell::default(),
        }
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    pub fn stop(&self) {
        self.stopped.set(true);
        self.live.standing.try_set(Standing::Off);
        if let Some(abort) = self.current.borrow_mut().take() {
            abort.abort();
        }
        self.wake();
    }

    /// Somebody looks: what was given up is tried again.
    pub fn wake(&self) {
        if let Some(wake) = self.wake.borrow_mut().take() {
            let _ = wake.call0(&JsValue::UNDEFINED);
        }
    }

    /// What there is to know, for another tab: `+accounts=57`, with a minus where it may be out of date.
    pub fn state(&self) -> String {
        let sign = if self.live.is_on() { '+' } else { '-' };
        let known = self.live.known.try_get_untracked().unwrap_or_default();
        format!("{sign}{known}")
    }

    /// The same from another tab.
    pub fn take(&self, state: &str) {
        if let Some(known) = state.strip_prefix('+') {
            self.know(known);
            self.is_there();
        } else if state.starts_with('-') {
            self.is_broken();
        }
    }

    /// From now on this tab tells the others.
    pub fn tell_by(&self, tell: impl Fn(&str) + 'static) {
        *self.tell.borrow_mut() = Some(Box::new(tell));
    }

    /// Until it is stopped. `alone`: no other tab can use it, and while nobody looks at this one it does without.
    pub async fn keep(&self, alone: bool) {
        let mut failed = 0;
        while !self.stopped.get() {
            if alone && document().hidden() {
                self.looked_at().await;
                continue;
            }
            let Ok(abort) = AbortController::new() else { return };
            *self.current.borrow_mut() = Some(abort.clone());
            let watching = alone.then(|| on_hidden(abort.clone()));
            let known = self.live.known.try_get_untracked().unwrap_or_default();
            let (heard, over) = (Cell::new(false), Cell::new(false));
            let on_line = |line: &str| {
                if line == OVER {
                    over.set(true);
                    return;
                }
                heard.set(true);
                if let Some(known) = line.strip_prefix("id: ") {
                    self.know(known);
                }
                self.is_there();
            };
            let _ = listen(&known, &abort, on_line).await;
            drop(watching);
            if self.stopped.get() {
                return;
            }
            if over.get() {
                // Whoever signs in again does so on a page that asks, or comes back to this one.
                self.live.standing.try_set(Standing::Off);
                self.looked_at().await;
                continue;
            }
            self.is_broken();
            failed = if heard.get() { 0 } else { failed + 1 };
            sleep(pause(failed)).await;
        }
    }

    /// Waits until somebody comes back to the page, or another tab asks.
    async fn looked_at(&self) {
        let promise = Promise::new(&mut |resolve: Function, _| {
            let _ = document().add_event_listener_with_callback(VISIBILITY, &resolve);
            *self.wake.borrow_mut() = Some(resolve);
        });
        let _ = JsFuture::from(promise).await;
    }

    fn know(&self, known: &str) {
        if self.live.known.try_with_untracked(|before| before != known) == Some(true) {
            self.live.known.try_set(known.to_owned());
            self.told();
        }
    }

    fn is_there(&self) {
        self.breaks.try_update_value(|breaks| breaks.0 = None);
        if self.live.standing.try_get_untracked().is_some_and(|standing| standing != Standing::On) {
            self.live.standing.try_set(Standing::On);
            self.told();
        }
    }

    fn is_broken(&self) {
        let begun = self.breaks.try_update_value(|(lasts, latest)| {
            let begins = lasts.is_none();
            if begins {
                *latest = latest.wrapping_add(1);
                *lasts = Some(*latest);
            }
            begins.then_some(*latest)
        });
        let Some(Some(begun)) = begun else { return };
        // Who asks from time to time where nothing arrives begins at once.
        self.live.standing.try_set(Standing::Off);
        self.told();
        let (live, breaks) = (self.live, self.breaks);
        let lose = move || {
            if breaks.try_with_value(|breaks| breaks.0) == Some(Some(begun)) {
                live.standing.try_set(Standing::Lost);
            }
        };
        set_timeout(lose, LOST_AFTER);
    }

    fn told(&self) {
        if let Some(tell) = &*self.tell.borrow() {
            tell(&self.state());
        }
    }
}

/// Doubled with each failure; between half of that and the whole.
fn pause(failed: i32) -> i32 {
    let longest = (FIRST_PAUSE_MS * 2.0_f64.powi(failed.min(10))).min(LONGEST_PAUSE_MS);
    #[expect(clippy::cast_possible_truncation, reason = "a few thousand")]
    let pause = (longest * f64::midpoint(1.0, Math::random())) as i32;
    pause
}

const VISIBILITY: &str = "visibilitychange";

/// Cuts a connection once nobody looks at the page any more; until it is dropped.
fn on_hidden(abort: AbortController) -> Listening {
    let closure = Closure::<dyn Fn(Event)>::new(move |_| {
        if document().hidden() {
            abort.abort();
        }
    });
    let _ = document().add_event_listener_with_callback(VISIBILITY, closure.as_ref().unchecked_ref());
    Listening(closure)
}

struct Listening(Closure<dyn Fn(Event)>);

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = document().remove_event_listener_with_callback(VISIBILITY, self.0.as_ref().unchecked_ref());
    }
}

//! A press takes a moment, from down to up: what is pressed must not move away meanwhile, or nothing hears of it.

use super::browser;
use js_sys::Date;
use leptos::{ev, prelude::*};

/// Longer than anybody presses. The end of some presses is told to nobody: a list that opens takes it.
const LONGEST_MS: f64 = 3000.0;
/// A finger's click comes a moment after the finger is lifted.
const CLICK_MS: f64 = 50.0;
const LOOK_AGAIN_MS: i32 = 20;

/// Until when something may be under a finger or a button of the mouse.
#[derive(Debug, Clone, Copy)]
pub struct Press(StoredValue<f64>);

impl Press {
    /// In the browser: for as long as what calls this is on the page.
    pub fn watched() -> Self {
        let until = StoredValue::new(0.0);
        let lasts = move |ms: f64| {
            until.try_set_value(Date::now() + ms);
        };
        Effect::new(move |_| {
            let down = window_event_listener(ev::pointerdown, move |_| lasts(LONGEST_MS));
            let up = window_event_listener(ev::pointerup, move |_| lasts(CLICK_MS));
            let cancelled = window_event_listener(ev::pointercancel, move |_| lasts(CLICK_MS));
            on_cleanup(move || [down, up, cancelled].into_iter().for_each(WindowListenerHandle::remove));
        });
        Self(until)
    }

    /// Waits until nothing is pressed, and what was has been heard of.
    pub async fn let_go(self) {
        while self.0.try_get_value().is_some_and(|until| Date::now() < until) {
            browser::sleep(LOOK_AGAIN_MS).await;
        }
    }
}

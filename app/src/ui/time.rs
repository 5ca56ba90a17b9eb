//! Moments as people read them: in UTC until the page has been taken over, then in the reader's time zone.

use crate::locales::use_words;
use domain::UnixMillis;
use js_sys::Date;
use leptos::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};
use wasm_bindgen::JsValue;

/// Whether the page has been taken over by the browser, so that its time zone may be used.
#[derive(Clone, Copy)]
pub struct LocalTime(RwSignal<bool>);

impl LocalTime {
    pub fn provide() {
        let ready = RwSignal::new(false);
        provide_context(Self(ready));
        Effect::new(move |_| ready.set(true));
    }
}

/// Whose time a moment is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Utc,
    /// Of the reader's time zone. In the browser alone.
    Local,
}

/// A moment in a `<time>` element.
#[component]
pub fn Moment(at: UnixMillis) -> impl IntoView {
    let local = use_context::<LocalTime>();
    let words = use_words();
    let (utc, title) = texts(at, Clock::Utc);
    let text = move || match local {
        Some(local) if local.0.get() => (words.moment)(&local_text(at)),
        _ => utc.clone(),
    };
    view! { <time datetime=at.to_rfc3339() title=title>{text}</time> }.into_any()
}

/// What a moment reads as, and its title: the same in UTC.
pub fn texts(at: UnixMillis, clock: Clock) -> (String, String) {
    let words = use_words();
    let utc = format!("{} {}", (words.moment)(&at.to_utc_text()), words.report.utc);
    match clock {
        Clock::Utc => (utc.clone(), utc),
        Clock::Local => ((words.moment)(&local_text(at)), utc),
    }
}

/// `2026-11-21 22:12`, in the browser's time zone. Numbers line up.
fn local_text(at: UnixMillis) -> String {
    let mut text = at.plus_ms(offset(at.0)).to_utc_text();
    text.truncate("2026-11-21 22:12".len());
    text
}

const WEEK: i64 = 7 * 24 * 3600 * 1000;

thread_local! {
    static OFFSETS: RefCell<BTreeMap<i64, Option<i64>>> = const { RefCell::new(BTreeMap::new()) };
}

/// How far the browser's time zone is ahead of UTC at a moment, in milliseconds. The browser is asked for the two ends of a
/// week, and for single moments only in the weeks in which clocks change.
fn offset(at: i64) -> i64 {
    let week = at.div_euclid(WEEK);
    let same = OFFSETS.with_borrow_mut(|known| {
        *known.entry(week).or_insert_with(|| {
            let (start, end) = (asked(week * WEEK), asked((week + 1) * WEEK));
            (start == end).then_some(start)
        })
    });
    same.unwrap_or_else(|| asked(at))
}

fn asked(at: i64) -> i64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our time fit into 53 bits")]
    let date = Date::new(&JsValue::from_f64(at as f64));
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day, or no number at all, which becomes 0")]
    let minutes = date.get_timezone_offset() as i64;
    -minutes * 60_000
}

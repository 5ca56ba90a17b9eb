//! Moments as people read them: in UTC until the page has been taken over, then in the reader's time zone.

use crate::locales::use_words;
use domain::UnixMillis;
use js_sys::Date;
use leptos::prelude::*;
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

/// A moment in a `<time>` element.
#[component]
pub fn Moment(at: UnixMillis) -> impl IntoView {
    let local = use_context::<LocalTime>();
    let words = use_words();
    let utc = format!("{} {}", (words.moment)(&at.to_utc_text()), words.report.utc);
    let title = utc.clone();
    let text = move || match local {
        Some(local) if local.0.get() => (words.moment)(&local_text(at)),
        _ => utc.clone(),
    };
    view! { <time datetime=at.to_rfc3339() title=title>{text}</time> }.into_any()
}

/// `2026-11-21 22:12`, in the browser's time zone. Numbers line up, and no formatter has to be made for each cell.
fn local_text(at: UnixMillis) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our time fit into 53 bits")]
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    format!(
        "{}-{:02}-{:02} {:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

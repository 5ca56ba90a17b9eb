//! Fields of a form: label, control, hint and error, tied together for everybody who can't see them side by side.

mod checks;
mod choice;
mod select;
mod text;

pub use checks::Checks;
pub use choice::{Choice, YesNo};
pub use select::SelectField;
pub use text::{TextArea, TextField};

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// A control with its label above, and its hint and error below.
fn framed(
    id: &'static str,
    label: &'static str,
    required: bool,
    hint: &'static str,
    error: Signal<Option<String>>,
    control: AnyView,
) -> AnyView {
    view! {
        <div class="field">
            <div class="field-label">
                <label for=id>{label}</label>
                {mark(required)}
            </div>
            {control}
            <Below id hint error />
        </div>
    }
    .into_any()
}

/// Shows in a control what the value says. What was typed before the page was taken over is kept and handed on.
fn keep_in_step(value: Signal<String>, on_change: Callback<String>, control: Box<dyn Fn() -> Option<JsValue>>) {
    Effect::new(move |first: Option<bool>| {
        let wanted = value.get();
        let Some(control) = control() else { return first.unwrap_or(false) };
        let shown = shown(&control);
        if shown != wanted {
            if first == Some(true) { show(&control, &wanted) } else { on_change.run(shown) }
        }
        true
    });
}

/// By name: inputs, drop-downs and text areas are three types with one property.
const VALUE: &str = "value";

fn shown(control: &JsValue) -> String {
    Reflect::get(control, &VALUE.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

fn show(control: &JsValue, value: &str) {
    let _ = Reflect::set(control, &VALUE.into(), &value.into());
}

/// Hint and error under a control; their ids are made from the control's.
#[component]
fn Below(id: &'static str, hint: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
        <p class="field-error" id=format!("{id}-error")>{move || error.get()}</p>
    }
    .into_any()
}

/// What describes a control: its hint, and its error where it has one.
fn described_by(
    id: &'static str,
    hint: &'static str,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Clone {
    move || {
        let hint = (!hint.is_empty()).then(|| format!("{id}-hint"));
        let error = error.with(Option::is_some).then(|| format!("{id}-error"));
        match (error, hint) {
            (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
            (one, other) => one.or(other),
        }
    }
}

fn invalid(error: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Clone {
    move || error.with(Option::is_some).then_some("true")
}

/// The star beside the label of a field that must be filled. Beside it: it is no part of the field's name.
fn mark(required: bool) -> Option<impl IntoView> {
    required.then(|| view! { <span class="field-mark" aria-hidden="true">"*"</span> })
}

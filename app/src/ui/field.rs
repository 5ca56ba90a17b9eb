//! Fields of a form: label, control, hint and error, tied together for everybody who can't see them side by side.

mod choice;
mod select;
mod text;

pub use choice::{Choice, YesNo};
pub use select::SelectField;
pub use text::{TextArea, TextField};

use leptos::prelude::*;

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

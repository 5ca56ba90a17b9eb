//! One of many: a drop-down.

use super::{described_by, framed, invalid, keep_in_step};
use leptos::{html, prelude::*};

/// A drop-down; `options` are (value, label).
#[component]
pub fn SelectField(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    #[prop(into)] value: Signal<String>,
    on_change: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "")] name: &'static str,
    #[prop(default = "")] hint: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    keep_in_step(value, on_change, Box::new(move || node.get().map(Into::into)));
    let start = value.get_untracked();
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == start;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    let control = view! {
        <select
            class="input"
            node_ref=node
            id=id
            name=(!name.is_empty()).then_some(name)
            autocomplete="off"
            aria-required=required.then_some("true")
            aria-invalid=invalid(error)
            aria-describedby=described_by(id, hint, error)
            disabled=disabled
            on:change:target=move |event| on_change.run(event.target().value())
        >
            {options}
        </select>
    };
    framed(id, label, required, hint, error, control.into_any())
}

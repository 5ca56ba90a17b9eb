//! One of many: a drop-down.

use super::{Below, described_by, invalid, mark};
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
    Effect::new(move |first: Option<bool>| {
        let wanted = value.get();
        let Some(select) = node.get() else { return first.unwrap_or(false) };
        let shown = select.value();
        if shown != wanted {
            if first == Some(true) { select.set_value(&wanted) } else { on_change.run(shown) }
        }
        true
    });
    let start = value.get_untracked();
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == start;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <div class="field-label">
                <label for=id>{label}</label>
                {mark(required)}
            </div>
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
            <Below id hint error />
        </div>
    }
    .into_any()
}

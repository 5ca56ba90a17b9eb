//! One of many: a drop-down.

use super::{described_by, framed, invalid, keep_in_step};
use leptos::{html, prelude::*};

/// A drop-down; `options` are (value, label). They may change while it is shown: what is chosen stays chosen.
#[component]
pub fn SelectField(
    id: &'static str,
    label: &'static str,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
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
    Effect::new(move |before: Option<()>| {
        options.track();
        if before.is_some() {
            // Once they are on the page: another option may have slid under the choice.
            request_animation_frame(move || {
                let select = node.try_get_untracked().flatten();
                if let Some((select, wanted)) = select.zip(value.try_get_untracked()) {
                    select.set_value(&wanted);
                }
            });
        }
    });
    let options = move || {
        let chosen = value.get_untracked();
        let option = |(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
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

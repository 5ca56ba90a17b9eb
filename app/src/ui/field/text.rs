//! One line or several lines of text.

use super::{described_by, framed, invalid, keep_in_step};
use leptos::{html, prelude::*};

/// A line of text. What was typed before the page was taken over is kept and handed on.
#[component]
pub fn TextField(
    id: &'static str,
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    on_input: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "text")] kind: &'static str,
    /// Its name in a form that is sent without a script.
    #[prop(default = "")]
    name: &'static str,
    #[prop(default = "")] hint: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] required: bool,
    #[prop(optional)] numeric: bool,
    /// The id of a list of suggestions.
    #[prop(default = "")]
    list: &'static str,
    /// The key that leads to it.
    #[prop(default = "")]
    key: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    keep_in_step(value, on_input, Box::new(move || node.get().map(Into::into)));
    let control = view! {
        <input
            class="input"
            node_ref=node
            type=kind
            id=id
            name=(!name.is_empty()).then_some(name)
            value=value.get_untracked()
            placeholder=move || placeholder.get()
            list=(!list.is_empty()).then_some(list)
            data-key=(!key.is_empty()).then_some(key)
            autocomplete=autocomplete
            spellcheck="false"
            autocapitalize="off"
            inputmode=numeric.then_some("numeric")
            aria-required=required.then_some("true")
            aria-invalid=invalid(error)
            aria-describedby=described_by(id, hint, error)
            disabled=disabled
            on:input:target=move |event| on_input.run(event.target().value())
        />
    };
    framed(id, label, required, hint, error, control.into_any())
}

/// Several lines of text.
#[component]
pub fn TextArea(
    id: &'static str,
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    on_input: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "")] hint: &'static str,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    keep_in_step(value, on_input, Box::new(move || node.get().map(Into::into)));
    let control = view! {
        <textarea
            class="input"
            node_ref=node
            id=id
            rows=rows.to_string()
            autocomplete="off"
            aria-required=required.then_some("true")
            aria-invalid=invalid(error)
            aria-describedby=described_by(id, hint, error)
            disabled=disabled
            on:input:target=move |event| on_input.run(event.target().value())
        >
            {value.get_untracked()}
        </textarea>
    };
    framed(id, label, required, hint, error, control.into_any())
}

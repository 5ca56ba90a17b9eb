//! One of a few: a group of radio buttons.

use super::{Below, described_by, invalid};
use crate::locales::use_words;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Radio buttons in a fieldset; `options` are (code, label).
#[component]
pub fn Choice(
    id: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    #[prop(into)] value: Signal<&'static str>,
    on_change: Callback<&'static str>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "")] hint: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Fieldset>::new();
    let codes: Vec<_> = options.iter().map(|(code, _)| *code).collect();
    Effect::new(move |first: Option<bool>| {
        let wanted = value.get();
        let Some(group) = node.get() else { return first.unwrap_or(false) };
        let Ok(inputs) = group.query_selector_all("input") else { return true };
        for (index, code) in (0..inputs.length()).zip(&codes) {
            let Some(input) = inputs.item(index).and_then(|i| i.dyn_into::<HtmlInputElement>().ok()) else { continue };
            if first == Some(true) {
                input.set_checked(*code == wanted);
            } else if input.checked() && *code != wanted {
                on_change.run(code);
            }
        }
        true
    });
    let start = value.get_untracked();
    let radios = options
        .into_iter()
        .map(|(code, label)| {
            view! {
                <label class="radio">
                    <input
                        type="radio"
                        name=id
                        value=code
                        checked=code == start
                        on:change=move |_| on_change.run(code)
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="field choice"
            node_ref=node
            disabled=disabled
            aria-invalid=invalid(error)
            aria-describedby=described_by(id, hint, error)
        >
            <legend>{label}</legend>
            <div class="choice-options">{radios}</div>
            <Below id hint error />
        </fieldset>
    }
    .into_any()
}

/// Yes or No.
#[component]
pub fn YesNo(
    id: &'static str,
    label: &'static str,
    #[prop(into)] value: Signal<bool>,
    on_change: Callback<bool>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "")] hint: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Choice
            id
            label
            options=vec![("yes", words.common.yes), ("no", words.common.no)]
            value=Signal::derive(move || if value.get() { "yes" } else { "no" })
            on_change=Callback::new(move |code| on_change.run(code == "yes"))
            error
            hint
            disabled
        />
    }
}

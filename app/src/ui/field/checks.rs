//! Some of a few: a group of check boxes, with one for all of them.

use super::{Below, described_by, invalid};
use leptos::prelude::*;

/// Check boxes in a fieldset; `options` are (code, label), `all` is the label of the one that stands for all.
#[component]
pub fn Checks(
    id: &'static str,
    label: &'static str,
    all: &'static str,
    options: Vec<(&'static str, &'static str)>,
    #[prop(into)] value: Signal<Vec<&'static str>>,
    on_change: Callback<Vec<&'static str>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let codes: Vec<_> = options.iter().map(|(code, _)| *code).collect();
    let count = codes.len();
    let whole = Signal::derive(move || value.with(|chosen| chosen.len() == count));
    let set_all = Callback::new({
        let codes = codes.clone();
        move |on: bool| on_change.run(if on { codes.clone() } else { Vec::new() })
    });
    let set = move |code: &'static str, on: bool| {
        let chosen = value.get_untracked();
        on_change.run(codes.iter().copied().filter(|c| if *c == code { on } else { chosen.contains(c) }).collect());
    };
    let boxes = options
        .into_iter()
        .map(|(code, label)| {
            let set = set.clone();
            let on = Signal::derive(move || value.with(|chosen| chosen.contains(&code)));
            check(label, on, Callback::new(move |on| set(code, on)))
        })
        .collect_view();
    view! {
        <fieldset class="field choice" aria-invalid=invalid(error) aria-describedby=described_by(id, "", error)>
            <legend>{label}</legend>
            <div class="choice-options">{check(all, whole, set_all)} {boxes}</div>
            <Below id hint="" error />
        </fieldset>
    }
    .into_any()
}

fn check(label: &'static str, on: Signal<bool>, set: Callback<bool>) -> AnyView {
    view! {
        <label class="radio">
            <input
                type="checkbox"
                autocomplete="off"
                checked=on.get_untracked()
                prop:checked=move || on.get()
                on:change:target=move |event| set.run(event.target().checked())
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

//! What is filtered by: a chip for each field, each with the way to do without it. They follow once typing pauses; links, so
//! that they work without a script.

use super::{State, address::with_query, search::field_id};
use crate::{
    locales::use_words,
    ui::{
        browser,
        button::press_on_space,
        icon::{Glyph, Icon},
    },
};
use domain::report::{FieldKind, FieldSpec, Query};
use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Chip {
    field: &'static str,
    text: String,
}

#[component]
pub fn Chips(state: State) -> impl IntoView {
    let words = use_words();
    // Where nothing matches it is said by which filter: once is enough.
    let none = Memo::new(move |_| state.page.with(|page| page.matching == 0));
    let chips =
        Memo::new(move |_| if none.get() { Vec::new() } else { state.settled.with(|query| chips_of(state, query)) });
    view! {
        <ul class="chips" aria-label=words.report.filters hidden=move || chips.with(Vec::is_empty)>
            {move || chips.get().into_iter().map(|chip| chip_view(state, chip)).collect_view()}
        </ul>
    }
    .into_any()
}

fn chips_of(state: State, query: &Query) -> Vec<Chip> {
    let words = use_words();
    let chip = |field: &'static FieldSpec| {
        let typed = query.filter.get(field.key).map(|text| text.trim()).filter(|text| !text.is_empty())?;
        let choice = if let FieldKind::Choice(_) = field.kind { (words.code)(typed) } else { None };
        Some(Chip { field: field.key, text: choice.unwrap_or(typed).to_owned() })
    };
    state.spec().fields.iter().filter_map(chip).collect()
}

fn chip_view(state: State, chip: Chip) -> AnyView {
    let words = use_words();
    let Chip { field, text } = chip;
    let label = (words.search)(state.name, field);
    let href = with_query(&state.address.path(), &state.settled.get_untracked().with_filter(field, ""));
    let remove = move |event: MouseEvent| {
        event.prevent_default();
        let at = place_of(field);
        state.change(state.query.get_untracked().with_filter(field, ""), false);
        focus_after(at, field);
    };
    let said = format!("{label}: {text}");
    view! {
        <li>
            <a
                class="chip"
                role="button"
                href=href
                title=said.clone()
                data-field=field
                on:click=remove
                on:keydown=press_on_space
            >
                <span class="visually-hidden">{words.report.remove_filter} " "</span>
                <span class="chip-text">{said.clone()}</span>
                <Glyph icon=Icon::Close />
            </a>
        </li>
    }
    .into_any()
}

const CHIPS: &str = ".chips a";

fn place_of(field: &str) -> u32 {
    let Ok(all) = document().query_selector_all(CHIPS) else { return 0 };
    let is_it = |at: &u32| {
        let chip = all.item(*at).and_then(|chip| chip.dyn_into::<HtmlElement>().ok());
        chip.is_some_and(|chip| chip.get_attribute("data-field").as_deref() == Some(field))
    };
    (0..all.length()).find(is_it).unwrap_or(0)
}

/// The keyboard goes on to the next chip, or to the last; where none is left, to the field that it was of.
fn focus_after(at: u32, field: &'static str) {
    request_animation_frame(move || {
        let Ok(all) = document().query_selector_all(CHIPS) else { return };
        let next = all.item(at).or_else(|| all.item(all.length().saturating_sub(1)));
        match next.and_then(|chip| chip.dyn_into::<HtmlElement>().ok()) {
            Some(chip) => drop(chip.focus()),
            None => {
                let _ = browser::focus(&format!("#{}", field_id(field))) || browser::focus(".search input");
            }
        }
    });
}

//! The foot: what is shown of how many, the page size, the pages. And the words a screen reader hears after a filter.

use super::{State, search::FORM};
use crate::{
    locales::use_words,
    ui::{
        icon::{Glyph, Icon},
        turn::Turns,
    },
};
use domain::report::{PAGE_SIZES, Query, page_count};
use leptos::{ev::MouseEvent, html, prelude::*};
use std::time::Duration;

/// The end of what is to be seen first.
pub const FOOT: &str = "report-foot";

#[component]
pub fn Foot(state: State) -> impl IntoView {
    let words = use_words();
    let texts = (words.texts)(state.name);
    let numbers = Memo::new(move |_| {
        let size = state.query.with(|query| query.size);
        state.page.with(|page| {
            let first = u64::from(page.number.saturating_sub(1)) * u64::from(size) + 1;
            let last = first.saturating_sub(1) + page.rows.len() as u64;
            (first, last, page.matching, page.all, page.number, page_count(page.matching, size))
        })
    });
    let range = move || {
        let (first, last, matching, ..) = numbers.get();
        (words.report.range)(first, last, matching)
    };
    let how_many = move || {
        let (_, _, matching, all, ..) = numbers.get();
        let text = (words.report.matching)(matching, all, texts);
        if state.page.with(|page| page.at_least) { (words.report.at_least)(&text) } else { text }
    };
    let indicator = move || {
        let (.., number, count) = numbers.get();
        (words.report.page_of)(number, count)
    };
    // Without scripts the buttons send the search form, and the page with it.
    let shown = numbers.get_untracked().4;
    let (before, after) = (shown.saturating_sub(1).to_string(), (shown + 1).to_string());
    let at_first = move || numbers.get().4 <= 1;
    let at_last = move || numbers.with(|n| n.4 >= n.5);
    let kind = |is_last: bool| if is_last { "button" } else { "submit" };
    let turn = move |event: &MouseEvent, by: i64| {
        event.prevent_default();
        let (.., number, count) = numbers.get_untracked();
        let page = u32::try_from(i64::from(number) + by).unwrap_or_default();
        if (1..=count).contains(&page) {
            state.change(Query { page, ..state.query.get_untracked() }, false);
        }
    };
    view! {
        <div class="foot" id=FOOT>
            <p class="foot-count">
                <span class="foot-range">{range}</span>
                " "
                <span class="foot-all">{how_many}</span>
            </p>
            <Announcement text=Signal::derive(how_many) />
            <PageSize state />
            <nav class="foot-pages" aria-label=words.report.pages>
                <button
                    type=move || kind(at_first())
                    form=FORM
                    name="page"
                    value=before
                    class="button"
                    aria-disabled=move || at_first().then_some("true")
                    on:click=move |event| turn(&event, -1)
                >
                    <Glyph icon=Icon::Left />
                    <span>{words.report.previous}</span>
                </button>
                <span class="foot-page">{indicator}</span>
                <button
                    type=move || kind(at_last())
                    form=FORM
                    name="page"
                    value=after
                    class="button"
                    aria-disabled=move || at_last().then_some("true")
                    on:click=move |event| turn(&event, 1)
                >
                    <span>{words.report.next}</span>
                    <Glyph icon=Icon::Right />
                </button>
            </nav>
        </div>
    }
    .into_any()
}

#[component]
fn PageSize(state: State) -> impl IntoView {
    let words = use_words();
    let node = NodeRef::<html::Select>::new();
    let size = Memo::new(move |_| state.query.with(|query| query.size));
    let start = size.get_untracked();
    Effect::new(move |_| {
        let wanted = size.get().to_string();
        if let Some(select) = node.get() {
            select.set_value(&wanted);
        }
    });
    let choose = move |text: String| {
        if let Ok(size) = text.parse() {
            state.change(Query { size, page: 1, ..state.query.get_untracked() }, false);
        }
    };
    let options = PAGE_SIZES
        .iter()
        .map(|size| view! { <option value=size.to_string() selected=*size == start>{size.to_string()}</option> })
        .collect_view();
    view! {
        <div class="foot-size">
            <label for="rows-per-page">{words.report.rows_per_page}</label>
            <select
                id="rows-per-page"
                class="input"
                autocomplete="off"
                node_ref=node
                on:change:target=move |event| choose(event.target().value())
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Said once typing pauses, not at each key.
const PAUSE: Duration = Duration::from_millis(600);

#[component]
fn Announcement(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let turns = Turns::new();
    // As it is read at first: what was typed before the program ran is answered before any effect.
    let first = text.get_untracked();
    Effect::new(move |before: Option<String>| {
        let now = text.get();
        if *before.as_ref().unwrap_or(&first) != now {
            let words = now.clone();
            turns.next().after(PAUSE, move || drop(said.try_set(words)));
        }
        now
    });
    view! { <p class="visually-hidden" aria-live="polite">{said}</p> }
}

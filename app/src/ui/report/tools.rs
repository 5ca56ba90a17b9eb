//! The line between search fields and table: what is filtered by, and the ways to saved views and columns. What these open
//! arrives when it is first asked for.

use super::{State, chips, comforts::Comfort};
use crate::{
    locales::use_words,
    ui::{
        arriving::arriving,
        browser::{by_id, focused_inside},
        icon::{Glyph, Icon},
        menu,
        notice::Skeleton,
    },
};
use leptos::{ev::Event, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub const VIEWS: &str = "report-views";
pub const COLUMNS: &str = "report-columns";

#[component]
pub fn Tools(state: State) -> impl IntoView {
    let words = &use_words().report;
    let views = RwSignal::new(0_u32);
    // The address names a view: whose name is that?
    Effect::new(move |_| {
        let named = state.settled.with(|query| query.view);
        let known = state.view.with_untracked(|view| view.as_ref().map(|view| view.id));
        if named.is_some() && named != known {
            views.update(|times| *times += 1);
        }
    });
    let in_force = Memo::new(move |_| {
        state.settled.with(|query| {
            let is_it = |view: &domain::view::View| query.view == Some(view.id);
            let named = |view: domain::view::View| (view.name.to_string(), !query.shows_as(&view.query));
            state.view.get().filter(is_it).map(named)
        })
    });
    let label = move || match in_force.get() {
        Some((name, _)) => format!("{}: {name}", words.views),
        None => words.views.to_owned(),
    };
    let changed = move || {
        let changed = in_force.with(|view| view.as_ref().is_some_and(|(_, changed)| *changed));
        changed.then(|| view! { <span class="tools-changed">{words.view_changed}</span> })
    };
    view! {
        <div class="tools">
            <chips::Chips state />
            <div class="tools-end">
                {opener(VIEWS, Icon::Bookmark, Signal::derive(label), changed.into_any(), views)}
                {panel(state, VIEWS, words.views, views, Callback::new(move |()| Comfort::Views(state, views)))}
                {columns(state)}
            </div>
        </div>
    }
    .into_any()
}

fn columns(state: State) -> AnyView {
    let label = use_words().report.columns;
    let opened = RwSignal::new(0_u32);
    view! {
        {opener(COLUMNS, Icon::Columns, Signal::derive(move || label.to_owned()), ().into_any(), opened)}
        {panel(state, COLUMNS, label, opened, Callback::new(move |()| Comfort::Columns(state)))}
    }
    .into_any()
}

/// `opened` counts how often: what is shown is then asked for anew.
fn opener(id: &'static str, icon: Icon, label: Signal<String>, more: AnyView, opened: RwSignal<u32>) -> AnyView {
    view! {
        <button
            type="button"
            class="button"
            data-variant="quiet"
            aria-haspopup="dialog"
            popovertarget=id
            on:click=move |_| opened.update(|times| *times += 1)
        >
            <Glyph icon />
            <span class="tools-label">{label}</span>
            {more}
        </button>
    }
    .into_any()
}

fn panel(
    state: State,
    id: &'static str,
    label: &'static str,
    opened: RwSignal<u32>,
    what: Callback<(), Comfort>,
) -> AnyView {
    let wanted = Memo::new(move |_| opened.get() > 0);
    // Pressed before the page was taken over.
    Effect::new(move |_| {
        if by_id(id).is_some_and(|panel| is_open(&panel)) {
            opened.set(1);
        }
    });
    view! {
        <div
            id=id
            class="menu popup"
            popover="auto"
            role="dialog"
            aria-label=label
            on:beforetoggle=menu::place
            on:toggle=focus_inside
        >
            {move || wanted.get().then(|| arriving((state.comforts)(what.run(())), loading))}
        </div>
    }
    .into_any()
}

fn loading() -> AnyView {
    view! { <Skeleton label=use_words().common.loading lines=4 /> }.into_any()
}

fn is_open(panel: &HtmlElement) -> bool {
    panel.matches(":popover-open").unwrap_or(false)
}

/// As a panel has opened, the keyboard goes into it.
fn focus_inside(event: Event) {
    if let Some(panel) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        focus_first(&panel);
    }
}

/// Gives the keyboard to a panel's first control, if it is open and has it not already. `false` where there is none yet.
fn focus_first(panel: &HtmlElement) -> bool {
    if !is_open(panel) || focused_inside(panel).is_some() {
        return true;
    }
    let first = panel.query_selector("input:enabled, a[href], button:enabled").ok().flatten();
    let first = first.and_then(|first| first.dyn_into::<HtmlElement>().ok());
    first.is_some_and(|first| first.focus().is_ok())
}

/// So many frames at most: what has been made comes onto the page a moment later.
const FRAMES: u32 = 30;

/// The same once what has just been made is on the page.
pub fn focus_soon(id: &'static str) {
    focus_within(id, FRAMES);
}

fn focus_within(id: &'static str, frames: u32) {
    request_animation_frame(move || {
        let done = by_id(id).is_none_or(|panel| focus_first(&panel));
        if !done && frames > 0 {
            focus_within(id, frames - 1);
        }
    });
}

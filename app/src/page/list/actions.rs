//! The Actions menu of a list: what is done with all rows that match. Plain links, so it works before any script, and without.

use crate::{
    locales::use_words,
    mount::is_framed,
    page::{access::may, places},
    ui::{
        icon::{Glyph, Icon},
        menu,
        report::{query_of, with_query},
    },
};
use domain::{Action, Role, report::ReportName};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

const MENU: &str = "page-menu";

/// The button and its menu. Another entry is another line.
pub fn actions(name: ReportName, role: Role) -> AnyView {
    let words = use_words();
    view! {
        <button type="button" class="button" aria-haspopup="menu" popovertarget=MENU>
            <span>{words.common.actions}</span>
            <Glyph icon=Icon::Chevron />
        </button>
        <div
            id=MENU
            class="menu"
            data-place="page"
            popover="auto"
            role="menu"
            aria-label=words.common.actions
            on:keydown=menu::walk
            on:click=|_| menu::close(MENU)
            on:beforetoggle=menu::place
            on:toggle=menu::focus_first
        >
            {link(name, words.report.print, places::print(name), First::Yes, "_blank")}
            {link(name, words.report.export_csv, places::csv(name), First::No, "_self")}
            {may(role, Action::SchedulesChange).then(|| schedule(name))}
        </div>
    }
    .into_any()
}

/// A window of the application's own, over this list.
fn schedule(name: ReportName) -> AnyView {
    let map = use_location().query;
    let path = places::schedule(places::list(name));
    let href = move || with_query(&path, &map.with(|map| query_of(name, map)));
    view! {
        <a role="menuitem" class="menu-item" tabindex="-1" href=href data-noscroll="">
            {use_words().report.schedule}
        </a>
    }
    .into_any()
}

/// The first entry takes the focus when the menu opens, without a script too; browsers take that amiss in a frame.
#[derive(PartialEq)]
enum First {
    Yes,
    No,
}

/// An address of the server's, with the filter and sort that are in force when it is followed.
fn link(name: ReportName, label: &'static str, path: String, first: First, target: &'static str) -> AnyView {
    let map = use_location().query;
    let href = move || with_query(&path, &map.with(|map| query_of(name, map)).unpaged());
    view! {
        <a
            role="menuitem"
            class="menu-item"
            tabindex="-1"
            href=href
            target=target
            rel="external noopener"
            autofocus=first == First::Yes && !is_framed()
        >
            {label}
        </a>
    }
    .into_any()
}

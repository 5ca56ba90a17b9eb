//! One row: its cells and what can be done with it.

use super::{Cell, RowActions, State, address::with_query, cell, table::MENU};
use crate::{
    locales::use_words,
    ui::{
        button::ButtonLink,
        icon::{Glyph, Icon},
        menu,
    },
};
use domain::report::Row;
use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

pub fn row(state: State, row: &Row, draw: Cell, actions: &RowActions, menu_row: RwSignal<Option<Row>>) -> AnyView {
    let cells = state
        .spec()
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.shown)
        .map(|(index, column)| cell::cell(row, index, column, draw))
        .collect_view();
    let has_actions = actions.open.is_some() || actions.menu.is_some();
    let actions = has_actions.then(|| action_cell(state, row, actions, menu_row));
    view! { <tr data-id=row.id().to_string()>{cells} {actions}</tr> }.into_any()
}

fn action_cell(state: State, row: &Row, actions: &RowActions, menu_row: RwSignal<Option<Row>>) -> AnyView {
    let words = use_words();
    let id = row.id();
    let open = actions.open.map(|(address, label)| {
        let path = address(id);
        let href = state.query.with_untracked(|query| with_query(&path, query));
        let go = Callback::new(move |()| {
            state.address.open(&state.query.with_untracked(|query| with_query(&path, query)));
        });
        let icon = if label == words.common.edit { Icon::Pencil } else { Icon::Eye };
        view! { <ButtonLink label href go icon icon_only=true /> }
    });
    let has_menu = actions.menu.as_ref().is_some_and(|make| !make(row, state).is_empty());
    let more = has_menu.then(|| {
        let row = row.clone();
        // A press while the menu is open closes it; the click that follows must not open it again.
        let was_open = StoredValue::new(false);
        let is_open = move || popover().is_some_and(|p| p.matches(":popover-open").unwrap_or(false));
        let press =
            move |_| was_open.set_value(is_open() && menu_row.with_untracked(|r| r.as_ref().map(Row::id) == Some(id)));
        let click = move |event: MouseEvent| {
            if was_open.get_value() {
                was_open.set_value(false);
                return;
            }
            menu_row.set(Some(row.clone()));
            let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
            // The entries are on the page after the effects have run.
            request_animation_frame(move || {
                if let (Some(menu), Some(button)) = (popover(), button) {
                    menu::open_beside(&menu, &button);
                }
            });
        };
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label=words.common.more_actions
                title=words.common.more_actions
                aria-haspopup="menu"
                on:pointerdown=press
                on:click=click
            >
                <Glyph icon=Icon::More />
            </button>
        }
    });
    view! {
        <td class="actions">
            <div class="actions-row">{open} {more}</div>
        </td>
    }
    .into_any()
}

fn popover() -> Option<HtmlElement> {
    document().get_element_by_id(MENU)?.dyn_into().ok()
}

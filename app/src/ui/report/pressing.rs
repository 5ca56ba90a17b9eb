//! What is pressed in a row: its link and the button of its menu. One listener stands on the table for all rows.

use super::{MakeEntries, State, address::with_query, table::MENU};
use crate::ui::{
    browser::by_id,
    keys,
    menu::{self, Entry},
};
use domain::report::Row;
use leptos::{
    ev::{KeyboardEvent, MouseEvent, PointerEvent},
    prelude::*,
    task::{spawn_local, tick},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

const LINK: &str = "a[role=button]";
const MORE: &str = "button[aria-haspopup=menu]";
const BOX: &str = "input[type=checkbox]";

/// What the listeners of a table share; a handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Pressing {
    pub state: State,
    /// Where a row's window is.
    pub open: Option<super::RowAddress>,
    /// What the menu of a row holds.
    pub entries: StoredValue<Option<MakeEntries>>,
    /// A press while the menu is open closes it; the click that follows must not open it again.
    pub was_open: StoredValue<bool>,
}

impl Pressing {
    pub fn pointer_down(self, event: &PointerEvent) {
        let row = target(event, MORE).and_then(|button| self.row(&button));
        let is_open = menu::is_open(MENU);
        let same = self.state.menu_row.with_untracked(|open| open.as_ref().map(Row::id)) == row.map(|row| row.id());
        self.was_open.set_value(is_open && same);
    }

    /// Shift chooses rows up to the one pressed, and not the texts between.
    pub fn mouse_down(event: &MouseEvent) {
        if event.shift_key() && target(event, BOX).is_some() {
            event.prevent_default();
        }
    }

    pub fn click(self, event: &MouseEvent) {
        if let Some(input) = target(event, BOX).and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            if let Some(row) = self.row(&input) {
                let (chosen, shift) = (input.checked(), event.shift_key());
                self.state.page.with_untracked(|page| {
                    self.state.selection.pressed(&page.rows, row.id(), chosen, shift);
                });
            }
        } else if let Some(link) = target(event, LINK) {
            let plain =
                event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
            if let (true, Some(row), Some(address)) = (plain, self.row(&link), self.open) {
                event.prevent_default();
                let path = address(row.id());
                self.state.address.open(&self.state.query.with_untracked(|query| with_query(&path, query)));
            }
        } else if let Some(button) = target(event, MORE) {
            self.open_menu(button);
        }
    }

    /// A link that looks like a button answers Space like one; single keys do what the row's buttons do.
    pub fn key_down(self, event: &KeyboardEvent) {
        keys::walk_rows(event);
        if event.key() == " "
            && let Some(link) = target(event, LINK).and_then(|link| link.dyn_into::<HtmlElement>().ok())
        {
            event.prevent_default();
            link.click();
        }
        if !keys::is_command(event) {
            return;
        }
        let Some(row) = target(event, "tr[data-id]") else { return };
        if event.key() == "e" {
            if let Some(link) = row.query_selector(LINK).ok().flatten().and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
                event.prevent_default();
                link.click();
            }
        } else if let Some(entry) = self.entry(&row, &event.key()) {
            event.prevent_default();
            entry.run();
        }
    }

    /// What a key does in a row's menu.
    fn entry(self, row: &Element, key: &str) -> Option<Entry> {
        let row = self.row(row)?;
        let entries = self.entries.with_value(|make| make.as_ref().map(|make| make(&row, self.state)))?;
        entries.into_iter().find(|entry| entry.key == key)
    }

    fn open_menu(self, button: Element) {
        if self.was_open.get_value() {
            self.was_open.set_value(false);
            return;
        }
        let Some(row) = self.row(&button) else { return };
        self.state.menu_row.set(Some(row));
        spawn_local(async move {
            // The entries are on the page after the effects have run.
            tick().await;
            if let Some(menu) = by_id(MENU) {
                menu::open_beside(&menu, &button);
            }
        });
    }

    fn row(self, element: &Element) -> Option<Row> {
        let id = element.closest("tr[data-id]").ok().flatten()?.get_attribute("data-id")?.parse::<i64>().ok()?;
        self.state.page.with_untracked(|page| page.rows.iter().find(|row| row.id() == id).cloned())
    }
}

/// What was pressed, if it is, or stands in, what a selector names.
fn target(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

//! Copying a cell: one button that comes to the cell which the mouse is over, or which the arrow keys have come to. No cell has
//! anything of its own for it, and on a touch screen, where one marks text, there is nothing in the way.

use crate::{
    locales::use_words,
    ui::{
        browser,
        icon::{Glyph, Icon},
        toast::{Toasts, use_toasts},
    },
};
use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
    task::spawn_local,
};
use send_wrapper::SendWrapper;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, PointerEvent};

const CELL: &str = "tbody td:not(.actions)";
/// The button's own size, for its place.
const SIDE: f64 = 24.0;
/// How long it shows that it has been pressed.
const DONE_FOR: Duration = Duration::from_millis(1500);

type Listener = SendWrapper<(Element, &'static str, Closure<dyn Fn(Event)>)>;

/// A handle that is copied freely.
#[derive(Clone, Copy)]
struct Copying {
    table: NodeRef<html::Div>,
    button: NodeRef<html::Button>,
    cell: StoredValue<Option<SendWrapper<HtmlElement>>>,
    done: RwSignal<bool>,
    said: RwSignal<String>,
    toasts: Toasts,
}

pub fn copying(table: NodeRef<html::Div>) -> AnyView {
    let words = &use_words().later().comforts;
    let this = Copying {
        table,
        button: NodeRef::new(),
        cell: StoredValue::new(None),
        done: RwSignal::new(false),
        said: RwSignal::new(String::new()),
        toasts: use_toasts(),
    };
    let listeners = StoredValue::new(Vec::<Listener>::new());
    Effect::new(move |_| {
        let Some(table) = table.get() else { return };
        let listen = |name, run: Box<dyn Fn(Event)>| {
            let closure = Closure::wrap(run);
            let _ = table.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            let table: Element = table.clone().into();
            listeners.update_value(|all| all.push(SendWrapper::new((table, name, closure))));
        };
        listen("pointerover", Box::new(move |event| this.pointer_over(&event)));
        listen("pointerleave", Box::new(move |_| this.leave()));
        listen("scroll", Box::new(move |_| this.follow()));
        listen("keydown", Box::new(move |event| this.key(&event)));
        listen("focusin", Box::new(move |event| this.focus_in(&event)));
        listen("focusout", Box::new(move |_| this.hide()));
        // What was under the mouse while this was on its way.
        if let Ok(Some(cell)) = table.query_selector(&format!("{CELL}:hover")) {
            this.show(cell);
        }
    });
    on_cleanup(move || {
        for (table, name, closure) in
            listeners.try_update_value(std::mem::take).unwrap_or_default().into_iter().map(SendWrapper::take)
        {
            let _ = table.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
    });
    view! {
        <button
            type="button"
            class="icon-button cell-copy"
            node_ref=this.button
            tabindex="-1"
            hidden
            aria-label=words.copy_cell
            title=words.copy_cell
            data-done=move || this.done.get().then_some("")
            on:click=move |_| this.copy()
        >
            {move || view! { <Glyph icon=if this.done.get() { Icon::Check } else { Icon::Copy } /> }}
        </button>
        <span class="visually-hidden" role="status">{this.said}</span>
    }
    .into_any()
}

impl Copying {
    fn pointer_over(self, event: &Event) {
        // A finger marks text by itself.
        if event.dyn_ref::<PointerEvent>().is_none_or(|event| event.pointer_type() != "mouse") {
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if target.closest(".cell-copy").is_ok_and(|button| button.is_some()) {
            return;
        }
        match target.closest(CELL) {
            Ok(Some(cell)) => self.show(cell),
            _ => self.hide(),
        }
    }

    /// The mouse has gone; a cell that has the keyboard keeps its button.
    fn leave(self) {
        match self.focused() {
            Some(cell) => self.show(cell.into()),
            None => self.hide(),
        }
    }

    fn focus_in(self, event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(cell) = target.filter(|target| target.matches(CELL).unwrap_or(false)) {
            self.show(cell);
        }
    }

    /// The table scrolls: the button goes with a cell that has the keyboard.
    fn follow(self) {
        match self.focused() {
            Some(cell) => self.show(cell.into()),
            None => self.hide(),
        }
    }

    /// Arrow keys walk from cell to cell once the table has the keyboard; Enter copies, as Ctrl+C does; Escape leaves.
    fn key(self, event: &Event) {
        let (Some(event), Some(table)) = (event.dyn_ref::<KeyboardEvent>(), self.table.get_untracked()) else { return };
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
        let key = event.key();
        let Some(cell) = self.focused() else {
            let on_table = event.target().is_some_and(|target| target == *table.as_ref());
            if on_table && plain && (key == "ArrowDown" || key == "ArrowUp") {
                self.enter(event, key == "ArrowUp");
            }
            return;
        };
        let to = match key.as_str() {
            "Enter" if plain => {
                event.prevent_default();
                self.copy();
                return;
            }
            "c" | "C" if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !is_marked() => {
                event.prevent_default();
                self.copy();
                return;
            }
            "Escape" => {
                event.prevent_default();
                let _ = table.focus();
                return;
            }
            _ if !plain => return,
            "ArrowLeft" => cell.previous_element_sibling(),
            "ArrowRight" => cell.next_element_sibling(),
            "Home" => cell.parent_element().and_then(|row| row.first_element_child()),
            "End" => cell
                .parent_element()
                .and_then(|row| row.query_selector("td:nth-last-child(1 of :not(.actions))").ok().flatten()),
            "ArrowUp" | "ArrowDown" => beside(&cell, key == "ArrowUp"),
            _ => return,
        };
        event.prevent_default();
        focus_cell(to);
    }

    fn enter(self, event: &KeyboardEvent, from_below: bool) {
        let Some(table) = self.table.get_untracked() else { return };
        let row = if from_below { "last-child" } else { "first-child" };
        let cell = table.query_selector(&format!("tbody tr:{row} td:not(.actions)")).ok().flatten();
        if cell.is_some() {
            event.prevent_default();
            focus_cell(cell);
        }
    }

    fn focused(self) -> Option<HtmlElement> {
        let active = document().active_element()?;
        let table = self.table.get_untracked()?;
        (active.matches(CELL).ok()? && table.contains(Some(&active))).then(|| active.dyn_into().ok()).flatten()
    }

    /// The button goes to that cell, if there is anything in it.
    fn show(self, cell: Element) {
        let (Some(button), Some(table)) = (self.button.get_untracked(), self.table.get_untracked()) else { return };
        let Ok(cell) = cell.dyn_into::<HtmlElement>() else { return };
        if text_of(&cell).is_empty() {
            self.hide();
            return;
        }
        let place = cell.get_bounding_client_rect();
        let around = table.get_bounding_client_rect();
        // What stands still at the end of a row covers what scrolls below it.
        let actions = cell.parent_element().and_then(|row| row.query_selector(".actions").ok().flatten());
        let end = actions.map_or(around.right(), |actions| actions.get_bounding_client_rect().left());
        // Half over the next cell's edge: what stands in this one can still be read.
        let left = (place.right() - SIDE / 2.0).min(end - SIDE - 2.0);
        let top = place.top() + (place.height().min(40.0) - SIDE) / 2.0;
        let out = left < around.left() || top < around.top() || top + SIDE > around.bottom();
        if out || left < place.left() {
            self.hide();
            return;
        }
        let button: HtmlElement = button.into();
        let style = button.style();
        let _ = style.set_property("left", &format!("{left}px"));
        let _ = style.set_property("top", &format!("{top}px"));
        button.set_hidden(false);
        self.done.set(false);
        self.cell.set_value(Some(SendWrapper::new(cell)));
    }

    fn hide(self) {
        if let Some(button) = self.button.get_untracked() {
            button.set_hidden(true);
        }
        self.cell.try_set_value(None);
    }

    fn copy(self) {
        let cell = self.focused().or_else(|| self.cell.with_value(|cell| cell.as_ref().map(|cell| (**cell).clone())));
        let Some(text) = cell.filter(|cell| cell.is_connected()).map(|cell| text_of(&cell)) else { return };
        let words = &use_words().later().comforts;
        spawn_local(async move {
            if !browser::copy(&text).await {
                self.toasts.bad(words.not_copied.to_owned());
                return;
            }
            self.done.try_set(true);
            self.said.try_set((words.copied)(&text));
            set_timeout(
                move || {
                    self.done.try_set(false);
                    self.said.try_set(String::new());
                },
                DONE_FOR,
            );
        });
    }
}

/// A name without its marks; else all that is shown.
fn text_of(cell: &HtmlElement) -> String {
    let named = cell.query_selector(".name").ok().flatten().and_then(|name| name.dyn_into::<HtmlElement>().ok());
    named.unwrap_or_else(|| cell.clone()).inner_text().trim().to_owned()
}

/// The cell above or below.
fn beside(cell: &Element, above: bool) -> Option<Element> {
    let row = cell.parent_element()?;
    let cells = row.query_selector_all("td").ok()?;
    let at = (0..cells.length()).find(|at| cells.item(*at).is_some_and(|other| other.is_same_node(Some(cell))))?;
    let next = if above { row.previous_element_sibling() } else { row.next_element_sibling() };
    next?.query_selector_all("td").ok()?.item(at)?.dyn_into().ok()
}

fn focus_cell(cell: Option<Element>) {
    let cell =
        cell.filter(|cell| cell.matches(CELL).unwrap_or(false)).and_then(|cell| cell.dyn_into::<HtmlElement>().ok());
    if let Some(cell) = cell {
        // Only what has a place in some order can be given the keyboard; it stays out of the order of Tab.
        let _ = cell.set_attribute("tabindex", "-1");
        let _ = cell.focus();
    }
}

/// Whether somebody has marked text: Ctrl+C is for that then.
fn is_marked() -> bool {
    let marked = || {
        let ask = browser::function(&window(), "getSelection")?;
        browser::get(&ask.call0(&window()).ok()?, "isCollapsed")?.as_bool()
    };
    marked() == Some(false)
}

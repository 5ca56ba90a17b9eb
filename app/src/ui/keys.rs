//! Single keys that do what a button does: `/` searches, `n` is New, `e` and `t` are a row's, `?` shows them all. They can be
//! turned off (WCAG 2.2, 2.1.4), and mean nothing where something is typed, in windows and in menus.

use super::browser::function;
use js_sys::{Array, Object, Reflect};
use leptos::{
    ev::KeyboardEvent,
    prelude::{document, window},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// What a key presses carries it in the attribute `data-key`; a field that has one gets the keyboard.
const PRESSED: [&str; 2] = ["/", "n"];
/// What a row's own listener understands.
const OF_A_ROW: [&str; 2] = ["e", "t"];

const ROW: &str = "tr[data-id]";
const CONTROL: &str = ":is(a[href], button, input):enabled, a[href]";
const BOX: &str = "input[type=checkbox]";
/// On the page's root, where they are off.
const OFF: &str = "data-shortcuts";

/// Hears every key of the page from now on. Called once.
pub fn listen(show_all: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        // With Ctrl it is no single key, and leads to where they are turned on again.
        let asks = event.key() == "/" && event.ctrl_key() && !event.alt_key();
        if asks || (event.key() == "?" && is_command(&event)) {
            if document().query_selector("dialog:modal").is_ok_and(|open| open.is_none()) {
                event.prevent_default();
                show_all();
            }
        } else if hear(&event) {
            event.prevent_default();
        }
    });
    let _ = document().add_event_listener_with_callback("keydown", closure.as_ref().unchecked_ref());
    closure.forget();
}

pub fn are_on() -> bool {
    document().document_element().is_none_or(|root| !root.has_attribute(OFF))
}

/// Whether a key was meant as a command: alone, and not as a letter of a text.
pub fn is_command(event: &KeyboardEvent) -> bool {
    let modified = (event.ctrl_key() || event.meta_key() || event.alt_key()) && !event.get_modifier_state("AltGraph");
    !(modified
        || event.default_prevented()
        || event.is_composing()
        || event.repeat()
        || is_typing(event)
        || is_elsewhere())
        && are_on()
}

/// Up and Down walk from row to row, and stay on what they were on: its box, Edit, or the menu.
pub fn walk_rows(event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => Element::next_element_sibling as fn(&Element) -> Option<Element>,
        "ArrowUp" => Element::previous_element_sibling,
        _ => return,
    };
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    // A cell that has the keyboard walks by itself.
    let Some(control) = target(event).filter(|_| !modified && !event.default_prevented()) else { return };
    let Some(row) = control.closest(ROW).ok().flatten() else { return };
    let Some(at) = controls(&row).iter().position(|one| **one == control) else { return };
    event.prevent_default();
    if let Some(next) = step(&row).and_then(|row| controls(&row).into_iter().nth(at)) {
        let _ = next.focus();
    }
}

fn hear(event: &KeyboardEvent) -> bool {
    let key = event.key();
    if key == "ArrowDown" {
        return from_search_to_rows(event);
    }
    if !is_command(event) {
        return false;
    }
    if PRESSED.contains(&key.as_str()) {
        press(&key)
    } else if OF_A_ROW.contains(&key.as_str()) {
        hand_to_row(&key)
    } else {
        false
    }
}

fn press(key: &str) -> bool {
    let found = document().query_selector(&format!("[data-key='{key}']")).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return false };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let _ = input.focus();
        input.select();
    } else {
        element.click();
    }
    true
}

/// The row that is pointed at, or the only one, hears the key. With several, the first one gets the keyboard, and the next key
/// is its own.
fn hand_to_row(key: &str) -> bool {
    let rows = document().query_selector_all(ROW).map(|rows| rows.length()).unwrap_or_default();
    let pointed = document().query_selector("tr[data-id]:hover").ok().flatten();
    let meant = pointed.is_some() || rows == 1;
    let Some(row) = pointed.or_else(first_row) else { return false };
    let Some(control) = first_control(&row) else { return false };
    let _ = control.focus();
    if let Some(event) = pressed(key).filter(|_| meant) {
        let _ = control.dispatch_event(&event);
    }
    true
}

/// By name: the bindings' own dictionary for it would have the whole framework compiled with another feature.
fn pressed(key: &str) -> Option<Event> {
    let init = Object::new();
    for (name, value) in [("key", JsValue::from_str(key)), ("bubbles", JsValue::TRUE), ("cancelable", JsValue::TRUE)] {
        Reflect::set(&init, &name.into(), &value).ok()?;
    }
    let constructor = function(&window(), "KeyboardEvent")?;
    Reflect::construct(&constructor, &Array::of2(&"keydown".into(), &init)).ok()?.dyn_into().ok()
}

fn from_search_to_rows(event: &KeyboardEvent) -> bool {
    let field = target(event).and_then(|target| target.closest("[role=search] input").ok().flatten());
    let control = field.and_then(|_| first_control(&first_row()?));
    control.is_some_and(|control| control.focus().is_ok())
}

fn first_row() -> Option<Element> {
    document().query_selector(ROW).ok().flatten()
}

/// What one comes to a row for: not the box that it is chosen with.
fn first_control(row: &Element) -> Option<HtmlElement> {
    controls(row).into_iter().find(|control| !control.matches(BOX).unwrap_or(false))
}

fn controls(row: &Element) -> Vec<HtmlElement> {
    let Ok(found) = row.query_selector_all(CONTROL) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn is_typing(event: &KeyboardEvent) -> bool {
    const FIELDS: &str = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
    target(event).is_some_and(|target| target.closest(FIELDS).is_ok_and(|field| field.is_some()))
}

/// In a window or a menu keys have other meanings.
fn is_elsewhere() -> bool {
    document().query_selector("dialog:modal, .menu:popover-open").is_ok_and(|open| open.is_some())
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

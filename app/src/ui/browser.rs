//! The few things that are asked of the browser directly. Called from effects and event handlers only.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The element that has the keyboard, if it stands inside another.
pub fn focused_inside(outer: &Element) -> Option<HtmlElement> {
    let active = document().active_element()?;
    outer.contains(Some(&active)).then(|| active.dyn_into().ok()).flatten()
}

/// Gives the keyboard to the first element that a selector finds; for a group, to what is chosen in it.
pub fn focus(selector: &str) -> bool {
    let Ok(Some(found)) = document().query_selector(selector) else { return false };
    let inner = if found.tag_name() == "FIELDSET" {
        found.query_selector("input:checked, input").ok().flatten().unwrap_or(found)
    } else {
        found
    };
    inner.dyn_into::<HtmlElement>().is_ok_and(|element| element.focus().is_ok())
}

/// The same once what has just changed is on the page.
pub fn focus_soon(selector: &'static str) {
    request_animation_frame(move || {
        focus(selector);
    });
}

/// A choice kept in this browser.
pub fn stored(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Keeps a choice in this browser; where storage is off, it lasts as long as the page.
pub fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Sets or removes an attribute of the page's root.
pub fn set_root(name: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

//! The few things that are asked of the browser directly. Called from effects and event handlers only.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement};

/// The element that has the keyboard, if it stands inside another.
pub fn focused_inside(outer: &Element) -> Option<HtmlElement> {
    let active = document().active_element()?;
    outer.contains(Some(&active)).then(|| active.dyn_into().ok()).flatten()
}

/// Gives the keyboard to the first element that a selector finds; for a group, to what is chosen in it.
pub fn focus(selector: &str) -> bool {
    let Ok(Some(found)) = document().query_selector(selector) else { return false };
    let inner = if found.tag_name() == "FIELDSET" {
        let chosen = |selector: &str| found.query_selector(selector).ok().flatten();
        chosen("input:checked").or_else(|| chosen("input")).unwrap_or(found)
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

/// Scrolls to what a selector finds once it is on the page; the keyboard stays where it is.
pub fn show_soon(selector: &'static str) {
    request_animation_frame(move || {
        if let Ok(Some(found)) = document().query_selector(selector) {
            found.scroll_into_view_with_bool(true);
        }
    });
}

/// Gives the keyboard to an element if nothing has it, once what has just changed is on the page.
pub fn focus_if_lost(element: Option<Element>) {
    request_animation_frame(move || {
        if let Some(element) = element.filter(|_| is_focus_lost()).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// The same for the first selector that finds something by then; nothing scrolls for it.
pub fn focus_if_lost_on(selectors: &'static [&'static str]) {
    request_animation_frame(move || {
        if is_focus_lost() {
            selectors.iter().any(|selector| focus_where_it_is(selector));
        }
    });
}

fn focus_where_it_is(selector: &str) -> bool {
    let Ok(Some(found)) = document().query_selector(selector) else { return false };
    let still = Object::new();
    let _ = Reflect::set(&still, &JsValue::from_str("preventScroll"), &JsValue::TRUE);
    function(&found, "focus").is_some_and(|focus| focus.call1(&found, &still).is_ok())
}

fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// What a browser may have by that name.
pub fn get(from: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(from, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

pub fn function(from: &JsValue, name: &str) -> Option<Function> {
    get(from, name)?.dyn_into().ok()
}

/// Whether the entry before this one in the history is that address, and this document's; `false` where a browser doesn't tell.
pub fn came_from(to: &str) -> bool {
    entry_before().is_some_and(|before| {
        let url = window().location().origin().ok().map(|origin| origin + to);
        let is_here = get(&before, "sameDocument").is_some_and(|same| same.is_truthy());
        is_here && url.is_some() && get(&before, "url").and_then(|url| url.as_string()) == url
    })
}

/// From the Navigation API (HTML, section 7.2.6), which not every browser has.
fn entry_before() -> Option<JsValue> {
    let navigation = get(&window(), "navigation")?;
    let here = get(&get(&navigation, "currentEntry")?, "index")?.as_f64()?;
    let entries = function(&navigation, "entries")?;
    let before = Reflect::get(&entries.call0(&navigation).ok()?, &JsValue::from_f64(here - 1.0)).ok()?;
    before.is_object().then_some(before)
}

/// A step back in the history.
pub fn back() {
    if let Ok(history) = window().history() {
        let _ = history.back();
    }
}

/// The time zone that the browser is set to, by its IANA name, and the day that it is there.
pub fn zone_and_day() -> Option<(String, String)> {
    let format = js_sys::Intl::DateTimeFormat::default();
    let zone = get(&format.resolved_options(), "timeZone")?.as_string()?;
    let now = js_sys::Date::new_0();
    Some((zone, format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())))
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

/// The program has stopped: shows the notice that says so, and lets go of windows so that what was typed can still be copied.
pub fn show_crash() {
    let Some(notice) = document().get_element_by_id("crash") else { return };
    let _ = notice.remove_attribute("hidden");
    let Ok(open) = document().query_selector_all("dialog:modal") else { return };
    for dialog in (0..open.length()).filter_map(|at| open.item(at)?.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
        dialog.show();
    }
}

/// Marks the text of an input, so that it can be copied by hand.
pub fn select(id: &str) {
    if let Some(input) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        let _ = input.focus();
        input.select();
    }
}

/// Puts a text where it can be pasted from; `false` where the browser does not allow that (without https, for one).
pub async fn copy(text: &str) -> bool {
    let write = || {
        let clipboard = get(&get(window().as_ref(), "navigator")?, "clipboard")?;
        let write = function(&clipboard, "writeText")?;
        write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into::<js_sys::Promise>().ok()
    };
    match write() {
        Some(writing) => wasm_bindgen_futures::JsFuture::from(writing).await.is_ok(),
        None => false,
    }
}

/// Whether another document holds this one.
pub fn is_framed() -> bool {
    window().parent().ok().flatten().is_some_and(|parent| parent != window())
}

/// The origin of the document that holds this one, as far as the browser tells it.
pub fn embedder() -> Option<String> {
    let ancestors: Option<web_sys::DomStringList> = get(&window().location(), "ancestorOrigins")?.dyn_into().ok();
    ancestors.and_then(|all| all.item(0)).or_else(|| {
        let referrer = document().referrer();
        web_sys::Url::new(&referrer).ok().map(|url| url.origin())
    })
}

pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// For who waits for the program: from now on it hears what is clicked.
pub fn tell_running() {
    if let Ok(runs) = Event::new("postroom-runs") {
        let _ = window().dispatch_event(&runs);
    }
}

/// Lets so much time pass.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(promise).await;
}

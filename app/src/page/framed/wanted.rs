//! Downloads and prints from a frame: with the session in the body of a form, since a link carries none; or a word to the
//! portal about what its sandbox forbids.

use crate::{api::client, mount::mount, portal};
use domain::portal::{ToPortal, Wanted};
use leptos::{ev, prelude::*};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement};

thread_local! {
    /// What the frame's sandbox allows; nothing where there is none, or nobody has said.
    static SANDBOX: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

pub fn allowed(sandbox: Option<Vec<String>>) {
    SANDBOX.with_borrow_mut(|known| *known = sandbox);
}

/// Looks at each click before the page does.
pub fn watch() -> WindowListenerHandle {
    window_event_listener(ev::click, |event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|target| target.closest("a[href*='/reports/']").ok().flatten());
        let Some(address) = link.and_then(|link| link.get_attribute("href")) else { return };
        let what = if address.contains("/print") { Wanted::Print } else { Wanted::Csv };
        let missing = missing(what);
        if !missing.is_empty() {
            event.prevent_default();
            portal::tell(ToPortal::Blocked { what, missing, page: page() });
        } else if client::session().is_some() {
            event.prevent_default();
            submit(&address, what);
        }
    })
}

fn missing(what: Wanted) -> Vec<String> {
    SANDBOX.with_borrow(|sandbox| {
        let Some(allowed) = sandbox else { return Vec::new() };
        let lacks = |one: &&&str| !allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(one));
        what.permissions().iter().filter(lacks).map(|one| (*one).to_owned()).collect()
    })
}

fn page() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    format!("{}{search}", mount().inside(&path).unwrap_or_default())
}

/// The form is there for as long as it takes to send it.
fn submit(address: &str, what: Wanted) {
    let Some(session) = client::session() else { return };
    let make = |name: &str| document().create_element(name).ok();
    let Some((form, field)) = make("form").zip(make("input")) else { return };
    let set = |element: &Element, pairs: &[(&str, &str)]| {
        for (name, value) in pairs {
            let _ = element.set_attribute(name, value);
        }
    };
    let target = if what == Wanted::Print { "_blank" } else { "_self" };
    set(&form, &[("method", "post"), ("action", address), ("target", target), ("rel", "noopener"), ("hidden", "")]);
    set(&field, &[("type", "hidden"), ("name", "session"), ("value", session.expose())]);
    let Some(form) = form.dyn_ref::<HtmlFormElement>() else { return };
    if let Some(body) = document().body()
        && form.append_child(&field).is_ok()
        && body.append_child(form).is_ok()
    {
        let _ = form.submit();
        form.remove();
    }
}

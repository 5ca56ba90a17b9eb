//! Downloads and prints from a frame, where a link carries no session: each click on one is looked at, and handed on; or the
//! portal is told what its sandbox forbids.

use super::{exchange::need, handing};
use crate::{api::client, locales::use_words, mount::mount, portal, ui::toast::Toasts};
use domain::portal::{ToPortal, TokenReason, Wanted};
use leptos::{ev, prelude::*, task::spawn_local};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::Element;

thread_local! {
    /// What the frame's sandbox allows; nothing where there is none, or nobody has said.
    static SANDBOX: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

pub fn allowed(sandbox: Option<Vec<String>>) {
    SANDBOX.with_borrow_mut(|known| *known = sandbox);
}

/// Looks at each click before the page does.
pub fn watch(toasts: Toasts) -> WindowListenerHandle {
    window_event_listener(ev::click, move |event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|target| target.closest("a[href*='/reports/']").ok().flatten());
        let Some(address) = link.and_then(|link| link.get_attribute("href")) else { return };
        let what = if address.contains("/print") { Wanted::Print } else { Wanted::Csv };
        let missing = missing(what);
        if !missing.is_empty() {
            event.prevent_default();
            portal::tell(ToPortal::Blocked { what, missing, page: page() });
            return;
        }
        match client::session() {
            Some(_) => {
                event.prevent_default();
                spawn_local(handing::hand(what, address, toasts));
            }
            None if client::had_session() => {
                event.prevent_default();
                toasts.bad(use_words().framed().ended.to_owned());
                need(TokenReason::Ended, None);
            }
            // A proxy says of each request who it is from, of a link's too.
            None => {}
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

//! Asks before unsaved changes are left behind: by Back, by a link, by closing the tab.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BeforeUnloadEvent, Element, Event};

/// What was about to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// The browser's Back or Forward.
    History,
    /// A click on a link to this address.
    Link(String),
}

/// While `dirty`, stops what would leave the page and hands it to `ask`.
pub fn use_leave_guard(dirty: Signal<bool>, ask: Callback<Leaving>) {
    Effect::new(move |_| {
        let is_dirty = move || dirty.try_get_untracked().unwrap_or_default();
        let here = window().location().href().unwrap_or_default();
        listen("beforeunload", move |event| {
            if is_dirty() {
                event.prevent_default();
                event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("unsaved");
            }
        });
        listen("popstate", move |event| {
            if is_dirty() {
                event.stop_immediate_propagation();
                if let Ok(history) = window().history() {
                    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&here));
                }
                ask.run(Leaving::History);
            }
        });
        listen("click", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
            let Some(href) = link.and_then(|link| link.get_attribute("href")).filter(|_| is_dirty()) else { return };
            event.prevent_default();
            event.stop_immediate_propagation();
            ask.run(Leaving::Link(href));
        });
    });
}

/// Listens before everybody else does, until the owner is gone.
fn listen(name: &'static str, handler: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(handler);
    let _ = window().add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    let kept = StoredValue::new_local(closure);
    on_cleanup(move || {
        kept.try_with_value(|closure| {
            let _ = window().remove_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
        });
    });
}

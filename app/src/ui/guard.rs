//! Asks before unsaved changes are left behind: by Back, by a link, by closing the tab.

use crate::portal;
use domain::portal::ToPortal;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
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

/// Something that may hold unsaved changes; handles that are copied freely.
#[derive(Clone, Copy)]
struct Guard {
    dirty: Signal<bool>,
    ask: Callback<Leaving>,
    /// Where one is, noted when the first change was made: once Back was pressed, the address bar says otherwise.
    here: StoredValue<String>,
}

thread_local! {
    static GUARDS: RefCell<Vec<(u32, Guard)>> = const { RefCell::new(Vec::new()) };
    /// What the portal around us heard last.
    static TOLD: Cell<bool> = const { Cell::new(false) };
}

/// Listens to Back before the router does. A window's listeners are called in the order in which they came, whatever
/// they ask for, so this has to be called before the router exists.
pub fn watch_history() {
    let closure = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let Some(guard) = holding() else { return };
        event.stop_immediate_propagation();
        let here = guard.here.try_get_value();
        if let (Ok(history), Some(here)) = (window().history(), here) {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&here));
        }
        guard.ask.try_run(Leaving::History);
    });
    let _ = window().add_event_listener_with_callback("popstate", closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Asks the last one that holds something unsaved; `false` where none does.
pub fn ask_first(leaving: Leaving) -> bool {
    let holding = holding();
    if let Some(guard) = holding {
        guard.ask.try_run(leaving);
    }
    holding.is_some()
}

/// Whether something unsaved would be lost.
pub fn is_held() -> bool {
    holding().is_some()
}

fn holding() -> Option<Guard> {
    GUARDS.with_borrow(|guards| guards.iter().rev().find(|(_, guard)| guard.is_dirty()).map(|(_, guard)| *guard))
}

/// Tells the portal around us, if there is one, whether anything is unsaved.
fn tell_portal() {
    let dirty = GUARDS.with_borrow(|guards| guards.iter().any(|(_, guard)| guard.is_dirty()));
    if TOLD.replace(dirty) != dirty {
        portal::tell(ToPortal::Dirty { dirty });
    }
}

/// While `dirty`, stops what would leave the page and hands it to `ask`.
pub fn use_leave_guard(dirty: Signal<bool>, ask: Callback<Leaving>) {
    let guard = Guard { dirty, ask, here: StoredValue::new(String::new()) };
    Effect::new(move |_| {
        if dirty.get() {
            guard.here.set_value(window().location().href().unwrap_or_default());
        }
        tell_portal();
    });
    Effect::new(move |_| {
        let id = GUARDS.with_borrow_mut(|guards| {
            let id = guards.last().map_or(0, |(id, _)| id + 1);
            guards.push((id, guard));
            id
        });
        on_cleanup(move || {
            GUARDS.with_borrow_mut(|guards| guards.retain(|(other, _)| *other != id));
            tell_portal();
        });
        listen("beforeunload", move |event| {
            if guard.is_dirty() {
                event.prevent_default();
                event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("unsaved");
            }
        });
        listen("click", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
            let Some(href) = link.and_then(|link| link.get_attribute("href")).filter(|_| guard.is_dirty()) else {
                return;
            };
            event.prevent_default();
            event.stop_immediate_propagation();
            guard.ask.try_run(Leaving::Link(href));
        });
    });
}

impl Guard {
    fn is_dirty(self) -> bool {
        self.dirty.try_get_untracked().unwrap_or_default()
    }
}

/// Listens before the elements inside do, until the owner is gone. Called in the browser only.
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

//! Menus: what a button opens. Native popovers; arrow keys walk, Escape and a click elsewhere close.

use super::{
    browser::{by_id, focused_inside},
    icon::{Glyph, Icon},
};
use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// What an entry does.
#[derive(Clone)]
pub enum Doing {
    /// Opens an address: as it is written in the page, and what a click does.
    Open(String, Callback<()>),
    Run(Callback<()>),
}

#[derive(Clone)]
pub struct Entry {
    pub label: &'static str,
    pub icon: Icon,
    pub doing: Doing,
    pub danger: bool,
    /// The key that does the same while the row has the keyboard; empty for none.
    pub key: &'static str,
}

impl Entry {
    pub fn new(label: &'static str, icon: Icon, doing: Doing) -> Self {
        Self { label, icon, doing, danger: false, key: "" }
    }

    /// One that does something at once.
    pub fn run_by(label: &'static str, icon: Icon, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self::new(label, icon, Doing::Run(Callback::new(move |()| run())))
    }

    /// One that takes something away.
    pub fn taking(label: &'static str, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self { danger: true, ..Self::run_by(label, Icon::Trash, run) }
    }

    /// As a click on it.
    pub fn run(&self) {
        match &self.doing {
            Doing::Open(_, run) | Doing::Run(run) => run.run(()),
        }
    }
}

/// The entries of a menu; each closes it. `menu` is the popover's id.
pub fn entries(menu: &'static str, all: Vec<Entry>) -> AnyView {
    all.into_iter().map(|entry| entry_view(menu, entry)).collect_view().into_any()
}

fn entry_view(menu: &'static str, entry: Entry) -> AnyView {
    let variant = if entry.danger { "danger" } else { "" };
    let inner = view! {
        <Glyph icon=entry.icon />
        <span>{entry.label}</span>
    };
    match entry.doing {
        Doing::Open(href, go) => {
            let click = move |event: leptos::ev::MouseEvent| {
                if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                    event.prevent_default();
                    close(menu);
                    go.run(());
                }
            };
            view! { <a role="menuitem" class="menu-item" tabindex="-1" href=href on:click=click>{inner}</a> }.into_any()
        }
        Doing::Run(run) => {
            let click = move |_| {
                close(menu);
                run.run(());
            };
            view! {
                <button type="button" role="menuitem" class="menu-item" tabindex="-1" data-variant=variant on:click=click>
                    {inner}
                </button>
            }
            .into_any()
        }
    }
}

/// Up, Down, Home and End walk through the entries of the menu they are pressed in.
pub fn walk(event: KeyboardEvent) {
    let Some(menu) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(items) = menu.query_selector_all("[role^=menuitem]") else { return };
    let count = items.length();
    let active = document().active_element().map(web_sys::Node::from);
    let at = (0..count).find(|index| items.item(*index) == active);
    let next = match (event.key().as_str(), at) {
        ("ArrowDown", Some(at)) => (at + 1) % count.max(1),
        ("ArrowUp", Some(at)) => (at + count - 1) % count.max(1),
        ("ArrowDown" | "Home", _) => 0,
        ("ArrowUp" | "End", _) => count.saturating_sub(1),
        ("Tab", _) => {
            hide(&menu);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = items.item(next).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

/// Opens a popover beside the button that asks for it.
pub fn open_beside(menu: &HtmlElement, button: &Element) {
    place_beside(menu, button);
    let _ = menu.show_popover();
    if let Ok(Some(first)) = menu.query_selector("[role^=menuitem]")
        && let Ok(first) = first.dyn_into::<HtmlElement>()
    {
        let _ = first.focus();
    }
}

/// As a popover opens that its button names: it goes beside that.
pub fn place(event: Event) {
    let menu = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let Some(menu) = menu else { return };
    if let Ok(Some(button)) = document().query_selector(&format!("[popovertarget={}]", menu.id())) {
        place_beside(&menu, &button);
    }
}

/// As a popover has opened: the keyboard goes to its first entry, if it is not there already.
pub fn focus_first(event: Event) {
    let menu = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let Some(menu) = menu.filter(|menu| menu.matches(":popover-open").unwrap_or(false)) else { return };
    let first = menu.query_selector("[role^=menuitem]").ok().flatten().and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(first) = first.filter(|_| focused_inside(&menu).is_none()) {
        let _ = first.focus();
    }
}

/// Below, or above where there is no room.
fn place_beside(menu: &HtmlElement, button: &Element) {
    let place = button.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let width = document().document_element().map_or(0.0, |root| f64::from(root.client_width()));
    let style = menu.style();
    let px = |value: f64| format!("{value}px");
    let _ = style.set_property("right", &px((width - place.right()).max(4.0)));
    if place.bottom() + 240.0 > height && place.top() > 240.0 {
        let _ = style.set_property("bottom", &px(height - place.top() + 4.0));
        let _ = style.set_property("top", "auto");
        let _ = style.set_property("--room", &px(place.top() - 12.0));
    } else {
        let _ = style.set_property("top", &px(place.bottom() + 4.0));
        let _ = style.set_property("--room", &px(height - place.bottom() - 12.0));
        let _ = style.set_property("bottom", "auto");
    }
}

/// Whether a menu is open, by its id.
pub fn is_open(menu: &str) -> bool {
    by_id(menu).is_some_and(|menu| menu.matches(":popover-open").unwrap_or(false))
}

/// Closes a menu by its id.
pub fn close(menu: &str) {
    if let Some(menu) = document().get_element_by_id(menu) {
        hide(&menu);
    }
}

fn hide(menu: &Element) {
    if let Some(menu) = menu.dyn_ref::<HtmlElement>() {
        let _ = menu.hide_popover();
    }
}

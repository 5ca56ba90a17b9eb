//! How high the content is, told to a portal whose frame follows it; and which part of the frame is in sight, told by the portal.

use crate::{portal, ui::browser};
use domain::portal::ToPortal;
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit, ResizeObserver};

thread_local! {
    static TOLD: Cell<u32> = const { Cell::new(0) };
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Around a window, in CSS pixels.
const MARGIN: i32 = 16;

/// Measures whenever something may have changed, once before each frame that is drawn.
pub fn watch() {
    let soon = Closure::<dyn Fn()>::new(measure_soon);
    let callback: &js_sys::Function = soon.as_ref().unchecked_ref();
    if let (Ok(sizes), Some(content)) = (ResizeObserver::new(callback), browser::by_id("content")) {
        sizes.observe(&content);
    }
    if let (Ok(changes), Some(body)) = (MutationObserver::new(callback), document().body()) {
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        what.set_character_data(true);
        what.set_attribute_filter(&js_sys::Array::of2(&JsValue::from_str("open"), &JsValue::from_str("hidden")));
        let _ = changes.observe_with_options(&body, &what);
    }
    // For as long as the document is there.
    soon.forget();
}

fn measure_soon() {
    if !WAITING.replace(true) {
        request_animation_frame(|| {
            WAITING.set(false);
            measure();
        });
    }
}

/// Tells the height if the frame is to follow it and it is another than before.
pub fn measure() {
    let root = document().document_element();
    let follows = root.and_then(|root| root.get_attribute("data-height")).is_some_and(|height| height == "auto");
    let Some(content) = browser::by_id("content").filter(|_| follows) else { return };
    // A part of a pixel is a pixel: less of it, and what is inside could be scrolled.
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    let height = content.get_bounding_client_rect().height().ceil() as i32;
    let height = u32::try_from(height.max(windows_height())).unwrap_or_default();
    if TOLD.replace(height) != height {
        portal::tell(ToPortal::Height { height });
    }
}

/// What an open window would need to show all it has. Not what it has got: that follows from the answer.
fn windows_height() -> i32 {
    let Ok(open) = document().query_selector_all("dialog:modal, .menu:popover-open") else { return 0 };
    let needs = |window: HtmlElement| {
        let hidden = window
            .query_selector(".window-body")
            .ok()
            .flatten()
            .map_or(0, |body| body.scroll_height() - body.client_height());
        window.offset_height() + hidden + 2 * MARGIN
    };
    (0..open.length()).filter_map(|at| open.item(at)?.dyn_into().ok()).map(needs).max().unwrap_or_default()
}

/// Windows and short messages are placed in the part that is in sight.
pub fn show(top: f64, height: f64) {
    let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    let px = |value: f64| format!("{}px", if value.is_finite() { value.clamp(0.0, 100_000.0) } else { 0.0 });
    let _ = root.style().set_property("--sight-top", &px(top));
    let _ = root.style().set_property("--sight-height", &px(height));
}

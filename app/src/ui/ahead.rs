//! Fetches the windows' code when somebody begins to use the page, so that the first window opens without a wait.
//!
//! Only into the browser's cache: a failure here is nobody's trouble, it shows where the code is needed.

use leptos::{
    ev::Event,
    prelude::{document, set_timeout, window},
    task::spawn_local,
};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// What somebody does first is answered first.
const PAUSE: Duration = Duration::from_millis(500);

/// The document names the files here, parted by spaces.
const NAMES: &str = "meta[name=postroom-later]";

pub fn fetch_on_first_use() {
    let done = Rc::new(Cell::new(false));
    let closure = Closure::<dyn Fn(Event)>::new(move |_| {
        if !done.replace(true) {
            set_timeout(fetch_all, PAUSE);
        }
    });
    for event in ["pointermove", "pointerdown", "keydown"] {
        let _ = document().add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

fn fetch_all() {
    let meta = document().query_selector(NAMES).ok().flatten();
    let names = meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
    spawn_local(async move {
        // One after another: what somebody asks for meanwhile comes first.
        for name in names.split_whitespace() {
            let answer = JsFuture::from(window().fetch_with_str(name)).await;
            let body = answer.ok().and_then(|answer| answer.dyn_into::<Response>().ok()?.array_buffer().ok());
            if let Some(body) = body {
                let _ = JsFuture::from(body).await;
            }
        }
    });
}

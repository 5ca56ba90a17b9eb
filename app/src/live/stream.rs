//! One connection to `/events`, read as it comes. Not the browser's own `EventSource`, which can't show a portal's session.

use super::link::sleep;
use crate::{api::client, mount::beside};
use futures::future::{Either, select};
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, RequestInit, Response};

/// The server says something at least every 15 seconds: where nothing comes for so long, nothing will.
const SILENCE_MS: i32 = 40_000;

/// What the server says before it ends a stream whose session is over.
pub const OVER: &str = "event: over";

/// Reads until the stream ends or breaks. Each line of the stream is handed over; the first of them says that it is there.
pub async fn listen(known: &str, abort: &AbortController, mut on_line: impl FnMut(&str)) -> Result<(), JsValue> {
    let response = ask(known, abort).await?;
    if matches!(response.status(), 401 | 403) {
        on_line(OVER);
    }
    if !response.ok() {
        return Ok(());
    }
    let body = response.body().ok_or(JsValue::UNDEFINED)?;
    let reader = body.get_reader().unchecked_into::<ReadableStreamDefaultReader>();
    let mut rest = Vec::new();
    loop {
        let read = match select(pin!(JsFuture::from(reader.read())), pin!(sleep(SILENCE_MS))).await {
            Either::Left((read, _)) => read?,
            Either::Right(_) => {
                abort.abort();
                return Ok(());
            }
        };
        if Reflect::get(&read, &JsValue::from_str("done"))?.is_truthy() {
            return Ok(());
        }
        rest.extend(Uint8Array::new(&Reflect::get(&read, &JsValue::from_str("value"))?).to_vec());
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = rest.drain(..=end).collect();
            on_line(String::from_utf8_lossy(&line).trim_end());
        }
    }
}

async fn ask(known: &str, abort: &AbortController) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "text/event-stream")?;
    if !known.is_empty() {
        headers.set("last-event-id", known)?;
    }
    for (name, value) in client::headers() {
        headers.set(name, &value)?;
    }
    let init = RequestInit::new();
    init.set_headers(&headers);
    init.set_signal(Some(&abort.signal()));
    JsFuture::from(window().fetch_with_str_and_init(&beside("/events"), &init)).await?.dyn_into()
}

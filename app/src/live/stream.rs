//! One connection to `/events`, read as it comes. Not the browser's own `EventSource`, which can't show a portal's session.

use crate::{
    api::{
        fetch::fetch,
        lines::{Lines, next_chunk, reader},
    },
    mount::beside,
    ui::browser::sleep,
};
use futures::future::{Either, select};
use std::pin::pin;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

/// The server says something at least every 15 seconds: where nothing comes for so long, nothing will.
const SILENCE_MS: i32 = 40_000;

/// What the server says before it ends a stream whose session is over.
pub const OVER: &str = "event: over";

/// Reads until the stream ends or breaks. Each line of the stream is handed over; the first of them says that it is there.
pub async fn listen(known: &str, abort: &AbortController, mut on_line: impl FnMut(&str)) -> Result<(), JsValue> {
    let headers = [("accept", "text/event-stream"), ("last-event-id", known)];
    let headers = if known.is_empty() { &headers[..1] } else { &headers };
    let response = fetch(&beside("/events"), headers, None, Some(abort)).await?;
    if matches!(response.status(), 401 | 403) {
        on_line(OVER);
    }
    if !response.ok() {
        return Ok(());
    }
    let reader = reader(&response).ok_or(JsValue::UNDEFINED)?;
    let mut lines = Lines::default();
    loop {
        let chunk = match select(pin!(next_chunk(&reader)), pin!(sleep(SILENCE_MS))).await {
            Either::Left((chunk, _)) => chunk?,
            Either::Right(_) => {
                abort.abort();
                return Ok(());
            }
        };
        let Some(chunk) = chunk else { return Ok(()) };
        for line in lines.push(&chunk) {
            on_line(String::from_utf8_lossy(&line).trim_end());
        }
    }
}

//! Asks the server for what is no server function: rows, files, streams. With the headers that every request of ours carries.

use super::client;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

/// `headers` come beside ours. With a body it is a `POST`; `abort` ends it, and the answer while it is read.
pub async fn fetch(
    address: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
    abort: Option<&AbortController>,
) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    let all = Headers::new()?;
    for (name, value) in headers {
        all.set(name, value)?;
    }
    for (name, value) in client::headers() {
        all.set(name, &value)?;
    }
    init.set_headers(&all);
    if let Some(body) = body {
        init.set_method("POST");
        init.set_body(&JsValue::from_str(body));
    }
    if let Some(abort) = abort {
        init.set_signal(Some(&abort.signal()));
    }
    JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()
}

//! What somebody likes, told to the server: it keeps that and renders the next page so.

use super::{Answer, ApiFailure, client, problem::failure_of};
use crate::mount::beside;
use domain::{Failure, taste::Choice};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// The page looks like that already.
pub async fn taste_choose(choice: Choice) -> Answer<()> {
    let response = ask(choice).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
    if response.ok() { Ok(()) } else { Err(ApiFailure(failure_of(&response).await)) }
}

async fn ask(choice: Choice) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in client::headers() {
        headers.set(name, &value)?;
    }
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(&format!("{}={}", choice.name(), choice.code())));
    JsFuture::from(window().fetch_with_str_and_init(&beside("/taste"), &init)).await?.dyn_into()
}

//! A refusal as the browser reads it: problem+json (RFC 9457) with the failure beside its usual members.

use super::ApiFailure;
use domain::Failure;
use js_sys::{JSON, Reflect};
use leptos::server_fn::error::FromServerFnError as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why an answer is none; what can't be read is named by its status.
pub async fn failure_of(response: &Response) -> Failure {
    let status = response.status().to_string();
    let unreadable = || Failure::Internal { reference: status };
    let Ok(text) = response.text() else { return unreadable() };
    let Some(text) = JsFuture::from(text).await.ok().and_then(|text| text.as_string()) else { return unreadable() };
    let problem = JSON::parse(&text).ok();
    let failure = problem.and_then(|problem| Reflect::get(&problem, &JsValue::from_str("failure")).ok());
    // A proxy's refusal is another's JSON, and has none.
    let failure = failure.filter(|failure| failure.is_object() || failure.is_string());
    match failure.and_then(|failure| JSON::stringify(&failure).ok()) {
        // By the code that reads what server functions refuse: it is there already.
        Some(json) => ApiFailure::de(String::from(json).into()).0,
        None => unreadable(),
    }
}

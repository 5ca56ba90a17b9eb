//! A whole report, for filtering in the browser.

use super::{Answer, ApiFailure, client, problem::failure_of};
use crate::mount::beside;
use domain::{
    Failure,
    report::{HELD_ROWS_MAX, Held, ReportName},
};
use js_sys::Uint8Array;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

const NO_CONTENT: u16 = 204;

/// All rows; `None` where there are more than `most`, or too many to hold.
pub async fn report_held(report: ReportName, most: u64) -> Answer<Option<Held>> {
    let response = ask(report, most).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
    if response.status() == NO_CONTENT {
        return Ok(None);
    }
    if !response.ok() {
        return Err(ApiFailure(failure_of(&response).await));
    }
    let bytes = bytes(&response).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
    // A server of another version: the page that it writes brings what reads it.
    let unreadable = |_| ApiFailure(Failure::Internal { reference: "rows".to_owned() });
    Held::decode(report.spec(), &bytes).map(Some).map_err(unreadable)
}

async fn ask(report: ReportName, most: u64) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in client::headers() {
        headers.set(name, &value)?;
    }
    let init = RequestInit::new();
    init.set_headers(&headers);
    let most = if most < HELD_ROWS_MAX { format!("?most={most}") } else { String::new() };
    let address = beside(&format!("/reports/{}.rows{most}", report.code()));
    JsFuture::from(window().fetch_with_str_and_init(&address, &init)).await?.dyn_into()
}

async fn bytes(response: &Response) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

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
const NOT_MODIFIED: u16 = 304;

/// What there was to fetch.
pub enum Fetched {
    /// All rows, and their revision.
    Rows(Box<Held>, String),
    /// They are of the revision that was known.
    Unchanged,
    /// More than were asked for, or than can be held.
    TooMany,
}

/// All rows of a report where there are no more than `most`, and where they are not of the revision that is known.
pub async fn report_held(report: ReportName, most: u64, known: &str) -> Answer<Fetched> {
    let response = ask(report, most, known).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
    match response.status() {
        NO_CONTENT => return Ok(Fetched::TooMany),
        NOT_MODIFIED => return Ok(Fetched::Unchanged),
        _ if response.ok() => {}
        _ => return Err(ApiFailure(failure_of(&response).await)),
    }
    let tag = response.headers().get("etag").ok().flatten().unwrap_or_default();
    let revision = tag.trim_start_matches("W/").trim_matches('"').to_owned();
    let bytes = bytes(&response).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
    // A server of another version: the page that it writes brings what reads it.
    let unreadable = |_| ApiFailure(Failure::Internal { reference: "rows".to_owned() });
    let held = Held::decode(report.spec(), &bytes).map_err(unreadable)?;
    Ok(Fetched::Rows(Box::new(held), revision))
}

async fn ask(report: ReportName, most: u64, known: &str) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    if !known.is_empty() {
        headers.set("if-none-match", &format!("W/\"{known}\""))?;
    }
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

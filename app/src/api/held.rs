//! A whole report, for filtering in the browser.

use super::{Answer, ApiFailure, fetch::fetch, problem::failure_of};
use crate::mount::beside;
use domain::{
    Failure,
    report::{HELD_ROWS_MAX, Held, ReportName},
};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// What of the rows has changed.
const CHANGES: &str = "application/vnd.postroom.changed-rows";

const NO_CONTENT: u16 = 204;
const NOT_MODIFIED: u16 = 304;

/// What there was to fetch.
pub enum Fetched {
    /// All rows, and their revision.
    Rows(Box<Held>, String),
    /// What has changed since the revision that was known, for [`Held::change`], and the revision now.
    Changes(Vec<u8>, String),
    /// They are of the revision that was known.
    Unchanged,
    /// More than were asked for, or than can be held.
    TooMany,
}

/// All rows of a report where there are no more than `most`; of a revision that is known, what has changed since.
pub async fn report_held(report: ReportName, most: u64, known: &str) -> Answer<Fetched> {
    let response = ask(report, most, known).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
    match response.status() {
        NO_CONTENT => return Ok(Fetched::TooMany),
        NOT_MODIFIED => return Ok(Fetched::Unchanged),
        _ if response.ok() => {}
        _ => return Err(ApiFailure(failure_of(&response).await)),
    }
    let header = |name| response.headers().get(name).ok().flatten().unwrap_or_default();
    let tag: String = header("etag");
    let revision = tag.trim_start_matches("W/").trim_matches('"').to_owned();
    let bytes = bytes(&response).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
    if header("content-type") == CHANGES {
        return Ok(Fetched::Changes(bytes, revision));
    }
    // A server of another version: the page that it writes brings what reads it.
    let unreadable = |_| ApiFailure(Failure::Internal { reference: "rows".to_owned() });
    let held = Held::decode(report.spec(), &bytes).map_err(unreadable)?;
    Ok(Fetched::Rows(Box::new(held), revision))
}

/// Where they are.
pub fn address(report: ReportName, most: u64) -> String {
    let most = if most < HELD_ROWS_MAX { format!("?most={most}") } else { String::new() };
    beside(&format!("/reports/{}.rows{most}", report.code()))
}

async fn ask(report: ReportName, most: u64, known: &str) -> Result<Response, JsValue> {
    let tag = format!("W/\"{known}\"");
    let tagged = [("if-none-match", tag.as_str())];
    let all = address(report, most);
    if known.is_empty() {
        return fetch(&all, &[], None, None).await;
    }
    let glue = if all.contains('?') { '&' } else { '?' };
    fetch(&format!("{all}{glue}changes"), &tagged, None, None).await
}

async fn bytes(response: &Response) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

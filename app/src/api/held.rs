//! A whole report, for filtering in the browser.

use super::{Answer, ApiFailure, fetch::fetch, problem::failure_of};
use crate::{mount::beside, ui::browser::sleep};
use domain::{
    Failure,
    report::{Decoder, HELD_CHANGES, HELD_ROWS_MAX, Held, ReportName, ReportSpec, Unreadable},
};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Read at once, so many bytes would keep a frame waiting.
const MANY: usize = 2 << 20;

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

/// All rows of a report where there are no more than `most`, and where they are not of the revision that is known; or, for those
/// who can take in `changes`, what has changed since.
pub async fn report_held(report: ReportName, most: u64, known: &str, changes: bool) -> Answer<Fetched> {
    let response = ask(report, most, known, changes).await.map_err(|_| ApiFailure(Failure::Unreachable))?;
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
    if header("content-type") == HELD_CHANGES {
        return Ok(Fetched::Changes(bytes, revision));
    }
    // A server of another version: the page that it writes brings what reads it.
    let unreadable = |_| ApiFailure(Failure::Internal { reference: "rows".to_owned() });
    let held = decoded(report.spec(), bytes).await.map_err(unreadable)?;
    Ok(Fetched::Rows(Box::new(held), revision))
}

/// Of many rows, so that somebody who types meanwhile is answered in between.
async fn decoded(spec: &'static ReportSpec, bytes: Vec<u8>) -> Result<Held, Unreadable> {
    let many = bytes.len() > MANY;
    let mut decoder = Decoder::new(spec, bytes)?;
    while decoder.go_on()? {
        if many {
            sleep(0).await;
        }
    }
    decoder.finish()
}

/// Where they are.
pub fn address(report: ReportName, most: u64) -> String {
    let most = if most < HELD_ROWS_MAX { format!("?most={most}") } else { String::new() };
    beside(&format!("/reports/{}.rows{most}", report.code()))
}

async fn ask(report: ReportName, most: u64, known: &str, changes: bool) -> Result<Response, JsValue> {
    let tag = format!("W/\"{known}\"");
    let tagged = [("if-none-match", tag.as_str())];
    let mut address = address(report, most);
    if changes {
        address.push_str(if address.contains('?') { "&changes" } else { "?changes" });
    }
    let headers = if known.is_empty() { &[][..] } else { &tagged };
    fetch(&address, headers, None, None).await
}

async fn bytes(response: &Response) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

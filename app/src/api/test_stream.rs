//! The browser's half of a running test: one JSON object a line, read as bytes, so that no character is cut in two.

use super::{client, problem::failure_of};
use crate::mount::beside;
use domain::{
    AccountId, Failure,
    account::AccountDraft,
    session_test::{TestDraft, TestEvent},
};
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

/// What is tested: a stored account, or values not saved yet (of a stored account, where it has an id).
#[derive(Debug, Clone, PartialEq)]
pub enum TestTarget {
    Saved(AccountId),
    Unsaved { id: Option<AccountId>, draft: Box<AccountDraft> },
}

/// The body of a test on values not saved.
#[derive(Serialize)]
struct UnsavedTest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<AccountId>,
    #[serde(flatten)]
    account: &'a AccountDraft,
    #[serde(flatten)]
    test: &'a TestDraft,
}

/// Runs a test and hands over each event as it arrives. Ends when the stream does; aborting ends the SMTP session.
pub async fn run(
    target: &TestTarget,
    test: &TestDraft,
    abort: &AbortController,
    mut on_event: impl FnMut(TestEvent),
) -> Result<(), Failure> {
    let (path, body) = match target {
        TestTarget::Saved(id) => (format!("/api/v1/accounts/{id}/test"), serde_json::to_string(test)),
        TestTarget::Unsaved { id, draft } => {
            ("/api/v1/test".to_owned(), serde_json::to_string(&UnsavedTest { account_id: *id, account: draft, test }))
        }
    };
    let body = body.map_err(|_| Failure::Unreachable)?;
    let mut on_line = |line: &[u8]| {
        if let Ok(event) = serde_json::from_slice(line) {
            on_event(event);
        }
    };
    lines(&path, &body, abort, &mut on_line).await
}

/// Asks for something that is told line by line, and hands over each line as it arrives. Ends when the stream does.
pub async fn lines(
    path: &str,
    body: &str,
    abort: &AbortController,
    on_line: &mut dyn FnMut(&[u8]),
) -> Result<(), Failure> {
    let response = post(path, body, abort).await.map_err(|_| Failure::Unreachable)?;
    if !response.ok() {
        return Err(failure_of(&response).await);
    }
    let reader = response
        .body()
        .map(|stream| stream.get_reader().unchecked_into::<ReadableStreamDefaultReader>())
        .ok_or(Failure::Unreachable)?;
    let mut lines = Lines::default();
    while let Some(chunk) = next_chunk(&reader).await.map_err(|_| Failure::Unreachable)? {
        for line in lines.push(&chunk) {
            on_line(&line);
        }
    }
    Ok(())
}

async fn post(path: &str, body: &str, abort: &AbortController) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    init.set_signal(Some(&abort.signal()));
    let headers = web_sys::Headers::new()?;
    headers.set("content-type", "application/json")?;
    headers.set("accept", "application/x-ndjson")?;
    for (name, value) in client::headers() {
        headers.set(name, &value)?;
    }
    init.set_headers(&headers);
    JsFuture::from(window().fetch_with_str_and_init(&beside(path), &init)).await?.dyn_into()
}

async fn next_chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let result = JsFuture::from(reader.read()).await?;
    if Reflect::get(&result, &JsValue::from_str("done"))?.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(&result, &JsValue::from_str("value"))?;
    Ok(Some(Uint8Array::new(&value).to_vec()))
}

/// Bytes in, whole lines out.
#[derive(Default)]
struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    fn push(&mut self, chunk: &[u8]) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for byte in chunk {
            if *byte == b'\n' {
                lines.push(std::mem::take(&mut self.rest));
            } else {
                self.rest.push(*byte);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cut_anywhere_is_whole_again() {
        let text = "{\"a\":\"é\"}\n{\"b\":2}\nrest".as_bytes();
        for cut in 0..text.len() {
            let mut lines = Lines::default();
            let mut got = lines.push(&text[..cut]);
            got.extend(lines.push(&text[cut..]));
            assert_eq!(got, [b"{\"a\":\"\xc3\xa9\"}".to_vec(), b"{\"b\":2}".to_vec()]);
        }
    }
}

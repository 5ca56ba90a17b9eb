//! The browser's half of a running test: one JSON object a line.

use super::{
    fetch::fetch,
    lines::{Lines, next_chunk, reader},
    problem::failure_of,
};
use crate::mount::beside;
use domain::{
    AccountId, Failure,
    account::AccountDraft,
    session_test::{TestDraft, TestEvent},
};
use serde::Serialize;
use web_sys::AbortController;

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
    let headers = [("content-type", "application/json"), ("accept", "application/x-ndjson")];
    let response = fetch(&beside(path), &headers, Some(body), Some(abort)).await.map_err(|_| Failure::Unreachable)?;
    if !response.ok() {
        return Err(failure_of(&response).await);
    }
    let reader = reader(&response).ok_or(Failure::Unreachable)?;
    let mut lines = Lines::default();
    while let Some(chunk) = next_chunk(&reader).await.map_err(|_| Failure::Unreachable)? {
        for line in lines.push(&chunk) {
            on_line(&line);
        }
    }
    Ok(())
}

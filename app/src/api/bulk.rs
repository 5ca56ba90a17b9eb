//! The browser's half of what is done to many rows: one JSON object a line.

use super::test_stream::lines;
use domain::{
    Failure,
    bulk::{BulkDraft, BulkEvent},
};
use web_sys::AbortController;

/// Does it, and hands over what is told as it arrives. Aborting stops it: what has not begun is not done.
pub async fn run(
    draft: &BulkDraft,
    abort: &AbortController,
    mut on_event: impl FnMut(BulkEvent),
) -> Result<(), Failure> {
    let body = serde_json::to_string(draft).map_err(|_| Failure::Unreachable)?;
    let mut on_line = |line: &[u8]| {
        if let Ok(event) = serde_json::from_slice(line) {
            on_event(event);
        }
    };
    lines("/api/ui/bulk", &body, abort, &mut on_line).await
}

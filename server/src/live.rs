//! `/events`: what changes, as server-sent events. Which report, and its new revision; never what is in it.
//!
//! Not compressed and not gathered. Ends with the session and with the server, and whoever comes back is told what they missed.

use crate::{problem::problem, router::AppState};
use app::api::ssr::Caller;
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Response, header},
};
use domain::Failure;
use futures::stream;
use service::{CancellationToken, Listening, Told};
use std::convert::Infallible;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Said at once: whoever listens knows then that nothing on the way waits for more. Tried again after a second.
const HELLO: &str = "retry: 1000\n: live\n\n";
const BEAT: &str = ": beat\n\n";
const OVER: &str = "event: over\ndata:\n\n";

pub async fn events(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response<Body> {
    let known = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    if is_foreign(&headers) {
        return problem(&Failure::Forbidden);
    }
    let Some(actor) = caller.0 else { return problem(&Failure::SignedOut) };
    let listening = match state.service.live_listen(&actor, known).await {
        Ok(listening) => listening,
        Err(failure) => return problem(&failure),
    };
    let events = Events { said_hello: false, listening, stopping: state.stopping };
    let events = stream::unfold(events, |mut events| async move { Some((events.next().await?, events)) });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Asked by a page that is not ours. Ours are told apart by `Sec-Fetch-Site`; where browsers don't send that, by an `Origin`,
/// which no page sends for reading from its own. (Fetch, section 3.2)
fn is_foreign(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site != "same-origin" && site != "none",
        None => headers.contains_key(header::ORIGIN),
    }
}

struct Events {
    said_hello: bool,
    listening: Listening,
    stopping: CancellationToken,
}

impl Events {
    async fn next(&mut self) -> Option<Result<Bytes, Infallible>> {
        if !self.said_hello {
            self.said_hello = true;
            return Some(Ok(Bytes::from_static(HELLO.as_bytes())));
        }
        let told = tokio::select! {
            () = self.stopping.cancelled() => return None,
            told = self.listening.next() => told?,
        };
        Some(Ok(match told {
            Told::Beat => Bytes::from_static(BEAT.as_bytes()),
            Told::Over => Bytes::from_static(OVER.as_bytes()),
            Told::Changed { changed, all } => format!("event: changed\nid: {all}\ndata: {changed}\n\n").into(),
        }))
    }
}

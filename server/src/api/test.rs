//! Running tests: the SMTP session's steps as they happen, one JSON object a line.
//!
//! Closing the connection ends the SMTP session. Nothing here is compressed or gathered: a line goes out when it is there.

use super::read;
use crate::{problem::problem, router::AppState};
use app::api::ssr::Caller;
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderValue, Response, header},
};
use domain::{
    AccountId, Failure,
    account::AccountDraft,
    session_test::{Heartbeat, TestDone, TestDraft, TestEvent},
};
use futures::stream;
use serde::{Deserialize, Serialize};
use service::{Actor, Events};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::{CancellationToken, DropGuard};

const HEARTBEAT: Duration = Duration::from_secs(5);

/// A test of a stored account.
pub async fn saved(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response<Body> {
    let Some((actor, _)) = caller.0 else { return problem(&Failure::SignedOut) };
    let Ok(id) = id.parse::<AccountId>() else { return problem(&Failure::NotFound) };
    let test = match read::<TestDraft>(&body) {
        Ok(test) => test,
        Err(failure) => return problem(&failure),
    };
    let service = state.service.clone();
    stream_of(&state, move |events, cancel| async move { service.account_test(&actor, id, test, events, cancel).await })
        .await
}

/// An account's fields with the test's beside them. `account_id` names the stored account that they are an edit of.
#[derive(Deserialize)]
struct Unsaved {
    #[serde(default)]
    account_id: Option<AccountId>,
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
}

/// A test of values that are not saved.
pub async fn unsaved(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Response<Body> {
    let Some((actor, _)) = caller.0 else { return problem(&Failure::SignedOut) };
    let (id, account, test) = match read_unsaved(&body) {
        Ok(parts) => parts,
        Err(failure) => return problem(&failure),
    };
    let service = state.service.clone();
    let run = move |events, cancel| async move { run_unsaved(service, actor, id, account, test, events, cancel).await };
    stream_of(&state, run).await
}

async fn run_unsaved(
    service: service::Service,
    actor: Actor,
    id: Option<AccountId>,
    account: AccountDraft,
    test: TestDraft,
    events: Events,
    cancel: CancellationToken,
) -> Result<TestDone, Failure> {
    service.draft_test(&actor, id, account, test, events, cancel).await
}

fn read_unsaved(body: &Bytes) -> Result<(Option<AccountId>, AccountDraft, TestDraft), Failure> {
    let mut all: Unsaved = read(body)?;
    let mut test = serde_json::Map::new();
    for key in ["to", "subject", "message", "mode"] {
        if let Some(value) = all.rest.remove(key) {
            test.insert(key.to_owned(), value);
        }
    }
    let part = |map| serde_json::to_vec(&serde_json::Value::Object(map)).unwrap_or_default().into();
    Ok((all.account_id, read(&part(all.rest))?, read(&part(test))?))
}

/// Starts the test; a refusal before its first event is an ordinary refusal, everything later is an event.
async fn stream_of<F>(state: &AppState, run: impl FnOnce(Events, CancellationToken) -> F) -> Response<Body>
where
    F: Future<Output = Result<TestDone, Failure>> + Send + 'static,
{
    let cancel = state.stopping.child_token();
    let (sender, mut receiver) = unbounded_channel();
    let events: Events = Arc::new(move |event: TestEvent| {
        let _ = sender.send(line(&event));
    });
    let guard = cancel.clone().drop_guard();
    let running = tokio::spawn(run(events, cancel));
    let Some(first) = receiver.recv().await else {
        return match running.await {
            Ok(Err(failure)) => problem(&failure),
            Ok(Ok(_)) | Err(_) => problem(&Failure::Internal { reference: "test".to_owned() }),
        };
    };
    let state = Live { first: Some(first), receiver, running, beats: 0, _guard: guard };
    let lines =
        stream::unfold(state, |mut live| async move { Some((Ok::<_, std::io::Error>(live.next().await?), live)) });
    let mut response = Response::new(Body::from_stream(lines));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// A test under way. Dropped with the connection, it ends the SMTP session.
struct Live {
    first: Option<Bytes>,
    receiver: UnboundedReceiver<Bytes>,
    running: JoinHandle<Result<TestDone, Failure>>,
    beats: u64,
    _guard: DropGuard,
}

impl Live {
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        match timeout(HEARTBEAT, self.receiver.recv()).await {
            Ok(Some(event)) => Some(event),
            Ok(None) => {
                // The result is in its last event already; what is left is to let the task end.
                let _ = (&mut self.running).await;
                None
            }
            Err(_) => {
                self.beats += 1;
                Some(line(&TestEvent::Beat(Heartbeat { heartbeat: self.beats })))
            }
        }
    }
}

fn line(event: &impl Serialize) -> Bytes {
    let mut text = serde_json::to_vec(event).unwrap_or_default();
    text.push(b'\n');
    text.into()
}

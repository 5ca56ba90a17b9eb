//! Running tests: the SMTP session's steps as they happen, one JSON object a line.
//!
//! Closing the connection ends the SMTP session. Nothing here is compressed or gathered: a line goes out when it is there.

use super::{
    accounts::follow_sender,
    auth::Asker,
    body::Body as JsonBody,
    fields::{ACCOUNT, ACCOUNT_OF_TEST, TEST, check},
    resource::{Id, read},
};
use crate::{problem::Problem, router::AppState};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, Response, header},
};
use domain::{
    AccountId, Action, Failure,
    account::AccountDraft,
    diagnosis::Diagnosis,
    session_test::{Heartbeat, TestDone, TestDraft, TestEvent},
};
use futures::stream;
use serde::Serialize;
use service::{Actor, Events};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::{CancellationToken, DropGuard};
use words::{Language, diagnosis::explain};

const HEARTBEAT: Duration = Duration::from_secs(5);

/// A test of a stored account.
pub async fn saved(
    State(state): State<AppState>,
    Asker(actor): Asker,
    Id(id): Id,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response<Body>, Problem> {
    may_test(&actor)?;
    let checked = check(TEST.iter(), body, None, &[]).map_err(|errors| Failure::Invalid { errors })?;
    let test: TestDraft = read(checked)?;
    let (service, id) = (state.service.clone(), AccountId(id));
    let run = move |events, cancel| async move { service.account_test(&actor, id, test, events, cancel).await };
    stream_of(&state, language(&headers), run).await
}

/// A test of values that are not saved: an account's fields with the test's beside them. `account_id` names the stored
/// account that they are an edit of.
pub async fn unsaved(
    State(state): State<AppState>,
    Asker(actor): Asker,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response<Body>, Problem> {
    may_test(&actor)?;
    let fields = ACCOUNT.iter().chain(TEST).chain(&[ACCOUNT_OF_TEST]);
    let mut rest = check(fields, body, None, &[]).map_err(|errors| Failure::Invalid { errors })?;
    let mut take = |name: &str| Some((name.to_owned(), rest.remove(name)?));
    let id: Option<AccountId> = take(ACCOUNT_OF_TEST.name).and_then(|(_, id)| id.as_i64()).map(AccountId);
    let test: TestDraft = read(TEST.iter().filter_map(|field| take(field.name)).collect())?;
    follow_sender(&mut rest);
    let account: AccountDraft = read(rest)?;
    let service = state.service.clone();
    let run = move |events, cancel| async move { service.draft_test(&actor, id, account, test, events, cancel).await };
    stream_of(&state, language(&headers), run).await
}

/// For the order of refusals alone; `service` decides.
fn may_test(actor: &Actor) -> Result<(), Problem> {
    if actor.role.may(Action::AccountsTest) { Ok(()) } else { Err(Failure::Forbidden.into()) }
}

/// Starts the test; a refusal before its first event is an ordinary refusal, everything later is an event.
async fn stream_of<F>(
    state: &AppState,
    language: Language,
    run: impl FnOnce(Events, CancellationToken) -> F,
) -> Result<Response<Body>, Problem>
where
    F: Future<Output = Result<TestDone, Failure>> + Send + 'static,
{
    let cancel = state.stopping.child_token();
    let (sender, mut receiver) = unbounded_channel();
    let events: Events = Arc::new(move |event: TestEvent| {
        let _ = sender.send(line(&explained(event, language)));
    });
    let guard = cancel.clone().drop_guard();
    let running = tokio::spawn(run(events, cancel));
    let Some(first) = receiver.recv().await else {
        return Err(match running.await {
            Ok(Err(failure)) => failure.into(),
            Ok(Ok(_)) | Err(_) => Failure::Internal { reference: "test".to_owned() }.into(),
        });
    };
    let state = Live { first: Some(first), receiver, running, beats: 0, _guard: guard };
    let lines =
        stream::unfold(state, |mut live| async move { Some((Ok::<_, std::io::Error>(live.next().await?), live)) });
    let mut response = Response::new(Body::from_stream(lines));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
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

/// What the asker reads: browsers and programs alike name it in Accept-Language.
fn language(headers: &HeaderMap) -> Language {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked.map_or(Language::English, Language::of_accept_language)
}

/// The last line says in words what its diagnosis says in codes.
fn explained(event: TestEvent, language: Language) -> TestEvent {
    match event {
        TestEvent::Done(TestDone { diagnosis: Some(diagnosis), step, outcome, ms, stage, reply }) => {
            let explanation = Some(explain(language, &diagnosis));
            let diagnosis = Some(Diagnosis { explanation, ..diagnosis });
            TestEvent::Done(TestDone { diagnosis, step, outcome, ms, stage, reply })
        }
        other => other,
    }
}

fn line(event: &impl Serialize) -> Bytes {
    let mut text = serde_json::to_vec(event).unwrap_or_default();
    text.push(b'\n');
    text.into()
}

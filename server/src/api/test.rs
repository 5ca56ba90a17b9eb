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
use crate::{
    lines::{self, line},
    problem::Problem,
    router::AppState,
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Response, header},
};
use domain::{
    AccountId, Action, Failure,
    account::AccountDraft,
    diagnosis::Diagnosis,
    session_test::{Heartbeat, TestDone, TestDraft, TestEvent},
};
use service::{Actor, Events};
use std::{future::Future, sync::Arc};
use tokio_util::sync::CancellationToken;
use words::{Language, diagnosis::explain};

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

async fn stream_of<F>(
    state: &AppState,
    language: Language,
    run: impl FnOnce(Events, CancellationToken) -> F,
) -> Result<Response<Body>, Problem>
where
    F: Future<Output = Result<TestDone, Failure>> + Send + 'static,
{
    let beat = |beats| line(&TestEvent::Beat(Heartbeat { heartbeat: beats }));
    let run = |tell: lines::Tell, cancel| {
        run(Arc::new(move |event: TestEvent| tell(line(&explained(event, language)))), cancel)
    };
    Ok(lines::respond(&state.stopping, beat, run).await?)
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

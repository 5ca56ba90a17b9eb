//! How an account sends: its limits, whether it is paused, what is wrong with it.

use super::{
    auth::Asker,
    body::Body as JsonBody,
    fields::{SENDING, check},
    messages::reason,
    resource::{Id, Outcome, answer, nothing, read},
};
use crate::router::AppState;
use axum::{extract::State, http::StatusCode};
use domain::{AccountId, Action, Failure, UnixMillis, message::Sending};
use serde_json::json;

/// What the server sets itself: it may be sent back as it was read.
const READ_ONLY: &[&str] = &["account_id", "paused", "reason", "halted_at", "failures", "retry_at"];

pub async fn get(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    Ok(shown(&state.service.account_sending_get(&actor, AccountId(id)).await?))
}

/// What is left out takes its default.
pub async fn replace(
    State(state): State<AppState>,
    Asker(actor): Asker,
    Id(id): Id,
    JsonBody(body): JsonBody,
) -> Outcome {
    // For the order of refusals alone; `service` decides.
    if !actor.role.may(Action::AccountsChange) {
        return Err(Failure::Forbidden.into());
    }
    let checked = check(SENDING.iter(), body, None, READ_ONLY).map_err(|errors| Failure::Invalid { errors })?;
    state.service.account_sending_update(&actor, AccountId(id), read(checked)?).await?;
    Ok(shown(&state.service.account_sending_get(&actor, AccountId(id)).await?))
}

pub async fn pause(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    state.service.account_sending_pause(&actor, AccountId(id)).await?;
    Ok(nothing())
}

pub async fn resume(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    state.service.account_sending_resume(&actor, AccountId(id)).await?;
    Ok(nothing())
}

fn shown(sending: &Sending) -> axum::response::Response {
    let body = json!({
        "account_id": sending.account_id,
        "connections": sending.limits.connections,
        "per_minute": sending.limits.per_minute,
        "failover_id": sending.limits.failover_id,
        "paused": sending.paused,
        "reason": sending.reason.as_ref().map(reason),
        "halted_at": sending.halted_at.map(UnixMillis::to_rfc3339),
        "failures": sending.failures,
        "retry_at": sending.retry_at.map(UnixMillis::to_rfc3339),
    });
    answer(StatusCode::OK, &body)
}

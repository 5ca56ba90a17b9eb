//! "Will it arrive?": an account's sender looked at, as one answer.

use super::{
    auth::Asker,
    body::Body as JsonBody,
    fields::{ARRIVAL, check as checked},
    resource::{Id, Outcome, answer, read},
};
use crate::router::AppState;
use axum::{extract::State, http::StatusCode};
use domain::{AccountId, Action, Failure};
use serde_json::json;

pub async fn check(
    State(state): State<AppState>,
    Asker(actor): Asker,
    Id(id): Id,
    JsonBody(body): JsonBody,
) -> Outcome {
    // For the order of refusals alone; `service` decides.
    if !actor.role.may(Action::AccountsTest) {
        return Err(Failure::Forbidden.into());
    }
    let draft = checked(ARRIVAL.iter(), body, None, &[]).map_err(|errors| Failure::Invalid { errors })?;
    let report = state.service.arrival_check(&actor, AccountId(id), read(draft)?).await?;
    Ok(answer(StatusCode::OK, &json!(report)))
}

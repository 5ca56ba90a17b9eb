//! Settings for an address, found by asking its domain; in an account's own fields, so that they can be sent back as one.

use super::{
    auth::Asker,
    body::Body as JsonBody,
    fields::{DISCOVER, check},
    resource::{Outcome, answer},
};
use crate::router::AppState;
use axum::{extract::State, http::StatusCode};
use domain::{
    Action, Failure,
    account::{Security, SecurityType},
    discovery::Found,
};
use serde_json::{Value, json};

pub async fn discover(State(state): State<AppState>, Asker(actor): Asker, JsonBody(body): JsonBody) -> Outcome {
    // For the order of refusals alone; `service` decides.
    if !actor.role.may(Action::AccountsChange) {
        return Err(Failure::Forbidden.into());
    }
    let checked = check(DISCOVER.iter(), body, None, &[]).map_err(|errors| Failure::Invalid { errors })?;
    let address = checked.get("address").and_then(Value::as_str).unwrap_or_default();
    let told = state.service.discover(&actor, address).await?;
    let found: Vec<_> = told.found.iter().map(shown).collect();
    Ok(answer(StatusCode::OK, &json!({ "found": found, "silent": told.silent })))
}

fn shown(found: &Found) -> Value {
    let settings = &found.settings;
    let security = settings.security.unwrap_or(Security::ImplicitTls);
    let kind = if security == Security::StartTls { SecurityType::Tls } else { SecurityType::Ssl };
    json!({
        "source": found.source,
        "host": settings.host,
        "port": settings.port,
        "secure": security != Security::None,
        "security_type": kind.code(),
        "authentication": settings.authentication,
        "user_name": found.user_name,
        "outside": found.outside,
    })
}

//! Single sign-on: the browser leaves for the provider and comes back with a code. What that is worth is decided in `service`.

use crate::{
    peer::ClientAddress,
    people::{arrived, cookie_of, failure_code, redirect, safe_next, set_cookie},
    router::AppState,
};
use axum::{
    Extension,
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, Response},
};
use domain::{Failure, report::encode_component as encode};
use serde::Deserialize;
use service::{OIDC_SECONDS, OidcReturn};
use std::fmt::Write as _;

pub const BEGIN: &str = "/sign-in/oidc";
/// Where the provider sends people back to.
pub const CALLBACK: &str = "/sign-in/oidc/callback";

#[derive(Default, Deserialize)]
pub struct BeginQuery {
    #[serde(default)]
    next: String,
}

pub async fn begin(
    State(state): State<AppState>,
    Extension(ClientAddress(origin)): Extension<ClientAddress>,
    query: Result<Query<BeginQuery>, QueryRejection>,
) -> Response<Body> {
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let next = safe_next(&query.next);
    match state.service.oidc_begin(next, &origin).await {
        Ok(begun) => {
            let mut response = redirect(&begun.location);
            set_cookie(&mut response, &state, cookie_name(&state), &begun.browser, OIDC_SECONDS);
            response
        }
        Err(failure) => back_to_sign_in(&failure, next),
    }
}

/// As it stands in the address. What else a provider adds, such as a session's state, is not ours.
#[derive(Default, Deserialize)]
pub struct CallbackQuery {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

pub async fn callback(
    State(state): State<AppState>,
    Extension(ClientAddress(origin)): Extension<ClientAddress>,
    headers: HeaderMap,
    query: Result<Query<CallbackQuery>, QueryRejection>,
) -> Response<Body> {
    // What can't be read, or says a thing twice, has no state that is known.
    let CallbackQuery { state: shown, code, error, iss } = query.map(|Query(query)| query).unwrap_or_default();
    let returned = OidcReturn { state: shown, code, error, issuer: iss };
    let browser = cookie_of(&headers, cookie_name(&state));
    let ended = state.service.oidc_finish(&returned, browser, &origin).await;
    let next = safe_next(&ended.next);
    match ended.result {
        Ok(token) => {
            let mut response = arrived(next, &state, &headers, &token).await;
            set_cookie(&mut response, &state, cookie_name(&state), "", 0);
            response
        }
        // The cookie may be another sign-in's, which can still end well.
        Err(failure) => back_to_sign_in(&failure, next),
    }
}

/// The page says why in words.
fn back_to_sign_in(failure: &Failure, next: &str) -> Response<Body> {
    let mut to = format!("/sign-in?error={}", failure_code(failure));
    if let Failure::TooMany { retry_after_s } = failure {
        let _ = write!(to, "&retry={retry_after_s}");
    }
    let _ = write!(to, "&next={}", encode(next));
    redirect(&to)
}

/// As the session's own cookie is named.
fn cookie_name(state: &AppState) -> &'static str {
    match (state.site.is_https(), state.site.base.is_empty()) {
        (true, true) => "__Host-postroom-oidc",
        (true, false) => "__Secure-postroom-oidc",
        (false, _) => "postroom-oidc",
    }
}

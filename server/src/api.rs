//! The HTTP API, `/api/v1`: JSON in, JSON or problem details out.

mod test;

use crate::router::AppState;
use axum::{Router, body::Bytes, routing::post};
use domain::Failure;
use serde::de::DeserializeOwned;

pub fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/accounts/{id}/test", post(test::saved)).route("/api/v1/test", post(test::unsaved))
}

/// A body as JSON, or a refusal that says where it can't be read, without quoting it.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        let mut errors = domain::FieldErrors::default();
        let place = domain::FieldError::new("", "json").with(error.line()).with(error.column());
        errors.0.push(place);
        Failure::Invalid { errors }
    })
}

//! One deed done to many rows (`POST /api/ui/bulk`): what becomes of each, one JSON object a line. Closing the connection stops
//! it; what had not begun is not done.

use crate::{
    lines::{self, line},
    problem::problem,
    router::AppState,
};
use app::api::ssr::Caller;
use axum::{
    Extension, Json,
    body::Body,
    extract::{State, rejection::JsonRejection},
    http::{Response, StatusCode},
    response::IntoResponse as _,
};
use domain::{
    Failure,
    bulk::{BulkDraft, BulkEvent},
};

pub async fn run(
    State(state): State<AppState>,
    Extension(Caller(actor)): Extension<Caller>,
    draft: Result<Json<BulkDraft>, JsonRejection>,
) -> Response<Body> {
    let Some(actor) = actor else { return problem(&Failure::SignedOut) };
    // Only our own page speaks here: what it can't have sent needs no words.
    let Ok(Json(draft)) = draft else { return StatusCode::BAD_REQUEST.into_response() };
    let service = state.service.clone();
    let run = move |tell: lines::Tell, cancel| async move {
        service.bulk_run(&actor, draft, std::sync::Arc::new(move |event| tell(line(&event))), cancel).await
    };
    match lines::respond(&state.stopping, |_| line(&BulkEvent::Beat), run).await {
        Ok(response) => response,
        Err(failure) => problem(&failure),
    }
}

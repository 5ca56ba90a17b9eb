//! The pages: rendered whole by the server, so that they can be read before any script runs, and without one.

use crate::{document::document, router::AppState};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Response, StatusCode},
    routing::get,
};
use leptos::prelude::provide_context;

/// One route for each page the application knows; all others are answered with its own "not found".
pub fn routes() -> Router<AppState> {
    let listed = leptos_axum::generate_route_list(app::App);
    let mut router = Router::new();
    let mut seen = std::collections::BTreeSet::new();
    for route in &listed {
        if seen.insert(route.path().to_owned()) {
            router = router.route(route.path(), get(page));
        }
    }
    router.fallback(missing)
}

async fn page(State(state): State<AppState>, request: Request) -> Response<Body> {
    let service = state.service;
    let render = leptos_axum::render_app_async_with_context(move || provide_context(service.clone()), document);
    render(request).await
}

async fn missing(state: State<AppState>, request: Request) -> Response<Body> {
    let mut response = page(state, request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

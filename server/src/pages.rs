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

/// The application answers at its own addresses; what it does not know is answered with its "not found".
pub fn routes() -> Router<AppState> {
    let listed = leptos_axum::generate_route_list(app::App);
    let mut router = Router::new();
    for route in listed.iter().filter(|route| !route.path().contains('{')) {
        router = router.route(route.path(), get(page));
    }
    router.route("/settings/{*place}", get(place)).fallback(missing)
}

async fn place(state: State<AppState>, request: Request) -> Response<Body> {
    if app::Place::of(request.uri().path()).is_some() {
        page(state, request).await
    } else {
        missing(state, request).await
    }
}

async fn page(State(state): State<AppState>, request: Request) -> Response<Body> {
    let service = state.service;
    let contexts = move || {
        provide_context(service.clone());
        provide_context(app::SingleSignOn(service.oidc_on()));
    };
    leptos_axum::render_app_async_with_context(contexts, document)(request).await
}

async fn missing(state: State<AppState>, request: Request) -> Response<Body> {
    let mut response = page(state, request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

//! All routes and layers, in one place and in order.

use crate::{
    api, assets,
    config::{Portal, Site},
    downloads, embed, mount, oidc, pages, people, security, theme,
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    http::{Response, StatusCode},
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use leptos::prelude::provide_context;
use service::Service;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    pub service: Service,
    pub site: Arc<Site>,
    /// Who may embed us, and which proxies are believed.
    pub portal: Arc<Portal>,
    /// Cancelled when the process is asked to stop.
    pub stopping: CancellationToken,
}

/// No form or draft is larger.
const MAX_BODY_BYTES: usize = 256 * 1024;

pub fn router(service: Service, site: Site, portal: Portal, stopping: CancellationToken) -> Router {
    let https = site.is_https();
    let state = AppState { service, site: Arc::new(site), portal: Arc::new(portal), stopping };
    let site = Arc::clone(&state.site);
    let identify = from_fn_with_state(state.clone(), people::identify);
    let api = api::routes().layer(identify.clone()).layer(from_fn(api::refuse_other_sites));
    let mut single_sign_on = Router::new();
    if state.service.oidc_on() {
        single_sign_on = single_sign_on.route(oidc::BEGIN, get(oidc::begin)).route(oidc::CALLBACK, get(oidc::callback));
    }
    let mut router = pages::routes()
        .layer(from_fn(people::require_sign_in))
        .route("/sign-in", post(people::sign_in))
        .route("/sign-out", post(people::sign_out))
        .route("/setup", post(people::setup))
        .route("/api/ui/{*function}", post(server_function))
        .merge(downloads::routes(state.clone()))
        .merge(single_sign_on)
        .merge(embed::routes())
        .layer(identify)
        .layer(from_fn(security::csrf))
        .nest("/api/v1", api)
        .route("/api/v1/", any(api::nothing))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .route("/pkg/{*name}", get(assets::package))
        .route("/favicon.svg", get(assets::favicon))
        .route("/embed.js", get(assets::element))
        .route("/embed.d.ts", get(assets::element))
        .route("/embed.schema.json", get(assets::element))
        .route("/theme.css", get(theme::css))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(security::headers));
    if https {
        router = router.layer(from_fn(security::https_only));
    }
    mount::below(&site.base, router.with_state(state))
}

async fn server_function(State(state): State<AppState>, request: Request) -> Response<Body> {
    use axum::response::IntoResponse as _;
    let service = state.service;
    leptos_axum::handle_server_fns_with_context(move || provide_context(service.clone()), request).await.into_response()
}

async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.service.ready().await {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer")
    }
}

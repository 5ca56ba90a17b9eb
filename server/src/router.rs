//! All routes and layers, in one place and in order.

use crate::{
    api, assets, bulk,
    config::{Portal, Site},
    csp, downloads, embed, language, live, mount, oidc, pages, people, problem, security, taste, theme,
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    http::{Extensions, HeaderMap, Response, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use domain::report::{HELD_CHANGES, HELD_ROWS};
use leptos::prelude::provide_context;
use service::Service;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, predicate::Predicate},
};

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
        .route("/language", post(language::choose))
        .route("/api/ui/bulk", post(bulk::run))
        .route("/taste", post(taste::choose))
        .route("/api/ui/{*function}", post(server_function))
        .route("/events", get(live::events))
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
        .merge(csp::routes())
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready));
    router = guarded(router.layer(packed()));
    if https {
        router = router.layer(from_fn(security::https_only));
    }
    mount::below(&site.base, router.with_state(state))
}

/// Pages and held reports go out compressed. What runs line by line does not, and files do not: who waits for them, waits
/// for a disk.
fn packed() -> CompressionLayer<impl Predicate> {
    let fits = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        kind.starts_with("text/html") || [HELD_ROWS, HELD_CHANGES].contains(&kind)
    };
    CompressionLayer::new().gzip(true).quality(CompressionLevel::Precise(4)).compress_when(fits)
}

/// Around everything: what panics is answered like any other failure of ours, and the headers are on that answer too.
fn guarded<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(CatchPanicLayer::custom(problem::panicked)).layer(from_fn(security::headers))
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

#[cfg(test)]
mod tests {
    use super::*;
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn w55_a_panic_is_a_problem_with_a_reference_and_the_process_lives() {
        const SECRET: &str = "geheim: what only the log may know";
        let routes = Router::new()
            .route(
                "/boom",
                get(|| async {
                    assert!(SECRET.is_empty(), "{SECRET}");
                }),
            )
            .route(
                "/poisoned",
                get(|| async {
                    if true {
                        std::panic::panic_any(7_u8)
                    }
                }),
            )
            .route("/fine", get(|| async { "fine" }));
        let app: Router = guarded(routes).with_state(());
        let get = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let response = app.clone().oneshot(request).await.expect("answers");
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
            (parts, String::from_utf8(body.to_vec()).expect("text"))
        };
        let mut references = std::collections::BTreeSet::new();
        for path in ["/boom", "/poisoned", "/boom"] {
            let (head, body) = get(path).await;
            assert_eq!(head.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert_eq!(head.headers[header::CONTENT_TYPE], "application/problem+json");
            assert!(head.headers.contains_key(header::CONTENT_SECURITY_POLICY), "{head:?}");
            assert_eq!(head.headers[header::CACHE_CONTROL], "no-store");
            assert!(!body.contains("geheim") && !body.contains("panic"), "{body}");
            let body: serde_json::Value = serde_json::from_str(&body).expect("json");
            let reference = body["failure"]["internal"]["reference"].as_str().expect("a reference").to_owned();
            assert!(references.insert(reference), "its own for each");
        }
        assert_eq!(get("/fine").await.1, "fine");
    }
}

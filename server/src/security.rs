//! Headers on every answer, and the refusal of requests that another site made a browser send.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
    middleware::Next,
};
use tower::{Layer as _, ServiceExt as _};
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// What a browser must know about everything that is not a page: it is data, and belongs in no frame.
const DATA_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // What a policy calls `report-to csp`.
    (HeaderName::from_static("reporting-endpoints"), "csp=\"/csp-reports\""),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Adds the headers; `no-store` to whatever did not say that it may be kept.
pub async fn headers(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DATA_POLICY));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Where people come over https only, browsers are told to remember it.
pub async fn https_only(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    let value = HeaderValue::from_static("max-age=31536000");
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, value);
    response
}

/// Lets a request through that a page of ours made, or no page at all; answers others with the refusal.
pub async fn own_site_only(
    request: Request,
    next: Next,
    refuse: impl FnMut() -> Response<Body> + Clone + Send + 'static,
) -> Response<Body> {
    let mut refuse = refuse;
    let layer = CsrfLayer::new().with_rejection_response(move |_: ProtectionError| refuse());
    match layer.layer(next).oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

/// For everything that people use in a browser.
pub async fn csrf(request: Request, next: Next) -> Response<Body> {
    own_site_only(request, next, || {
        let mut response = Response::new(Body::from("refused: the request came from another site"));
        *response.status_mut() = StatusCode::FORBIDDEN;
        response
    })
    .await
}

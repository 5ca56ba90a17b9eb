//! Refusals of the HTTP API as problem details (RFC 9457), with the failure beside the usual members.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use domain::Failure;
use serde_json::json;

pub fn problem(failure: &Failure) -> Response<Body> {
    let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = json!({
        "type": "about:blank",
        "title": title(failure),
        "status": status.as_u16(),
        "failure": failure,
    });
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Failure::TooMany { retry_after_s } = failure {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_s));
    }
    response
}

pub const fn title(failure: &Failure) -> &'static str {
    match failure {
        Failure::SignedOut => "Nobody is signed in",
        Failure::Forbidden => "The role does not allow this",
        Failure::NotFound => "There is no such thing",
        Failure::Invalid { .. } => "Some fields are wrong",
        Failure::Conflict { .. } => "Somebody else changed it meanwhile",
        Failure::Refused { .. } => "A rule forbids this",
        Failure::TooMany { .. } => "Too many requests",
        Failure::Internal { .. } => "Something went wrong here",
        Failure::Unreachable => "The server could not be reached",
    }
}

//! Where an embedded page exchanges its portal's token for a session, and ends it: `/api/ui/embed/…`. The session is shown
//! as a bearer token ever after; no cookie is set or looked at.

use crate::{peer::ClientAddress, problem::Problem, router::AppState};
use axum::{
    Extension, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
    routing::post,
};
use domain::Failure;
use serde::Deserialize;
use serde_json::json;
use service::PortalToken;

/// A token has 8 KB at most.
const MAX_BODY_BYTES: usize = 16 * 1024;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/ui/embed/session", post(begin).layer(DefaultBodyLimit::max(MAX_BODY_BYTES)))
        .route("/api/ui/embed/end", post(end))
}

/// What a request shows as the session of a portal.
#[derive(Debug, PartialEq, Eq)]
pub enum Shown {
    Nothing,
    Session(PortalToken),
    /// Something that is none, or more than one.
    Broken,
}

/// Of all that may be shown as `Authorization`, what begins like a portal's session.
pub fn session_of(headers: &HeaderMap) -> Shown {
    let mut shown = headers.get_all(header::AUTHORIZATION).iter().filter_map(|value| {
        let (scheme, rest) = value.as_bytes().split_at_checked(b"Bearer ".len())?;
        let rest = rest.trim_ascii();
        let ours = scheme.eq_ignore_ascii_case(b"Bearer ") && rest.starts_with(PortalToken::PREFIX.as_bytes());
        ours.then_some(rest)
    });
    let Some(first) = shown.next() else { return Shown::Nothing };
    let token = std::str::from_utf8(first).ok().and_then(PortalToken::parse);
    match token {
        Some(token) if shown.next().is_none() => Shown::Session(token),
        _ => Shown::Broken,
    }
}

#[derive(Deserialize)]
struct Handed {
    token: String,
    /// The origin that frames the page, by the browser's word to the page.
    origin: String,
}

async fn begin(
    State(state): State<AppState>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    if !is_json(&headers) {
        let detail = "The body is JSON: Content-Type: application/json.";
        return Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", "Not this media type", detail)
            .into_response();
    }
    let Ok(Handed { token, origin }) = serde_json::from_slice(&body) else {
        let detail = "The body is {\"token\": \"…\", \"origin\": \"https://…\"}.";
        return Problem::new(StatusCode::BAD_REQUEST, "body", "The body can't be read", detail).into_response();
    };
    let previous = match session_of(&headers) {
        Shown::Session(token) => Some(token),
        Shown::Nothing | Shown::Broken => None,
    };
    match state.service.portal_sign_in(&token, &origin, &address, previous.as_ref()).await {
        Ok(signed_in) => {
            let body = json!({
                "session": signed_in.session.as_str(),
                "expires_in_s": signed_in.expires_in_s,
                "name": signed_in.name,
                "role": signed_in.role,
            });
            let mut response = Response::new(Body::from(body.to_string()));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Err(failure @ Failure::Refused { .. }) => {
            Problem::from(failure).with_status(StatusCode::UNAUTHORIZED).into_response()
        }
        Err(failure) => Problem::from(failure).into_response(),
    }
}

async fn end(State(state): State<AppState>, headers: HeaderMap) -> Response<Body> {
    let Shown::Session(token) = session_of(&headers) else { return Problem::from(Failure::SignedOut).into_response() };
    match state.service.portal_sign_out(&token).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(failure) => Problem::from(failure).into_response(),
    }
}

/// A form or plain text is what another site can make a browser send without asking first.
fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_session_is_shown_or_none() {
        let token = format!("pfs_{}", "a".repeat(43));
        let session = || Shown::Session(PortalToken::parse(&token).expect("a token"));
        let check = |lines: &[&str], wanted: Shown| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::AUTHORIZATION, HeaderValue::from_str(line).expect("a value"));
            }
            assert_eq!(session_of(&headers), wanted, "{lines:?}");
        };
        let (bearer, other) = (format!("Bearer {token}"), format!("Bearer pfs_{}", "b".repeat(43)));
        check(&[], Shown::Nothing);
        check(&[&bearer], session());
        check(&["Basic xyz", &bearer], session());
        check(&[&format!("bearer  {token} ")], session());
        check(&[&token], Shown::Nothing);
        check(&["Bearer postroom_x"], Shown::Nothing);
        check(&["Bearer pfs_x"], Shown::Broken);
        check(&[&format!("{bearer}a")], Shown::Broken);
        check(&[&bearer, &other], Shown::Broken);
        check(&[&bearer, &bearer], Shown::Broken);
    }
}

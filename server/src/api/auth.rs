//! Who asks: a program with a token, or else a person with a session.

use crate::{problem::Problem, router::AppState, security};
use app::api::ssr::Caller;
use axum::{
    body::Body,
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{HeaderMap, Response, header, request::Parts},
    middleware::Next,
    response::IntoResponse,
};
use domain::Failure;
use service::{Actor, ApiToken};
use std::net::SocketAddr;

/// The actor of a request to the API.
pub struct Asker(pub Actor);

impl FromRequestParts<AppState> for Asker {
    type Rejection = Problem;

    /// A token that is shown counts alone: a wrong one is not made good by a cookie.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(shown) = bearer(&parts.headers) {
            let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            let origin = peer.map(|info| info.0.ip().to_string()).unwrap_or_default();
            let asked = state.service.token_actor(ApiToken::parse(shown).as_ref(), &origin).await;
            return asked.map(Self).map_err(Problem::of_token);
        }
        match parts.extensions.get::<Caller>() {
            Some(Caller(Some(actor))) => Ok(Self(actor.clone())),
            _ => Err(Failure::SignedOut.into()),
        }
    }
}

/// A browser adds a session's cookie by itself, also for another site; a token it does not. Other schemes than Bearer
/// belong to proxies in front of us.
pub async fn refuse_other_sites(request: Request, next: Next) -> Response<Body> {
    if bearer(request.headers()).is_some() {
        return next.run(request).await;
    }
    security::own_site_only(request, next, || Problem::from_another_site().into_response()).await
}

/// What is shown as a token, whatever it looks like; empty where it is no text.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(header::AUTHORIZATION).iter().find_map(|value| {
        let (scheme, rest) = value.as_bytes().split_at_checked(b"Bearer ".len())?;
        scheme.eq_ignore_ascii_case(b"Bearer ").then(|| std::str::from_utf8(rest).unwrap_or_default().trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_the_bearer_scheme_is_ours() {
        for (value, shown) in [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("BEARER abc", Some("abc")),
            ("Basic abc", None),
            ("Bearer", None),
            ("abc", None),
            ("Bearer é", Some("é")),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(header::AUTHORIZATION, HeaderValue::from_static("Basic xyz"));
            headers.append(header::AUTHORIZATION, HeaderValue::from_bytes(value.as_bytes()).expect("a header"));
            assert_eq!(bearer(&headers), shown, "{value}");
        }
    }
}

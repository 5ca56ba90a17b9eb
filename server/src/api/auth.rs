//! Who asks: a program with a token, a portal's page with its session, or else a person with a cookie or a proxy's word.

use crate::{
    embed::{Shown, session_of},
    peer::ClientAddress,
    problem::Problem,
    router::AppState,
    security,
};
use app::api::ssr::Caller;
use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    http::{HeaderMap, Response, header, request::Parts},
    middleware::Next,
    response::IntoResponse,
};
use domain::Failure;
use service::{Actor, ApiToken};

/// The actor of a request to the API.
pub struct Asker(pub Actor);

impl FromRequestParts<AppState> for Asker {
    type Rejection = Problem;

    /// A token that is shown counts alone: a wrong one is not made good by a cookie.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Caller>().and_then(|caller| caller.0.clone());
        // Whose session of a portal it is has been found out.
        if session_of(&parts.headers) != Shown::Nothing {
            return caller.map(Self).ok_or_else(|| Problem::of_token(Failure::SignedOut));
        }
        if let Some(shown) = bearer(&parts.headers) {
            let address = parts.extensions.get::<ClientAddress>().map_or("", |address| &address.0);
            let asked = state.service.token_actor(ApiToken::parse(shown).as_ref(), address).await;
            return asked.map(Self).map_err(Problem::of_token);
        }
        caller.map(Self).ok_or_else(|| Failure::SignedOut.into())
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

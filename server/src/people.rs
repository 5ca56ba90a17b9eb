//! Sessions, as cookies: who a request comes from, signing in and out, the first administrator.
//!
//! Plain forms, so that signing in works before any script has loaded, and without one.

use crate::{
    embed::{Shown, session_of},
    language,
    peer::{self, ClientAddress, Named},
    problem::{Problem, problem},
    router::AppState,
    taste,
};
use app::api::ssr::Caller;
use axum::{
    Extension, Form,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header},
    middleware::Next,
    response::IntoResponse,
};
use domain::{Failure, Secret, report::encode_component as encode};
use serde::Deserialize;
use service::{Actor, PortalKind, SessionToken};
use std::fmt::Write as _;

/// Absolute life of the cookie; the server ends sessions earlier by its own rules.
const COOKIE_SECONDS: u32 = 7 * 24 * 3600;

/// Finds out who asks and puts it into the request.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response<Body> {
    let (peer, headers) = (peer::peer_of(&request), request.headers());
    let address = peer::address_of(peer, headers, &state.portal);
    let named = peer::named_by_proxy(peer, headers, &state.portal);
    let framed = request.uri().path().starts_with("/embed/") || headers.contains_key("x-postroom-frame");
    let caller = match caller(&state, headers, named, &address, framed).await {
        Ok(caller) => caller,
        Err(refusal) => return *refusal,
    };
    let own = caller.as_ref().and_then(|actor| actor.language);
    let language = language::chosen(own, framed, request.uri(), request.headers());
    let tastes = taste::in_force(caller.as_ref(), framed, request.headers());
    let caller = caller.map(|actor| actor.reading(Some(language)).liking(tastes));
    request.extensions_mut().insert(language);
    request.extensions_mut().insert(tastes);
    request.extensions_mut().insert(Caller(caller));
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

/// A portal's session that is shown counts alone; then comes whom a proxy of ours names; then the cookie.
async fn caller(
    state: &AppState,
    headers: &HeaderMap,
    named: Named,
    address: &str,
    framed: bool,
) -> Result<Option<Actor>, Box<Response<Body>>> {
    let failed = |failure: Failure| Box::new(problem(&failure));
    let unclear = |why: &str| {
        tracing::warn!(address, why, "a proxy does not say clearly who a request is from");
        let detail = format!("The proxy does not say clearly who this is from: {why}.");
        Box::new(Problem::new(StatusCode::BAD_REQUEST, "proxy_header", "Unclear who asks", detail).into_response())
    };
    match session_of(headers) {
        Shown::Session(token) => {
            return state.service.portal_actor(&token, PortalKind::Embed, address).await.map_err(failed);
        }
        Shown::Broken => return Ok(None),
        Shown::Nothing => {}
    }
    match named {
        Named::Person { name, role } => {
            let person = state.service.proxy_actor(&name, role, address);
            return person.map(Some).ok_or_else(|| unclear("this can't be a name"));
        }
        Named::Unclear(why) => return Err(unclear(why)),
        Named::Ignored(why) => state.service.proxy_header_ignored(address, why),
        Named::Nobody => {}
    }
    // In a portal's frame the portal says who reads, and not a cookie that this browser may hold for a page of its own.
    match token_of(headers, state).filter(|_| !framed) {
        Some(token) => state.service.actor(&token, address).await.map_err(failed),
        None => Ok(None),
    }
}

/// Pages below `/settings` are for people who are signed in; others are sent to sign in and back.
pub async fn require_sign_in(request: Request, next: Next) -> Response<Body> {
    let signed_in = request.extensions().get::<Caller>().is_some_and(|caller| caller.0.is_some());
    let path = request.uri().path();
    if signed_in || !(path == "/" || path.starts_with("/settings")) {
        return next.run(request).await;
    }
    sign_in_and_return(request.uri())
}

pub fn sign_in_and_return(wanted: &Uri) -> Response<Body> {
    let wanted = wanted.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    redirect(&format!("/sign-in?next={}", encode(wanted)))
}

#[derive(Deserialize)]
pub struct SignInForm {
    user_name: String,
    password: Secret,
    #[serde(default)]
    next: String,
}

pub async fn sign_in(
    State(state): State<AppState>,
    Extension(ClientAddress(origin)): Extension<ClientAddress>,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Response<Body> {
    match state.service.sign_in(&form.user_name, &form.password, &origin).await {
        Ok(token) => arrived(safe_next(&form.next), &state, &headers, &token).await,
        Err(failure) => {
            let mut to = format!("/sign-in?error={}", failure_code(&failure));
            if let Failure::TooMany { retry_after_s } = failure {
                let _ = write!(to, "&retry={retry_after_s}");
            }
            let _ = write!(to, "&user_name={}&next={}", encode(&form.user_name), encode(safe_next(&form.next)));
            redirect(&to)
        }
    }
}

/// With a session of one's own. One that the browser had before ends here: nobody can have planted it.
pub async fn arrived(next: &str, state: &AppState, headers: &HeaderMap, token: &SessionToken) -> Response<Body> {
    if let Some(old) = token_of(headers, state) {
        let _ = state.service.sign_out(&old).await;
    }
    let mut response = with_cookie(redirect(next), state, token);
    if let Ok(Some(actor)) = state.service.actor(token, "").await
        && actor.user.is_some()
    {
        taste::remember(&mut response, state, headers, actor.tastes);
        language::remember(&mut response, state, headers, actor.language);
    }
    response
}

pub async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Response<Body> {
    if let Some(token) = token_of(&headers, &state) {
        let _ = state.service.sign_out(&token).await;
    }
    let mut response = redirect("/sign-in");
    set_cookie(&mut response, &state, cookie_name(&state), "", 0);
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    response
}

#[derive(Deserialize)]
pub struct SetupForm {
    token: String,
    user_name: String,
    password: Secret,
}

pub async fn setup(
    State(state): State<AppState>,
    Extension(ClientAddress(origin)): Extension<ClientAddress>,
    Form(form): Form<SetupForm>,
) -> Response<Body> {
    match state.service.setup_complete(&form.token, &form.user_name, &form.password, &origin).await {
        Ok(token) => with_cookie(redirect("/settings/email/smtp"), &state, &token),
        Err(failure) => {
            let code = match &failure {
                Failure::Invalid { errors } => errors
                    .0
                    .first()
                    .map_or_else(String::new, |e| format!("{}&field={}", encode(&e.code), encode(&e.field))),
                other => failure_code(other),
            };
            redirect(&format!(
                "/setup?error={code}&token={}&user_name={}",
                encode(&form.token),
                encode(&form.user_name)
            ))
        }
    }
}

pub fn failure_code(failure: &Failure) -> String {
    match failure {
        Failure::Refused { code, .. } => encode(code),
        Failure::TooMany { .. } => "too_many".to_owned(),
        Failure::Forbidden | Failure::NotFound => "link".to_owned(),
        _ => "internal".to_owned(),
    }
}

fn token_of(headers: &HeaderMap, state: &AppState) -> Option<SessionToken> {
    cookie_of(headers, cookie_name(state)).and_then(SessionToken::parse)
}

pub fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// With https known, the browser itself holds the cookie to this host and encryption. Below somebody else's path it is sent
/// to that path alone, and so can't have the prefix that demands `Path=/`. (RFC 6265bis, section 4.1.3)
fn cookie_name(state: &AppState) -> &'static str {
    match (state.site.is_https(), state.site.base.is_empty()) {
        (true, true) => "__Host-postroom",
        (true, false) => "__Secure-postroom",
        (false, _) => "postroom",
    }
}

fn with_cookie(mut response: Response<Body>, state: &AppState, token: &SessionToken) -> Response<Body> {
    set_cookie(&mut response, state, cookie_name(state), token.as_str(), COOKIE_SECONDS);
    response
}

/// Lax: it comes along where a link or an identity provider sends the browser back to us.
pub fn set_cookie(response: &mut Response<Body>, state: &AppState, name: &str, value: &str, seconds: u32) {
    let secure = if state.site.is_https() { "; Secure" } else { "" };
    let path = if state.site.base.is_empty() { "/" } else { &state.site.base };
    let cookie = format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Only a path of ours: never another site, nor what a browser would read as one.
pub fn safe_next(next: &str) -> &str {
    // Browsers drop tabs and line ends from an address before they read it.
    let ours =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if ours && !next.starts_with("/sign-") { next } else { "/settings/email/smtp" }
}

pub fn redirect(to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_never_another_site() {
        for (next, to) in [
            ("/settings/users?name=a", "/settings/users?name=a"),
            ("", "/settings/email/smtp"),
            ("//evil.example", "/settings/email/smtp"),
            ("/\\evil.example", "/settings/email/smtp"),
            ("/\t/evil.example", "/settings/email/smtp"),
            ("/\r\n/evil.example", "/settings/email/smtp"),
            ("https://evil.example", "/settings/email/smtp"),
            ("/sign-out", "/settings/email/smtp"),
        ] {
            assert_eq!(safe_next(next), to, "{next:?}");
        }
    }
}

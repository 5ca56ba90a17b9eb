//! Reports as files and on paper: `/reports/{report}.csv` and `/reports/{report}/print`, with a report's own query string;
//! and as the browser holds them: `/reports/{report}.rows`.

use crate::{peer::ClientAddress, people::sign_in_and_return, problem::problem, router::AppState};
use app::api::ssr::Caller;
use axum::{
    Extension, Router,
    body::{Body, Bytes},
    extract::{FromRequest, OriginalUri, Path, Query as Pairs, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    routing::get,
};
use domain::{
    Failure, Secret,
    report::{HELD_CHANGES, HELD_ROWS, Query, ReportName},
};
use futures::stream;
use leptos::nonce::Nonce;
use serde::Deserialize;
use service::{Download, Form, HeldRows, PortalKind, PortalToken};
use words::Language;

pub fn routes(state: AppState) -> Router<AppState> {
    Router::new()
        .route("/reports/{file}", get(file))
        .route("/reports/{report}/print", get(print).post(print))
        .layer(from_fn_with_state(state, session_in_form))
}

/// A page in a portal's frame has no cookie, and what opens in a tab of its own carries nothing else: the session comes in the
/// body of a form, which no address and no log shows.
async fn session_in_form(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let address = request.extensions().get::<ClientAddress>().map(|address| address.0.clone()).unwrap_or_default();
    let (mut parts, body) = request.into_parts();
    let whole = Request::from_parts(parts.clone(), body);
    let Ok(axum::Form(Handed { session, language })) = axum::Form::from_request(whole, &state).await else {
        return problem(&Failure::SignedOut);
    };
    let found = match PortalToken::parse(session.expose()) {
        Some(token) => state.service.portal_actor(&token, PortalKind::Embed, &address).await,
        None => Ok(None),
    };
    match found {
        Ok(actor) => {
            let asked = parts.extensions.get::<Language>().copied();
            let language = Language::parse(&language).or(asked);
            parts.extensions.insert(Caller(actor.map(|actor| actor.reading(language))));
            next.run(Request::from_parts(parts, Body::empty())).await
        }
        Err(failure) => problem(&failure),
    }
}

#[derive(Deserialize)]
struct Handed {
    session: Secret,
    /// What the frame's pages are read in.
    #[serde(default)]
    language: String,
}

/// What is asked of a report, as the address says it.
type Asked = Pairs<Vec<(String, String)>>;

async fn file(
    state: State<AppState>,
    caller: Extension<Caller>,
    Extension(language): Extension<Language>,
    Path(file): Path<String>,
    asked: Asked,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Response<Body> {
    if let Some(report) = file.strip_suffix(".rows") {
        return rows(state, caller, ReportName::parse(report), &asked, &headers).await;
    }
    let report = file.strip_suffix(".csv").and_then(ReportName::parse);
    match open(state, caller, report, asked, Form::Csv).await {
        Ok(download) => {
            let disposition = format!("attachment; filename=\"{}\"", download.file_name);
            let mut response = respond(download, "text/csv; charset=utf-8; header=present");
            if let Ok(value) = HeaderValue::from_str(&disposition) {
                response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(failure) => refuse(&failure, &uri, &headers, language),
    }
}

/// All rows, or with `changes` those that are not as the asker knows them; nothing (204) where there are too many to hold, or
/// more than `most`, or (304) where none is another.
async fn rows(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    report: Option<ReportName>,
    asked: &Asked,
    headers: &HeaderMap,
) -> Response<Body> {
    let most = asked.iter().find(|(name, _)| name == "most").and_then(|(_, most)| most.parse().ok());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok()).unwrap_or_default();
    // Weak, since it is compressed for some and not for others.
    let known = known.trim_start_matches("W/").trim_matches('"');
    let changes = asked.iter().any(|(name, _)| name == "changes");
    let found = async {
        let actor = caller.0.ok_or(Failure::SignedOut)?;
        let report = report.ok_or(Failure::NotFound)?;
        state.service.report_held(&actor, report, most.unwrap_or(u64::MAX), known, changes).await
    };
    let some = |bytes: Bytes, kind, revision: &str| {
        let mut response = Response::new(Body::from(bytes));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.extend(HeaderValue::from_str(&format!("W/\"{revision}\"")).ok().map(|tag| (header::ETAG, tag)));
        response
    };
    let nothing = |status| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        response
    };
    match found.await {
        Ok(HeldRows::Rows { bytes, revision }) => some(bytes, HELD_ROWS, &revision),
        Ok(HeldRows::Changes { bytes, revision }) => some(bytes, HELD_CHANGES, &revision),
        Ok(HeldRows::Unchanged) => nothing(StatusCode::NOT_MODIFIED),
        Ok(HeldRows::TooMany) => nothing(StatusCode::NO_CONTENT),
        Err(failure) => problem(&failure),
    }
}

async fn print(
    state: State<AppState>,
    caller: Extension<Caller>,
    Extension(language): Extension<Language>,
    Path(report): Path<String>,
    asked: Asked,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Response<Body> {
    let nonce = Nonce::new().to_string();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; report-to csp; report-uri {}/csp-reports",
        state.site.base
    );
    match open(state, caller, ReportName::parse(&report), asked, Form::Print { nonce }).await {
        Ok(download) => {
            let mut response = respond(download, "text/html; charset=utf-8");
            if let Ok(value) = HeaderValue::from_str(&policy) {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
            }
            response
        }
        Err(failure) => refuse(&failure, &uri, &headers, language),
    }
}

async fn open(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    report: Option<ReportName>,
    asked: Asked,
    form: Form,
) -> Result<Download, Failure> {
    let Some(actor) = caller.0 else { return Err(Failure::SignedOut) };
    let report = report.ok_or(Failure::NotFound)?;
    let query = Query::from_pairs(report, asked.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    state.service.report_export(&actor, report, query, form).await
}

/// Sent while it is read. Where it breaks off, so does the connection: nobody takes a part for the whole.
fn respond(download: Download, media_type: &'static str) -> Response<Body> {
    let pieces = stream::try_unfold(download, |mut download| async move {
        Ok::<_, service::Broken>(download.next().await.transpose()?.map(|piece| (piece, download)))
    });
    let mut response = Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

/// A program is told as everywhere. A person whose session has ended is sent to sign in and back, and reads the rest in words.
fn refuse(failure: &Failure, uri: &OriginalUri, headers: &HeaderMap, language: Language) -> Response<Body> {
    let mut response = problem(failure);
    if headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate") {
        if *failure == Failure::SignedOut {
            return sign_in_and_return(uri);
        }
        *response.body_mut() = Body::from((words::words(language).failure)(failure));
        let text = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, text);
    }
    response
}

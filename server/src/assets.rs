//! The site that was built into the binary: scripts, styles, icons, each precompressed, named by content.

use crate::router::AppState;
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header},
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

static SITE: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The names of the files that every page needs, and of those that its windows do.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Names {
    pub js: String,
    /// What `js` imports.
    pub link: String,
    pub wasm: String,
    pub later: Vec<String>,
    /// What each part that is fetched by itself consists of.
    pub needs: BTreeMap<String, Vec<String>>,
}

pub static NAMES: LazyLock<Names> =
    LazyLock::new(|| find("assets.json").and_then(|json| serde_json::from_slice(json).ok()).unwrap_or_default());

/// What every page looks like. The documents hold it; it can't be asked for by itself.
pub static STYLE: LazyLock<&str> =
    LazyLock::new(|| find("style.css").and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default());

/// `/pkg/…`: content-hashed names, so a browser may keep them for ever.
pub async fn package(Path(name): Path<String>, headers: HeaderMap) -> Response<Body> {
    respond(&format!("pkg/{name}"), &headers, "public, max-age=31536000, immutable")
}

pub async fn favicon(headers: HeaderMap) -> Response<Body> {
    respond("favicon.svg", &headers, "public, max-age=86400")
}

/// What a portal's page loads from us: `/embed.js`, its types, and the schema of its messages. A portal may check the script's
/// integrity, for which browsers ask with its origin; data is answered to nobody else.
pub async fn element(State(state): State<AppState>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let mut response = respond(uri.path().trim_start_matches('/'), &headers, "public, max-age=300");
    let answers = response.headers_mut();
    answers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    answers.insert(header::VARY, HeaderValue::from_static("accept-encoding, origin"));
    let asks = headers.get(header::ORIGIN).filter(|origin| {
        origin.to_str().is_ok_and(|origin| state.portal.origins.iter().any(|allowed| allowed.as_str() == origin))
    });
    if let Some(origin) = asks {
        answers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    response
}

fn respond(name: &str, headers: &HeaderMap, caching: &'static str) -> Response<Body> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |coding: &str| {
        accepted.split(',').map(str::trim).any(|item| {
            let (name, quality) = item.split_once(";q=").unwrap_or((item, "1"));
            name.trim().eq_ignore_ascii_case(coding) && quality.trim().parse::<f32>().is_ok_and(|q| q > 0.0)
        })
    };
    let variants = [("br", ".br"), ("gzip", ".gz")];
    let encoded = variants
        .into_iter()
        .filter(|(coding, _)| accepts(coding))
        .find_map(|(coding, suffix)| find(&format!("{name}{suffix}")).map(|bytes| (coding, bytes)));
    let Some((coding, bytes)) = encoded.or_else(|| find(name).map(|bytes| ("", bytes))) else {
        let mut missing = Response::new(Body::from("no such file"));
        *missing.status_mut() = StatusCode::NOT_FOUND;
        return missing;
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !coding.is_empty() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn find(name: &str) -> Option<&'static [u8]> {
    SITE.iter().find(|(path, _)| *path == name).map(|(_, bytes)| *bytes)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("ts") => "text/plain; charset=utf-8",
        Some("json") => "application/schema+json",
        _ => "application/octet-stream",
    }
}

//! Below a path of somebody else's site: the prefix is taken off requests, whether or not a proxy has done so already, and put
//! before the addresses in answers. Everything further inside knows of no prefix but the pages, whose links need it.

use axum::{
    Router,
    body::Body,
    extract::{OriginalUri, Request},
    http::{HeaderName, HeaderValue, Response, Uri, header},
};
use std::convert::Infallible;
use tower::{ServiceExt as _, service_fn};

/// The same routes below a prefix; without one, the same router.
pub fn below(base: &str, inner: Router) -> Router {
    if base.is_empty() {
        return inner;
    }
    let base = base.to_owned();
    Router::new().fallback_service(service_fn(move |mut request: Request| {
        let (base, inner) = (base.clone(), inner.clone());
        async move {
            if let Some(uri) = stripped(request.uri(), &base) {
                *request.uri_mut() = uri;
            }
            let uri = OriginalUri(request.uri().clone());
            request.extensions_mut().insert(uri);
            let mut response = inner.oneshot(request).await?;
            for name in [header::LOCATION, header::LINK, HeaderName::from_static("reporting-endpoints")] {
                prefix(&mut response, &name, &base);
            }
            Ok::<_, Infallible>(response)
        }
    }))
}

/// The address without the prefix; `None` where it has none.
fn stripped(uri: &Uri, base: &str) -> Option<Uri> {
    let rest = uri.path().strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    let path = if rest.is_empty() { "/" } else { rest };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    with_path(uri, &format!("{path}{query}"))
}

/// The address as the page's router knows it.
pub fn prefixed(uri: &Uri, base: &str) -> Option<Uri> {
    let rest = uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    with_path(uri, &format!("{base}{rest}"))
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.parse().ok()?);
    Uri::from_parts(parts).ok()
}

/// An address of ours begins with a slash, alone, in angle brackets (RFC 8288) or in quotes (RFC 8941).
fn prefix(response: &mut Response<Body>, name: &HeaderName, base: &str) {
    let headers = response.headers_mut();
    let Some(value) = headers.get(name).and_then(|value| value.to_str().ok()) else { return };
    let changed = if value.starts_with('/') && !value.starts_with("//") {
        format!("{base}{value}")
    } else {
        value.replace("</", &format!("<{base}/")).replace("\"/", &format!("\"{base}/"))
    };
    if let Ok(changed) = HeaderValue::from_str(&changed) {
        headers.insert(name, changed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_taken_off_where_it_stands() {
        for (uri, wanted) in [
            ("/mail/smtp/settings/users?name=a", Some("/settings/users?name=a")),
            ("/mail/smtp", Some("/")),
            ("/mail/smtp/", Some("/")),
            ("/mail/smtp?a=b", Some("/?a=b")),
            ("/mail/smtpx/settings", None),
            ("/settings/users", None),
        ] {
            let uri: Uri = uri.parse().expect("an address");
            let wanted: Option<Uri> = wanted.map(|wanted| wanted.parse().expect("an address"));
            assert_eq!(stripped(&uri, "/mail/smtp"), wanted, "{uri}");
        }
    }

    #[test]
    fn the_prefix_is_put_before_addresses_of_ours_alone() {
        for (name, value, wanted) in [
            (header::LOCATION, "/sign-in?next=%2F", "/mail/sign-in?next=%2F"),
            (header::LOCATION, "https://idp.example/authorize", "https://idp.example/authorize"),
            (header::LOCATION, "//evil.example", "//evil.example"),
            (header::LINK, "</api/v1/accounts?after=3>; rel=\"next\"", "</mail/api/v1/accounts?after=3>; rel=\"next\""),
            (HeaderName::from_static("reporting-endpoints"), "csp=\"/csp-reports\"", "csp=\"/mail/csp-reports\""),
        ] {
            let mut response = Response::new(Body::empty());
            response.headers_mut().insert(&name, HeaderValue::from_static(value));
            prefix(&mut response, &name, "/mail");
            assert_eq!(response.headers().get(&name).expect("there"), wanted);
        }
    }
}

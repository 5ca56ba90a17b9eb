//! Versions in headers: `ETag` says which one was read, `If-Match` which one is meant to be changed (RFC 9110 section 13).

use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// The tag of a version.
pub fn tag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether `If-Match` allows a change of what has that version; it has to be there.
pub fn must_match(headers: &HeaderMap, version: i64) -> Result<(), Problem> {
    match matches(headers, &header::IF_MATCH, version) {
        Some(true) => Ok(()),
        Some(false) => Err(Problem::version_moved()),
        None => {
            let detail = "Send If-Match with the ETag that the change started from.";
            Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "if_match", "If-Match is missing", detail))
        }
    }
}

/// The same where the header need not be there.
pub fn may_match(headers: &HeaderMap, version: i64) -> Result<(), Problem> {
    if matches(headers, &header::IF_MATCH, version) == Some(false) { Err(Problem::version_moved()) } else { Ok(()) }
}

/// Whether the reader has that version already.
pub fn is_known(headers: &HeaderMap, version: i64) -> bool {
    matches(headers, &header::IF_NONE_MATCH, version) == Some(true)
}

/// `None` without the header. A weak tag is none of ours, except for readers: theirs may come back weakened by a proxy.
fn matches(headers: &HeaderMap, name: &HeaderName, version: i64) -> Option<bool> {
    let ours = format!("\"{version}\"");
    let weak_too = *name == header::IF_NONE_MATCH;
    let mut lines = headers.get_all(name).iter().peekable();
    lines.peek()?;
    Some(lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).map(str::trim).any(|tag| {
        let strong = if weak_too { tag.strip_prefix("W/").unwrap_or(tag) } else { tag };
        tag == "*" || strong == ours
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_as_the_rfc_says() {
        for (value, change, read) in [
            ("\"7\"", true, true),
            ("\"6\", \"7\"", true, true),
            ("*", true, true),
            ("W/\"7\"", false, true),
            ("\"6\"", false, false),
            ("7", false, false),
            ("", false, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, HeaderValue::from_static(value));
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(value));
            assert_eq!(must_match(&headers, 7).is_ok(), change, "{value}");
            assert_eq!(may_match(&headers, 7).is_ok(), change, "{value}");
            assert_eq!(is_known(&headers, 7), read, "{value}");
        }
        assert!(must_match(&HeaderMap::new(), 7).is_err());
        assert!(may_match(&HeaderMap::new(), 7).is_ok());
        assert_eq!(tag(7), "\"7\"");
    }
}

//! Versions in headers: `ETag` says which one was read, `If-Match` which one is meant to be changed (RFC 9110 section 13).
//!
//! They count changes of what is set, not of what follows from elsewhere (the latest test, what uses it): nobody's edit is
//! refused for those. So they are no use to caches, which are told to keep nothing, and `If-None-Match` is not looked at.

use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

/// The tag of a version.
pub fn tag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether `If-Match` allows a change of what has that version; it has to be there.
pub fn must_match(headers: &HeaderMap, version: i64) -> Result<(), Problem> {
    match matches(headers, version) {
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
    if matches(headers, version) == Some(false) { Err(Problem::version_moved()) } else { Ok(()) }
}

/// `None` without the header. A weak tag is none of ours.
fn matches(headers: &HeaderMap, version: i64) -> Option<bool> {
    let ours = format!("\"{version}\"");
    let mut lines = headers.get_all(header::IF_MATCH).iter().peekable();
    lines.peek()?;
    let mut tags = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).map(str::trim);
    Some(tags.any(|tag| tag == "*" || tag == ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_as_the_rfc_says() {
        for (value, change) in [
            ("\"7\"", true),
            ("\"6\", \"7\"", true),
            ("*", true),
            ("W/\"7\"", false),
            ("\"6\"", false),
            ("7", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, HeaderValue::from_static(value));
            assert_eq!(must_match(&headers, 7).is_ok(), change, "{value}");
            assert_eq!(may_match(&headers, 7).is_ok(), change, "{value}");
        }
        assert!(must_match(&HeaderMap::new(), 7).is_err());
        assert!(may_match(&HeaderMap::new(), 7).is_ok());
        assert_eq!(tag(7), "\"7\"");
    }
}

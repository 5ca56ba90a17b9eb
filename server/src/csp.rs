//! What browsers report that kept to a page's policy (`report-to csp`): one line of the log each, and few of them.
//! Anybody can send such a report, so nothing is made of it but that line, and nothing that people typed is in it.

use crate::router::AppState;
use axum::{
    Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::{Duration, Instant};

const MAX_BODY_BYTES: usize = 8 * 1024;
/// Lines in any minute, whoever sends them.
const PER_MINUTE: u32 = 30;
const MINUTE: Duration = Duration::from_mins(1);
const MAX_FIELD_CHARS: usize = 200;

pub fn routes() -> Router<AppState> {
    let limit = Arc::new(Limit::default());
    let take = move |headers: HeaderMap, body: Bytes| async move { take(&limit, &headers, &body) };
    Router::new().route("/csp-reports", post(take)).layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}

fn take(limit: &Limit, headers: &HeaderMap, body: &[u8]) -> Response {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    let reports = match (media, serde_json::from_slice(body)) {
        ("application/reports+json", Ok(Value::Array(reports))) => {
            let violations = reports.into_iter().filter(|report| report["type"] == "csp-violation");
            violations.map(|mut report| report["body"].take()).collect()
        }
        ("application/csp-report", Ok(mut report @ Value::Object(_))) => vec![report["csp-report"].take()],
        ("application/reports+json" | "application/csp-report", _) => return StatusCode::BAD_REQUEST.into_response(),
        _ => return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response(),
    };
    for report in reports.iter().map(Violation::of) {
        if let Err(wait) = limit.take(Instant::now()) {
            let retry = [(header::RETRY_AFTER, wait.as_secs().max(1).to_string())];
            return (StatusCode::TOO_MANY_REQUESTS, retry).into_response();
        }
        let Violation { directive, blocked, page, disposition } = report;
        tracing::warn!(directive, blocked, page, disposition, "a browser refused what a page's policy does not allow");
    }
    StatusCode::NO_CONTENT.into_response()
}

/// What is kept of a report.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    directive: String,
    blocked: String,
    page: String,
    disposition: String,
}

impl Violation {
    /// By the names of the Reporting API, else by the older ones.
    fn of(body: &Value) -> Self {
        let field = |names: [&str; 2]| {
            let found = names.iter().find_map(|name| body[*name].as_str()).unwrap_or_default();
            let bare = found.split(['?', '#']).next().unwrap_or_default();
            bare.chars().filter(|c| !c.is_control()).take(MAX_FIELD_CHARS).collect()
        };
        Self {
            directive: field(["effectiveDirective", "effective-directive"]),
            blocked: field(["blockedURL", "blocked-uri"]),
            page: field(["documentURL", "document-uri"]),
            disposition: field(["disposition", "disposition"]),
        }
    }
}

/// So many in each minute that begins with the first.
#[derive(Debug, Default)]
struct Limit(Mutex<Option<(Instant, u32)>>);

impl Limit {
    fn take(&self, now: Instant) -> Result<(), Duration> {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (began, taken) = minute.filter(|(began, _)| now - *began < MINUTE).unwrap_or((now, 0));
        if taken >= PER_MINUTE {
            return Err(MINUTE.saturating_sub(now - began));
        }
        *minute = Some((began, taken + 1));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn w4_no_query_and_no_control_is_kept_and_nothing_long() {
        let long = format!("https://evil.example/{}", "a".repeat(500));
        let new = json!({ "documentURL": "https://mail.example.com/settings/users?name=ann#x", "blockedURL": long,
            "effectiveDirective": "script-src-elem", "disposition": "enforce", "sample": "alert('ann')" });
        let violation = Violation::of(&new);
        assert_eq!(violation.page, "https://mail.example.com/settings/users");
        assert_eq!(violation.blocked.len(), MAX_FIELD_CHARS);
        assert_eq!((violation.directive.as_str(), violation.disposition.as_str()), ("script-src-elem", "enforce"));
        let old = json!({ "document-uri": "https://mail.example.com/?a=b", "blocked-uri": "in\r\nline",
            "effective-directive": "style-src", "disposition": "report" });
        let violation = Violation::of(&old);
        assert_eq!((violation.page.as_str(), violation.blocked.as_str()), ("https://mail.example.com/", "inline"));
    }

    #[test]
    fn w4_thirty_lines_in_a_minute() {
        let (limit, now) = (Limit::default(), Instant::now());
        assert_eq!((0..100).filter(|_| limit.take(now).is_ok()).count(), 30);
        assert_eq!(limit.take(now + Duration::from_secs(45)), Err(Duration::from_secs(15)));
        assert!(limit.take(now + MINUTE).is_ok());
    }
}

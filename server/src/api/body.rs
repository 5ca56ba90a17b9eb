//! Bodies of requests: of the right media type, small enough, JSON, an object.

use super::fields::Object;
use crate::problem::Problem;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
};
use domain::{Failure, FieldErrors};
use serde_json::Value;

const JSON: &str = "application/json";
const MERGE_PATCH: &str = "application/merge-patch+json";

/// A JSON object from a request's body.
pub struct Body(pub Object);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        check_media_type(request.method(), request.headers())?;
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let title = "The body can't be read";
            Problem::new(rejection.status(), "body", title, "It is too large, or ended too early.")
        })?;
        // What can't be read is not quoted: it may be a secret.
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            let detail = format!("No JSON at line {}, column {}.", error.line(), error.column());
            Problem::new(StatusCode::BAD_REQUEST, "malformed_json", "The body is not JSON", detail)
        })?;
        if let Value::Object(object) = value {
            return Ok(Self(object));
        }
        let mut errors = FieldErrors::default();
        errors.add("", "object");
        Err(Failure::Invalid { errors }.into())
    }
}

fn check_media_type(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = given.split(';').next().unwrap_or_default().trim();
    let is_patch = method == Method::PATCH;
    if given.eq_ignore_ascii_case(JSON) || (is_patch && given.eq_ignore_ascii_case(MERGE_PATCH)) {
        return Ok(());
    }
    let (name, wanted) =
        if is_patch { (HeaderName::from_static("accept-patch"), MERGE_PATCH) } else { (header::ACCEPT, JSON) };
    let title = "The body is of the wrong media type";
    let problem = Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "media_type",
        title,
        format!("Content-Type must be {wanted}."),
    );
    Err(problem.with(name, HeaderValue::from_static(wanted)))
}

/// What an object becomes by a merge patch (RFC 7396).
pub fn merge(mut target: Object, patch: Object) -> Object {
    for (name, change) in patch {
        match change {
            Value::Null => drop(target.remove(&name)),
            Value::Object(change) => {
                let before = match target.remove(&name) {
                    Some(Value::Object(before)) => before,
                    _ => Object::new(),
                };
                target.insert(name, Value::Object(merge(before, change)));
            }
            other => drop(target.insert(name, other)),
        }
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The examples of RFC 7396, appendix A, that are objects.
    #[test]
    fn merge_patches() {
        for (before, patch, after) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            let (Value::Object(target), Value::Object(change)) = (before, patch) else { unreachable!() };
            assert_eq!(Value::Object(merge(target, change)), after);
        }
    }
}

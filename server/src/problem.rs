//! Refusals of the HTTP API as problem details (RFC 9457): a kind for programs, words for people, the wrong fields by name.

mod words;

pub use words::{field as field_words, title};

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use domain::{Failure, FieldErrors};
use serde_json::{Value, json};

/// A refusal on its way out.
#[derive(Debug, Clone)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    status: StatusCode,
    /// The last part of its `type`.
    kind: String,
    title: &'static str,
    detail: String,
    /// What it is about, where it is about other things.
    params: Vec<String>,
    /// The same for the pages, which make their own words from it.
    failure: Option<Failure>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What a client has to show that shows nothing, and what it is told where it showed a wrong token.
const CHALLENGE: &str = "Bearer realm=\"Postroom\"";
const CHALLENGE_WRONG: &str = "Bearer realm=\"Postroom\", error=\"invalid_token\"";

impl Problem {
    /// One that HTTP knows and the use cases do not.
    pub fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        let (kind, detail) = (kind.to_owned(), detail.into());
        Self(Box::new(Inner { status, kind, title, detail, params: Vec::new(), failure: None, headers: Vec::new() }))
    }

    pub fn no_such_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is no such thing", "The API has nothing at this path.")
    }

    pub fn wrong_method() -> Self {
        let detail = "The header Allow says which methods this path has.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Not with this method", detail)
    }

    pub fn from_another_site() -> Self {
        let detail = "A browser sent this on behalf of another site. With a session cookie that is refused.";
        Self::new(StatusCode::FORBIDDEN, "another_site", "The request came from another site", detail)
    }

    /// The version meant is not the one stored.
    pub fn version_moved() -> Self {
        let detail = "It is not as If-Match says (any more). Read it again and apply the change to what is there now.";
        Self::new(StatusCode::PRECONDITION_FAILED, "version_moved", "Somebody else changed it meanwhile", detail)
    }

    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// After a token was shown, right or not.
    pub fn of_token(failure: Failure) -> Self {
        let signed_out = failure == Failure::SignedOut;
        let mut this = Self::from(failure);
        if signed_out {
            "This token is unknown or has been revoked.".clone_into(&mut this.0.detail);
            this.0.headers = vec![(header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE_WRONG))];
        }
        this
    }

    fn body(&self) -> Value {
        let this = &self.0;
        let mut body = json!({
            "type": format!("urn:postroom:problem:{}", this.kind),
            "title": this.title,
            "status": this.status.as_u16(),
            "detail": this.detail,
        });
        if !this.params.is_empty() {
            body["params"] = json!(this.params);
        }
        if let Some(Failure::Invalid { errors }) = &this.failure {
            body["errors"] = described(errors);
        }
        if let Some(failure) = &this.failure {
            body["failure"] = json!(failure);
        }
        body
    }
}

fn described(errors: &FieldErrors) -> Value {
    let one = |error: &domain::FieldError| {
        let mut one = json!({ "field": error.field, "code": error.code, "detail": words::field(error) });
        if !error.params.is_empty() {
            one["params"] = json!(error.params);
        }
        one
    };
    errors.0.iter().map(one).collect()
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut this = Self::new(status, words::kind(&failure), title(&failure), words::detail(&failure));
        match &failure {
            Failure::TooMany { retry_after_s } => {
                this.0.headers.push((header::RETRY_AFTER, HeaderValue::from(*retry_after_s)));
            }
            Failure::SignedOut => {
                this.0.headers.push((header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE)));
            }
            Failure::Refused { params, .. } => this.0.params.clone_from(params),
            _ => {}
        }
        this.0.failure = Some(failure);
        this
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body().to_string()));
        *response.status_mut() = self.0.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.extend(self.0.headers);
        response
    }
}

/// In place of a handler that panicked. What it said stays in the log, beside the reference.
pub fn panicked(what: Box<dyn std::any::Any + Send>) -> Response<Body> {
    let said = what.downcast_ref::<String>().map(String::as_str).or_else(|| what.downcast_ref::<&str>().copied());
    let reference = service::reference();
    tracing::error!(%reference, said, "a handler panicked");
    problem(&Failure::Internal { reference })
}

pub fn problem(failure: &Failure) -> Response<Body> {
    Problem::from(failure.clone()).into_response()
}

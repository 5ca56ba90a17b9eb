//! What the browser may be told when something did not work. Only codes and parameters cross the wire; words live in the crate `words`.

use serde::{Deserialize, Serialize};

/// One thing wrong with one field of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field, by its name in the API (`reply_to`).
    pub field: String,
    /// What is wrong (`required`, `host_url`, `name_taken`).
    pub code: String,
    /// What the words need: limits, names. Never a secret.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<String>,
}

impl FieldError {
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), params: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, param: impl ToString) -> Self {
        self.params.push(param.to_string());
        self
    }
}

/// All that is wrong with a draft, in the order of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub fn add(&mut self, field: &str, code: &str) {
        self.0.push(FieldError::new(field, code));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps the value, or notes the error under the field and gives `None`.
    pub fn take<T, C: Into<&'static str>>(&mut self, field: &str, result: Result<T, C>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(code) => {
                self.add(field, code.into());
                None
            }
        }
    }

    /// The same for a text that may be left out.
    pub fn take_given<T, C: Into<&'static str>>(
        &mut self,
        field: &str,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, C>,
    ) -> Option<T> {
        if text.trim().is_empty() { None } else { self.take(field, parse(text)) }
    }
}

macro_rules! code_into {
    ($($error:ty),+) => {$(
        impl From<$error> for &'static str {
            fn from(error: $error) -> Self {
                error.code()
            }
        }
    )+};
}
code_into!(
    crate::value::EmailError,
    crate::value::HostError,
    crate::value::LabelError,
    crate::value::CertificatesError,
    crate::value::FingerprintError
);

/// Why a request was not carried out, as the browser and the API may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Nobody is signed in, or the session has ended.
    SignedOut,
    /// The role does not allow it.
    Forbidden,
    /// No such thing (any more).
    NotFound,
    /// Fields are wrong; each says which and how.
    Invalid { errors: FieldErrors },
    /// Another administrator saved meanwhile; the version now stored is `version`.
    Conflict { version: i64 },
    /// A rule forbids it (`default_account`, `in_use`, `last_administrator`); `params` says by whom.
    Refused { code: String, params: Vec<String> },
    /// Too many tries; again in so many seconds.
    TooMany { retry_after_s: u64 },
    /// The disk is full: nothing of it was kept.
    Full,
    /// The store did not answer, or something else that is ours to repair; `reference` finds it in the log.
    Internal { reference: String },
    /// The browser could not reach the server.
    Unreachable,
}

impl Failure {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Invalid { .. } => 422,
            Self::Conflict { .. } | Self::Refused { .. } => 409,
            Self::TooMany { .. } => 429,
            Self::Full => 507,
            Self::Internal { .. } => 500,
            Self::Unreachable => 503,
        }
    }
}

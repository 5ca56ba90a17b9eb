//! Server functions: what the pages ask of the server. Each takes the caller, calls one use case of `service` and returns.
//!
//! All are POST with JSON both ways: no request that changes anything can be made by a link or a plain form.

pub mod accounts;
pub mod arrival;
pub mod bulk;
pub mod client;
pub mod connectors;
pub mod credentials;
pub mod fetch;
pub mod held;
pub mod incidents;
pub mod lines;
pub mod outbox;
pub mod parameters;
pub mod problem;
pub mod reports;
pub mod schedules;
pub mod sending;
pub mod session;
#[cfg(feature = "ssr")]
pub mod ssr;
pub mod taste;
pub mod test_stream;
pub mod tokens;
pub mod users;
pub mod views;
pub mod words;

use domain::Failure;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// A [`Failure`] on its way to the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApiFailure(pub Failure);

/// What every server function answers.
pub type Answer<T> = Result<T, ApiFailure>;

impl FromServerFnError for ApiFailure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self(Failure::Unreachable),
            // The text may quote what was sent; the browser is told no more than that it was not understood.
            _ => Self(Failure::Internal { reference: "transport".to_owned() }),
        }
    }
}

impl From<Failure> for ApiFailure {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

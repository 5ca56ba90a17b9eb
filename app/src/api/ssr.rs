//! The server's half of the server functions: who calls, with which service. The only server-only file of `app`.

use super::{Answer, ApiFailure};
use domain::Failure;
use http::{StatusCode, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
pub use service::CancellationToken;
use service::{Actor, Service};

/// Who made the request, as the session layer found out. Put into the request's extensions by `server`.
#[derive(Debug, Clone, Default)]
pub struct Caller(pub Option<Actor>);

/// The service, without asking who calls.
pub fn service() -> Service {
    expect_context::<Service>()
}

/// Who calls, if anybody is signed in.
pub fn signed_in() -> Option<Actor> {
    use_context::<Parts>()?.extensions.get::<Caller>()?.0.clone()
}

/// Who calls, and the service; refused with 401 where nobody is signed in.
pub fn caller() -> Answer<(Actor, Service)> {
    match signed_in() {
        Some(actor) => Ok((actor, service())),
        None => answer(Err(Failure::SignedOut)),
    }
}

/// The answer with the HTTP status that goes with it.
pub fn answer<T>(result: Result<T, Failure>) -> Answer<T> {
    result.map_err(|failure| {
        if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(failure.status()))
        {
            options.set_status(status);
        }
        ApiFailure(failure)
    })
}

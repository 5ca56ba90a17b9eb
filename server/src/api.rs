//! The HTTP API, `/api/v1`: JSON in, JSON or problem details out. One table of routes, which the document is held against.

mod accounts;
mod arrival;
mod auth;
mod body;
mod connectors;
mod credentials;
mod discover;
mod fields;
mod list;
mod messages;
mod notifications;
mod openapi;
mod precondition;
mod resource;
mod schedules;
mod sending;
mod test;

pub use auth::refuse_other_sites;

use crate::{problem::Problem, router::AppState};
use accounts::Accounts;
use axum::{Router, extract::DefaultBodyLimit, handler::Handler as _, routing::MethodRouter};
use connectors::Connectors;
use credentials::Credentials;
use resource::{create, delete, get, list, patch, replace};
use schedules::Schedules;

macro_rules! routes {
    ($($path:literal: { $($method:ident => $handler:expr),+ $(,)? })+) => {
        /// Paths below `/api/v1` with their methods.
        #[cfg(test)]
        const ROUTES: &[(&str, &[&str])] = &[$(($path, &[$(stringify!($method)),+])),+];

        fn table() -> Router<AppState> {
            Router::new()$(.route($path, MethodRouter::new()$(.$method($handler))+))+
        }
    };
}

// Each line has its like in `openapi`; a test holds the two together.
routes! {
    "/openapi.json": { get => openapi::document }
    "/accounts": { get => list::<Accounts>, post => create::<Accounts> }
    "/accounts/{id}": {
        get => get::<Accounts>, put => replace::<Accounts>, patch => patch::<Accounts>, delete => delete::<Accounts>,
    }
    "/accounts/{id}/sending": { get => sending::get, put => sending::replace }
    "/accounts/{id}/sending/pause": { post => sending::pause }
    "/accounts/{id}/sending/resume": { post => sending::resume }
    "/notifications": { post => notifications::submit.layer(DefaultBodyLimit::max(notifications::MAX_BODY_BYTES)) }
    "/messages": { get => messages::list }
    "/messages/{id}": { get => messages::get }
    "/messages/{id}/resend": { post => messages::resend }
    "/messages/{id}/cancel": { post => messages::cancel }
    "/messages/{id}/pause": { post => messages::pause }
    "/messages/{id}/resume": { post => messages::resume }
    "/accounts/{id}/test": { post => test::saved }
    "/accounts/{id}/tests": { get => accounts::tests }
    "/accounts/{id}/arrival": { post => arrival::check }
    "/test": { post => test::unsaved }
    "/discover": { post => discover::discover }
    "/credentials": { get => list::<Credentials>, post => create::<Credentials> }
    "/credentials/{id}": {
        get => get::<Credentials>, put => replace::<Credentials>, patch => patch::<Credentials>,
        delete => delete::<Credentials>,
    }
    "/connectors": { get => list::<Connectors>, post => create::<Connectors> }
    "/connectors/{id}": {
        get => get::<Connectors>, put => replace::<Connectors>, patch => patch::<Connectors>,
        delete => delete::<Connectors>,
    }
    "/schedules": { get => list::<Schedules>, post => create::<Schedules> }
    "/schedules/{id}": {
        get => get::<Schedules>, put => replace::<Schedules>, patch => patch::<Schedules>,
        delete => delete::<Schedules>,
    }
    "/schedules/{id}/send": { post => schedules::send }
}

/// Everything below `/api/v1`, what is not there included.
pub fn routes() -> Router<AppState> {
    table().fallback(nothing).method_not_allowed_fallback(|| async { Problem::wrong_method() })
}

/// What is not there.
pub async fn nothing() -> Problem {
    Problem::no_such_path()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_document_speaks_of_every_route_and_of_no_other() {
        let routed: BTreeSet<_> = ROUTES
            .iter()
            .flat_map(|(path, methods)| methods.iter().map(move |method| format!("{method} /api/v1{path}")))
            .collect();
        let document = openapi::whole();
        let documented: BTreeSet<_> = document["paths"]
            .as_object()
            .expect("paths")
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().expect("an object").keys();
                methods.filter(|key| *key != "parameters").map(move |method| format!("{method} {path}"))
            })
            .collect();
        assert_eq!(documented, routed);
    }
}

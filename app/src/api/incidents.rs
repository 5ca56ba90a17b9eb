//! Incidents: how many, which the header of every page asks, and which.

use super::Answer;
use domain::incident::Incidents;
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "incident_count", input = Json, client = super::client::WithSession)]
pub async fn incident_count() -> Answer<usize> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.incidents(&actor).await.map(|all| all.count()))
}

#[server(prefix = "/api/ui", endpoint = "incident_list", input = Json, client = super::client::WithSession)]
pub async fn incident_list() -> Answer<Incidents> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.incidents(&actor).await)
}

//! What holds for the whole product.

use super::Answer;
use domain::{parameters::Parameters, portal::Embedding};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "parameters_get", input = Json, client = super::client::WithSession)]
pub async fn parameters_get() -> Answer<Parameters> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.parameters_get(&actor).await)
}

#[server(prefix = "/api/ui", endpoint = "parameters_update", input = Json, client = super::client::WithSession)]
pub async fn parameters_update(parameters: Parameters) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.parameters_update(&actor, parameters).await)
}

/// What is configured for portals.
#[server(prefix = "/api/ui", endpoint = "embedding_get", input = Json, client = super::client::WithSession)]
pub async fn embedding_get() -> Answer<Embedding> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.embedding_get(&actor).await)
}

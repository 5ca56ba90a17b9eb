//! What holds for the whole product.

use super::Answer;
use domain::parameters::Parameters;
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "parameters_get", input = Json)]
pub async fn parameters_get() -> Answer<Parameters> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.parameters_get(&actor).await)
}

#[server(prefix = "/api/ui", endpoint = "parameters_update", input = Json)]
pub async fn parameters_update(parameters: Parameters) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.parameters_update(&actor, parameters).await)
}

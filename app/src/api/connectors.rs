//! Network connectors.

use super::Answer;
use domain::{
    ConnectorId,
    connector::{Connector, ConnectorDraft, ConnectorTest},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "connector_get", input = Json, client = super::client::WithSession)]
pub async fn connector_get(id: ConnectorId) -> Answer<Connector> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.connector_get(&actor, id).await)
}

#[server(prefix = "/api/ui", endpoint = "connector_create", input = Json, client = super::client::WithSession)]
pub async fn connector_create(draft: ConnectorDraft) -> Answer<Connector> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.connector_create(&actor, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "connector_update", input = Json, client = super::client::WithSession)]
pub async fn connector_update(id: ConnectorId, version: i64, draft: ConnectorDraft) -> Answer<Connector> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.connector_update(&actor, id, version, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "connector_delete", input = Json, client = super::client::WithSession)]
pub async fn connector_delete(id: ConnectorId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.connector_delete(&actor, id).await)
}

/// Whether the connector itself answers. Ends within its own budget, or with the request.
#[server(name = ConnectorTestCall, prefix = "/api/ui", endpoint = "connector_test", input = Json, client = super::client::WithSession)]
pub async fn connector_test(id: ConnectorId) -> Answer<ConnectorTest> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.connector_test(&actor, id, super::ssr::CancellationToken::new()).await)
}

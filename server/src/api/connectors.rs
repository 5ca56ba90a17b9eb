//! Network connectors as a resource.

use super::{
    accounts::object,
    fields::{CONNECTOR, Field},
    resource::{Resource, Shown},
};
use domain::{
    Action, ConnectorId,
    connector::{Connector, ConnectorDraft},
    report::{Query, ReportName},
};
use serde_json::json;
use service::{Actor, Answer, Service};

pub struct Connectors;

impl Resource for Connectors {
    const NAME: &'static str = "connectors";
    const REPORT: ReportName = ReportName::Connectors;
    const CHANGE: Action = Action::ConnectorsChange;
    const FIELDS: &'static [Field] = CONNECTOR;
    const READ_ONLY: &'static [&'static str] = &["used_by"];
    type Draft = ConnectorDraft;

    async fn list(service: &Service, actor: &Actor, filter: &Query, after: i64, limit: u32) -> Answer<Vec<Shown>> {
        Ok(service.connector_list(actor, filter, after, limit).await?.iter().map(shown).collect())
    }

    async fn get(service: &Service, actor: &Actor, id: i64) -> Answer<Shown> {
        service.connector_get(actor, ConnectorId(id)).await.map(|connector| shown(&connector))
    }

    async fn create(service: &Service, actor: &Actor, draft: ConnectorDraft) -> Answer<Shown> {
        service.connector_create(actor, draft).await.map(|connector| shown(&connector))
    }

    async fn update(service: &Service, actor: &Actor, id: i64, version: i64, draft: ConnectorDraft) -> Answer<Shown> {
        service.connector_update(actor, ConnectorId(id), version, draft).await.map(|connector| shown(&connector))
    }

    async fn delete(service: &Service, actor: &Actor, id: i64, version: Option<i64>) -> Answer<()> {
        service.connector_delete_version(actor, ConnectorId(id), version).await
    }
}

fn shown(connector: &Connector) -> Shown {
    Shown { id: connector.id.0, version: connector.version, object: object(json!(connector)) }
}

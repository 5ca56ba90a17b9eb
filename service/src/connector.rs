//! Connectors.

use crate::{Actor, Answer, Service};
use domain::{
    ConnectorId, Failure,
    connector::{Connector, ConnectorDraft, ConnectorTest},
};
use tokio_util::sync::CancellationToken;

impl Service {
    pub async fn connector_get(&self, actor: &Actor, id: ConnectorId) -> Answer<Connector> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn connector_create(&self, actor: &Actor, draft: ConnectorDraft) -> Answer<Connector> {
        let _ = (actor, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn connector_update(
        &self,
        actor: &Actor,
        id: ConnectorId,
        version: i64,
        draft: ConnectorDraft,
    ) -> Answer<Connector> {
        let _ = (actor, id, version, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn connector_delete(&self, actor: &Actor, id: ConnectorId) -> Answer<()> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn connector_test(
        &self,
        actor: &Actor,
        id: ConnectorId,
        cancel: CancellationToken,
    ) -> Answer<ConnectorTest> {
        let _ = (actor, id, cancel);
        Err(Failure::Internal { reference: String::new() })
    }
}

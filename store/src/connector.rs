//! Network connectors.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    ConnectorId, CredentialId, Label,
    connector::{Connector, ConnectorKind, NewConnector},
    value::fold,
};
use sqlx::Row as _;

impl ReadTx {
    pub async fn connector_get(&mut self, id: ConnectorId) -> StoreResult<Option<Connector>> {
        let row =
            sqlx::query("SELECT * FROM connectors WHERE id = $1").bind(id.0).fetch_optional(self.connection()).await?;
        match row {
            Some(row) => self.connector_whole(&row).await.map(Some),
            None => Ok(None),
        }
    }

    /// By another connector than that one.
    pub async fn connector_name_taken(&mut self, name: &Label, but: Option<ConnectorId>) -> StoreResult<bool> {
        let row = sqlx::query("SELECT id FROM connectors WHERE name_fold = $1 AND id <> $2")
            .bind(name.folded())
            .bind(but.map_or(0, |id| id.0))
            .fetch_optional(self.connection())
            .await?;
        Ok(row.is_some())
    }

    pub async fn connector_list(&mut self) -> StoreResult<Vec<Connector>> {
        let rows = sqlx::query("SELECT * FROM connectors ORDER BY name_fold, id").fetch_all(self.connection()).await?;
        let mut connectors = Vec::with_capacity(rows.len());
        for row in &rows {
            connectors.push(self.connector_whole(row).await?);
        }
        Ok(connectors)
    }

    pub async fn connector_list_by_credential(&mut self, id: CredentialId) -> StoreResult<Vec<Connector>> {
        let rows = sqlx::query("SELECT * FROM connectors WHERE credential_id = $1 ORDER BY name_fold, id")
            .bind(id.0)
            .fetch_all(self.connection())
            .await?;
        let mut connectors = Vec::with_capacity(rows.len());
        for row in &rows {
            connectors.push(self.connector_whole(row).await?);
        }
        Ok(connectors)
    }

    async fn connector_whole(&mut self, row: &DatabaseRow) -> StoreResult<Connector> {
        let mut connector = read(row)?;
        connector.used_by =
            sqlx::query_scalar("SELECT name FROM accounts WHERE connector_id = $1 ORDER BY name_fold, id")
                .bind(connector.id.0)
                .fetch_all(self.connection())
                .await?;
        Ok(connector)
    }
}

impl WriteTx {
    pub async fn connector_insert(&mut self, connector: &NewConnector) -> StoreResult<ConnectorId> {
        let row = sqlx::query(
            "INSERT INTO connectors (name, name_fold, kind, host, host_fold, port, credential_id, enabled) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        )
        .bind(connector.name.as_str())
        .bind(connector.name.folded())
        .bind(connector.kind.code())
        .bind(connector.host.as_str())
        .bind(fold(connector.host.as_str()))
        .bind(i64::from(connector.port.get()))
        .bind(connector.credential_id.map(|id| id.0))
        .bind(connector.enabled)
        .fetch_one(self.connection())
        .await?;
        Ok(ConnectorId(row.try_get("id")?))
    }

    /// `false` where the version is no longer that one.
    pub async fn connector_update(
        &mut self,
        id: ConnectorId,
        version: i64,
        connector: &NewConnector,
    ) -> StoreResult<bool> {
        let done = sqlx::query(
            "UPDATE connectors SET name = $1, name_fold = $2, kind = $3, host = $4, host_fold = $5, port = $6, \
             credential_id = $7, enabled = $8, version = version + 1 WHERE id = $9 AND version = $10",
        )
        .bind(connector.name.as_str())
        .bind(connector.name.folded())
        .bind(connector.kind.code())
        .bind(connector.host.as_str())
        .bind(fold(connector.host.as_str()))
        .bind(i64::from(connector.port.get()))
        .bind(connector.credential_id.map(|id| id.0))
        .bind(connector.enabled)
        .bind(id.0)
        .bind(version)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    pub async fn connector_delete(&mut self, id: ConnectorId) -> StoreResult<bool> {
        let done = sqlx::query("DELETE FROM connectors WHERE id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(done.rows_affected() > 0)
    }
}

fn read(row: &DatabaseRow) -> StoreResult<Connector> {
    let r = Reader::new("connectors", row)?;
    Ok(Connector {
        id: ConnectorId(r.id()),
        version: r.get("version")?,
        settings: NewConnector {
            name: r.label("name")?,
            kind: r.parse("kind", ConnectorKind::parse)?,
            host: r.host("host")?,
            port: r.port("port")?.ok_or_else(|| r.corrupt("port"))?,
            credential_id: r.get::<Option<i64>>("credential_id")?.map(CredentialId),
            enabled: r.get("enabled")?,
        },
        used_by: Vec::new(),
    })
}

//! Sealed secrets and the wrapped keys they are sealed with: bytes in, bytes out. What they mean is `service`'s business.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow};
use domain::{CredentialId, UnixMillis, destination::Destination};
use sqlx::Row as _;

/// One sealed copy of a credential's secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub credential_id: CredentialId,
    /// `None`: no place has claimed it yet.
    pub destination: Option<Destination>,
    pub key_id: String,
    pub nonce: Vec<u8>,
    pub ciphertext: Vec<u8>,
    pub created_at: UnixMillis,
}

/// A data key, wrapped by the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKey {
    pub id: String,
    pub nonce: Vec<u8>,
    pub wrapped: Vec<u8>,
    pub created_at: UnixMillis,
}

fn line(destination: Option<&Destination>) -> &str {
    destination.map_or("", Destination::as_str)
}

impl ReadTx {
    pub async fn sealed_get(
        &mut self,
        id: CredentialId,
        destination: Option<&Destination>,
    ) -> StoreResult<Option<Sealed>> {
        let row = sqlx::query("SELECT * FROM sealed_secrets WHERE credential_id = $1 AND destination = $2")
            .bind(id.0)
            .bind(line(destination))
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(read_sealed).transpose()
    }

    pub async fn sealed_list(&mut self, id: CredentialId) -> StoreResult<Vec<Sealed>> {
        let rows = sqlx::query("SELECT * FROM sealed_secrets WHERE credential_id = $1 ORDER BY destination")
            .bind(id.0)
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(read_sealed).collect()
    }

    pub async fn sealed_any(&mut self) -> StoreResult<bool> {
        let row =
            sqlx::query("SELECT credential_id FROM sealed_secrets LIMIT 1").fetch_optional(self.connection()).await?;
        Ok(row.is_some())
    }

    /// The newest last.
    pub async fn data_key_list(&mut self) -> StoreResult<Vec<DataKey>> {
        let rows = sqlx::query("SELECT * FROM data_keys ORDER BY created_at, id").fetch_all(self.connection()).await?;
        rows.iter().map(read_key).collect()
    }
}

impl WriteTx {
    /// Replaces the copy for that place.
    pub async fn sealed_put(&mut self, sealed: &Sealed) -> StoreResult<()> {
        self.sealed_delete(sealed.credential_id, sealed.destination.as_ref()).await?;
        sqlx::query(
            "INSERT INTO sealed_secrets (credential_id, destination, key_id, nonce, ciphertext, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(sealed.credential_id.0)
        .bind(line(sealed.destination.as_ref()))
        .bind(&sealed.key_id)
        .bind(&sealed.nonce)
        .bind(&sealed.ciphertext)
        .bind(sealed.created_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    pub async fn sealed_delete(&mut self, id: CredentialId, destination: Option<&Destination>) -> StoreResult<()> {
        sqlx::query("DELETE FROM sealed_secrets WHERE credential_id = $1 AND destination = $2")
            .bind(id.0)
            .bind(line(destination))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn data_key_insert(&mut self, key: &DataKey) -> StoreResult<()> {
        sqlx::query("INSERT INTO data_keys (id, nonce, wrapped, created_at) VALUES ($1, $2, $3, $4)")
            .bind(&key.id)
            .bind(&key.nonce)
            .bind(&key.wrapped)
            .bind(key.created_at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// The same key under another master key.
    pub async fn data_key_rewrap(&mut self, key: &DataKey) -> StoreResult<()> {
        sqlx::query("UPDATE data_keys SET nonce = $2, wrapped = $3 WHERE id = $1")
            .bind(&key.id)
            .bind(&key.nonce)
            .bind(&key.wrapped)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

fn read_sealed(row: &DatabaseRow) -> StoreResult<Sealed> {
    let line: String = row.try_get("destination")?;
    Ok(Sealed {
        credential_id: CredentialId(row.try_get("credential_id")?),
        destination: (!line.is_empty()).then(|| Destination::from_stored(line)),
        key_id: row.try_get("key_id")?,
        nonce: row.try_get("nonce")?,
        ciphertext: row.try_get("ciphertext")?,
        created_at: UnixMillis(row.try_get("created_at")?),
    })
}

fn read_key(row: &DatabaseRow) -> StoreResult<DataKey> {
    Ok(DataKey {
        id: row.try_get("id")?,
        nonce: row.try_get("nonce")?,
        wrapped: row.try_get("wrapped")?,
        created_at: UnixMillis(row.try_get("created_at")?),
    })
}

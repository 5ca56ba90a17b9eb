//! Access tokens, sealed: one for each place that a credential logs in at.

use crate::{ReadTx, StoreResult, WriteTx, sealed::Sealed};
use domain::{CredentialId, UnixMillis, destination::Destination};
use sqlx::Row as _;

impl ReadTx {
    /// With the moment at which it ends.
    pub async fn oauth_token_get(
        &mut self,
        id: CredentialId,
        destination: &Destination,
    ) -> StoreResult<Option<(Sealed, UnixMillis)>> {
        let row = sqlx::query("SELECT * FROM oauth_tokens WHERE credential_id = $1 AND destination = $2")
            .bind(id.0)
            .bind(destination.as_str())
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let expires_at = UnixMillis(row.try_get("expires_at")?);
        let sealed = Sealed {
            credential_id: id,
            destination: Some(destination.clone()),
            key_id: row.try_get("key_id")?,
            nonce: row.try_get("nonce")?,
            ciphertext: row.try_get("ciphertext")?,
            created_at: expires_at,
        };
        Ok(Some((sealed, expires_at)))
    }
}

impl WriteTx {
    /// Replaces the one for that place. Those that have ended go.
    pub async fn oauth_token_put(
        &mut self,
        sealed: &Sealed,
        expires_at: UnixMillis,
        now: UnixMillis,
    ) -> StoreResult<()> {
        sqlx::query("DELETE FROM oauth_tokens WHERE expires_at <= $1").bind(now.0).execute(self.connection()).await?;
        sqlx::query(
            "INSERT INTO oauth_tokens (credential_id, destination, key_id, nonce, ciphertext, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id, destination) DO UPDATE SET \
             key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext, \
             expires_at = excluded.expires_at",
        )
        .bind(sealed.credential_id.0)
        .bind(sealed.destination.as_ref().map_or("", Destination::as_str))
        .bind(&sealed.key_id)
        .bind(&sealed.nonce)
        .bind(&sealed.ciphertext)
        .bind(expires_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// After its secret or what goes with it has changed, or a place of it is gone.
    pub async fn oauth_token_forget(&mut self, id: CredentialId) -> StoreResult<()> {
        sqlx::query("DELETE FROM oauth_tokens WHERE credential_id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(())
    }
}

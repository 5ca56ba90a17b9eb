//! Sessions of people who have signed in, by the hash of their token.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::{UnixMillis, UserId};
use sqlx::Row as _;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub user_id: UserId,
    pub created_at: UnixMillis,
    pub last_seen_at: UnixMillis,
    /// Where it was opened from.
    pub origin: String,
}

impl ReadTx {
    pub async fn session_get(&mut self, token_hash: &[u8]) -> StoreResult<Option<Session>> {
        let row = sqlx::query("SELECT user_id, created_at, last_seen_at, origin FROM sessions WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Session {
            user_id: UserId(row.try_get("user_id")?),
            created_at: UnixMillis(row.try_get("created_at")?),
            last_seen_at: UnixMillis(row.try_get("last_seen_at")?),
            origin: row.try_get("origin")?,
        }))
    }
}

impl WriteTx {
    pub async fn session_insert(&mut self, token_hash: &[u8], session: &Session) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at, origin) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(token_hash)
        .bind(session.user_id.0)
        .bind(session.created_at.0)
        .bind(session.last_seen_at.0)
        .bind(&session.origin)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    pub async fn session_seen(&mut self, token_hash: &[u8], at: UnixMillis) -> StoreResult<()> {
        sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1")
            .bind(token_hash)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn session_delete(&mut self, token_hash: &[u8]) -> StoreResult<bool> {
        let done = sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// All sessions of a user.
    pub async fn session_delete_by_user(&mut self, id: UserId) -> StoreResult<u64> {
        let done = sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(done.rows_affected())
    }

    /// All sessions of a user but one.
    pub async fn session_delete_others(&mut self, id: UserId, kept: &[u8]) -> StoreResult<u64> {
        let done = sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2")
            .bind(id.0)
            .bind(kept)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected())
    }

    /// Those that began, or were last used, before these moments.
    pub async fn session_delete_expired(&mut self, began: UnixMillis, seen: UnixMillis) -> StoreResult<u64> {
        let done = sqlx::query("DELETE FROM sessions WHERE created_at <= $1 OR last_seen_at <= $2")
            .bind(began.0)
            .bind(seen.0)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected())
    }
}

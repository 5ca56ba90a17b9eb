//! Sessions of people who signed in elsewhere, by the hash of their token, and tokens that were used up.

use crate::{ReadTx, StoreError, StoreResult, WriteTx};
use domain::{Role, UnixMillis};
use sqlx::Row as _;

const TABLE: &str = "portal_sessions";

/// How somebody came to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortalKind {
    /// A portal that embeds us vouched for them.
    Embed,
    /// An `OpenID` provider did.
    Oidc,
}

impl PortalKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Embed => "embed",
            Self::Oidc => "oidc",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Embed, Self::Oidc].into_iter().find(|kind| kind.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalSession {
    pub kind: PortalKind,
    /// As the issuer knows them.
    pub subject: String,
    /// As people read it.
    pub name: String,
    pub role: Role,
    /// Empty where nobody said.
    pub issuer: String,
    /// The origin that frames us, empty where nobody does.
    pub embedder: String,
    /// Where it was opened from.
    pub address: String,
    pub created_at: UnixMillis,
    pub last_seen_at: UnixMillis,
    pub expires_at: UnixMillis,
}

impl ReadTx {
    /// Expired or not.
    pub async fn portal_session_get(&mut self, token_hash: &[u8]) -> StoreResult<Option<PortalSession>> {
        let row = sqlx::query("SELECT rowid, * FROM portal_sessions WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id = row.try_get("rowid")?;
        let corrupt = |column| StoreError::Corrupt { table: TABLE, id, column };
        Ok(Some(PortalSession {
            kind: PortalKind::parse(row.try_get("kind")?).ok_or_else(|| corrupt("kind"))?,
            subject: row.try_get("subject")?,
            name: row.try_get("name")?,
            role: Role::parse(row.try_get("role")?).ok_or_else(|| corrupt("role"))?,
            issuer: row.try_get("issuer")?,
            embedder: row.try_get("embedder")?,
            address: row.try_get("address")?,
            created_at: UnixMillis(row.try_get("created_at")?),
            last_seen_at: UnixMillis(row.try_get("last_seen_at")?),
            expires_at: UnixMillis(row.try_get("expires_at")?),
        }))
    }

    /// Whether somebody has any session left: a renewed one ends the one before.
    pub async fn portal_session_any(
        &mut self,
        kind: PortalKind,
        issuer: &str,
        subject: &str,
        now: UnixMillis,
    ) -> StoreResult<bool> {
        let row = sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM portal_sessions WHERE expires_at > $1 AND kind = $2 AND issuer = $3 \
             AND subject = $4)",
        )
        .bind(now.0)
        .bind(kind.code())
        .bind(issuer)
        .bind(subject)
        .fetch_one(self.connection())
        .await?;
        Ok(row.try_get(0)?)
    }
}

impl WriteTx {
    /// What has expired by its beginning is cleared.
    pub async fn portal_session_insert(&mut self, token_hash: &[u8], session: &PortalSession) -> StoreResult<()> {
        sqlx::query("DELETE FROM portal_sessions WHERE expires_at <= $1")
            .bind(session.created_at.0)
            .execute(self.connection())
            .await?;
        sqlx::query(
            "INSERT INTO portal_sessions (token_hash, kind, subject, name, role, issuer, embedder, address, created_at, \
             last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(token_hash)
        .bind(session.kind.code())
        .bind(&session.subject)
        .bind(&session.name)
        .bind(session.role.code())
        .bind(&session.issuer)
        .bind(&session.embedder)
        .bind(&session.address)
        .bind(session.created_at.0)
        .bind(session.last_seen_at.0)
        .bind(session.expires_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    pub async fn portal_session_seen(&mut self, token_hash: &[u8], at: UnixMillis) -> StoreResult<()> {
        sqlx::query("UPDATE portal_sessions SET last_seen_at = $2 WHERE token_hash = $1")
            .bind(token_hash)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn portal_session_delete(&mut self, token_hash: &[u8]) -> StoreResult<bool> {
        let done = sqlx::query("DELETE FROM portal_sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// `false` where it was used before. What has expired by `now` is forgotten.
    pub async fn token_use_up(&mut self, id_hash: &[u8], expires_at: UnixMillis, now: UnixMillis) -> StoreResult<bool> {
        sqlx::query("DELETE FROM used_tokens WHERE expires_at <= $1").bind(now.0).execute(self.connection()).await?;
        let done = sqlx::query("INSERT INTO used_tokens (id_hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(id_hash)
            .bind(expires_at.0)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

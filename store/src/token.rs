//! API tokens, by the hash of what programs show.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    Role, TokenId, UnixMillis,
    token::{NewToken, Token},
    value::fold,
};
use sqlx::Row as _;

/// A token to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTokenRow<'a> {
    pub new: &'a NewToken,
    pub hash: &'a [u8],
    pub created_by: &'a str,
    pub created_at: UnixMillis,
}

impl ReadTx {
    pub async fn token_get(&mut self, id: TokenId) -> StoreResult<Option<Token>> {
        let row =
            sqlx::query("SELECT * FROM tokens WHERE id = $1").bind(id.0).fetch_optional(self.connection()).await?;
        row.as_ref().map(read).transpose()
    }

    /// Revoked or not.
    pub async fn token_by_hash(&mut self, hash: &[u8]) -> StoreResult<Option<Token>> {
        let row = sqlx::query("SELECT * FROM tokens WHERE token_hash = $1")
            .bind(hash)
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The oldest first, revoked ones too.
    pub async fn token_list(&mut self) -> StoreResult<Vec<Token>> {
        let rows = sqlx::query("SELECT * FROM tokens ORDER BY id").fetch_all(self.connection()).await?;
        rows.iter().map(read).collect()
    }
}

impl WriteTx {
    pub async fn token_insert(&mut self, row: &NewTokenRow<'_>) -> StoreResult<TokenId> {
        let inserted = sqlx::query(
            "INSERT INTO tokens (name, name_fold, role, token_hash, created_by, created_by_fold, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        )
        .bind(row.new.name.as_str())
        .bind(row.new.name.folded())
        .bind(row.new.role.code())
        .bind(row.hash)
        .bind(row.created_by)
        .bind(fold(row.created_by))
        .bind(row.created_at.0)
        .fetch_one(self.connection())
        .await?;
        Ok(TokenId(inserted.try_get("id")?))
    }

    pub async fn token_used(&mut self, id: TokenId, at: UnixMillis) -> StoreResult<()> {
        sqlx::query("UPDATE tokens SET last_used_at = $2 WHERE id = $1")
            .bind(id.0)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// `false` where it was revoked before.
    pub async fn token_revoke(&mut self, id: TokenId, at: UnixMillis) -> StoreResult<bool> {
        let done = sqlx::query("UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
            .bind(id.0)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn read(row: &DatabaseRow) -> StoreResult<Token> {
    let r = Reader::new("tokens", row)?;
    Ok(Token {
        id: TokenId(r.id()),
        name: r.label("name")?,
        role: r.parse("role", Role::parse)?,
        created_by: r.get("created_by")?,
        created_at: r.time("created_at")?,
        last_used_at: r.get::<Option<i64>>("last_used_at")?.map(UnixMillis),
        revoked_at: r.get::<Option<i64>>("revoked_at")?.map(UnixMillis),
    })
}

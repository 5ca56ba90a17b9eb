//! Users and the hashes of their passwords, and the one-time token of the first start.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{Label, Role, UnixMillis, UserId, user::User};
use sqlx::Row as _;

impl ReadTx {
    pub async fn user_get(&mut self, id: UserId) -> StoreResult<Option<User>> {
        let row = sqlx::query("SELECT * FROM users WHERE id = $1").bind(id.0).fetch_optional(self.connection()).await?;
        row.as_ref().map(read).transpose()
    }

    pub async fn user_by_name(&mut self, folded: &str) -> StoreResult<Option<User>> {
        let row = sqlx::query("SELECT * FROM users WHERE name_fold = $1")
            .bind(folded)
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(read).transpose()
    }

    pub async fn user_any(&mut self) -> StoreResult<bool> {
        let row = sqlx::query("SELECT id FROM users LIMIT 1").fetch_optional(self.connection()).await?;
        Ok(row.is_some())
    }

    pub async fn user_password_hash(&mut self, id: UserId) -> StoreResult<Option<String>> {
        Ok(sqlx::query_scalar("SELECT password_hash FROM users WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?)
    }

    /// SHA-256 of the set-up token in force.
    pub async fn setup_hash(&mut self) -> StoreResult<Option<Vec<u8>>> {
        Ok(sqlx::query_scalar("SELECT token_hash FROM setup").fetch_optional(self.connection()).await?)
    }
}

impl WriteTx {
    pub async fn user_insert(
        &mut self,
        name: &Label,
        role: Role,
        enabled: bool,
        password_hash: &str,
    ) -> StoreResult<UserId> {
        let row = sqlx::query(
            "INSERT INTO users (name, name_fold, role, enabled, password_hash) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        )
        .bind(name.as_str())
        .bind(name.folded())
        .bind(role.code())
        .bind(enabled)
        .bind(password_hash)
        .fetch_one(self.connection())
        .await?;
        Ok(UserId(row.try_get("id")?))
    }

    /// `false` where the version is no longer that one.
    pub async fn user_update(
        &mut self,
        id: UserId,
        version: i64,
        name: &Label,
        role: Role,
        enabled: bool,
    ) -> StoreResult<bool> {
        let done = sqlx::query(
            "UPDATE users SET name = $1, name_fold = $2, role = $3, enabled = $4, version = version + 1 \
             WHERE id = $5 AND version = $6",
        )
        .bind(name.as_str())
        .bind(name.folded())
        .bind(role.code())
        .bind(enabled)
        .bind(id.0)
        .bind(version)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    pub async fn user_password_set(&mut self, id: UserId, password_hash: &str) -> StoreResult<()> {
        sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1")
            .bind(id.0)
            .bind(password_hash)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn user_signed_in(&mut self, id: UserId, at: UnixMillis) -> StoreResult<()> {
        sqlx::query("UPDATE users SET last_sign_in = $2 WHERE id = $1")
            .bind(id.0)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Takes the sessions with it.
    pub async fn user_delete(&mut self, id: UserId) -> StoreResult<bool> {
        let done = sqlx::query("DELETE FROM users WHERE id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Older ones are void.
    pub async fn setup_set(&mut self, token_hash: &[u8], at: UnixMillis) -> StoreResult<()> {
        self.setup_clear().await?;
        sqlx::query("INSERT INTO setup (id, token_hash, created_at) VALUES (1, $1, $2)")
            .bind(token_hash)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn setup_clear(&mut self) -> StoreResult<()> {
        sqlx::query("DELETE FROM setup").execute(self.connection()).await?;
        Ok(())
    }
}

fn read(row: &DatabaseRow) -> StoreResult<User> {
    let r = Reader::new("users", row)?;
    Ok(User {
        id: UserId(r.id()),
        version: r.get("version")?,
        name: r.label("name")?,
        role: r.parse("role", Role::parse)?,
        enabled: r.get("enabled")?,
        last_sign_in: r.get::<Option<i64>>("last_sign_in")?.map(UnixMillis),
    })
}

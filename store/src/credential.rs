//! Credentials without their secrets, which are next door in `sealed`.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    CredentialId, UnixMillis,
    credential::{Credential, CredentialKind, NewCredential, OAuth},
    destination::Destination,
    value::fold,
};
use sqlx::Row as _;

impl ReadTx {
    pub async fn credential_get(&mut self, id: CredentialId) -> StoreResult<Option<Credential>> {
        let row =
            sqlx::query("SELECT * FROM credentials WHERE id = $1").bind(id.0).fetch_optional(self.connection()).await?;
        match row {
            Some(row) => self.credential_whole(&row).await.map(Some),
            None => Ok(None),
        }
    }

    pub async fn credential_list(&mut self) -> StoreResult<Vec<Credential>> {
        let rows = sqlx::query("SELECT * FROM credentials ORDER BY name_fold, id").fetch_all(self.connection()).await?;
        let mut credentials = Vec::with_capacity(rows.len());
        for row in &rows {
            credentials.push(self.credential_whole(row).await?);
        }
        Ok(credentials)
    }

    async fn credential_whole(&mut self, row: &DatabaseRow) -> StoreResult<Credential> {
        let mut credential = read(row)?;
        credential.used_by = sqlx::query_scalar(
            "SELECT name FROM (SELECT name, name_fold FROM accounts WHERE credential_id = $1 \
             UNION ALL SELECT name, name_fold FROM connectors WHERE credential_id = $1) AS users_of_it ORDER BY name_fold, name",
        )
        .bind(credential.id.0)
        .fetch_all(self.connection())
        .await?;
        let places: Vec<String> =
            sqlx::query_scalar("SELECT destination FROM sealed_secrets WHERE credential_id = $1 ORDER BY destination")
                .bind(credential.id.0)
                .fetch_all(self.connection())
                .await?;
        credential.unbound = places.iter().any(String::is_empty);
        credential.destinations =
            places.into_iter().filter(|place| !place.is_empty()).map(Destination::from_stored).collect();
        Ok(credential)
    }
}

impl WriteTx {
    pub async fn credential_insert(&mut self, credential: &NewCredential, at: UnixMillis) -> StoreResult<CredentialId> {
        let row = sqlx::query(
            "INSERT INTO credentials (name, name_fold, kind, user_name, user_name_fold, secret_set_at, oauth) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        )
        .bind(credential.name.as_str())
        .bind(credential.name.folded())
        .bind(credential.kind.code())
        .bind(&credential.user_name)
        .bind(fold(&credential.user_name))
        .bind(at.0)
        .bind(stored_oauth(credential)?)
        .fetch_one(self.connection())
        .await?;
        Ok(CredentialId(row.try_get("id")?))
    }

    /// `false` where the version is no longer that one.
    pub async fn credential_update(
        &mut self,
        id: CredentialId,
        version: i64,
        credential: &NewCredential,
    ) -> StoreResult<bool> {
        let done = sqlx::query(
            "UPDATE credentials SET name = $1, name_fold = $2, kind = $3, user_name = $4, user_name_fold = $5, \
             oauth = $6, version = version + 1 WHERE id = $7 AND version = $8",
        )
        .bind(credential.name.as_str())
        .bind(credential.name.folded())
        .bind(credential.kind.code())
        .bind(&credential.user_name)
        .bind(fold(&credential.user_name))
        .bind(stored_oauth(credential)?)
        .bind(id.0)
        .bind(version)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Notes that the secret has been written.
    pub async fn credential_secret_set(&mut self, id: CredentialId, at: UnixMillis) -> StoreResult<()> {
        sqlx::query("UPDATE credentials SET secret_set_at = $2 WHERE id = $1")
            .bind(id.0)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Takes its sealed secrets with it.
    pub async fn credential_delete(&mut self, id: CredentialId) -> StoreResult<bool> {
        let done = sqlx::query("DELETE FROM credentials WHERE id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(done.rows_affected() > 0)
    }
}

/// Empty for a password.
fn stored_oauth(credential: &NewCredential) -> StoreResult<String> {
    if !credential.kind.is_oauth() {
        return Ok(String::new());
    }
    Ok(serde_json::to_string(&credential.oauth)?)
}

fn read(row: &DatabaseRow) -> StoreResult<Credential> {
    let r = Reader::new("credentials", row)?;
    Ok(Credential {
        id: CredentialId(r.id()),
        version: r.get("version")?,
        name: r.label("name")?,
        kind: r.parse("kind", CredentialKind::parse)?,
        user_name: r.get("user_name")?,
        oauth: r.parse("oauth", |text| match text {
            "" => Some(OAuth::default()),
            json => serde_json::from_str(json).ok(),
        })?,
        secret_set_at: r.time("secret_set_at")?,
        used_by: Vec::new(),
        destinations: Vec::new(),
        unbound: false,
    })
}

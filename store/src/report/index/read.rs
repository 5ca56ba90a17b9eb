//! The accounts out of the tables: all of them, and those that have changed.

use super::{
    base::{Base, Entry},
    build::Builder,
};
use crate::{ReadTx, StoreResult, pool::DatabaseRow};
use futures::TryStreamExt as _;
use sqlx::Row as _;
use std::collections::HashMap;

impl ReadTx {
    /// The number of the last change in this snapshot.
    pub(super) async fn account_changes_last(&mut self) -> StoreResult<i64> {
        let last = sqlx::query_scalar::<_, i64>("SELECT coalesce(max(seq), 0) FROM account_changes");
        Ok(last.fetch_one(self.connection()).await?)
    }

    /// The accounts changed since; `None` where that is no longer known.
    pub(super) async fn account_changes_after(&mut self, seq: i64) -> StoreResult<Option<Vec<i64>>> {
        let first: Option<i64> = sqlx::query_scalar("SELECT min(seq) FROM account_changes WHERE seq > $1")
            .bind(seq)
            .fetch_one(self.connection())
            .await?;
        if first != Some(seq + 1) {
            return Ok(None);
        }
        let ids = sqlx::query_scalar("SELECT DISTINCT account_id FROM account_changes WHERE seq > $1")
            .bind(seq)
            .fetch_all(self.connection())
            .await?;
        Ok(Some(ids))
    }

    /// Those accounts, and which of them there are not.
    pub(super) async fn account_entries(&mut self, ids: &[i64]) -> StoreResult<Vec<(i64, Option<Entry>)>> {
        let rows = sqlx::query(
            "SELECT id, name_fold, sender_fold, reply_to_fold, return_path_fold, confirmation_fold, \
             enabled + 2 * (id IS (SELECT account_id FROM default_account)) + 4 * secure + 8 * force_settings \
             + 16 * read_receipt + 32 * footnote FROM accounts WHERE id IN (SELECT value FROM json_each($1))",
        )
        .bind(serde_json::to_string(ids)?)
        .fetch_all(self.connection())
        .await?;
        let mut found = HashMap::new();
        for row in &rows {
            let (id, texts, flags) = read(row)?;
            found.insert(id, Entry { id, texts: texts.map(str::to_owned), flags });
        }
        Ok(ids.iter().map(|id| (*id, found.remove(id))).collect())
    }

    /// All accounts; `None` where they take too much room, or nobody waits for them any more.
    pub(super) async fn account_base(&mut self, is_over: impl Fn() -> bool) -> StoreResult<Option<Base>> {
        let mut rows = sqlx::query(
            "SELECT id, name_fold, sender_fold, reply_to_fold, return_path_fold, confirmation_fold, \
             enabled + 2 * (id IS (SELECT account_id FROM default_account)) + 4 * secure + 8 * force_settings \
             + 16 * read_receipt + 32 * footnote FROM accounts ORDER BY id",
        )
        .fetch(self.connection());
        let mut builder = Builder::new();
        while let Some(row) = rows.try_next().await? {
            let (id, texts, flags) = read(&row)?;
            if !builder.push(id, texts, flags) || is_over() {
                return Ok(None);
            }
        }
        Ok(Some(builder.finish()))
    }
}

fn read(row: &DatabaseRow) -> StoreResult<(i64, [&str; 5], u8)> {
    let texts = [row.try_get(1)?, row.try_get(2)?, row.try_get(3)?, row.try_get(4)?, row.try_get(5)?];
    // Six bits, by the tables' own checks.
    let flags = u8::try_from(row.try_get::<i64, _>(6)?).unwrap_or_default();
    Ok((row.try_get(0)?, texts, flags))
}

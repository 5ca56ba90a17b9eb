//! What is forgotten: messages past their retention, idempotency keys past their week.

use crate::{StoreResult, WriteTx};
use domain::UnixMillis;
use sqlx::Row as _;

impl WriteTx {
    /// Deletes up to so many messages that came to their end and were accepted before then, with all that belongs to
    /// them. Answers how many. Writes in any case: where that fails, nothing is to be claimed.
    pub async fn message_forget(&mut self, before: UnixMillis, limit: u32) -> StoreResult<usize> {
        let rows = sqlx::query(
            "SELECT id FROM messages WHERE created_at < $1 AND status IN ('sent', 'error', 'canceled', 'resent') \
             ORDER BY created_at LIMIT $2",
        )
        .bind(before.0)
        .bind(i64::from(limit))
        .fetch_all(self.connection())
        .await?;
        for row in &rows {
            let id: i64 = row.try_get("id")?;
            for query in [
                sqlx::query("DELETE FROM message_search WHERE rowid = $1"),
                sqlx::query("DELETE FROM attempts WHERE message_id = $1"),
                sqlx::query("DELETE FROM message_recipients WHERE message_id = $1"),
                sqlx::query("DELETE FROM message_bodies WHERE id = $1"),
                sqlx::query("DELETE FROM message_texts WHERE id = $1"),
                sqlx::query("DELETE FROM messages WHERE id = $1"),
            ] {
                query.bind(id).execute(self.connection()).await?;
            }
        }
        sqlx::query("UPDATE message_counter SET total = total - $1")
            .bind(i64::try_from(rows.len()).unwrap_or(i64::MAX))
            .execute(self.connection())
            .await?;
        Ok(rows.len())
    }

    pub async fn idempotency_forget(&mut self, before: UnixMillis) -> StoreResult<u64> {
        let done =
            sqlx::query("DELETE FROM idempotency_keys WHERE at < $1").bind(before.0).execute(self.connection()).await?;
        Ok(done.rows_affected())
    }
}

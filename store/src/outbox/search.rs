//! The search index of the Outbox's texts, filled behind the queue's back: accepting a message does not wait for it.
//! Also how long the queue is.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::{UnixMillis, message::MessageStatus};
use sqlx::Row as _;

impl ReadTx {
    /// How many messages are in that state, and when the first of them was accepted.
    pub async fn message_depth(&mut self, status: MessageStatus) -> StoreResult<(u64, Option<UnixMillis>)> {
        let row = sqlx::query(
            "SELECT count(*) AS depth, (SELECT created_at FROM messages WHERE id = \
             (SELECT min(id) FROM messages WHERE status = $1)) AS oldest FROM messages WHERE status = $1",
        )
        .bind(status.code())
        .fetch_one(self.connection())
        .await?;
        let oldest: Option<i64> = row.try_get("oldest")?;
        Ok((row.try_get::<i64, _>("depth")?.unsigned_abs(), oldest.map(UnixMillis)))
    }

    /// Whether there is any message.
    pub async fn message_any(&mut self) -> StoreResult<bool> {
        let total: i64 = sqlx::query_scalar("SELECT total FROM message_counter").fetch_one(self.connection()).await?;
        Ok(total > 0)
    }

    /// How many messages the search index does not know yet. What it does not know is read row by row.
    pub async fn search_behind(&mut self) -> StoreResult<u64> {
        let behind: i64 = sqlx::query_scalar("SELECT next - 1 - searchable FROM message_counter")
            .fetch_one(self.connection())
            .await?;
        Ok(behind.unsigned_abs())
    }
}

impl WriteTx {
    /// Takes the next messages into the search index: ids up to so many further on.
    pub async fn search_advance(&mut self, by: u32) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO message_search (rowid, subject, recipients) SELECT t.id, t.subject_fold, t.recipients_fold \
             FROM message_texts t, message_counter c WHERE t.id > c.searchable AND t.id <= c.searchable + $1 ORDER BY t.id",
        )
        .bind(i64::from(by))
        .execute(self.connection())
        .await?;
        sqlx::query("UPDATE message_counter SET searchable = min(searchable + $1, next - 1)")
            .bind(i64::from(by))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

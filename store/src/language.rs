//! In which language somebody reads, and in which what is sent by itself is written: tags as `words` knows them.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::{ScheduleId, UserId};

impl ReadTx {
    pub async fn language_of_schedule(&mut self, id: ScheduleId) -> StoreResult<Option<String>> {
        let found: Option<Option<String>> = sqlx::query_scalar("SELECT language FROM schedules WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.flatten())
    }

    /// Of the mails that the health check writes.
    pub async fn language_of_health(&mut self) -> StoreResult<Option<String>> {
        Ok(sqlx::query_scalar("SELECT language FROM parameters").fetch_one(self.connection()).await?)
    }
}

impl WriteTx {
    pub async fn language_set_of_user(&mut self, id: UserId, tag: &str) -> StoreResult<()> {
        sqlx::query("UPDATE users SET language = $2 WHERE id = $1")
            .bind(id.0)
            .bind(tag)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn language_set_of_schedule(&mut self, id: ScheduleId, tag: &str) -> StoreResult<()> {
        sqlx::query("UPDATE schedules SET language = $2 WHERE id = $1")
            .bind(id.0)
            .bind(tag)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn language_set_of_health(&mut self, tag: &str) -> StoreResult<()> {
        sqlx::query("UPDATE parameters SET language = $1").bind(tag).execute(self.connection()).await?;
        Ok(())
    }
}

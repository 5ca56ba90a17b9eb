//! What holds for the whole product: one row.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::{AccountId, parameters::Parameters};
use sqlx::Row as _;

impl ReadTx {
    pub async fn parameters_get(&mut self) -> StoreResult<Parameters> {
        let row = sqlx::query("SELECT * FROM parameters").fetch_one(self.connection()).await?;
        Ok(Parameters {
            footer: row.try_get("footer")?,
            footer_html: row.try_get("footer_html")?,
            retention_days: row.try_get("retention_days")?,
            health_hours: row.try_get("health_hours")?,
            health_recipients: row.try_get("health_recipients")?,
            health_account_id: row.try_get::<Option<i64>, _>("health_account_id")?.map(AccountId),
        })
    }
}

impl WriteTx {
    pub async fn parameters_set(&mut self, parameters: &Parameters) -> StoreResult<()> {
        sqlx::query(
            "UPDATE parameters SET footer = $1, footer_html = $2, retention_days = $3, health_hours = $4, \
             health_recipients = $5, health_account_id = $6",
        )
        .bind(&parameters.footer)
        .bind(&parameters.footer_html)
        .bind(parameters.retention_days)
        .bind(parameters.health_hours)
        .bind(&parameters.health_recipients)
        .bind(parameters.health_account_id.map(|id| id.0))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

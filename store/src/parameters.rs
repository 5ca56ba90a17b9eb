//! What holds for the whole product: one row.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::parameters::Parameters;
use sqlx::Row as _;

impl ReadTx {
    pub async fn parameters_get(&mut self) -> StoreResult<Parameters> {
        let row = sqlx::query("SELECT footer, footer_html, retention_days FROM parameters")
            .fetch_one(self.connection())
            .await?;
        Ok(Parameters {
            footer: row.try_get("footer")?,
            footer_html: row.try_get("footer_html")?,
            retention_days: row.try_get("retention_days")?,
        })
    }
}

impl WriteTx {
    pub async fn parameters_set(&mut self, parameters: &Parameters) -> StoreResult<()> {
        sqlx::query("UPDATE parameters SET footer = $1, footer_html = $2, retention_days = $3")
            .bind(&parameters.footer)
            .bind(&parameters.footer_html)
            .bind(parameters.retention_days)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

//! What holds for the whole product: one row.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::parameters::Parameters;
use sqlx::Row as _;

impl ReadTx {
    pub async fn parameters_get(&mut self) -> StoreResult<Parameters> {
        let row = sqlx::query("SELECT footer FROM parameters").fetch_one(self.connection()).await?;
        Ok(Parameters { footer: row.try_get("footer")? })
    }
}

impl WriteTx {
    pub async fn parameters_set(&mut self, parameters: &Parameters) -> StoreResult<()> {
        sqlx::query("UPDATE parameters SET footer = $1").bind(&parameters.footer).execute(self.connection()).await?;
        Ok(())
    }
}

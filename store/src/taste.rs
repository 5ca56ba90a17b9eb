//! What a user likes, as far as they chose it.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::{
    UserId,
    taste::{Choice, Tastes},
};
use sqlx::Row as _;

impl ReadTx {
    /// Their tastes, and the language that they chose.
    pub async fn tastes_of_user(&mut self, id: UserId) -> StoreResult<(Tastes, Option<String>)> {
        let row = sqlx::query("SELECT theme, density, shortcuts, language FROM users WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok((Tastes::default(), None)) };
        let shortcuts: Option<bool> = row.try_get("shortcuts")?;
        let mut tastes = Tastes { shortcuts: shortcuts.unwrap_or(true), ..Tastes::default() };
        for name in ["theme", "density"] {
            let code: Option<&str> = row.try_get(name)?;
            if let Some(choice) = code.and_then(|code| Choice::parse(name, code)) {
                tastes = tastes.with(choice);
            }
        }
        Ok((tastes, row.try_get("language")?))
    }
}

impl WriteTx {
    pub async fn taste_set_of_user(&mut self, id: UserId, choice: Choice) -> StoreResult<()> {
        let statement = match choice {
            Choice::Theme(theme) => {
                sqlx::query("UPDATE users SET theme = $2 WHERE id = $1").bind(id.0).bind(theme.code())
            }
            Choice::Density(density) => {
                sqlx::query("UPDATE users SET density = $2 WHERE id = $1").bind(id.0).bind(density.code())
            }
            Choice::Shortcuts(on) => sqlx::query("UPDATE users SET shortcuts = $2 WHERE id = $1").bind(id.0).bind(on),
        };
        statement.execute(self.connection()).await?;
        Ok(())
    }
}

//! What can go wrong in the store: the rules that the tables enforce by name, everything else as it came.

use std::path::PathBuf;

pub type StoreResult<T> = Result<T, StoreError>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another row has this name.
    #[error("the name is taken")]
    NameTaken,
    /// Another row points to it, or it points to a row that is not there.
    #[error("a row that others point to, or one that points to nothing")]
    Reference,
    /// The default account may neither go nor be disabled.
    #[error("it is the default account")]
    DefaultAccount,
    /// The last enabled administrator may neither go nor be disabled nor demoted.
    #[error("it is the last enabled administrator")]
    LastAdministrator,
    /// No room is left on the disk.
    #[error("the disk is full")]
    Full,
    /// The files were deleted, replaced or cut behind our back.
    #[error("database {}: deleted, replaced or cut while it is open; nothing is written any more until a restart", path.display())]
    Lost { path: PathBuf },
    /// A row that was changed by hand into something that can't be.
    #[error("table {table}, row {id}: column {column} holds what can't be there")]
    Corrupt { table: &'static str, id: i64, column: &'static str },
    #[error("database {url}: only sqlite:// is supported")]
    Url { url: String },
    #[error("database {}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("database {}: {source}", path.display())]
    Open { path: PathBuf, source: sqlx::Error },
    #[error("database {}: pragma {pragma} is {found} and must be {wanted}", path.display())]
    Pragma { path: PathBuf, pragma: &'static str, found: String, wanted: &'static str },
    #[error("database {}: written by a newer Postroom (schema {found}, this program knows {known})", path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("database {}: {source}", path.display())]
    Migration { path: PathBuf, source: Box<sqlx::migrate::MigrateError> },
    #[error("writing JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("database: {0}")]
    Sql(#[source] sqlx::Error),
}

/// `SQLite`'s numbers for it: no room for the file, no room for the index of its log.
const SQLITE_FULL: [&str; 2] = ["13", "4874"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else { return Self::Sql(error) };
        match database.message() {
            "default_account" => return Self::DefaultAccount,
            "last_administrator" => return Self::LastAdministrator,
            _ => {}
        }
        if database.code().is_some_and(|code| SQLITE_FULL.contains(&code.as_ref())) {
            return Self::Full;
        }
        // `SQLite` reports what RESTRICT refuses as a trigger's doing; only its words say that it was a key.
        if database.is_foreign_key_violation() || database.message().contains("FOREIGN KEY") {
            Self::Reference
        } else if database.is_unique_violation() && database.message().contains("name_fold") {
            Self::NameTaken
        } else {
            Self::Sql(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection as _;

    #[tokio::test]
    async fn a_full_disk_is_told_from_other_failures() {
        let mut connection = sqlx::SqliteConnection::connect("sqlite::memory:").await.expect("opens");
        for statement in ["CREATE TABLE t (x)", "PRAGMA max_page_count = 2"] {
            sqlx::query(statement).execute(&mut connection).await.expect("runs");
        }
        let filled = sqlx::query("INSERT INTO t VALUES (zeroblob(100000))").execute(&mut connection).await;
        assert!(matches!(filled.map_err(StoreError::from), Err(StoreError::Full)));
        let other = sqlx::query("INSERT INTO nothing VALUES (1)").execute(&mut connection).await;
        assert!(matches!(other.map_err(StoreError::from), Err(StoreError::Sql(_))));
    }
}

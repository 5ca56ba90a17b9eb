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
    #[error("database: {0}")]
    Sql(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else { return Self::Sql(error) };
        match database.message() {
            "default_account" => return Self::DefaultAccount,
            "last_administrator" => return Self::LastAdministrator,
            _ => {}
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

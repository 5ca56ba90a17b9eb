//! A throw-away database, and values to put into it.

use domain::{
    Label,
    account::{AccountDraft, NewAccount},
    destination::Destination,
};
use sqlx::{AssertSqlSafe, ConnectOptions, sqlite::SqliteConnectOptions};
use std::path::PathBuf;
use store::Store;
use tempfile::TempDir;

pub struct Database {
    pub directory: TempDir,
    pub store: Store,
}

impl Database {
    pub async fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let store = open(&directory).await;
        Self { directory, store }
    }

    pub fn path(&self) -> PathBuf {
        self.directory.path().join("postroom.db")
    }

    /// A statement by hand, past all code: what it is refused with.
    pub async fn by_hand(&self, statement: &str) -> Result<u64, String> {
        let mut connection = SqliteConnectOptions::new().filename(self.path()).connect().await.expect("the file opens");
        let result = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await;
        result.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    }
}

pub fn url(directory: &TempDir) -> String {
    format!("sqlite://{}", directory.path().join("postroom.db").display())
}

pub async fn open(directory: &TempDir) -> Store {
    Store::open(&url(directory)).await.expect("opens")
}

pub fn label(text: &str) -> Label {
    Label::parse(text).expect("a label")
}

pub fn account(name: &str, change: impl FnOnce(&mut AccountDraft)) -> NewAccount {
    let mut draft = AccountDraft {
        name: name.into(),
        sender: "a@example.com".into(),
        reply_to: "b@example.com".into(),
        return_path: "c@example.com".into(),
        confirmation: "d@example.com".into(),
        host: "smtp.example.com".into(),
        ..AccountDraft::default()
    };
    change(&mut draft);
    draft.parse().expect("an account")
}

pub fn place(account: &NewAccount) -> Destination {
    Destination::of_account(account, None)
}

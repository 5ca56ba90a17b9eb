//! A database of very many accounts, written in one transaction past the product.

use crate::people::{Dice, account};
use postroom_store::Store;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::path::Path;

pub async fn fill(database: &str, accounts: i64) {
    // Makes file and tables.
    let store = Store::open(&format!("sqlite://{database}")).await.expect("opens");
    let options = SqliteConnectOptions::new().filename(Path::new(database)).pragma("synchronous", "OFF");
    let mut connection = options.pragma("cache_size", "-400000").connect().await.expect("opens");
    let mut tx = connection.begin().await.expect("begins");
    for id in 1..=accounts {
        let one = account(id);
        let flags = Dice(id as u64 ^ 0xa5a5).roll(1 << 20);
        let mut statement = sqlx::query(
            "INSERT INTO accounts (id, enabled, secure, force_settings, read_receipt, footnote, name, name_fold, sender, \
             sender_fold, reply_to, reply_to_fold, return_path, return_path_fold, confirmation, confirmation_fold, host, \
             port, security_type, authentication, ignore_certificate_errors, use_connector, destination) VALUES ($1, $2, \
             $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'smtp.example.com', 587, 'tls', 0, 0, 0, '')",
        )
        .bind(id)
        .bind(id == 1 || !flags.is_multiple_of(10))
        .bind(flags & 16 > 0);
        for bit in [32, 64, 128] {
            statement = statement.bind(flags & bit > 0);
        }
        for text in [one.name, one.sender, one.reply_to, one.return_path, one.confirmation] {
            let folded = domain::value::fold(&text);
            statement = statement.bind(text).bind(folded);
        }
        statement.execute(&mut *tx).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    for statement in ["ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"] {
        sqlx::query(statement).execute(&mut connection).await.expect("runs");
    }
    store.close().await;
}

//! The two kinds of transaction: one reads a snapshot, the other also writes. What they can do stands beside each table.

use crate::{
    StoreResult,
    pool::{Connection, Database},
};
use std::ops::{Deref, DerefMut};

/// Reads from one snapshot. Dropped without ado.
#[derive(Debug)]
pub struct ReadTx(sqlx::Transaction<'static, Database>);

/// Reads and writes; nothing stays unless [`WriteTx::commit`] returns.
#[derive(Debug)]
pub struct WriteTx(ReadTx);

impl ReadTx {
    pub(crate) fn new(transaction: sqlx::Transaction<'static, Database>) -> Self {
        Self(transaction)
    }

    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.0
    }

    /// Whether the database answers.
    pub async fn ping(&mut self) -> StoreResult<()> {
        sqlx::query("SELECT id FROM parameters").fetch_one(self.connection()).await?;
        Ok(())
    }
}

impl WriteTx {
    pub(crate) fn new(transaction: sqlx::Transaction<'static, Database>) -> Self {
        Self(ReadTx::new(transaction))
    }

    /// On return it is on the disk.
    pub async fn commit(self) -> StoreResult<()> {
        Ok(self.0.0.commit().await?)
    }
}

impl Deref for WriteTx {
    type Target = ReadTx;
    fn deref(&self) -> &ReadTx {
        &self.0
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut ReadTx {
        &mut self.0
    }
}

//! The two kinds of transaction: one reads a snapshot, the other also writes. What they can do stands beside each table.

use crate::{
    StoreResult,
    pool::{Connection, Database},
    report::AccountIndex,
    watch::Watch,
};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use tokio::sync::Notify;

/// Reads from one snapshot. Dropped without ado.
#[derive(Debug)]
pub struct ReadTx {
    transaction: sqlx::Transaction<'static, Database>,
    /// Never of one that writes: what is in memory is what was committed.
    index: Option<Arc<AccountIndex>>,
}

/// Reads and writes; nothing stays unless [`WriteTx::commit`] returns.
#[derive(Debug)]
pub struct WriteTx {
    read: ReadTx,
    watch: Arc<Watch>,
    /// Told of each commit.
    committed: Arc<Notify>,
}

impl ReadTx {
    pub(crate) fn new(transaction: sqlx::Transaction<'static, Database>) -> Self {
        Self { transaction, index: None }
    }

    pub(crate) fn with_index(self, index: &Arc<AccountIndex>) -> Self {
        Self { index: Some(Arc::clone(index)), ..self }
    }

    pub(crate) fn index(&self) -> Option<Arc<AccountIndex>> {
        self.index.clone()
    }

    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.transaction
    }

    /// Whether the database answers.
    pub async fn ping(&mut self) -> StoreResult<()> {
        sqlx::query("SELECT id FROM parameters").fetch_one(self.connection()).await?;
        Ok(())
    }
}

impl WriteTx {
    pub(crate) fn new(
        transaction: sqlx::Transaction<'static, Database>,
        watch: Arc<Watch>,
        committed: Arc<Notify>,
    ) -> Self {
        Self { read: ReadTx::new(transaction), watch, committed }
    }

    /// On return it is on the disk, in the file that has its name.
    pub async fn commit(self) -> StoreResult<()> {
        self.read.transaction.commit().await?;
        self.committed.notify_one();
        self.watch.check()
    }
}

impl Deref for WriteTx {
    type Target = ReadTx;
    fn deref(&self) -> &ReadTx {
        &self.read
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut ReadTx {
        &mut self.read
    }
}

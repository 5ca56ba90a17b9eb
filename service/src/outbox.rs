//! The Outbox: messages accepted, sent by a worker, read and acted on by people.
//!
//! Accepting and recording go through one [`writer`], which gathers what comes at once into one transaction. The
//! [`worker`] looks for accounts with something due; [`lane`]s claim it and send it, each over one connection.

mod action;
mod back_off;
mod decide;
mod delivery;
mod incident;
mod lane;
mod rate;
mod sending;
mod submit;
mod way;
mod worker;
mod writer;

pub use worker::Tick;

use crate::Clock;
use domain::AccountId;
use lane::Lanes;
use mailer::Budget;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicI64},
};
use store::Store;
use tokio::sync::{Notify, Semaphore, watch};
use tokio_util::sync::CancellationToken;
use writer::Writer;

/// What the Outbox keeps in memory while the service runs.
pub(crate) struct Outbox {
    writer: Writer,
    /// Something may be due.
    wake: Arc<Notify>,
    lanes: Mutex<HashMap<AccountId, Arc<Lanes>>>,
    /// Lanes under way, of all accounts.
    running: watch::Sender<usize>,
    budget: Mutex<Budget>,
    /// When the worker last kept house; in the beginning of time where it must before anything else.
    house_kept: AtomicI64,
    /// Kilobytes of messages that are being composed and sent.
    memory: Arc<Semaphore>,
    /// The same for those that are being accepted.
    accepting: Semaphore,
    /// No lane takes another message.
    stopping: CancellationToken,
    /// What is under way is cut off.
    cutting: CancellationToken,
}

/// Of messages in the making, all lanes together.
const MEMORY_KB: u32 = 192 * 1024;

impl Outbox {
    pub(crate) fn new(store: Store, clock: Clock) -> Self {
        let wake = Arc::new(Notify::new());
        Self {
            writer: Writer::start(store, clock, Arc::clone(&wake)),
            wake,
            lanes: Mutex::default(),
            running: watch::Sender::new(0),
            budget: Mutex::new(Budget::delivery()),
            house_kept: AtomicI64::new(i64::MIN),
            memory: Arc::new(Semaphore::new(MEMORY_KB as usize)),
            accepting: Semaphore::new(MEMORY_KB as usize),
            stopping: CancellationToken::new(),
            cutting: CancellationToken::new(),
        }
    }

    fn lanes_of(&self, account: AccountId) -> Arc<Lanes> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(lanes.entry(account).or_default())
    }

    fn budget(&self) -> Budget {
        *self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all_lanes(&self) -> Vec<(AccountId, Arc<Lanes>)> {
        let lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.iter().map(|(id, lanes)| (*id, Arc::clone(lanes))).collect()
    }

    /// Something has been accepted beside the writer.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until no lane is under way.
    async fn settled(&self) {
        let _ = self.running.subscribe().wait_for(|running| *running == 0).await;
    }

    /// No lane takes another message, what is under way is cut off, what was accepted is on the disk.
    pub(crate) async fn close(&self) {
        self.stopping.cancel();
        self.cutting.cancel();
        self.settled().await;
        self.writer.close().await;
    }
}

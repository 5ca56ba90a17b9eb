//! Which rows a text was found in, remembered: the next letter narrows down what the last one found, and people who ask the
//! same at the same time wait for one search.

use super::set::Set;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

/// So many bytes of rows are remembered: what fifty people have typed in the last minute.
const MOST_BYTES: usize = 16 << 20;
/// What an entry takes besides its rows, about.
const ENTRY_BYTES: usize = 200;

/// What is found, once somebody has searched.
pub(super) type Cell = Arc<OnceLock<Arc<Set>>>;

#[derive(Debug, Default)]
pub(super) struct Found(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// By column and text.
    columns: HashMap<usize, HashMap<Box<str>, Entry>>,
    bytes: usize,
    /// Counts what was asked.
    now: u64,
}

#[derive(Debug, Default)]
struct Entry {
    cell: Cell,
    asked: u64,
    bytes: usize,
}

impl Found {
    /// Where that text's rows are or will be.
    pub(super) fn cell(&self, column: usize, text: &str) -> Cell {
        let mut memory = self.memory();
        memory.now += 1;
        let now = memory.now;
        let entries = memory.columns.entry(column).or_default();
        if let Some(entry) = entries.get_mut(text) {
            entry.asked = now;
            return Arc::clone(&entry.cell);
        }
        let entry = entries.entry(text.into()).or_default();
        entry.asked = now;
        Arc::clone(&entry.cell)
    }

    /// What is known already.
    pub(super) fn known(&self, column: usize, text: &str) -> Option<Arc<Set>> {
        let mut memory = self.memory();
        memory.now += 1;
        let now = memory.now;
        let entry = memory.columns.get_mut(&column)?.get_mut(text)?;
        entry.asked = now;
        entry.cell.get().cloned()
    }

    /// Counts what has been found, and forgets what nobody has asked for longest.
    pub(super) fn keep(&self, column: usize, text: &str, set: &Set) {
        let mut memory = self.memory();
        let bytes = set.bytes() + text.len() + ENTRY_BYTES;
        let Some(entry) = memory.columns.get_mut(&column).and_then(|entries| entries.get_mut(text)) else { return };
        let before = std::mem::replace(&mut entry.bytes, bytes);
        memory.bytes += bytes - before.min(bytes);
        if memory.bytes > MOST_BYTES {
            memory.forget();
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// Down to three quarters, so that it is not done for each text.
    fn forget(&mut self) {
        let entries = self.columns.values().flat_map(HashMap::values);
        let mut ages: Vec<_> =
            entries.filter(|entry| entry.bytes > 0).map(|entry| (entry.asked, entry.bytes)).collect();
        ages.sort_unstable();
        let mut left = self.bytes;
        let mut since = 0;
        for (asked, bytes) in ages {
            if left <= MOST_BYTES / 4 * 3 {
                break;
            }
            (left, since) = (left - bytes.min(left), asked);
        }
        for entries in self.columns.values_mut() {
            entries.retain(|_, entry| entry.bytes == 0 || entry.asked > since);
        }
        self.bytes = left;
    }
}

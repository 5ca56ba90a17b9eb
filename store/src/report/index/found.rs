//! Which rows a text was found in, remembered: the next letter narrows down what the last one found, and people who ask the
//! same at the same time wait for one search.

use super::set::Set;
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
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
    /// About; exact when something has been forgotten.
    bytes: usize,
    /// Counts what was asked.
    now: u64,
}

#[derive(Debug, Default)]
struct Entry {
    cell: Cell,
    asked: u64,
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
    pub(super) fn keep(&self, bytes: usize) {
        let mut memory = self.memory();
        memory.bytes += bytes + ENTRY_BYTES;
        if memory.bytes > MOST_BYTES {
            memory.forget();
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// Down to three quarters, so that it is not done for each text. Several texts may have one set of rows.
    fn forget(&mut self) {
        let entries = self.columns.values().flat_map(HashMap::values);
        let mut known: Vec<_> = entries.filter_map(|entry| Some((entry.asked, entry.cell.get()?))).collect();
        known.sort_unstable_by_key(|(asked, _)| Reverse(*asked));
        let mut counted = HashSet::new();
        let (mut bytes, mut since) = (0, 0);
        for (asked, set) in known {
            bytes += ENTRY_BYTES + if counted.insert(Arc::as_ptr(set)) { set.bytes() } else { 0 };
            if bytes > MOST_BYTES / 4 * 3 {
                since = asked;
                break;
            }
        }
        for entries in self.columns.values_mut() {
            entries.retain(|_, entry| entry.cell.get().is_none() || entry.asked > since);
        }
        self.bytes = bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_asks_for_is_forgotten() {
        let found = Found::default();
        let shared = Arc::new(Set::Few(vec![0; 1 << 18]));
        let ask = |text: &str, set: &Arc<Set>| {
            let is_new = found.cell(1, text).set(Arc::clone(set)).is_ok();
            if is_new {
                found.keep(set.bytes());
            }
            is_new
        };
        assert!(ask("first", &shared));
        for number in 0..14 {
            assert!(ask(&format!("text {number}"), &Arc::new(Set::Few(vec![0; 1 << 18]))));
            assert!(!ask("first", &shared), "asked for all the time");
        }
        assert!(found.known(1, "text 13").is_some());
        assert!(ask("more", &shared) && ask("last", &Arc::new(Set::Few(vec![0; 1 << 18]))));
        assert!(found.known(1, "text 0").is_none() && found.known(1, "text 13").is_some());
        let memory = found.memory();
        let held: usize = memory.columns[&1].values().filter_map(|entry| entry.cell.get()).map(|set| set.bytes()).sum();
        assert!((MOST_BYTES / 2..MOST_BYTES).contains(&held), "{held}");
    }
}

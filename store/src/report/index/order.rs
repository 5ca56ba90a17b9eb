//! The order of rows: by columns one after the other, each up or down, and last by id.

use super::{
    base::{Base, Entry, Kind, kind},
    set::{Set, position},
};
use std::{
    cmp::Ordering,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A column, and whether downwards.
pub(super) type Key = (usize, bool);

/// So many orders of all rows are remembered.
const REMEMBERED: usize = 2;
/// Up to so many rows are sorted by themselves: that is quicker than walking through all.
const SORTED: usize = 8192;

/// Orders of all rows, the one asked for last at the end.
#[derive(Debug, Default)]
pub(super) struct Orders(Mutex<All>);

#[derive(Debug, Default)]
struct All {
    orders: Vec<Remembered>,
    /// What rows are sorted in. Kept: room for a million, given back and taken again, piles up.
    room: Vec<Word>,
}

/// Four bytes of a text, and below them a row.
type Word = u64;

#[derive(Debug)]
struct Remembered {
    keys: Vec<Key>,
    rows: Arc<Vec<u32>>,
}

impl Orders {
    fn all(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn row_of(word: Word) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// Rows in order, from the first on.
pub(super) enum Walk {
    Up(Set),
    Down(Set),
    Sorted(Vec<u32>),
    Among(Set, Arc<Vec<u32>>),
}

impl Walk {
    pub(super) fn rows(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        match self {
            Self::Up(set) => set.up(),
            Self::Down(set) => set.down(),
            Self::Sorted(rows) => Box::new(rows.iter().copied()),
            Self::Among(set, order) => Box::new(order.iter().copied().filter(|row| set.contains(*row))),
        }
    }
}

impl Base {
    /// Whether nothing has to be sorted first.
    pub(super) fn is_sorted(&self, keys: &[Key]) -> bool {
        let by_id = keys.first().is_none_or(|(column, _)| kind(*column) == Some(Kind::Id));
        by_id || self.orders.all().orders.iter().any(|order| order.keys == keys)
    }

    pub(super) fn walk(&self, set: Set, keys: &[Key]) -> Walk {
        match keys.first().map(|(column, down)| (kind(*column), *down)) {
            None | Some((Some(Kind::Id), false)) => Walk::Up(set),
            Some((Some(Kind::Id), true)) => Walk::Down(set),
            _ if set.count() <= SORTED => Walk::Sorted(self.sorted(set.up(), keys, &mut Vec::new())),
            _ => Walk::Among(Set::Many(set.into_bits(self.len())), self.order(keys)),
        }
    }

    /// All rows. Who comes second waits for the first.
    fn order(&self, keys: &[Key]) -> Arc<Vec<u32>> {
        let All { orders, room } = &mut *self.orders.all();
        let found = orders.iter().position(|order| order.keys == keys).map(|at| orders.remove(at));
        if found.is_none() && orders.len() == REMEMBERED {
            orders.remove(0);
        }
        let order = found.unwrap_or_else(|| Remembered {
            keys: keys.to_vec(),
            rows: Arc::new(self.sorted(0..position(self.len()), keys, room)),
        });
        let rows = Arc::clone(&order.rows);
        orders.push(order);
        rows
    }

    fn sorted(&self, rows: impl Iterator<Item = u32>, keys: &[Key], room: &mut Vec<Word>) -> Vec<u32> {
        room.clear();
        room.extend(rows.map(u64::from));
        self.sort(room, keys, 0, &mut Vec::new());
        room.iter().map(|word| row_of(*word)).collect()
    }

    /// By four bytes of the first key, from a place on; what is alike in them by what follows. A text is looked up once
    /// for all comparisons of a round.
    fn sort(&self, words: &mut [Word], keys: &[Key], from: usize, text: &mut Vec<u8>) {
        let Some(((column, down), others)) = keys.split_first() else {
            return words.sort_unstable_by_key(|word| row_of(*word));
        };
        for word in words.iter_mut() {
            let row = row_of(*word);
            let piece = self.piece(row, *column, from, text);
            *word = u64::from(if *down { !piece } else { piece }) << 32 | u64::from(row);
        }
        words.sort_unstable();
        for alike in words.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|alike| alike.len() > 1) {
            let piece = alike[0] >> 32;
            // No text holds a NUL: one that has ended is filled up with them.
            let is_over = piece & 0xFF == if *down { 0xFF } else { 0 };
            if !is_over && matches!(kind(*column), Some(Kind::Text(_))) {
                self.sort(alike, keys, from + 4, text);
            } else if !others.is_empty() {
                self.sort(alike, others, 0, text);
            }
        }
    }

    fn piece(&self, row: u32, column: usize, from: usize, text: &mut Vec<u8>) -> u32 {
        match kind(column) {
            Some(Kind::Id) => row,
            Some(Kind::Flag(bit)) => self.flag(row, bit).into(),
            Some(Kind::Text(at)) => {
                self.text(at, row, text);
                let mut piece = [0; 4];
                let rest = text.get(from..).unwrap_or_default();
                let rest = &rest[..rest.len().min(4)];
                piece[..rest.len()].copy_from_slice(rest);
                u32::from_be_bytes(piece)
            }
            None => 0,
        }
    }

    /// A row beside one that is not among them.
    pub(super) fn compare(&self, row: u32, entry: &Entry, keys: &[Key], text: &mut Vec<u8>) -> Ordering {
        let by_key = keys.iter().map(|(column, down)| {
            let order = match kind(*column) {
                Some(Kind::Id) => self.id(row).cmp(&entry.id),
                Some(Kind::Flag(bit)) => self.flag(row, bit).cmp(&(entry.flags & bit != 0)),
                Some(Kind::Text(at)) => {
                    self.text(at, row, text);
                    text.as_slice().cmp(entry.texts[at].as_bytes())
                }
                None => Ordering::Equal,
            };
            if *down { order.reverse() } else { order }
        });
        by_key.fold(Ordering::Equal, Ordering::then).then(self.id(row).cmp(&entry.id))
    }
}

impl Entry {
    pub(super) fn compare(&self, other: &Self, keys: &[Key]) -> Ordering {
        let by_key = keys.iter().map(|(column, down)| {
            let order = match kind(*column) {
                Some(Kind::Id) => self.id.cmp(&other.id),
                Some(Kind::Flag(bit)) => (self.flags & bit != 0).cmp(&(other.flags & bit != 0)),
                Some(Kind::Text(at)) => self.texts[at].cmp(&other.texts[at]),
                None => Ordering::Equal,
            };
            if *down { order.reverse() } else { order }
        });
        by_key.fold(Ordering::Equal, Ordering::then).then(self.id.cmp(&other.id))
    }
}

//! Rows in the order of a column, worked out once; any sort is made of these orders without comparing a text again.

use super::{bits::Bits, column::Column};
use crate::{report::ColumnKind, value::fold};
use std::{cmp::Ordering, sync::Arc};

/// The rows upwards by one column, those alike in their own order.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) rows: Arc<[u32]>,
    /// The places in `rows` at which another value begins.
    begins: Bits,
    /// The rows stand in this order anyway.
    pub(super) in_place: bool,
}

/// Each text's bytes are compared eight at a time up to here, and then one by one: they seldom agree for so long.
const CHUNKS_END: usize = 64;
const CHUNK: usize = 8;

impl Order {
    pub(super) fn of(columns: &[Column], column: usize, kind: ColumnKind, rows: usize) -> Self {
        let all = 0..u32::try_from(rows).unwrap_or(u32::MAX);
        match columns.get(column) {
            Some(Column::Numbers(numbers)) if numbers.ascends() => Self::new(all.map(|row| (row, true))),
            Some(Column::Numbers(numbers)) => {
                let key = |row: u32| (!numbers.is_missing(row as usize), numbers.above(row as usize));
                let mut keyed: Vec<_> = all.map(|row| (key(row), row)).collect();
                keyed.sort_unstable();
                Self::ranked(keyed)
            }
            Some(Column::Flags(flags)) => Self::by_rank(rows, 2, |row| usize::from(flags.get(row))),
            Some(Column::Texts(texts)) => match texts.words() {
                Some((words, at)) => {
                    let ranks = word_ranks(words, kind);
                    let rank = |row: usize| at.get(row).and_then(|at| ranks.get(usize::from(*at)));
                    Self::by_rank(rows, words.len(), |row| rank(row).copied().unwrap_or_default())
                }
                None if kind == ColumnKind::Code => Self::by_bytes(all, |row| texts.get(columns, row as usize), false),
                None => Self::by_bytes(all, |row| texts.sorted_by(columns, row as usize), true),
            },
            None => Self::new(all.map(|row| (row, false))),
        }
    }

    /// From rows in order, each with whether its value is another than the one before.
    fn new(rows: impl Iterator<Item = (u32, bool)>) -> Self {
        let mut begins = Bits::default();
        let rows: Arc<[u32]> = rows.inspect(|(_, begin)| begins.push(*begin)).map(|(row, _)| row).collect();
        let in_place = rows.is_sorted();
        Self { rows, begins, in_place }
    }

    fn ranked<K: PartialEq>(keyed: Vec<(K, u32)>) -> Self {
        let begins = |at: usize| at.checked_sub(1).and_then(|at| keyed.get(at)).is_none_or(|b| keyed[at].0 != b.0);
        Self::new((0..keyed.len()).map(|at| (keyed[at].1, begins(at))))
    }

    fn by_rank(rows: usize, ranks: usize, rank: impl Fn(usize) -> usize) -> Self {
        let mut groups = vec![Vec::new(); ranks];
        for row in 0..rows {
            if let (Some(group), Ok(row)) = (groups.get_mut(rank(row)), u32::try_from(row)) {
                group.push(row);
            }
        }
        let group = |group: Vec<u32>| group.into_iter().enumerate().map(|(at, row)| (row, at == 0));
        Self::new(groups.into_iter().flat_map(group))
    }

    fn by_bytes<'a>(rows: impl Iterator<Item = u32>, text: impl Fn(u32) -> &'a str, folds: bool) -> Self {
        let mut sorting = Sorting { text, folds, sorted: Vec::new() };
        let mut rows: Vec<_> = rows.map(|row| (0, row)).collect();
        sorting.sort(&mut rows, 0);
        Self::new(sorting.sorted.into_iter())
    }

    /// Rows already in some order, put into this one; those alike stay as they were.
    pub(super) fn apply(&self, before: &[u32], down: bool) -> Arc<[u32]> {
        let mut ranks = vec![0_u32; before.len()];
        let mut places: Vec<u32> = Vec::new();
        let mut rank = 0;
        for (at, row) in (0_u32..).zip(self.rows.iter()) {
            if self.begins.get(at as usize) || at == 0 {
                rank = u32::try_from(places.len()).unwrap_or_default();
                places.push(at);
            }
            if let Some(own) = ranks.get_mut(*row as usize) {
                *own = rank;
            }
        }
        if down {
            // Each value's rows begin as far from the start as they ended from the end.
            let end = u32::try_from(before.len()).unwrap_or(u32::MAX);
            let ends: Vec<_> = places.iter().skip(1).copied().chain([end]).collect();
            places = ends.into_iter().map(|of| end - of).collect();
        }
        let mut after = vec![0; before.len()];
        for row in before {
            if let Some(place) = ranks.get(*row as usize).and_then(|rank| places.get_mut(*rank as usize)) {
                if let Some(slot) = after.get_mut(*place as usize) {
                    *slot = *row;
                }
                *place += 1;
            }
        }
        after.into()
    }

    pub(super) fn bytes(&self) -> usize {
        self.rows.len() * 4 + self.begins.bytes()
    }
}

/// The rank of each of a few texts.
fn word_ranks(words: &[Box<str>], kind: ColumnKind) -> Vec<usize> {
    let key = |word: &str| if kind == ColumnKind::Code { word.to_owned() } else { fold(word) };
    let keys: Vec<_> = words.iter().map(|word| key(word)).collect();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    sorted.dedup();
    keys.iter().map(|key| sorted.partition_point(|other| other < key)).collect()
}

/// Sorts by eight bytes, then those alike by the next eight.
struct Sorting<F> {
    text: F,
    folds: bool,
    sorted: Vec<(u32, bool)>,
}

impl<'a, F: Fn(u32) -> &'a str> Sorting<F> {
    fn sort(&mut self, rows: &mut [(u64, u32)], depth: usize) {
        if depth >= CHUNKS_END {
            rows.sort_unstable_by(|a, b| self.compare(a.1, b.1).then(a.1.cmp(&b.1)));
            for (at, (_, row)) in rows.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|at| rows.get(at));
                let alike = before.is_some_and(|(_, before)| self.compare(*before, *row).is_eq());
                self.sorted.push((*row, !alike));
            }
            return;
        }
        for (key, row) in &mut *rows {
            *key = chunk((self.text)(*row).as_bytes().get(depth..).unwrap_or_default(), self.folds);
        }
        rows.sort_unstable();
        for alike in rows.chunk_by_mut(|a, b| a.0 == b.0) {
            let length = |row: u32| (self.text)(row).len();
            let first = alike.first().map_or(0, |(_, row)| length(*row));
            // Also told by their length: a text that ends reads as one that goes on with zeros.
            let equal =
                alike.len() == 1 || (first <= depth + CHUNK && alike.iter().all(|(_, row)| length(*row) == first));
            if equal {
                self.sorted.extend(alike.iter().enumerate().map(|(at, (_, row))| (*row, at == 0)));
            } else {
                self.sort(alike, depth + CHUNK);
            }
        }
    }

    fn compare(&self, a: u32, b: u32) -> Ordering {
        let bytes = |row: u32| (self.text)(row).bytes();
        let case = |byte: u8| if self.folds { byte.to_ascii_lowercase() } else { byte };
        bytes(a).map(case).cmp(bytes(b).map(case))
    }
}

/// The first eight bytes as a number that sorts as they do.
fn chunk(bytes: &[u8], folds: bool) -> u64 {
    let word = bytes.first_chunk().map_or_else(
        || bytes.iter().zip(1..).fold(0, |word, (byte, place)| word | u64::from(*byte) << (64 - 8 * place)),
        |bytes| u64::from_be_bytes(*bytes),
    );
    if folds { lower(word) } else { word }
}

/// Eight bytes' capitals of ASCII to small letters at once.
const fn lower(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    const fn every(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let low = word & LOW;
    let from_a = low + every(0x80 - b'A');
    let beyond_z = low + every(0x7f - b'Z');
    let capitals = (from_a ^ beyond_z) & !word & !LOW;
    word | capitals >> 2
}

//! Sorts many texts, a little at a time, so that whoever types meanwhile does not wait for the end.

use super::bits::Bits;
use std::{cmp::Ordering, ops::Range};

/// Rows on their way into the order of their texts: by the first eight bytes, then those alike by the next eight.
#[derive(Debug)]
pub(super) struct Sorting {
    /// The bytes that a row is sorted by at present, and the row.
    pub(super) rows: Vec<(u64, u32)>,
    /// Where in `rows` another text begins.
    pub(super) begins: Bits,
    /// Stretches of `rows` that are alike up to some byte, and that byte.
    todo: Vec<(Range<usize>, usize)>,
}

/// What a row is sorted by.
#[derive(Clone, Copy)]
pub(super) struct Key<'a> {
    pub(super) text: &'a [u8],
    /// Capitals of ASCII are as their small letters.
    pub(super) folds: bool,
}

const CHUNK: usize = 8;

impl Sorting {
    pub(super) fn new(rows: usize) -> Self {
        let all = 0..u32::try_from(rows).unwrap_or(u32::MAX);
        Self { rows: all.map(|row| (0, row)).collect(), begins: Bits::none(rows), todo: vec![(0..rows, 0)] }
    }

    /// Goes on for about so many looks at a row; answers whether anything is left.
    pub(super) fn go_on<'a>(&mut self, key: &impl Fn(u32) -> Key<'a>, most: usize) -> bool {
        let mut looks = 0;
        while looks < most {
            let Some((stretch, depth)) = self.todo.pop() else { return false };
            looks += stretch.len();
            self.sort(stretch, depth, key);
        }
        !self.todo.is_empty()
    }

    fn sort<'a>(&mut self, stretch: Range<usize>, depth: usize, key: &impl Fn(u32) -> Key<'a>) {
        let Some(rows) = self.rows.get_mut(stretch.clone()) else { return };
        for (chunk, row) in &mut *rows {
            *chunk = key(*row).chunk(depth);
        }
        rows.sort_unstable();
        let end = depth + CHUNK;
        let length = |row: &(u64, u32)| key(row.1).text.len();
        let mut at = stretch.start;
        for alike in rows.chunk_by_mut(|a, b| a.0 == b.0) {
            let next = at + alike.len();
            if alike.len() > 1 && alike.iter().any(|row| length(row) > end) {
                self.todo.push((at..next, end));
                at = next;
                continue;
            }
            // What ends reads as if it went on with zeros: where another has them, the shorter comes first.
            for row in &mut *alike {
                row.0 = length(row) as u64;
            }
            alike.sort_unstable();
            for same in alike.chunk_by(|a, b| a.0 == b.0) {
                self.begins.set(at);
                at += same.len();
            }
        }
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let byte = |byte: &u8| if self.folds { byte.to_ascii_lowercase() } else { *byte };
        self.text.iter().map(byte).cmp(other.text.iter().map(byte))
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key<'_> {}

impl Key<'_> {
    /// Eight bytes as a number that sorts as they do.
    fn chunk(self, from: usize) -> u64 {
        let bytes = self.text.get(from..).unwrap_or_default();
        let word = bytes.first_chunk().map_or_else(
            || bytes.iter().zip(1..).fold(0, |word, (byte, place)| word | u64::from(*byte) << (64 - 8 * place)),
            |bytes| u64::from_be_bytes(*bytes),
        );
        if self.folds { lower(word) } else { word }
    }
}

/// Eight bytes' capitals of ASCII to small letters at once.
const fn lower(word: u64) -> u64 {
    const fn every(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let low = word & every(0x7f);
    let from_a = low + every(0x80 - b'A');
    let beyond_z = low + every(0x7f - b'Z');
    let capitals = (from_a ^ beyond_z) & !word & every(0x80);
    word | capitals >> 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::select};

    proptest! {
        #[test]
        fn however_often_it_stops_it_sorts(
            texts in prop::collection::vec(prop::collection::vec(select(vec![
                "a", "A", "b", "\0", "é", "@", "[", "abcdefgh", "ABCDEFGH", "\0\0\0\0\0\0\0\0",
                "a beginning that is alike in all that are compared by eight bytes at a time",
            ]), 0..5), 0..60),
            folds in any::<bool>(), most in 1..20_usize,
        ) {
            let texts: Vec<String> = texts.iter().map(|parts| parts.concat()).collect();
            let folded = |row: u32| {
                let text = &texts[row as usize];
                if folds { text.to_ascii_lowercase() } else { text.clone() }
            };
            let mut sorting = Sorting::new(texts.len());
            while sorting.go_on(&|row| Key { text: texts[row as usize].as_bytes(), folds }, most) {}
            let sorted: Vec<u32> = sorting.rows.iter().map(|(_, row)| *row).collect();
            let mut expected: Vec<u32> = (0..).take(texts.len()).collect();
            expected.sort_by_key(|row| folded(*row));
            prop_assert_eq!(&sorted, &expected);
            for at in 0..sorted.len() {
                let begins = at == 0 || folded(sorted[at - 1]) != folded(sorted[at]);
                prop_assert_eq!(sorting.begins.get(at), begins, "{}", at);
            }
        }
    }
}

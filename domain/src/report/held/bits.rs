//! A set of rows, one bit each.

use super::{
    change::{Piece, Splice},
    wire::{Reader, Unreadable},
};
use std::ops::Range;

/// Which of so many rows are meant. Bits beyond the last row are never set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub(super) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    pub(super) fn all(len: usize) -> Self {
        let mut this = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        this.trim();
        this
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push(&mut self, set: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        self.len += 1;
        if set {
            self.set(self.len - 1);
        }
    }

    /// Appends some of another set's rows.
    pub(super) fn extend(&mut self, other: &Self, rows: Range<usize>) {
        let mut at = rows.start;
        while at < rows.end {
            let filled = self.len % 64;
            let count = (64 - filled).min(rows.end - at);
            let word = other.word_from(at) & u64::MAX >> (64 - count);
            match self.words.last_mut() {
                Some(last) if filled > 0 => *last |= word << filled,
                _ => self.words.push(word),
            }
            (self.len, at) = (self.len + count, at + count);
        }
    }

    /// The 64 rows from there on.
    fn word_from(&self, at: usize) -> u64 {
        let word = |at: usize| self.words.get(at).copied().unwrap_or_default();
        let (low, high) = (word(at / 64), word(at / 64 + 1));
        let skipped = at % 64;
        if skipped == 0 { low } else { low >> skipped | high << (64 - skipped) }
    }

    pub(super) fn set(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(super) fn get(&self, at: usize) -> bool {
        self.words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub(super) fn not(&self) -> Self {
        let mut this = Self { words: self.words.iter().map(|word| !word).collect(), len: self.len };
        this.trim();
        this
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        set_in(&self.words, 0)
    }

    /// The rows of this set from the `skip`th on: whole words are passed over by their count.
    pub(super) fn iter_from(&self, skip: usize) -> impl Iterator<Item = usize> {
        let (mut skip, mut first) = (skip, 0);
        for word in &self.words {
            let count = word.count_ones() as usize;
            if skip < count {
                break;
            }
            (skip, first) = (skip - count, first + 1);
        }
        set_in(self.words.get(first..).unwrap_or_default(), first * 64).skip(skip)
    }

    /// How many are set before each word: with it, [`Bits::count_before`] is one look.
    pub(super) fn steps(&self) -> Vec<u32> {
        let mut before = 0;
        let step = |word: &u64| {
            let step = before;
            before += word.count_ones();
            step
        };
        self.words.iter().map(step).collect()
    }

    pub(super) fn count_before(&self, at: usize, steps: &[u32]) -> usize {
        if at >= self.len {
            return self.count();
        }
        let word = self.words.get(at / 64).copied().unwrap_or_default();
        let within = word & !(u64::MAX << (at % 64));
        (steps.get(at / 64).copied().unwrap_or_default() + within.count_ones()) as usize
    }

    pub(super) fn spliced(&self, splice: &Splice, changed: &Self) -> Self {
        let mut this = Self { words: Vec::with_capacity(splice.rows.div_ceil(64)), len: 0 };
        for piece in splice.pieces() {
            match piece {
                Piece::Kept(rows) => this.extend(self, rows.clone()),
                Piece::Changed(at) => this.push(changed.get(*at)),
            }
        }
        this
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let bytes = self.words.iter().flat_map(|word| word.to_le_bytes());
        out.extend(bytes.take(self.len.div_ceil(8)));
    }

    pub(super) fn read(reader: &mut Reader<'_>, len: usize) -> Result<Self, Unreadable> {
        let bytes = reader.take(len.div_ceil(8))?;
        let word = |chunk: &[u8]| chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        let mut this = Self { words: bytes.chunks(8).map(word).collect(), len };
        this.trim();
        Ok(this)
    }

    pub(super) fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }

    fn trim(&mut self) {
        let last = self.len % 64;
        if last > 0
            && let Some(word) = self.words.last_mut()
        {
            *word &= !(u64::MAX << last);
        }
    }
}

fn set_in(words: &[u64], first: usize) -> impl Iterator<Item = usize> {
    words.iter().zip((first..).step_by(64)).flat_map(|(word, first)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < 64).then_some(first + bit)
        })
    })
}

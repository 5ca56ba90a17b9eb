//! A column of numbers: each as far above the least as it is, in as few bytes as the farthest one needs.

use super::{
    bits::Bits,
    change::{Piece, Splice},
    wire::{Reader, Unreadable},
};

#[derive(Debug)]
pub(super) struct Numbers {
    least: i64,
    /// Bytes of each; none where all are alike, or each is one above the one before.
    width: usize,
    counts: bool,
    len: usize,
    missing: Option<Bits>,
    /// Eight bytes longer than it need be, so that each number is read as a whole word.
    packed: Vec<u8>,
}

const WORD: usize = 8;

impl Numbers {
    pub(super) fn new(values: &[Option<i64>]) -> Self {
        let least = values.iter().flatten().min().copied().unwrap_or_default();
        let most = values.iter().flatten().max().copied().unwrap_or_default();
        let missing = values.contains(&None).then(|| {
            let mut missing = Bits::none(values.len());
            values.iter().enumerate().filter(|(_, value)| value.is_none()).for_each(|(at, _)| missing.set(at));
            missing
        });
        let counts = missing.is_none() && most != least && values.iter().flatten().copied().eq(least..=most);
        let span = most.wrapping_sub(least).cast_unsigned();
        let width = if counts { 0 } else { WORD - span.leading_zeros() as usize / 8 };
        let mut packed = Vec::with_capacity(values.len() * width + WORD);
        for value in values {
            let above = value.unwrap_or(least).wrapping_sub(least);
            packed.extend(above.to_le_bytes().into_iter().take(width));
        }
        packed.extend([0; WORD]);
        Self { least, width, counts, len: values.len(), missing, packed }
    }

    pub(super) fn get(&self, at: usize) -> Option<i64> {
        (at < self.len && !self.is_missing(at)).then(|| self.least.wrapping_add_unsigned(self.above(at)))
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Where a number is or would be, if they ascend.
    pub(super) fn place(&self, number: i64) -> usize {
        let (mut first, mut end) = (0, self.len);
        while first < end {
            let middle = first.midpoint(end);
            if self.get(middle) < Some(number) {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        first
    }

    pub(super) fn spliced(&self, splice: &Splice, changed: &Self) -> Self {
        let mut values = Vec::with_capacity(splice.rows);
        for piece in splice.pieces() {
            match piece {
                Piece::Kept(rows) => values.extend(rows.clone().map(|row| self.get(row))),
                Piece::Changed(at) => values.push(changed.get(*at)),
            }
        }
        Self::new(&values)
    }

    pub(super) fn is_missing(&self, at: usize) -> bool {
        self.missing.as_ref().is_some_and(|missing| missing.get(at))
    }

    /// How far above the least.
    pub(super) fn above(&self, at: usize) -> u64 {
        if self.width == 0 {
            return if self.counts { at as u64 } else { 0 };
        }
        let word = self.packed.get(at * self.width..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        u64::from_le_bytes(word) & u64::MAX >> (64 - 8 * self.width)
    }

    /// Those that pass.
    pub(super) fn find(&self, passes: impl Fn(i64) -> bool) -> Bits {
        let mut found = Bits::none(self.len);
        for at in 0..self.len {
            if self.get(at).is_some_and(&passes) {
                found.set(at);
            }
        }
        found
    }

    /// Is each number above the one before? Then its place is its rank.
    pub(super) fn ascends(&self) -> bool {
        self.missing.is_none() && (self.counts || (1..self.len).all(|at| self.above(at - 1) < self.above(at)))
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.least.to_le_bytes());
        out.extend([self.width.to_le_bytes()[0], u8::from(self.counts), u8::from(self.missing.is_some())]);
        if let Some(missing) = &self.missing {
            missing.write(out);
        }
        out.extend_from_slice(self.packed.get(..self.len * self.width).unwrap_or_default());
    }

    pub(super) fn read(reader: &mut Reader<'_>, len: usize) -> Result<Self, Unreadable> {
        let least = i64::from_le_bytes(reader.array()?);
        let [width, counts, missing] = reader.array()?;
        let width = usize::from(width);
        if width > WORD || counts > 1 || missing > 1 || (counts == 1 && (width, missing) != (0, 0)) {
            return Err(Unreadable);
        }
        let missing = if missing == 1 { Some(Bits::read(reader, len)?) } else { None };
        let size = len.checked_mul(width).ok_or(Unreadable)?;
        let mut packed = Vec::with_capacity(size.min(reader.0.len()) + WORD);
        packed.extend_from_slice(reader.take(size)?);
        packed.extend([0; WORD]);
        Ok(Self { least, width, counts: counts == 1, len, missing, packed })
    }

    pub(super) fn bytes(&self) -> usize {
        self.packed.capacity() + self.missing.as_ref().map_or(0, Bits::bytes)
    }
}

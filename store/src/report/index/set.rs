//! Which rows match: a short list, or a bit for each row.

use std::iter;

/// Positions of rows, upwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Set {
    Few(Vec<u32>),
    Many(Bits),
}

/// A bit for each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    count: usize,
}

/// A position as it is kept. No column has four billion rows: its bytes are counted in as many bits.
pub(super) fn position(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

impl Bits {
    pub(super) fn none(rows: usize) -> Self {
        Self { words: vec![0; rows.div_ceil(64)], count: 0 }
    }

    pub(super) fn all(rows: usize) -> Self {
        let mut words = vec![u64::MAX; rows.div_ceil(64)];
        if let (Some(last), used @ 1..) = (words.last_mut(), rows % 64) {
            *last = (1 << used) - 1;
        }
        Self { words, count: rows }
    }

    pub(super) fn insert(&mut self, row: u32) {
        let (word, bit) = (&mut self.words[row as usize / 64], 1 << (row % 64));
        self.count += usize::from(*word & bit == 0);
        *word |= bit;
    }

    fn remove(&mut self, row: u32) {
        let (word, bit) = (&mut self.words[row as usize / 64], 1 << (row % 64));
        self.count -= usize::from(*word & bit != 0);
        *word &= !bit;
    }

    pub(super) fn contains(&self, row: u32) -> bool {
        self.words[row as usize / 64] & (1 << (row % 64)) != 0
    }

    fn and(&mut self, other: &Self) {
        self.combine(other, |a, b| a & b);
    }

    fn combine(&mut self, other: &Self, with: impl Fn(u64, u64) -> u64) {
        self.count = 0;
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a = with(*a, *b);
            self.count += a.count_ones() as usize;
        }
    }

    fn up(&self) -> impl Iterator<Item = u32> {
        (0_u32..).step_by(64).zip(&self.words).flat_map(|(first, word)| {
            let mut rest = *word;
            iter::from_fn(move || {
                let next = (rest != 0).then(|| first + rest.trailing_zeros());
                rest &= rest.wrapping_sub(1);
                next
            })
        })
    }

    fn down(&self) -> impl Iterator<Item = u32> {
        self.words.iter().enumerate().rev().flat_map(|(at, word)| {
            let (first, mut rest) = (position(at * 64), *word);
            iter::from_fn(move || {
                let next = (rest != 0).then(|| rest.ilog2())?;
                rest &= !(1 << next);
                Some(first + next)
            })
        })
    }

    /// The shorter of the two forms.
    pub(super) fn into_set(self) -> Set {
        if self.count * 32 < self.words.len() * 64 {
            let mut rows = Vec::with_capacity(self.count);
            rows.extend(self.up());
            Set::Few(rows)
        } else {
            Set::Many(self)
        }
    }
}

impl Set {
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Few(rows) => rows.len(),
            Self::Many(bits) => bits.count,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Few(rows) => rows.len() * 4,
            Self::Many(bits) => bits.words.len() * 8,
        }
    }

    pub(super) fn contains(&self, row: u32) -> bool {
        match self {
            Self::Few(rows) => rows.binary_search(&row).is_ok(),
            Self::Many(bits) => bits.contains(row),
        }
    }

    /// What is in both.
    pub(super) fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Few(mut rows), other) => {
                rows.retain(|row| other.contains(*row));
                Self::Few(rows)
            }
            (Self::Many(bits), Self::Few(rows)) => {
                Self::Few(rows.iter().copied().filter(|row| bits.contains(*row)).collect())
            }
            (Self::Many(mut bits), Self::Many(other)) => {
                bits.and(other);
                Self::Many(bits)
            }
        }
    }

    /// Without these rows, which go upwards.
    pub(super) fn without(&mut self, gone: &[u32]) {
        match self {
            Self::Few(rows) => rows.retain(|row| gone.binary_search(row).is_err()),
            Self::Many(bits) => gone.iter().for_each(|row| bits.remove(*row)),
        }
    }

    pub(super) fn up(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        match self {
            Self::Few(rows) => Box::new(rows.iter().copied()),
            Self::Many(bits) => Box::new(bits.up()),
        }
    }

    pub(super) fn down(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        match self {
            Self::Few(rows) => Box::new(rows.iter().rev().copied()),
            Self::Many(bits) => Box::new(bits.down()),
        }
    }

    /// A bit for each of so many rows.
    pub(super) fn into_bits(self, rows: usize) -> Bits {
        match self {
            Self::Few(few) => {
                let mut bits = Bits::none(rows);
                for row in few {
                    bits.insert(row);
                }
                bits
            }
            Self::Many(bits) => bits,
        }
    }
}

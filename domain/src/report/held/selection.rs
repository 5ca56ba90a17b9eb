//! The answer to a question: which rows, and in which order. Nothing is sorted for it; a page is picked out of an order.

use super::bits::Bits;
use std::sync::Arc;

/// Which rows match, in order: positions in [`Held`](super::Held).
#[derive(Debug, Clone)]
pub struct Selection {
    pub(super) matching: Arc<Bits>,
    pub(super) count: usize,
    pub(super) walk: Walk,
}

/// All rows in some order.
#[derive(Debug, Clone)]
pub(super) enum Walk {
    /// As they are held.
    InPlace,
    Rows(Arc<[u32]>),
}

impl Selection {
    /// How many rows match.
    pub const fn len(&self) -> usize {
        self.count
    }

    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Does the row at this position match?
    pub fn contains(&self, position: usize) -> bool {
        self.matching.get(position)
    }

    /// Positions of all that match, in order.
    pub fn positions(&self) -> Vec<usize> {
        self.slice(0, self.count)
    }

    /// Positions of some of them: after the first `skip`, so many at most.
    pub fn slice(&self, skip: usize, most: usize) -> Vec<usize> {
        match &self.walk {
            Walk::InPlace => self.matching.iter_from(skip).take(most).collect(),
            Walk::Rows(rows) => {
                let all = self.count == rows.len();
                let (ahead, skip) = if all { (rows.get(skip..).unwrap_or_default(), 0) } else { (&rows[..], skip) };
                let matching = ahead.iter().map(|row| *row as usize).filter(|row| self.matching.get(*row));
                matching.skip(skip).take(most.min(self.count)).collect()
            }
        }
    }
}

impl Walk {
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::InPlace => 0,
            Self::Rows(rows) => rows.len() * 4,
        }
    }
}

//! From one state of a report to a later one, without sending or sorting again what has stayed.
//!
//! What travels: how many rows are concerned, their ids upwards, and those of them that there are, as a report of their own.

use super::{
    Held, Unreadable,
    column::Column,
    encode,
    numbers::Numbers,
    order::text_of,
    wire::{Reader, write_length},
};
use crate::report::{ReportSpec, Row};
use std::{mem, ops::Range, sync::OnceLock};

/// What [`Held::change`] reads: the ids of rows that may be others than before, upwards, and those of them that there are.
pub fn encode_changes<'a>(spec: &'static ReportSpec, ids: &[i64], rows: impl IntoIterator<Item = &'a Row>) -> Vec<u8> {
    let mut out = Vec::new();
    write_length(ids.len(), &mut out);
    out.extend(ids.iter().flat_map(|id| id.to_le_bytes()));
    out.extend(encode(spec, rows));
    out
}

/// How the rows are made of those before, in order.
pub(super) struct Splice {
    pieces: Vec<Piece>,
    /// So many rows there will be.
    pub(super) rows: usize,
}

pub(super) enum Piece {
    /// As they were.
    Kept(Range<usize>),
    /// Of the changed ones.
    Changed(usize),
}

/// Instead of a place: there is no such row any more, or it is another.
pub(super) const NOWHERE: u32 = u32::MAX;

impl Splice {
    /// All of them upwards. `None` where there are rows that were not announced.
    fn new(ids: &Numbers, concerned: &[i64], changed: &Numbers) -> Option<Self> {
        let mut this = Self { pieces: Vec::new(), rows: 0 };
        let (mut next, mut next_changed) = (0, 0);
        for id in concerned {
            let at = ids.place(*id);
            this.keep(next..at);
            if changed.get(next_changed) == Some(*id) {
                this.pieces.push(Piece::Changed(next_changed));
                this.rows += 1;
                next_changed += 1;
            }
            next = at + usize::from(ids.get(at) == Some(*id));
        }
        this.keep(next..ids.len());
        (next_changed == changed.len()).then_some(this)
    }

    fn keep(&mut self, rows: Range<usize>) {
        if !rows.is_empty() {
            self.rows += rows.len();
            self.pieces.push(Piece::Kept(rows));
        }
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// How many are others, or new.
    pub(super) fn changed(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Changed(_))).count()
    }

    /// Where each of so many rows is now, and where the changed ones are.
    fn places(&self, before: usize) -> (Vec<u32>, Vec<u32>) {
        let (mut places, mut changed) = (vec![NOWHERE; before], Vec::new());
        let mut next = 0_u32..;
        for piece in &self.pieces {
            match piece {
                Piece::Kept(rows) => {
                    let rows = places.get_mut(rows.clone()).unwrap_or_default();
                    rows.iter_mut().zip(&mut next).for_each(|(place, now)| *place = now);
                }
                Piece::Changed(_) => changed.extend(next.next()),
            }
        }
        (places, changed)
    }
}

impl Held {
    /// Takes in what [`encode_changes`] wrote. Nothing is changed where that can't be read, or was not meant for these rows.
    pub fn change(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        let mut reader = Reader(bytes);
        let count = reader.length()?;
        let concerned = (0..count).map(|_| Ok(i64::from_le_bytes(reader.array()?))).collect::<Result<Vec<_>, _>>()?;
        let changed = Self::decode(self.spec, reader.0)?;
        let (Some(Column::Numbers(ids)), Some(Column::Numbers(theirs))) =
            (self.columns.first(), changed.columns.first())
        else {
            return Err(Unreadable);
        };
        if !ids.ascends() || !concerned.is_sorted_by(|one, next| one < next) {
            return Err(Unreadable);
        }
        let splice = Splice::new(ids, &concerned, theirs).ok_or(Unreadable)?;
        // One column after the other, so that no more than one is here twice.
        for (at, column) in self.columns.iter_mut().enumerate() {
            *column = column.spliced(at, &splice, &changed);
        }
        let before = mem::replace(&mut self.rows, splice.rows);
        self.sort_in(&splice, before);
        self.forget();
        Ok(())
    }

    /// What was sorted with much work stays so, with the changed rows put in; the rest is sorted when it is asked for.
    fn sort_in(&mut self, splice: &Splice, before: usize) {
        let (places, changed) = splice.places(before);
        let orders = mem::take(&mut self.orders);
        let sorted = orders.into_iter().enumerate().map(|(at, order)| {
            let (Some(Column::Texts(texts)), Some(order)) = (self.columns.get(at), order.into_inner()) else {
                return OnceLock::new();
            };
            let kind = self.spec.columns.get(at).map(|column| column.kind);
            let (None, Some(kind)) = (texts.words(), kind) else { return OnceLock::new() };
            OnceLock::from(order.spliced(&places, &changed, &text_of(&self.columns, texts, kind)))
        });
        self.orders = sorted.collect();
    }
}

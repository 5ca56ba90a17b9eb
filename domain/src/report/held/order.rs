//! Rows in the order of a column, worked out once; any sort is made of these orders without comparing a text again.

use super::{
    bits::Bits,
    change::NOWHERE,
    column::Column,
    sorting::{Key, Sorting},
    texts::Texts,
};
use crate::{report::ColumnKind, value::fold};
use std::{mem, sync::Arc};

/// The rows upwards by one column, those alike in their own order.
#[derive(Debug)]
pub(super) struct Order {
    /// None where they stand in this order anyway.
    rows: Option<Arc<[u32]>>,
    /// The places at which another value begins.
    begins: Bits,
}

impl Order {
    pub(super) fn of(columns: &[Column], column: usize, kind: ColumnKind, rows: usize) -> Self {
        let all = 0..u32::try_from(rows).unwrap_or(u32::MAX);
        match columns.get(column) {
            Some(Column::Numbers(numbers)) if numbers.ascends() => Self::new(all.map(|row| (row, true))),
            Some(Column::Numbers(numbers)) => {
                let (missing, there): (Vec<u32>, Vec<u32>) = all.partition(|row| numbers.is_missing(*row as usize));
                let mut keyed: Vec<_> = there.into_iter().map(|row| (numbers.above(row as usize), row)).collect();
                keyed.sort_unstable();
                let another =
                    |at: usize| at == 0 || keyed.get(at - 1).map(|key| key.0) != keyed.get(at).map(|key| key.0);
                let there = keyed.iter().enumerate().map(|(at, (_, row))| (*row, another(at)));
                Self::new(missing.into_iter().enumerate().map(|(at, row)| (row, at == 0)).chain(there))
            }
            Some(Column::Flags(flags)) => Self::by_rank(rows, 2, |row| usize::from(flags.get(row))),
            Some(Column::Texts(texts)) => {
                if let Some((words, at)) = texts.words() {
                    let ranks = word_ranks(words, kind);
                    let rank = |row: usize| at.get(row).and_then(|at| ranks.get(usize::from(*at)));
                    return Self::by_rank(rows, words.len(), |row| rank(row).copied().unwrap_or_default());
                }
                let mut sorting = Sorting::new(rows);
                sorting.go_on(&text_of(columns, texts, kind), usize::MAX);
                sorting.into()
            }
            None => Self::new(all.map(|row| (row, false))),
        }
    }

    /// From rows in order, each with whether its value is another than the one before.
    fn new(rows: impl Iterator<Item = (u32, bool)>) -> Self {
        let mut begins = Bits::default();
        let rows: Arc<[u32]> = rows.inspect(|(_, begin)| begins.push(*begin)).map(|(row, _)| row).collect();
        Self { rows: Some(rows).filter(|rows| !rows.is_sorted()), begins }
    }

    /// The same once some rows are others: where each is now, and the places of the changed ones.
    pub(super) fn spliced<'a>(&self, places: &[u32], changed: &[u32], key: &impl Fn(u32) -> Key<'a>) -> Self {
        let rows = self.rows();
        let mut begins = false;
        let kept = rows.iter().enumerate().filter_map(|(at, row)| {
            // Where the first of those alike has gone, the next one is the first.
            begins |= self.begins.get(at);
            let place = places.get(*row as usize).copied().filter(|place| *place != NOWHERE)?;
            Some((place, mem::take(&mut begins)))
        });
        let mut kept: Vec<(u32, bool)> = kept.collect();
        let mut sorted: Vec<(Key<'a>, u32)> = changed.iter().map(|row| (key(*row), *row)).collect();
        sorted.sort_unstable();
        let mut rows: Vec<(u32, bool)> = Vec::with_capacity(kept.len() + changed.len());
        let mut next = 0;
        for (own, row) in sorted {
            let ahead = kept.get(next..).unwrap_or_default();
            let end = next + ahead.partition_point(|(other, _)| (key(*other), *other) < (own, row));
            rows.extend_from_slice(kept.get(next..end).unwrap_or_default());
            rows.push((row, rows.last().is_none_or(|(before, _)| key(*before) != own)));
            if let Some((other, begins)) = kept.get_mut(end) {
                *begins &= key(*other) != own;
            }
            next = end;
        }
        rows.extend_from_slice(kept.get(next..).unwrap_or_default());
        Self::new(rows.into_iter())
    }

    pub(super) const fn in_place(&self) -> bool {
        self.rows.is_none()
    }

    pub(super) fn rows(&self) -> Arc<[u32]> {
        self.rows.clone().unwrap_or_else(|| (0..).take(self.begins.len()).collect())
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

    /// Rows already in some order, put into this one; those alike stay as they were.
    pub(super) fn apply(&self, before: &[u32], down: bool) -> Arc<[u32]> {
        let mut ranks = vec![0_u32; before.len()];
        let mut places: Vec<u32> = Vec::new();
        let mut rank = 0;
        for (at, row) in (0_u32..).zip(self.rows().iter()) {
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
        self.rows.as_ref().map_or(0, |rows| rows.len() * 4) + self.begins.bytes()
    }
}

impl From<Sorting> for Order {
    fn from(sorting: Sorting) -> Self {
        let begins = sorting.begins;
        Self::new(sorting.rows.into_iter().enumerate().map(|(at, (_, row))| (row, begins.get(at))))
    }
}

/// What a column's rows are sorted by: texts without regard to case or accents, codes as they are.
pub(super) fn text_of<'a>(columns: &'a [Column], texts: &'a Texts, kind: ColumnKind) -> impl Fn(u32) -> Key<'a> {
    move |row| match kind {
        ColumnKind::Code => Key { text: texts.get(columns, row as usize).as_bytes(), folds: false },
        _ => Key { text: texts.sorted_by(columns, row as usize).as_bytes(), folds: true },
    }
}

/// The rank of each of a few texts: how many come before it.
fn word_ranks(words: &[Box<str>], kind: ColumnKind) -> Vec<usize> {
    let key = |word: &str| if kind == ColumnKind::Code { word.to_owned() } else { fold(word) };
    let keys: Vec<_> = words.iter().map(|word| key(word)).collect();
    keys.iter().map(|key| keys.iter().filter(|other| *other < key).count()).collect()
}

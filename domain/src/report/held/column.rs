//! One column of a held report, and how it is gathered from rows.

use super::{
    bits::Bits,
    heap::Heap,
    numbers::Numbers,
    texts::{Alike, Own, Texts, WORDS_MOST},
    wire::{Reader, Unreadable},
};
use crate::report::{ColumnKind, ReportSpec, Row, Test, Value};
use std::collections::HashMap;

#[derive(Debug)]
pub(super) enum Column {
    Numbers(Numbers),
    Flags(Bits),
    Texts(Texts),
}

impl Column {
    pub(super) fn value(&self, columns: &[Self], row: usize) -> Value {
        match self {
            Self::Numbers(numbers) => numbers.get(row).into(),
            Self::Flags(flags) => Value::Bool(flags.get(row)),
            Self::Texts(texts) => Value::text(texts.get(columns, row)),
        }
    }

    /// Which of so many rows pass.
    pub(super) fn find(&self, columns: &[Self], test: &Test, rows: usize) -> Bits {
        match (self, test) {
            (Self::Numbers(numbers), Test::Ids(set)) => numbers.find(|id| set.contains(id)),
            (Self::Numbers(numbers), Test::Since(start)) => numbers.find(|at| at >= start.0),
            (Self::Numbers(numbers), Test::Until(end)) => numbers.find(|at| at <= end.0),
            (Self::Flags(flags), Test::Is("yes")) => flags.clone(),
            (Self::Flags(flags), Test::Is("no")) => flags.not(),
            (Self::Texts(texts), Test::Contains(needle)) => texts.find(columns, needle),
            (Self::Texts(texts), Test::Is(code)) => texts.equal(columns, code),
            _ => Bits::none(rows),
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>, rows: usize, before: &[Self]) {
        match self {
            Self::Numbers(numbers) => numbers.write(out),
            Self::Flags(flags) => flags.write(out),
            Self::Texts(texts) => texts.write(out, before, rows),
        }
    }

    pub(super) fn read(
        reader: &mut Reader<'_>,
        kind: ColumnKind,
        rows: usize,
        before: &[Self],
    ) -> Result<Self, Unreadable> {
        Ok(match kind {
            ColumnKind::Id | ColumnKind::Time | ColumnKind::Number => Self::Numbers(Numbers::read(reader, rows)?),
            ColumnKind::YesNo => Self::Flags(Bits::read(reader, rows)?),
            ColumnKind::Text | ColumnKind::Code => Self::Texts(Texts::read(reader, rows, before)?),
        })
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.bytes(),
            Self::Flags(flags) => flags.bytes(),
            Self::Texts(texts) => texts.bytes(),
        }
    }
}

/// A column as its rows come in. What is not of the column's kind reads as that kind's nothing.
pub(super) enum Builder {
    Numbers(Vec<Option<i64>>),
    Flags(Bits),
    Texts {
        /// The text column before, and where it says the same.
        alike: Option<(usize, Bits)>,
        own: Gathered,
    },
}

pub(super) enum Gathered {
    Heap(Heap),
    Words { known: HashMap<Box<str>, u8>, words: Vec<Box<str>>, at: Vec<u8> },
}

impl Builder {
    pub(super) fn new(spec: &ReportSpec, column: usize) -> Self {
        match spec.columns.get(column).map(|column| column.kind) {
            Some(ColumnKind::Text) => {
                let text = |before: &usize| spec.columns.get(*before).is_some_and(|c| c.kind == ColumnKind::Text);
                let alike = (0..column).rev().find(text).map(|before| (before, Bits::default()));
                Self::Texts { alike, own: Gathered::Heap(Heap::default()) }
            }
            Some(ColumnKind::Code) => {
                let own = Gathered::Words { known: HashMap::new(), words: Vec::new(), at: Vec::new() };
                Self::Texts { alike: None, own }
            }
            Some(ColumnKind::YesNo) => Self::Flags(Bits::default()),
            _ => Self::Numbers(Vec::new()),
        }
    }

    pub(super) fn push(&mut self, row: &Row, column: usize) {
        let value = row.get(column);
        match self {
            Self::Numbers(numbers) => numbers.push(value.as_int()),
            Self::Flags(flags) => flags.push(value.as_bool()),
            Self::Texts { alike, own } => {
                let text = value.as_str();
                if let Some((before, rows)) = alike {
                    let same = row.get(*before).as_str() == text;
                    rows.push(same);
                    if same {
                        return;
                    }
                }
                own.push(text);
            }
        }
    }

    pub(super) fn finish(self) -> Column {
        match self {
            Self::Numbers(numbers) => Column::Numbers(Numbers::new(&numbers)),
            Self::Flags(flags) => Column::Flags(flags),
            Self::Texts { alike, own } => {
                let alike = alike.filter(|(_, rows)| rows.count() > 0);
                let own = match own {
                    Gathered::Heap(mut heap) => {
                        heap.shrink();
                        Own::Heap(heap)
                    }
                    Gathered::Words { words, at, .. } => Own::Words { words, at },
                };
                Column::Texts(Texts::new(alike.map(|(column, rows)| Alike::new(column, rows)), own))
            }
        }
    }
}

impl Gathered {
    fn push(&mut self, text: &str) {
        match self {
            Self::Heap(heap) => heap.push(text),
            Self::Words { known, words, at } => {
                if let Some(place) = known.get(text) {
                    at.push(*place);
                } else if let Some(place) = u8::try_from(words.len()).ok().filter(|_| words.len() < WORDS_MOST) {
                    known.insert(text.into(), place);
                    words.push(text.into());
                    at.push(place);
                } else {
                    let mut heap = Heap::default();
                    let words = at.iter().map(|place| words.get(usize::from(*place)).map_or("", AsRef::as_ref));
                    words.for_each(|word| heap.push(word));
                    heap.push(text);
                    *self = Self::Heap(heap);
                }
            }
        }
    }
}

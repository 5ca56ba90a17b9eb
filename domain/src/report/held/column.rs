//! One column of a held report, and how it is gathered from rows.

use super::{
    Held,
    bits::Bits,
    change::Splice,
    heap::Heap,
    numbers::Numbers,
    texts::{Alike, Own, Texts},
    wire::{Reader, Unreadable},
};
use crate::report::{ColumnKind, ReportSpec, Row, Test, Value};

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

    /// This column, the how manieth, once some rows are others.
    pub(super) fn spliced(&self, at: usize, splice: &Splice, changed: &Held) -> Self {
        match (self, changed.columns.get(at)) {
            (Self::Numbers(numbers), Some(Self::Numbers(changed))) => Self::Numbers(numbers.spliced(splice, changed)),
            (Self::Flags(flags), Some(Self::Flags(changed))) => Self::Flags(flags.spliced(splice, changed)),
            (Self::Texts(texts), _) => Self::Texts(texts.spliced(splice, &|row, alike| {
                let text = |column| match changed.columns.get(column) {
                    Some(Self::Texts(texts)) => texts.get(&changed.columns, row),
                    _ => "",
                };
                (text(at), alike.is_some_and(|before| text(before) == text(at)))
            })),
            // Both are columns of the same report.
            (Self::Numbers(_), _) => Self::Numbers(Numbers::new(&vec![None; splice.rows])),
            (Self::Flags(_), _) => Self::Flags(Bits::none(splice.rows)),
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
        own: Own,
    },
}

impl Builder {
    pub(super) fn new(spec: &ReportSpec, column: usize) -> Self {
        match spec.columns.get(column).map(|column| column.kind) {
            Some(ColumnKind::Text) => {
                let text = |before: &usize| spec.columns.get(*before).is_some_and(|c| c.kind == ColumnKind::Text);
                let alike = (0..column).rev().find(text).map(|before| (before, Bits::default()));
                Self::Texts { alike, own: Own::Heap(Heap::default()) }
            }
            Some(ColumnKind::Code) => Self::Texts { alike: None, own: Own::words() },
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
            Self::Texts { alike, mut own } => {
                let alike = alike.filter(|(_, rows)| rows.count() > 0);
                own.shrink();
                Column::Texts(Texts::new(alike.map(|(column, rows)| Alike::new(column, rows)), own))
            }
        }
    }
}

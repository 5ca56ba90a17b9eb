//! A column of texts or codes. What stands in the text column before it, too, is kept there alone.

use super::{
    bits::Bits,
    change::{Piece, Splice},
    column::Column,
    heap::Heap,
    wire::{Reader, Unreadable, write_length},
};
use crate::value::fold;
use std::ops::Range;

#[derive(Debug)]
pub(super) struct Texts {
    alike: Option<Alike>,
    own: Own,
}

/// The rows whose text is the one in a column before.
#[derive(Debug)]
pub(super) struct Alike {
    column: usize,
    rows: Bits,
    steps: Vec<u32>,
}

/// The others, in their order.
#[derive(Debug)]
pub(super) enum Own {
    Heap(Heap),
    /// Few different ones, as codes are: which of them.
    Words {
        words: Vec<Box<str>>,
        at: Vec<u8>,
    },
}

/// As many as a byte can tell apart.
const WORDS_MOST: usize = 256;

impl Own {
    pub(super) const fn words() -> Self {
        Self::Words { words: Vec::new(), at: Vec::new() }
    }

    /// Nothing yet, but what was worked out for it, and room for so many more.
    fn begun(&self, more: usize) -> Self {
        match self {
            Self::Heap(heap) => Self::Heap(Heap::begun_as(heap, more)),
            Self::Words { words, at } => Self::Words { words: words.clone(), at: Vec::with_capacity(at.len() + more) },
        }
    }

    fn get(&self, place: usize) -> &str {
        match self {
            Self::Heap(heap) => heap.get(place),
            Self::Words { words, at } => word(words, at, place),
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        let (words, at) = match self {
            Self::Heap(heap) => return heap.push(text),
            Self::Words { words, at } => (words, at),
        };
        let known = words.iter().position(|word| **word == *text);
        if let Ok(place) = u8::try_from(known.unwrap_or(words.len())) {
            if known.is_none() {
                words.push(text.into());
            }
            at.push(place);
        } else {
            let mut heap = Heap::default();
            (0..at.len()).for_each(|place| heap.push(word(words, at, place)));
            heap.push(text);
            *self = Self::Heap(heap);
        }
    }

    /// Appends some of those that this began as.
    fn extend(&mut self, other: &Self, places: Range<usize>) {
        match (self, other) {
            (Self::Heap(heap), Self::Heap(other)) => heap.extend(other, places),
            (Self::Words { at, .. }, Self::Words { at: other, .. }) => {
                at.extend_from_slice(other.get(places).unwrap_or_default());
            }
            (this, other) => places.for_each(|place| this.push(other.get(place))),
        }
    }

    pub(super) fn shrink(&mut self) {
        if let Self::Heap(heap) = self {
            heap.shrink();
        }
    }
}

impl Alike {
    pub(super) fn new(column: usize, rows: Bits) -> Self {
        let steps = rows.steps();
        Self { column, rows, steps }
    }
}

impl Texts {
    pub(super) const fn new(alike: Option<Alike>, own: Own) -> Self {
        Self { alike, own }
    }

    pub(super) fn get<'a>(&'a self, columns: &'a [Column], row: usize) -> &'a str {
        match self.place(columns, row) {
            (Own::Heap(heap), at) => heap.get(at),
            (Own::Words { words, at: which }, at) => word(words, which, at),
        }
    }

    /// What it is sorted by: folded but for capitals of ASCII.
    pub(super) fn sorted_by<'a>(&'a self, columns: &'a [Column], row: usize) -> &'a str {
        match self.place(columns, row) {
            (Own::Heap(heap), at) => heap.sorted_by(at),
            (Own::Words { words, at: which }, at) => word(words, which, at),
        }
    }

    /// Where a row's text really is.
    fn place<'a>(&'a self, columns: &'a [Column], row: usize) -> (&'a Own, usize) {
        match &self.alike {
            None => (&self.own, row),
            Some(alike) if alike.rows.get(row) => match columns.get(alike.column) {
                Some(Column::Texts(texts)) => texts.place(columns, row),
                _ => (&self.own, usize::MAX),
            },
            Some(_) => (&self.own, self.own_place(row)),
        }
    }

    /// Which of the column's own texts a row's is, or the next row's that has one.
    fn own_place(&self, row: usize) -> usize {
        let before = self.alike.as_ref().map(|alike| alike.rows.count_before(row, &alike.steps));
        row - before.unwrap_or_default()
    }

    /// Once some rows are others: of each, its text, and whether that is the one in the column asked for.
    pub(super) fn spliced<'a>(
        &self,
        splice: &Splice,
        changed: &dyn Fn(usize, Option<usize>) -> (&'a str, bool),
    ) -> Self {
        let before = self.alike.as_ref().map(|alike| alike.column);
        let mut alike = Bits::default();
        let mut own = self.own.begun(splice.changed());
        for piece in splice.pieces() {
            match piece {
                Piece::Kept(rows) => {
                    if let Some(before) = &self.alike {
                        alike.extend(&before.rows, rows.clone());
                    }
                    own.extend(&self.own, self.own_place(rows.start)..self.own_place(rows.end));
                }
                Piece::Changed(at) => {
                    let (text, same) = changed(*at, before);
                    alike.push(same);
                    if !same {
                        own.push(text);
                    }
                }
            }
        }
        Self { alike: before.map(|column| Alike::new(column, alike)), own }
    }

    /// Rows that hold a folded text.
    pub(super) fn find(&self, columns: &[Column], needle: &str) -> Bits {
        self.spread(columns, &|texts| match &texts.own {
            Own::Heap(heap) => heap.find(needle),
            Own::Words { words, at } => among(words, at, |word| fold(word).contains(needle)),
        })
    }

    /// Rows that say exactly this.
    pub(super) fn equal(&self, columns: &[Column], code: &str) -> Bits {
        self.spread(columns, &|texts| match &texts.own {
            Own::Words { words, at } => among(words, at, |word| word == code),
            Own::Heap(heap) => {
                let mut found = Bits::none(heap.len());
                (0..heap.len()).filter(|at| heap.get(*at) == code).for_each(|at| found.set(at));
                found
            }
        })
    }

    /// Those of some rows that hold a folded text.
    pub(super) fn narrow(&self, columns: &[Column], needle: &str, rows: &Bits) -> Bits {
        let mut found = Bits::none(rows.len());
        for row in rows.iter() {
            let holds = match self.place(columns, row) {
                (Own::Heap(heap), at) => heap.holds(at, needle),
                (Own::Words { words, at: which }, at) => fold(word(words, which, at)).contains(needle),
            };
            if holds {
                found.set(row);
            }
        }
        found
    }

    /// The few different texts, where it is made of them.
    pub(super) const fn words(&self) -> Option<(&Vec<Box<str>>, &Vec<u8>)> {
        match (&self.alike, &self.own) {
            (None, Own::Words { words, at }) => Some((words, at)),
            _ => None,
        }
    }

    pub(super) fn is_prepared(&self) -> bool {
        match &self.own {
            Own::Heap(heap) => heap.is_prepared(),
            Own::Words { .. } => true,
        }
    }

    /// Folds the column's own texts, if that was not done.
    pub(super) fn prepare(&self) {
        if let Own::Heap(heap) = &self.own {
            heap.folded();
        }
    }

    /// From the answers about each column's own texts, the answer about the rows.
    fn spread(&self, columns: &[Column], ask: &dyn Fn(&Self) -> Bits) -> Bits {
        let own = ask(self);
        let Some(alike) = &self.alike else { return own };
        let mut found = match columns.get(alike.column) {
            Some(Column::Texts(texts)) => texts.spread(columns, ask),
            _ => Bits::none(alike.rows.len()),
        };
        found.and(&alike.rows);
        for (at, row) in alike.rows.not().iter().enumerate() {
            if own.get(at) {
                found.set(row);
            }
        }
        found
    }

    /// `before` are the columns written so far.
    pub(super) fn write(&self, out: &mut Vec<u8>, before: &[Column], len: usize) {
        match &self.alike {
            None => out.push(u8::MAX),
            Some(alike) => {
                out.push(alike.column.to_le_bytes()[0]);
                alike.rows.write(out);
            }
        }
        match &self.own {
            Own::Heap(heap) => {
                out.push(0);
                heap.write(out, beside(self.alike.as_ref(), before, len));
            }
            Own::Words { words, at } => {
                out.push(1);
                write_length(words.len(), out);
                for word in words {
                    write_length(word.len(), out);
                    out.extend_from_slice(word.as_bytes());
                }
                out.extend_from_slice(at);
            }
        }
    }

    /// Of so many rows; `before` are the columns read so far.
    pub(super) fn read(reader: &mut Reader<'_>, len: usize, before: &[Column]) -> Result<Self, Unreadable> {
        let alike = match reader.byte()? {
            u8::MAX => None,
            column if matches!(before.get(usize::from(column)), Some(Column::Texts(_))) => {
                Some(Alike::new(column.into(), Bits::read(reader, len)?))
            }
            _ => return Err(Unreadable),
        };
        let count = len - alike.as_ref().map_or(0, |alike| alike.rows.count());
        let own = match reader.byte()? {
            0 => Own::Heap(Heap::read(reader, count, beside(alike.as_ref(), before, len))?),
            1 => read_words(reader, count)?,
            _ => return Err(Unreadable),
        };
        Ok(Self { alike, own })
    }

    pub(super) fn bytes(&self) -> usize {
        let own = match &self.own {
            Own::Heap(heap) => heap.bytes(),
            Own::Words { words, at } => at.capacity() + words.iter().map(|word| 16 + word.len()).sum::<usize>(),
        };
        own + self.alike.as_ref().map_or(0, |alike| alike.rows.bytes() + alike.steps.capacity() * 4)
    }
}

/// What stands beside each of a column's own texts, in the column of texts before it.
fn beside<'a>(alike: Option<&'a Alike>, before: &'a [Column], len: usize) -> impl Iterator<Item = &'a str> {
    let texts = before.iter().rev().find_map(|column| match column {
        Column::Texts(texts) => Some(texts),
        _ => None,
    });
    let own = (0..len).filter(move |row| alike.is_none_or(|alike| !alike.rows.get(*row)));
    own.map(move |row| texts.map_or("", |texts| texts.get(before, row)))
}

fn read_words(reader: &mut Reader<'_>, count: usize) -> Result<Own, Unreadable> {
    let many = reader.length()? as usize;
    if many > WORDS_MOST {
        return Err(Unreadable);
    }
    let mut words = Vec::with_capacity(many);
    for _ in 0..many {
        let length = reader.length()? as usize;
        words.push(std::str::from_utf8(reader.take(length)?).map_err(|_| Unreadable)?.into());
    }
    let at = reader.take(count)?.to_vec();
    if at.iter().any(|at| usize::from(*at) >= many) {
        return Err(Unreadable);
    }
    Ok(Own::Words { words, at })
}

fn word<'a>(words: &'a [Box<str>], which: &[u8], at: usize) -> &'a str {
    which.get(at).and_then(|at| words.get(usize::from(*at))).map_or("", AsRef::as_ref)
}

fn among(words: &[Box<str>], at: &[u8], passes: impl Fn(&str) -> bool) -> Bits {
    let mut found = Bits::none(at.len());
    let passing: Vec<bool> = words.iter().map(|word| passes(word)).collect();
    if passing.contains(&true) {
        for (row, at) in at.iter().enumerate() {
            if passing.get(usize::from(*at)) == Some(&true) {
                found.set(row);
            }
        }
    }
    found
}

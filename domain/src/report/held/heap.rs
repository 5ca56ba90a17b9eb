//! Texts one behind the other. What a text of ASCII is compared by is not kept: a scan takes capitals for small letters.

use super::{
    bits::Bits,
    scan,
    wire::{Reader, Unreadable, write_length},
};
use crate::value::fold;
use std::{ops::Range, sync::OnceLock};

#[derive(Debug, Default)]
pub(super) struct Heap {
    texts: Texts,
    folded: OnceLock<Folded>,
}

#[derive(Debug, Default)]
struct Texts {
    whole: String,
    /// Where each ends and the next begins.
    ends: Vec<u32>,
}

/// For a text that is not there yet.
const ROOM: usize = 64;

/// The folded form of those that are not ASCII.
#[derive(Debug, Default)]
pub(super) struct Folded {
    rows: Vec<u32>,
    texts: Texts,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.whole.push_str(text);
        self.ends.push(small(self.whole.len()));
    }

    fn get(&self, at: usize) -> &str {
        self.whole.get(self.begin(at)..self.end(at)).unwrap_or_default()
    }

    fn begin(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.end(before))
    }

    /// Appends some of other texts.
    fn extend(&mut self, other: &Self, texts: Range<usize>) {
        let (begin, end) = (other.begin(texts.start), other.begin(texts.end));
        let moved = small(self.whole.len()).wrapping_sub(small(begin));
        self.whole.push_str(other.whole.get(begin..end).unwrap_or_default());
        self.ends.extend(other.ends.get(texts).unwrap_or_default().iter().map(|end| end.wrapping_add(moved)));
    }

    fn end(&self, at: usize) -> usize {
        self.ends.get(at).map_or(0, |end| *end as usize)
    }

    fn scan(&self, needle: &str) -> Bits {
        let mut found = Bits::none(self.ends.len());
        scan::scan(self.whole.as_bytes(), &self.ends, needle.as_bytes(), &mut found);
        found
    }
}

impl Folded {
    fn push(&mut self, row: usize, text: &str) {
        if !text.is_ascii() {
            self.rows.push(small(row));
            self.texts.push(&fold(text));
        }
    }

    /// Appends those of some rows, of which the first is that row now.
    fn extend(&mut self, other: &Self, rows: Range<usize>, first: usize) {
        let place = |row: usize| other.rows.partition_point(|folded| (*folded as usize) < row);
        let places = place(rows.start)..place(rows.end);
        let moved = small(first).wrapping_sub(small(rows.start));
        let kept = other.rows.get(places.clone()).unwrap_or_default();
        self.rows.extend(kept.iter().map(|row| row.wrapping_add(moved)));
        self.texts.extend(&other.texts, places);
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Heap {
    /// Nothing yet, folded from the start where the other one is, and with room for its texts and so many more.
    pub(super) fn begun_as(other: &Self, more: usize) -> Self {
        let (whole, ends) = (other.texts.whole.len() + more * ROOM, other.len() + more);
        let texts = Texts { whole: String::with_capacity(whole), ends: Vec::with_capacity(ends) };
        let folded = other.folded.get().map(|_| Folded::default());
        Self { texts, folded: folded.map(OnceLock::from).unwrap_or_default() }
    }

    pub(super) fn push(&mut self, text: &str) {
        if let Some(folded) = self.folded.get_mut() {
            folded.push(self.texts.ends.len(), text);
        }
        self.texts.push(text);
    }

    /// Appends some of another's texts, after which this one began.
    pub(super) fn extend(&mut self, other: &Self, texts: Range<usize>) {
        if let (Some(folded), Some(theirs)) = (self.folded.get_mut(), other.folded.get()) {
            folded.extend(theirs, texts.clone(), self.texts.ends.len());
        }
        self.texts.extend(&other.texts, texts);
    }

    pub(super) const fn len(&self) -> usize {
        self.texts.ends.len()
    }

    pub(super) fn get(&self, at: usize) -> &str {
        self.texts.get(at)
    }

    /// Those that hold a folded text.
    pub(super) fn find(&self, needle: &str) -> Bits {
        let folded = self.folded();
        let mut found = if needle.is_ascii() && folded.rows.len() < self.len() {
            self.texts.scan(needle)
        } else {
            Bits::none(self.len())
        };
        if !folded.rows.is_empty() {
            let among = folded.texts.scan(needle);
            // What was found in the text as it is stands in its folded form, too: only more can be found there.
            for at in among.iter() {
                if let Some(row) = folded.rows.get(at) {
                    found.set(*row as usize);
                }
            }
        }
        found
    }

    pub(super) fn holds(&self, at: usize, needle: &str) -> bool {
        scan::holds(self.sorted_by(at).as_bytes(), needle.as_bytes())
    }

    /// The folded form, but for capitals of ASCII.
    pub(super) fn sorted_by(&self, at: usize) -> &str {
        let folded = self.folded();
        let place = u32::try_from(at).map(|at| folded.rows.binary_search(&at));
        match place {
            Ok(Ok(place)) => folded.texts.get(place),
            _ => self.get(at),
        }
    }

    pub(super) fn is_prepared(&self) -> bool {
        self.folded.get().is_some()
    }

    /// Folds what has to be folded, once.
    pub(super) fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| {
            let mut folded = Folded::default();
            if self.texts.whole.is_ascii() {
                return folded;
            }
            (0..self.len()).for_each(|row| folded.push(row, self.get(row)));
            folded
        })
    }

    /// Each text without what it ends in like the one `beside` it, as addresses of one account do.
    pub(super) fn write<'a>(&self, out: &mut Vec<u8>, beside: impl Iterator<Item = &'a str>) {
        let shared: Vec<u8> = beside.enumerate().map(|(at, beside)| shared_end(self.get(at), beside)).collect();
        out.extend_from_slice(&shared);
        let own = |(at, shared): (usize, &u8)| {
            let text = self.get(at).as_bytes();
            text.get(..text.len().saturating_sub(usize::from(*shared))).unwrap_or_default()
        };
        for text in shared.iter().enumerate().map(own) {
            write_length(text.len(), out);
        }
        for text in shared.iter().enumerate().map(own) {
            out.extend_from_slice(text);
        }
    }

    pub(super) fn read<'a>(
        reader: &mut Reader<'_>,
        count: usize,
        beside: impl Iterator<Item = &'a str>,
    ) -> Result<Self, Unreadable> {
        let shared = reader.take(count)?;
        let lengths = (0..count).map(|_| reader.length()).collect::<Result<Vec<_>, _>>()?;
        let own =
            lengths.iter().try_fold(0_usize, |sum, length| sum.checked_add(*length as usize)).ok_or(Unreadable)?;
        let mut own = reader.take(own)?;
        let room = shared.iter().map(|shared| usize::from(*shared)).sum::<usize>() + own.len();
        let (mut whole, mut ends) = (Vec::with_capacity(room), Vec::with_capacity(count));
        for ((shared, length), beside) in shared.iter().zip(lengths).zip(beside) {
            let (text, rest) = own.split_at_checked(length as usize).ok_or(Unreadable)?;
            own = rest;
            let kept = beside.len().checked_sub((*shared).into()).ok_or(Unreadable)?;
            whole.extend_from_slice(text);
            whole.extend_from_slice(beside.as_bytes().get(kept..).unwrap_or_default());
            ends.push(u32::try_from(whole.len()).map_err(|_| Unreadable)?);
        }
        let whole = String::from_utf8(whole).map_err(|_| Unreadable)?;
        let between = whole.is_ascii() || ends.iter().all(|end| whole.is_char_boundary(*end as usize));
        if !between || ends.len() != count {
            return Err(Unreadable);
        }
        Ok(Self { texts: Texts { whole, ends }, folded: OnceLock::new() })
    }

    pub(super) fn bytes(&self) -> usize {
        let size = |texts: &Texts| texts.whole.capacity() + texts.ends.capacity() * 4;
        size(&self.texts) + self.folded.get().map_or(0, |folded| size(&folded.texts) + folded.rows.capacity() * 4)
    }

    pub(super) fn shrink(&mut self) {
        self.texts.whole.shrink_to_fit();
        self.texts.ends.shrink_to_fit();
    }
}

/// How many bytes two texts end in alike.
fn shared_end(text: &str, beside: &str) -> u8 {
    let alike = text.bytes().rev().zip(beside.bytes().rev()).take(usize::from(u8::MAX));
    u8::try_from(alike.take_while(|(a, b)| a == b).count()).unwrap_or_default()
}

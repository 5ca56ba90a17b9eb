//! Texts one behind the other. What a text of ASCII is compared by is not kept: a scan takes capitals for small letters.

use super::{
    bits::Bits,
    scan,
    wire::{Reader, Unreadable, write_length},
};
use crate::value::fold;
use std::sync::OnceLock;

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

/// The folded form of those that are not ASCII.
#[derive(Debug, Default)]
pub(super) struct Folded {
    rows: Vec<u32>,
    texts: Texts,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.whole.push_str(text);
        self.ends.push(u32::try_from(self.whole.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).map_or(0, |before| self.end(before));
        self.whole.get(begin..self.end(at)).unwrap_or_default()
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

impl Heap {
    pub(super) fn push(&mut self, text: &str) {
        self.texts.push(text);
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
            for row in 0..self.len() {
                let text = self.get(row);
                if !text.is_ascii() {
                    folded.rows.extend(u32::try_from(row));
                    folded.texts.push(&fold(text));
                }
            }
            folded
        })
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut begin = 0;
        for end in &self.texts.ends {
            write_length((*end - begin) as usize, out);
            begin = *end;
        }
        out.extend_from_slice(self.texts.whole.as_bytes());
    }

    pub(super) fn read(reader: &mut Reader<'_>, count: usize) -> Result<Self, Unreadable> {
        let mut ends = Vec::with_capacity(count);
        let mut end = 0_u32;
        for _ in 0..count {
            end = end.checked_add(reader.length()?).ok_or(Unreadable)?;
            ends.push(end);
        }
        let whole = String::from_utf8(reader.take(end as usize)?.to_vec()).map_err(|_| Unreadable)?;
        if !whole.is_ascii() && !ends.iter().all(|end| whole.is_char_boundary(*end as usize)) {
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

//! The accounts as they were at one moment, compact: what of them is searched and sorted by, and nothing else.

use super::{
    found::Found,
    order::Orders,
    set::{Bits, Set, position},
    texts::{END, LETTERS, Texts},
};
use domain::report::Test;
use memchr::memmem::Finder;
use std::sync::Arc;

/// The report's columns: the id, texts from `NAME` to the last address, yes and no from `FIRST_FLAG` to the last.
pub(super) const ID: usize = 0;
pub(super) const NAME: usize = 1;
pub(super) const SENDER: usize = 2;
pub(super) const FIRST_FLAG: usize = 6;
const LAST_FLAG: usize = 11;
pub(super) const TEXTS: usize = FIRST_FLAG - NAME;

/// Up to so many rows, looking at each of them is quicker than a pass over the whole column.
const NARROW: usize = 150_000;

/// An account's part in filter and order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub id: i64,
    pub texts: [String; TEXTS],
    /// One bit for each column of yes and no, from the lowest.
    pub flags: u8,
}

/// What a column is to filter and order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    /// The how manieth of the texts.
    Text(usize),
    /// Which bit of the flags.
    Flag(u8),
}

/// `None` for what is not held here.
pub(super) fn kind(column: usize) -> Option<Kind> {
    match column {
        ID => Some(Kind::Id),
        NAME..FIRST_FLAG => Some(Kind::Text(column - NAME)),
        FIRST_FLAG..=LAST_FLAG => Some(Kind::Flag(1 << (column - FIRST_FLAG))),
        _ => None,
    }
}

/// Addresses end alike: what stands behind the last `@` is written down once.
#[derive(Debug)]
pub(super) struct Column {
    pub texts: Texts,
    /// Each row's; empty for names. The first domain is none at all.
    pub domains: Vec<u16>,
}

/// Instead of a domain: the text is the sender's, and is not written down again.
pub(super) const SAME: u16 = u16::MAX;

impl Column {
    fn rows_with(&self, is_one: impl Fn(&u16) -> bool, mut row: impl FnMut(u32)) {
        self.domains.iter().enumerate().filter(|(_, domain)| is_one(domain)).for_each(|(at, _)| row(position(at)));
    }
}

#[derive(Debug)]
pub(super) struct Base {
    /// Upwards.
    pub ids: Vec<u32>,
    pub flags: Vec<u8>,
    pub columns: [Column; TEXTS],
    pub domains: Vec<Box<[u8]>>,
    pub found: Found,
    pub orders: Orders,
}

impl Base {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn size(&self) -> usize {
        let column = |c: &Column| c.texts.size() + c.domains.capacity() * 2;
        let domains: usize = self.domains.iter().map(|domain| domain.len() + 16).sum();
        self.ids.capacity() * 4 + self.flags.capacity() + self.columns.iter().map(column).sum::<usize>() + domains
    }

    pub(super) fn id(&self, row: u32) -> i64 {
        self.ids.get(row as usize).copied().unwrap_or_default().into()
    }

    /// Where that account is.
    pub(super) fn row(&self, id: i64) -> Option<u32> {
        let id = u32::try_from(id).ok()?;
        self.ids.binary_search(&id).ok().map(position)
    }

    pub(super) fn flag(&self, row: u32, bit: u8) -> bool {
        self.flags.get(row as usize).is_some_and(|flags| flags & bit != 0)
    }

    /// The how manieth text of a row, written over what was there.
    pub(super) fn text(&self, at: usize, row: u32, into: &mut Vec<u8>) {
        into.clear();
        let mut column = &self.columns[at];
        if column.domains.get(row as usize) == Some(&SAME) {
            column = &self.columns[SENDER - NAME];
        }
        into.extend_from_slice(column.texts.get(row));
        if let Some(domain) = column.domains.get(row as usize).filter(|domain| (1..SAME).contains(*domain)) {
            into.push(b'@');
            into.extend_from_slice(&self.domains[usize::from(*domain)]);
        }
    }

    /// The rows that pass.
    pub(super) fn select(&self, tests: &[(usize, Test)]) -> Set {
        let mut set = Set::Many(Bits::all(self.len()));
        for (column, test) in tests {
            set = match (kind(*column), test) {
                (Some(Kind::Id), Test::Ids(ids)) => set.and(&self.of_ids(ids.ranges())),
                (Some(Kind::Text(_)), Test::Contains(text)) => set.and(&self.find(*column, text)),
                (Some(Kind::Flag(_)), Test::Is(code)) => set.and(&self.find(*column, code)),
                _ => Set::Few(Vec::new()),
            };
        }
        set
    }

    /// Whether nothing has to be searched for first.
    pub(super) fn is_found(&self, tests: &[(usize, Test)]) -> bool {
        tests.iter().all(|(column, test)| match test {
            Test::Contains(text) => self.found.known(*column, text).is_some(),
            Test::Is(code) => self.found.known(*column, code).is_some(),
            _ => true,
        })
    }

    fn of_ids(&self, ranges: &[(i64, i64)]) -> Set {
        let mut bits = Bits::none(self.len());
        for (first, last) in ranges {
            let from = self.ids.partition_point(|id| i64::from(*id) < *first);
            let to = self.ids.partition_point(|id| i64::from(*id) <= *last);
            (from..to).for_each(|row| bits.insert(position(row)));
        }
        bits.into_set()
    }

    /// The rows of a text or of a yes or no, searched for by one of those who ask.
    fn find(&self, column: usize, sought: &str) -> Arc<Set> {
        let cell = self.found.cell(column, sought);
        // `Some` for the one who searches.
        let mut bytes = None;
        let set = cell.get_or_init(|| {
            let shorter = self.shorter(column, sought);
            let set = match (kind(column), &shorter) {
                (Some(Kind::Text(at)), Some(among)) if among.count() <= NARROW => self.narrowed(at, sought, among),
                (Some(Kind::Text(at)), _) => self.searched(at, sought),
                (Some(Kind::Flag(bit)), _) => self.flagged(bit, sought == "yes"),
                _ => Set::Few(Vec::new()),
            };
            // The end of a word that no other word begins like: the rows are the same, and kept once.
            if let Some(same) = shorter.filter(|among| among.count() == set.count()) {
                bytes = Some(0);
                return same;
            }
            bytes = Some(set.bytes());
            Arc::new(set)
        });
        if let Some(bytes) = bytes {
            self.found.keep(bytes);
        }
        Arc::clone(set)
    }

    fn flagged(&self, bit: u8, wanted: bool) -> Set {
        let mut bits = Bits::none(self.len());
        for (row, flags) in (0..).zip(&self.flags) {
            if (flags & bit != 0) == wanted {
                bits.insert(row);
            }
        }
        bits.into_set()
    }

    /// What was found for the longest part of a text that was searched for before.
    fn shorter(&self, column: usize, sought: &str) -> Option<Arc<Set>> {
        let beginnings = sought.char_indices().rev().map(|(end, _)| &sought[..end]);
        let without_first = sought.char_indices().nth(1).map(|(start, _)| &sought[start..]);
        let parts = beginnings.chain(without_first).filter(|part| !part.is_empty());
        matches!(kind(column), Some(Kind::Text(_)))
            .then(|| parts.into_iter().find_map(|part| self.found.known(column, part)))?
    }

    /// Among the rows of a shorter text.
    fn narrowed(&self, at: usize, sought: &str, among: &Set) -> Set {
        let finder = Finder::new(sought);
        let mut text = Vec::new();
        let contains = |row: &u32| {
            if at == 0 {
                return finder.find(self.columns[at].texts.get(*row)).is_some();
            }
            self.text(at, *row, &mut text);
            finder.find(&text).is_some()
        };
        let mut rows: Vec<u32> = among.up().filter(contains).collect();
        if rows.len() * 32 >= self.len() {
            return Set::Many(Set::Few(rows).into_bits(self.len()));
        }
        rows.shrink_to_fit();
        Set::Few(rows)
    }

    /// Single letters of names, in one pass for all of them: everybody begins with one, and each is in many names.
    pub(super) fn prepare(&self) {
        let mut sets: Vec<Bits> = LETTERS.chars().map(|_| Bits::none(self.len())).collect();
        self.columns[0].texts.letters(|row, mut letters| {
            while letters != 0 {
                sets[letters.trailing_zeros() as usize].insert(row);
                letters &= letters - 1;
            }
        });
        for (at, bits) in sets.into_iter().enumerate() {
            let (letter, set) = (&LETTERS[at..=at], Arc::new(bits.into_set()));
            if self.found.cell(NAME, letter).set(Arc::clone(&set)).is_ok() {
                self.found.keep(set.bytes());
            }
        }
    }

    /// In one pass over the column.
    fn searched(&self, at: usize, sought: &str) -> Set {
        let mut bits = Bits::none(self.len());
        let column = &self.columns[at];
        column.texts.search(sought.as_bytes(), |row| bits.insert(row));
        // Behind the last `@` there is no other: what is found across it has it as its own last one.
        let (domains, before) = match sought.rsplit_once('@') {
            None => (self.domains_with(|domain| Finder::new(sought).find(domain).is_some()), None),
            Some((before, after)) => (self.domains_with(|domain| domain.starts_with(after.as_bytes())), Some(before)),
        };
        if domains.contains(&true) {
            let is_one = |domain: &u16| domains.get(usize::from(*domain)) == Some(&true);
            match before {
                None | Some("") => column.rows_with(is_one, |row| bits.insert(row)),
                Some(before) => column.texts.search(&[before.as_bytes(), &[END]].concat(), |row| {
                    if column.domains.get(row as usize).is_some_and(is_one) {
                        bits.insert(row);
                    }
                }),
            }
        }
        if column.domains.contains(&SAME) {
            let senders = self.find(SENDER, sought);
            column.rows_with(
                |domain| *domain == SAME,
                |row| {
                    if senders.contains(row) {
                        bits.insert(row);
                    }
                },
            );
        }
        bits.into_set()
    }

    fn domains_with(&self, is_one: impl Fn(&[u8]) -> bool) -> Vec<bool> {
        self.domains.iter().enumerate().map(|(number, domain)| number > 0 && is_one(domain)).collect()
    }
}

//! The accounts as one snapshot has them: a base, and what has changed since. Answers as SQL would in that snapshot.

use super::{
    base::{Base, Entry, Kind, kind},
    order::Key,
};
use domain::report::{Test, page_count};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Debug, Clone)]
pub(super) struct State {
    /// The last change in it.
    pub seq: i64,
    pub base: Arc<Base>,
    /// Accounts that are no longer what the base has, by id; `None` where they are gone.
    changed: BTreeMap<i64, Option<Arc<Entry>>>,
    /// Their rows in the base.
    dead: Vec<u32>,
}

/// What is asked of the accounts.
#[derive(Debug)]
pub(super) struct Question {
    pub tests: Vec<(usize, Test)>,
    /// `None` where the order is not known here.
    pub keys: Option<Vec<Key>>,
    pub page: u32,
    pub size: u32,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub shown: Shown,
    pub matching: u64,
    pub all: u64,
    pub number: u32,
}

#[derive(Debug)]
pub(super) enum Shown {
    /// The page's rows, in order.
    Page(Vec<i64>),
    /// All that match, few enough to be sorted by SQL.
    Unsorted(Vec<i64>),
    /// Too many for that.
    TooMany,
}

/// So many rows are sorted by SQL.
const SORTED_BY_SQL: usize = 2000;

impl State {
    pub(super) fn new(seq: i64, base: Arc<Base>) -> Self {
        Self { seq, base, changed: BTreeMap::new(), dead: Vec::new() }
    }

    /// After more changes: those accounts, as they are now.
    pub(super) fn after(&self, seq: i64, changes: Vec<(i64, Option<Entry>)>) -> Self {
        let mut all = self.changed.clone();
        all.extend(changes.into_iter().map(|(id, entry)| (id, entry.map(Arc::new))));
        let dead = all.keys().filter_map(|id| self.base.row(*id)).collect();
        Self { seq, base: Arc::clone(&self.base), changed: all, dead }
    }

    /// How many accounts are not what the base has.
    pub(super) fn changed(&self) -> usize {
        self.changed.len()
    }

    pub(super) fn all(&self) -> usize {
        self.base.len() - self.dead.len() + self.changed.values().flatten().count()
    }

    /// Whether the answer is there without searching and sorting.
    pub(super) fn is_quick(&self, question: &Question) -> bool {
        self.base.is_found(&question.tests) && question.keys.as_ref().is_none_or(|keys| self.base.is_sorted(keys))
    }

    pub(super) fn answer(&self, question: &Question) -> Answer {
        let mut set = self.base.select(&question.tests);
        set.without(&self.dead);
        let passes = |entry: &&Entry| question.tests.iter().all(|(column, test)| entry.passes(*column, test));
        let mut fresh: Vec<&Entry> = self.changed.values().flatten().map(AsRef::as_ref).filter(passes).collect();
        let found = set.count() + fresh.len();
        let (matching, all) = (found as u64, self.all() as u64);
        let number = question.page.clamp(1, page_count(matching, question.size));
        let shown = match &question.keys {
            Some(keys) => {
                fresh.sort_unstable_by(|a, b| a.compare(b, keys));
                let skip = (number as usize - 1) * question.size as usize;
                let rows = self.base.walk(set, keys);
                Shown::Page(self.merged(rows.rows(), &fresh, keys, skip, question.size as usize))
            }
            None if found <= SORTED_BY_SQL => Shown::Unsorted(
                set.up().map(|row| self.base.id(row)).chain(fresh.iter().map(|entry| entry.id)).collect(),
            ),
            None => Shown::TooMany,
        };
        Answer { shown, matching, all, number }
    }

    /// The ids of one page out of both, each of which is sorted.
    fn merged(
        &self,
        rows: impl Iterator<Item = u32>,
        fresh: &[&Entry],
        keys: &[Key],
        skip: usize,
        size: usize,
    ) -> Vec<i64> {
        if fresh.is_empty() {
            return rows.skip(skip).take(size).map(|row| self.base.id(row)).collect();
        }
        let (mut rows, mut fresh) = (rows.peekable(), fresh.iter().peekable());
        let mut text = Vec::new();
        let next = move || match (rows.peek().copied(), fresh.peek().copied()) {
            (Some(row), Some(entry)) if self.base.compare(row, entry, keys, &mut text).is_gt() => {
                fresh.next().map(|entry| entry.id)
            }
            (Some(_), _) => rows.next().map(|row| self.base.id(row)),
            (None, _) => fresh.next().map(|entry| entry.id),
        };
        std::iter::from_fn(next).skip(skip).take(size).collect()
    }
}

impl Entry {
    fn passes(&self, column: usize, test: &Test) -> bool {
        match (kind(column), test) {
            (Some(Kind::Id), Test::Ids(ids)) => ids.contains(self.id),
            (Some(Kind::Text(at)), Test::Contains(sought)) => self.texts[at].contains(sought.as_str()),
            (Some(Kind::Flag(bit)), Test::Is(code)) => (self.flags & bit != 0) == (*code == "yes"),
            _ => false,
        }
    }
}

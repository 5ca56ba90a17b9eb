//! What was worked out for the last questions: typing on narrows the answer before, Backspace finds the one before that.

use super::{bits::Bits, selection::Walk, sorting::Sorting};
use crate::report::Test;
use std::sync::Arc;

/// As many as somebody types into a field, and a few fields: at 100,000 rows each takes 12 KB.
const ANSWERS_MOST: usize = 32;

/// At 100,000 rows each takes 400 KB.
const WALKS_MOST: usize = 3;

#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The latest last.
    answers: Vec<Answer>,
    walks: Vec<(Vec<(usize, bool)>, Walk)>,
    /// A column being sorted while nobody waits for it.
    pub(super) sorting: Option<(usize, Sorting)>,
}

#[derive(Debug)]
struct Answer {
    column: usize,
    test: Test,
    rows: Arc<Bits>,
    count: usize,
}

impl Kept {
    pub(super) fn answer(&mut self, column: usize, test: &Test) -> Option<Arc<Bits>> {
        let at = self.answers.iter().rposition(|answer| answer.column == column && answer.test == *test)?;
        let answer = self.answers.remove(at);
        let rows = answer.rows.clone();
        self.answers.push(answer);
        Some(rows)
    }

    /// The fewest rows known to hold a part of this text: no others can hold it all.
    pub(super) fn candidates(&self, column: usize, needle: &str) -> Option<(Arc<Bits>, usize)> {
        let part = |test: &Test| matches!(test, Test::Contains(part) if needle.contains(part.as_str()));
        let parts = self.answers.iter().filter(|answer| answer.column == column && part(&answer.test));
        parts.min_by_key(|answer| answer.count).map(|answer| (answer.rows.clone(), answer.count))
    }

    pub(super) fn keep(&mut self, column: usize, test: Test, rows: Arc<Bits>) {
        if self.answers.len() >= ANSWERS_MOST {
            self.answers.remove(0);
        }
        let count = rows.count();
        self.answers.push(Answer { column, test, rows, count });
    }

    pub(super) fn walk(&self, keys: &[(usize, bool)]) -> Option<Walk> {
        self.walks.iter().find(|(known, _)| known == keys).map(|(_, walk)| walk.clone())
    }

    pub(super) fn keep_walk(&mut self, keys: Vec<(usize, bool)>, walk: Walk) {
        if self.walks.len() >= WALKS_MOST {
            self.walks.remove(0);
        }
        self.walks.push((keys, walk));
    }

    pub(super) fn bytes(&self) -> usize {
        let walks = self.walks.iter().map(|(_, walk)| walk.bytes());
        self.answers.iter().map(|answer| answer.rows.bytes()).chain(walks).sum()
    }
}

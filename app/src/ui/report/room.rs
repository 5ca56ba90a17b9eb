//! How wide the columns of texts are: as the longest text that they have shown, so that they stand still while somebody types a
//! filter, and no text of a usual length is cut off. To paint a cell that may cut its text off takes much longer.

use super::cell::{Cells, Content};
use crate::ui::time::Clock;
use domain::report::{ColumnKind, ColumnSpec, ReportName, Row};

/// So many at once: a column that has to become wider seldom has to again.
const STEP: usize = 4;

/// In characters, by the columns' places in a row. It only grows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room(Vec<usize>);

impl Room {
    /// For rows that are about to be written.
    pub fn for_rows(cells: &Cells, rows: &[Row]) -> Self {
        let mut this = Self::default();
        let texts = |(_, column): &(usize, &ColumnSpec)| column.kind == ColumnKind::Text;
        for row in rows {
            for (index, column) in cells.columns().filter(texts) {
                this.fit(index, &cells.content(row, index, column, Clock::Utc));
            }
        }
        this
    }

    /// Says whether the column had to become wider.
    pub fn fit(&mut self, column: usize, content: &Content) -> bool {
        let Some(chars) = content.room else { return false };
        if self.0.len() <= column {
            self.0.resize(column + 1, 0);
        }
        let needed = chars.next_multiple_of(STEP);
        match self.0.get_mut(column) {
            Some(room) if *room < needed => {
                *room = needed;
                true
            }
            _ => false,
        }
    }

    /// As many digits, which the heading holds without showing them (`table.css`): as wide as they are, so is the column.
    pub fn of(&self, column: usize) -> Option<String> {
        self.0.get(column).filter(|room| **room > 0).map(|room| "0".repeat(*room))
    }
}

/// How many characters of a text are shown: addresses whole, but what becomes of a message, and what was changed, stands behind
/// several columns of texts.
pub const fn most_chars(report: ReportName) -> usize {
    match report {
        ReportName::Outbox | ReportName::Audit => 24,
        _ => 44,
    }
}

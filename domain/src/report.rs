//! Reports as data: what columns and search fields each has, what is asked of it, and which rows answer.
//!
//! One [`Row`] type serves every report, so that one component shows them all, one server function feeds them all,
//! and print, CSV and schedules come for each at no cost. Filter and sort are written twice on purpose: here for rows
//! held in the browser and as SQL in `store`; a property test holds the two together.

mod columns;
mod held;
mod ids;
mod marks;
mod query;
mod row;
mod spec;

pub use held::{Decoder, Encoder, HELD_CHANGES, HELD_ROWS, Held, Selection, Unreadable, encode, encode_changes};
pub use ids::{IdSet, IdSetError};
pub use marks::{Needle, marks, utf16};
pub use query::{Direction, PAGE_SIZES, Query, SortKey, Test, encode_component};
pub use row::{Row, Value};
pub use spec::{ColumnKind, ColumnSpec, FieldKind, FieldSpec, ReportName, ReportSpec, badge};

use serde::{Deserialize, Serialize};

/// Up to so many rows a report is held in the browser and filtered there; above, the server answers.
pub const HELD_ROWS_MAX: u64 = 300_000;

/// One page of a report, with what its foot says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    pub rows: Vec<Row>,
    /// How many rows match.
    pub matching: u64,
    /// More match than were looked for: `matching` is what was found, the newest ones.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
    /// How many rows there are.
    pub all: u64,
    /// The page shown, counted from 1: the one asked for, or the last there is.
    pub number: u32,
}

/// How many pages so many rows make, at least one.
pub fn page_count(matching: u64, size: u32) -> u32 {
    u32::try_from(matching.div_ceil(u64::from(size.max(1)))).unwrap_or(u32::MAX).max(1)
}

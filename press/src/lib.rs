//! Reports as PDF: rows in, a finished document out. Pure: no clock, no network, no file; who may read and where it goes is decided elsewhere.
//!
//! What stands in the cells is `paper`'s. Typst sets it, from one source file of ours (`report.typ`) to which everything
//! else is handed as values: what is stored is never read as markup.

mod bare;
mod data;
mod desk;
mod face;
mod lay;
mod wrap;

use domain::report::Row;
use paper::About;
use std::sync::{Mutex, PoisonError};
use typst::{comemo, foundations::Smart};
use typst_pdf::PdfOptions;

/// More than this is a file for a spreadsheet, not a document: the whole of it has to be in memory at once.
pub const MOST_ROWS: usize = 20_000;

/// Up to so many rows the file tells reading aids what is a header and what a cell. That is nine tenths of a file, and
/// one of more than some megabytes does not arrive by mail.
pub const MOST_TAGGED: usize = 2_000;

#[derive(Debug, thiserror::Error)]
pub enum PressError {
    #[error("{0} rows are too many for a PDF, {MOST_ROWS} is the most")]
    TooManyRows(usize),
    /// Not a matter of the rows: they are data, and all texts can be set.
    #[error("the report could not be set: {0}")]
    Setting(String),
}

/// The report as a PDF; the same input gives the same bytes.
///
/// Takes seconds of computing for thousands of rows, so it belongs on a thread that may be blocked
/// (`tokio::task::spawn_blocking`). The caller must not take it for granted that typesetting never panics:
/// `spawn_blocking` answers a panic as an error, elsewhere it takes a `catch_unwind`. The next call is unharmed by it.
pub fn pdf<'a>(about: &About, rows: impl IntoIterator<Item = &'a Row>) -> Result<Vec<u8>, PressError> {
    let rows: Vec<&Row> = rows.into_iter().collect();
    if rows.len() > MOST_ROWS {
        return Err(PressError::TooManyRows(rows.len()));
    }
    let tagged = rows.len() <= MOST_TAGGED;
    // One at a time: two would need twice the memory at once, and share the caches that the first one clears.
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let _sweep = Sweep;
    let document = lay::document(&data::Report::new(about, rows), tagged)?;
    let options = PdfOptions { creator: Smart::Custom(Some("Postroom".to_owned())), tagged, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|errors| lay::said(&errors))
}

static TURN: Mutex<()> = Mutex::new(());

/// Empties Typst's caches, also after a panic: they live as long as the process, and the next report is another one.
struct Sweep;

impl Drop for Sweep {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

//! Reports on their way out of the house: rows in, text out, piece by piece. Pure; who may read and where it goes is decided elsewhere.
//!
//! Downloads, the print page and scheduled mails are made here, from the same cells and words; PDF in `press`, from these too.

mod about;
pub mod cells;
mod csv;
mod html;

pub use csv::Csv;
pub use html::Html;

use domain::{
    UnixMillis,
    report::{Query, ReportName, Row},
};
use words::{Paper, Words};

/// A report being written down. Each part is appended, so that the longest report needs no more room than one row.
pub trait Sheet: Send {
    fn head(&self, to: &mut String);
    fn row(&self, row: &Row, to: &mut String);
    fn foot(&self, to: &mut String);
}

/// What a sheet says of itself.
#[derive(Clone)]
pub struct About {
    pub report: ReportName,
    pub query: Query,
    /// Who asked for it.
    pub who: String,
    pub at: UnixMillis,
    /// How many rows follow, of how many.
    pub matching: u64,
    /// More of them than were counted: nobody waits for a count before the first row.
    pub at_least: bool,
    pub all: u64,
    pub language: Language,
}

/// The words it is written in.
#[derive(Clone, Copy)]
pub struct Language {
    pub words: &'static Words,
    pub paper: &'static Paper,
}

impl Language {
    pub const fn of(language: words::Language) -> Self {
        Self { words: words::words(language), paper: words::on_paper(language) }
    }

    pub const fn english() -> Self {
        Self::of(words::Language::English)
    }

    /// A moment in UTC as it is written on paper.
    pub fn moment(self, at: UnixMillis) -> String {
        (self.words.moment)(&at.to_utc_text())
    }
}

/// `smtp-accounts-20261121-2212.csv`
pub fn file_name(report: ReportName, at: UnixMillis, extension: &str) -> String {
    format!("{}-{}.{extension}", report.file_stem(), at.to_file_text())
}

//! The texts of what is done to many rows at once.

use crate::ReportTexts;
use domain::bulk::Deed;

pub struct Bulk {
    pub bar: &'static str,
    pub count: fn(u64) -> String,
    pub count_all: fn(u64) -> String,
    pub page_full: fn(u64) -> String,
    pub select_all: fn(u64) -> String,
    pub deselect: &'static str,
    pub button: fn(Deed) -> &'static str,
    pub export: &'static str,
    pub export_verb: &'static str,
    pub export_many: &'static str,
    pub verb: fn(Deed) -> &'static str,
    /// What is asked, and what the window is called.
    pub title: fn(Deed, u64, &ReportTexts) -> String,
    /// What follows from it.
    pub about: fn(Deed) -> &'static str,
    /// The first names, and how many there are besides.
    pub and_more: fn(&str, u64) -> String,
    pub recipient: &'static str,
    pub type_count: &'static str,
    pub not_the_count: &'static str,
    pub progress: fn(u64, u64) -> String,
    pub closing: &'static str,
    pub stop: &'static str,
    pub summary: fn(u64, u64) -> String,
    pub tested: fn(u64, u64) -> String,
    pub stopped: &'static str,
    pub unfinished: fn(u64) -> String,
    pub more_not: fn(u64) -> String,
    pub again: fn(u64) -> String,
    /// Of a title.
    pub done: fn(&str) -> String,
}

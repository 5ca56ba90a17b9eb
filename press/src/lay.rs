//! Rows on pages, batch by batch: what Typst remembers of a table is a hundred times its text, so no table may be long.
//!
//! Twice: first to see which rows begin a page and how many pages there are, then for good, each batch ending where a
//! page does. To the reader it is one table.

use crate::{PressError, bare::bare, data::Report, desk::Desk};
use std::ops::Range;
use typst::{
    comemo,
    diag::SourceDiagnostic,
    ecow::EcoVec,
    foundations::{NativeElement, Selector, Value},
    introspection::{Introspector, MetadataElem},
};
use typst_layout::PagedDocument;

/// So many rows are set together; a dozen pages or two.
const BATCH: usize = 250;

/// Which rows make up which pages.
#[derive(Debug, PartialEq, Eq)]
struct Batch {
    rows: Range<usize>,
    pages: usize,
}

/// With `structure` the pages know what is a table, a row, a cell, which a tagged PDF is made from.
pub fn document(report: &Report<'_>, structure: bool) -> Result<PagedDocument, PressError> {
    let plan = plan(report)?;
    let all: usize = plan.iter().map(|batch| batch.pages).sum();
    let mut pages = EcoVec::new();
    let mut info = None;
    for batch in plan {
        let document = set(report, batch.rows, pages.len() + 1, all)?;
        pages.extend(document.pages().iter().map(|page| if structure { page.clone() } else { bare(page) }));
        info.get_or_insert_with(|| typst::model::Document::info(&document).clone());
    }
    Ok(PagedDocument::new(pages, info.unwrap_or_default()))
}

fn plan(report: &Report<'_>) -> Result<Vec<Batch>, PressError> {
    let (mut plan, mut first, mut size) = (Vec::new(), 0, BATCH);
    loop {
        let end = report.len().min(first + size);
        let document = set(report, first..end, 1, 1)?;
        if end == report.len() {
            plan.push(Batch { rows: first..end, pages: document.pages().len() });
            return Ok(plan);
        }
        match cut(report, first, &document) {
            Some((cut, pages)) => {
                plan.push(Batch { rows: first..cut, pages });
                (first, size) = (cut, BATCH);
            }
            // Rows that fill pages: one must end with its page somewhere further on, or with the report.
            None => size *= 2,
        }
    }
}

/// The last row that begins a page, and how many pages there are before it.
fn cut(report: &Report<'_>, first: usize, document: &PagedDocument) -> Option<(usize, usize)> {
    let begins: Vec<usize> = pages_of_rows(document);
    let begins_page = |row: &usize| match (begins.get(row.wrapping_sub(1)), begins.get(*row)) {
        (Some(before), Some(here)) => here > before && !report.is_high(first + row - 1),
        _ => false,
    };
    let row = (1..begins.len()).rev().find(begins_page)?;
    Some((first + row, begins.get(row)? - 1))
}

/// The page on which each row begins, from 1: each has a mark in its first cell.
fn pages_of_rows(document: &PagedDocument) -> Vec<usize> {
    let introspector = document.introspector();
    let marks = introspector.query(&Selector::Elem(MetadataElem::ELEM, None));
    let mut pages: Vec<(i64, usize)> = Vec::with_capacity(marks.len());
    for mark in &marks {
        let number = mark.to_packed::<MetadataElem>().map(|mark| mark.value.clone());
        let page = mark.location().and_then(|location| introspector.page(location));
        if let (Some(Value::Int(number)), Some(page)) = (number, page) {
            pages.push((number, page.get()));
        }
    }
    pages.sort_unstable();
    pages.into_iter().map(|(_, page)| page).collect()
}

fn set(report: &Report<'_>, rows: Range<usize>, page: usize, all: usize) -> Result<PagedDocument, PressError> {
    let desk = Desk::new(report.inputs(rows, page, all));
    let document = typst::compile(&desk).output;
    comemo::evict(0);
    document.map_err(|errors| said(&errors))
}

pub fn said(errors: &[SourceDiagnostic]) -> PressError {
    PressError::Setting(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

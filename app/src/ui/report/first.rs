//! The first page of a report, where the server draws it and where it doesn't: in a frame, or after another page.

use super::{drawing::ON_SERVER, query_of_address};
use crate::api::{
    Answer,
    held::{Fetched, report_held},
    reports::report_page,
};
use domain::report::{HELD_ROWS_MAX, Held, Page, Query, ReportName};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::RefCell;

/// Up to here all rows are as fast as a page of them, and filters work as soon as they are read.
const AT_ONCE: u64 = 1_000;

/// All rows, as far as the browser may hold them.
pub const ALL: u64 = HELD_ROWS_MAX;

thread_local! {
    /// From the answer to the report that it is for.
    static COME: RefCell<Option<(ReportName, Held, String)>> = const { RefCell::new(None) };
}

/// The first page, fetched while the server renders.
pub fn first_page(name: ReportName) -> Resource<Answer<Page>> {
    let query = query_of_address(name);
    COME.take();
    Resource::new_blocking(
        || (),
        move |()| {
            let query = query.clone();
            async move {
                if ON_SERVER || name.only_grows() {
                    report_page(name, query).await
                } else {
                    SendWrapper::new(short_or_page(name, query)).await
                }
            }
        },
    )
}

async fn short_or_page(name: ReportName, query: Query) -> Answer<Page> {
    match report_held(name, AT_ONCE, "").await? {
        Fetched::Rows(held, revision) => {
            let page = held.page(&query);
            COME.set(Some((name, *held, revision)));
            Ok(page)
        }
        Fetched::TooMany | Fetched::Unchanged => report_page(name, query).await,
    }
}

/// The rows that came in place of the first page, and their revision.
pub fn come(name: ReportName) -> Option<(Held, String)> {
    COME.take().filter(|(of, ..)| *of == name).map(|(_, held, revision)| (held, revision))
}

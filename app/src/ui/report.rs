//! The report: search fields, table, foot. One component for every list; the page hands over its cells and row actions.

mod address;
mod cell;
mod foot;
mod outside;
mod row;
mod search;
mod state;
mod table;

pub use address::{list_address, query_of, query_of_address, with_query};
pub use state::{Refresh, State, use_refresh};

use super::menu::Entry;
use crate::api::{Answer, reports::report_page};
use domain::report::{Page, ReportName, Row};
use leptos::prelude::*;
use std::sync::Arc;

/// A cell drawn by the page; `None` draws what the column's kind says.
pub type Cell = fn(&Row, &'static str) -> Option<AnyView>;

/// Where a row's window is.
pub type RowAddress = fn(i64) -> String;

/// What the ⋮ menu holds for a row; a row without entries has no menu.
pub type RowMenu = Arc<dyn Fn(&Row, State) -> Vec<Entry> + Send + Sync>;

/// What can be done with a row, besides reading it.
#[derive(Clone)]
pub struct RowActions {
    /// Its window, and what that is called: Edit or View.
    pub open: Option<(RowAddress, &'static str)>,
    pub menu: Option<RowMenu>,
}

/// The first page, fetched while the server renders.
pub fn first_page(name: ReportName) -> Resource<Answer<Page>> {
    let query = query_of_address(name);
    Resource::new_blocking(|| (), move |()| report_page(name, query.clone()))
}

/// The report; `first` is what the server rendered, `first_visit` what stands there while there is nothing to list.
#[component]
pub fn Report(
    name: ReportName,
    first: Answer<Page>,
    cell: Cell,
    actions: RowActions,
    first_visit: Callback<(), AnyView>,
) -> impl IntoView {
    let state = State::new(name, first);
    state.follow();
    let is_empty = Memo::new(move |_| state.is_first_visit());
    let is_unknown = Memo::new(move |_| state.is_unknown());
    view! {
        <section class="report">
            <outside::Failed state />
            {move || {
                if is_unknown.get() {
                    ().into_any()
                } else if is_empty.get() {
                    first_visit.run(())
                } else {
                    view! {
                        <search::Search state />
                        <table::Table state cell actions=actions.clone() />
                        <outside::NoMatch state />
                        <foot::Foot state />
                    }
                        .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

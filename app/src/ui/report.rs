//! The report: search fields, table, foot. One component for every list; the page hands over its cells and row actions.

mod address;
pub mod bits;
mod cell;
mod changes;
mod chips;
mod comforts;
mod dom;
mod drawing;
mod elsewhere;
mod first;
mod foot;
mod highlight;
mod outside;
mod pressing;
mod room;
mod rows;
mod search;
mod selection;
mod shown;
mod state;
mod table;
mod tools;

pub use address::{list_address, query_of, query_of_address, with_query};
pub use changes::provide_changes;
pub use comforts::{Comfort, comfort};
pub use first::{address_ahead, await_ahead, end_early, fetch_ahead, first_page};
pub use foot::FOOT;
pub use selection::Chosen;
pub use shown::shown;
pub use state::{Refresh, State, use_refresh};

use super::menu::Entry;
use crate::api::Answer;
use bits::Bit;
use domain::report::{Page, ReportName, Row};
use leptos::prelude::*;
use std::{pin::Pin, sync::Arc};

/// A cell's content as the page has it; `None` is what the column's kind says. Which of the two it is hangs on the value alone.
pub type Cell = fn(&Row, &'static str) -> Option<Vec<Bit>>;

/// A view that may have to be fetched first.
pub type Coming = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// What makes a report one's own arrives with other parts of the page, which knows them.
pub type Comforts = fn(Comfort) -> Coming;

/// Where a row's window is.
pub type RowAddress = fn(i64) -> String;

/// What stands below the table while rows are chosen.
pub type Bar = Callback<State, AnyView>;

type MakeEntries = Arc<dyn Fn(&Row, State) -> Vec<Entry> + Send + Sync>;

/// The ⋮ menu of the rows.
#[derive(Clone)]
pub struct RowMenu {
    /// Whether a row has one.
    pub is_there: Arc<dyn Fn(&Row) -> bool + Send + Sync>,
    /// What it holds; made as it opens.
    pub entries: MakeEntries,
}

impl RowMenu {
    pub fn new(
        is_there: impl Fn(&Row) -> bool + Send + Sync + 'static,
        entries: impl Fn(&Row, State) -> Vec<Entry> + Send + Sync + 'static,
    ) -> Self {
        Self { is_there: Arc::new(is_there), entries: Arc::new(entries) }
    }
}

/// What can be done with a row, besides reading it.
#[derive(Clone)]
pub struct RowActions {
    /// Its window, and what that is called: Edit or View.
    pub open: Option<(RowAddress, &'static str)>,
    pub menu: Option<RowMenu>,
}

/// The report; `first` is what the server rendered, `first_visit` what stands there while there is nothing to list.
#[component]
pub fn Report(
    name: ReportName,
    first: Answer<Page>,
    cell: Cell,
    actions: RowActions,
    first_visit: Callback<(), AnyView>,
    /// What can be done with the rows chosen.
    bar: Bar,
    /// Where columns, views and copying come from.
    comforts: Comforts,
) -> impl IntoView {
    let state = State::new(name, first, comforts);
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
                        <tools::Tools state />
                        <table::Table state cell actions=actions.clone() />
                        <outside::NoMatch state />
                        <selection::Below state bar />
                        <foot::Foot state />
                    }
                        .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

//! The address, the only truth for filter, sort and page: read into a query, and written without waiting.

use domain::report::{Query, ReportName};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
    location::Location,
    params::ParamsMap,
};
use std::time::Duration;

/// What the address asks of a report.
pub fn query_of_address(name: ReportName) -> Query {
    let map = use_query_map();
    map.with_untracked(|map| query_of(name, map))
}

/// What an address's pairs ask of a report.
pub fn query_of(name: ReportName, map: &ParamsMap) -> Query {
    Query::from_pairs(name, map.latest_values().map(|(key, value)| (key.as_ref(), value)))
}

/// The address of a report, or of one of its windows, that keeps what the present address asks.
pub fn list_address(name: ReportName, path: &str) -> String {
    with_query(path, &query_of_address(name))
}

/// An address with what is asked behind it.
pub fn with_query(path: &str, query: &Query) -> String {
    let text = query.to_query_string();
    if text.is_empty() { path.to_owned() } else { format!("{path}?{text}") }
}

/// Browsers refuse more than 200 changes of the address in 10 seconds; beyond this many the rest comes late.
const AT_ONCE: u32 = 90;
const WINDOW: Duration = Duration::from_secs(10);
const LATE: Duration = Duration::from_millis(400);

/// Writes to the address bar.
#[derive(Clone, Copy)]
pub struct Address {
    location: StoredValue<Location>,
    write: Callback<(String, bool)>,
    /// Writes in the present ten seconds.
    written: StoredValue<u32>,
    late: StoredValue<Option<String>>,
}

impl Address {
    pub fn new() -> Self {
        let navigate = use_navigate();
        let write = Callback::new(move |(to, replace): (String, bool)| {
            navigate(&to, NavigateOptions { resolve: false, replace, scroll: false, ..NavigateOptions::default() });
        });
        Self {
            location: StoredValue::new(use_location()),
            write,
            written: StoredValue::new(0),
            late: StoredValue::new(None),
        }
    }

    /// Opens a window or another page.
    pub fn open(self, to: &str) {
        self.write.run((to.to_owned(), false));
    }

    /// Writes the query behind the present path.
    pub fn set(self, query: &Query, replace: bool) {
        let path = self.location.with_value(|location| location.pathname.get_untracked());
        let to = with_query(&path, query);
        let written = self.written.get_value();
        self.written.set_value(written + 1);
        if written == 0 {
            let counter = self.written;
            set_timeout(
                move || {
                    counter.try_set_value(0);
                },
                WINDOW,
            );
        }
        if written < AT_ONCE {
            self.late.set_value(None);
            self.write.run((to, replace));
        } else if self.late.with_value(Option::is_none) {
            self.late.set_value(Some(to));
            set_timeout(
                move || {
                    if let Some(to) = self.late.try_update_value(Option::take).flatten() {
                        self.write.run((to, true));
                    }
                },
                LATE,
            );
        } else {
            self.late.set_value(Some(to));
        }
    }

    /// Runs with what the address asks, at first and whenever that changes.
    pub fn follow(name: ReportName, mut on_query: impl FnMut(Query) + 'static) {
        let map = use_query_map();
        Effect::new(move |_| on_query(map.with(|map| query_of(name, map))));
    }
}

//! The address, the only truth for filter, sort and page: read into a query, and written without waiting.

use crate::ui::turn::{Turn, Turns};
use domain::report::{Query, ReportName};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    location::Location,
    params::ParamsMap,
};
use std::time::Duration;

/// What the address asks of a report.
pub fn query_of_address(name: ReportName) -> Query {
    let map = use_location().query;
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

/// While somebody types, the address waits for a pause. Browsers refuse more than 200 changes of it in 10 seconds.
const PAUSE: Duration = Duration::from_millis(300);

/// Writes to the address bar.
#[derive(Clone, Copy)]
pub struct Address {
    location: StoredValue<Location>,
    write: Callback<(String, bool)>,
    /// What the router has not been told yet.
    late: StoredValue<Option<String>>,
    /// Of what is written.
    turns: Turns,
    /// What the router was told last, so that it isn't taken for a wish when it comes back.
    told: StoredValue<String>,
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
            late: StoredValue::new(None),
            turns: Turns::new(),
            told: StoredValue::new(String::from("?")),
        }
    }

    /// The present path.
    pub fn path(self) -> String {
        self.location.with_value(|location| location.pathname.get_untracked())
    }

    /// Opens a window or another page.
    pub fn open(self, to: &str) {
        self.later(None);
        self.write.run((to.to_owned(), false));
    }

    /// Writes the query behind the present path. `replace` is for typing: the address bar has the first key a frame later, and the
    /// rest with the router when typing pauses.
    pub fn set(self, query: &Query, replace: bool) {
        let to = with_query(&self.path(), query);
        if !replace {
            self.later(None);
            self.told.set_value(query.to_query_string());
            self.write.run((to, false));
            return;
        }
        let goes_on = self.late.with_value(Option::is_some);
        let turn = self.later(Some(to.clone()));
        // After the answer has been painted, and once while somebody types: writing takes longer than finding it.
        let write = move || {
            // Where the browser refuses, the router's turn comes soon.
            let _ = window().history().and_then(|h| h.replace_state_with_url(&h.state()?, "", Some(&to)));
        };
        if !goes_on {
            request_animation_frame(move || turn.soon(write));
        }
        turn.after(PAUSE, move || self.flush());
    }

    /// Tells the router what it has not been told yet.
    pub fn flush(self) {
        let late = self.late.try_update_value(Option::take).flatten();
        if let Some(to) = late {
            self.told.set_value(to.split_once('?').map(|(_, text)| text.to_owned()).unwrap_or_default());
            self.write.run((to, true));
        }
    }

    /// Runs with what the address asks, at first and whenever something else than this changes it.
    pub fn follow(self, name: ReportName, mut on_query: impl FnMut(Query) + 'static) {
        let map = use_location().query;
        Effect::new(move |_| {
            let query = map.with(|map| query_of(name, map));
            let text = query.to_query_string();
            if self.told.with_value(|told| *told != text) {
                self.later(None);
                self.told.set_value(text);
                on_query(query);
            }
        });
    }

    fn later(self, to: Option<String>) -> Turn {
        self.late.set_value(to);
        self.turns.next()
    }
}

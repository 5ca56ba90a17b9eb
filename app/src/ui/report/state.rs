//! What a report knows: the query, the page shown, and the rows held in the browser once they are here.

use super::address::Address;
use crate::api::{Answer, held::report_held, reports::report_page};
use domain::{
    Failure,
    report::{Held, Page, Query, ReportName, ReportSpec},
    view::View,
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Counts up when something has changed that a report may show.
#[derive(Clone, Copy)]
pub struct Refresh(RwSignal<u32>);

impl Refresh {
    pub fn provide() {
        provide_context(Self(RwSignal::new(0)));
    }

    /// Looks again, so often, while the page is looked at.
    pub fn every(self, pause: Duration) {
        Effect::new(move |_| {
            let look = move || {
                if !document().hidden() {
                    self.now();
                }
            };
            if let Ok(handle) = set_interval_with_handle(look, pause) {
                on_cleanup(move || handle.clear());
            }
        });
    }

    /// Whoever calls this runs again when something has changed.
    pub fn track(self) {
        self.0.try_with(|_| ());
    }

    pub fn now(self) {
        self.0.try_update(|count| *count = count.wrapping_add(1));
    }
}

pub fn use_refresh() -> Refresh {
    use_context().unwrap_or_else(|| Refresh(RwSignal::new(0)))
}

/// Who types has paused.
const PAUSE: Duration = Duration::from_millis(250);

/// Between two pieces of work that nobody waits for.
const BREATH: Duration = Duration::from_millis(20);

/// One report's state; a handle that is copied freely.
#[derive(Clone, Copy)]
pub struct State {
    pub name: ReportName,
    pub query: RwSignal<Query>,
    /// The same once typing pauses: for what need not follow each key.
    pub settled: RwSignal<Query>,
    pub page: RwSignal<Page>,
    pub failure: RwSignal<Option<Failure>>,
    /// The server has been asked and has not answered yet.
    pub waiting: RwSignal<bool>,
    pub address: Address,
    /// The saved view that the query began as, once it is known.
    pub view: RwSignal<Option<View>>,
    held: StoredValue<Option<Held>>,
    /// Numbers the questions to the server: only the latest one's answer counts.
    asked: StoredValue<u32>,
}

impl State {
    pub fn new(name: ReportName, first: Answer<Page>) -> Self {
        let (page, failure) = match first {
            Ok(page) => (page, None),
            Err(failure) => (Page::default(), Some(failure.0)),
        };
        let query = super::query_of_address(name);
        Self {
            name,
            settled: RwSignal::new(query.clone()),
            query: RwSignal::new(query),
            page: RwSignal::new(page),
            failure: RwSignal::new(failure),
            waiting: RwSignal::new(false),
            address: Address::new(),
            view: RwSignal::new(None),
            held: StoredValue::new(None),
            asked: StoredValue::new(0),
        }
    }

    pub const fn spec(self) -> &'static ReportSpec {
        self.name.spec()
    }

    pub fn is_first_visit(self) -> bool {
        self.page.with(|page| page.all == 0) && self.failure.with(Option::is_none)
    }

    /// Nothing could be loaded so far: neither rows nor their absence may be shown.
    pub fn is_unknown(self) -> bool {
        self.page.with(|page| page.all == 0) && self.failure.with(Option::is_some)
    }

    /// In the browser: fetches the rows, and follows the address and what others change.
    pub fn follow(self) {
        let refresh = use_refresh();
        Effect::new(move |before: Option<()>| {
            refresh.0.track();
            // Who may not read it is told so once.
            let forbidden = self.failure.with_untracked(|failure| *failure == Some(Failure::Forbidden));
            if before.is_some() || !forbidden {
                self.load();
            }
        });
        self.address.follow(self.name, move |query| {
            if self.query.with_untracked(|now| *now != query) {
                self.settled.set(query.clone());
                self.show(query);
            }
        });
        self.settle();
    }

    fn settle(self) {
        let turn = StoredValue::new(0_u32);
        Effect::new(move |before: Option<()>| {
            self.query.track();
            if before.is_none() {
                return;
            }
            let mine = turn.get_value().wrapping_add(1);
            turn.set_value(mine);
            let late = move || {
                if turn.try_get_value() == Some(mine)
                    && let Some(query) = self.query.try_get_untracked()
                    && self.settled.try_with_untracked(|settled| *settled != query) == Some(true)
                {
                    self.settled.set(query);
                }
            };
            set_timeout(late, PAUSE);
        });
    }

    /// Another filter text: answered in the same task where the rows are here.
    pub fn filter(self, field: &str, text: &str) {
        let query = self.query.get_untracked();
        if query.filter.get(field).map_or("", String::as_str) != text {
            self.change(query.with_filter(field, text), true);
        }
    }

    /// Shows what another query asks, and writes it into the address.
    pub fn change(self, query: Query, replace: bool) {
        if !replace {
            self.settled.set(query.clone());
        }
        self.show(query.clone());
        self.address.set(&query, replace);
    }

    /// Fetches everything anew; what is shown stays until it is here.
    pub fn load(self) {
        if self.name.only_grows() {
            return self.ask(self.query.get_untracked());
        }
        self.waiting.set(true);
        let ticket = self.ticket();
        spawn_local(async move {
            let held = report_held(self.name).await;
            if self.asked.try_get_value() != Some(ticket) {
                // A question about a single page was asked meanwhile and is answered on its own; the rows still help.
                if let Ok(Some(held)) = held {
                    self.hold(held);
                }
                return;
            }
            match held {
                Ok(Some(held)) => self.hold(held),
                Ok(None) => {
                    self.held.try_set_value(None);
                    if let Some(query) = self.query.try_get_untracked() {
                        self.ask(query);
                    }
                }
                Err(failure) => self.fail(failure.0),
            }
        });
    }

    fn hold(self, held: Held) {
        let Some(query) = self.query.try_get_untracked() else { return };
        // What was asked of the server meanwhile is answered here.
        self.ticket();
        let page = held.page(&query);
        self.held.try_set_value(Some(held));
        self.set_page(page);
        self.prepare();
    }

    /// Does ahead, while nobody waits, what the first key or click would have to do else.
    fn prepare(self) {
        set_timeout(
            move || {
                let more = self.held.try_with_value(|held| held.as_ref().is_some_and(Held::prepare));
                if more == Some(true) {
                    self.prepare();
                }
            },
            BREATH,
        );
    }

    fn show(self, query: Query) {
        self.query.set(query.clone());
        let page = self.held.with_value(|held| held.as_ref().map(|held| held.page(&query)));
        match page {
            Some(page) => self.set_page(page),
            None => self.ask(query),
        }
    }

    fn ask(self, query: Query) {
        self.waiting.try_set(true);
        let ticket = self.ticket();
        spawn_local(async move {
            let answer = report_page(self.name, query).await;
            if self.asked.try_get_value() == Some(ticket) {
                match answer {
                    Ok(page) => self.set_page(page),
                    Err(failure) => self.fail(failure.0),
                }
            }
        });
    }

    fn set_page(self, page: Page) {
        self.waiting.try_set(false);
        if self.failure.try_with_untracked(Option::is_some) == Some(true) {
            self.failure.set(None);
        }
        self.page.try_set(page);
    }

    fn fail(self, failure: Failure) {
        self.waiting.try_set(false);
        self.failure.try_set(Some(failure));
    }

    fn ticket(self) -> u32 {
        let next = self.asked.try_get_value().unwrap_or_default().wrapping_add(1);
        self.asked.try_set_value(next);
        next
    }
}

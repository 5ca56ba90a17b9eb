//! What a report knows: the query, the page shown, and the rows held in the browser once they are here.

use super::{
    Comforts,
    address::Address,
    changes::change,
    first::{all_rows, come},
    selection::Selection,
};
use crate::{
    api::{Answer, held::Fetched, reports::report_page},
    live::use_live,
    ui::turn::Turns,
};
use domain::{
    Failure,
    report::{FieldKind, Held, Page, Query, ReportName, ReportSpec, Row},
    view::View,
};
use leptos::{prelude::*, task::spawn_local};
use std::{mem, time::Duration};

/// Counts up when something has changed that a report may show.
#[derive(Clone, Copy)]
pub struct Refresh(RwSignal<u32>);

impl Refresh {
    pub fn provide() {
        provide_context(Self(RwSignal::new(0)));
    }

    /// Looks again, so often, while the page is looked at and what changes is not told.
    pub fn every(self, pause: Duration) {
        let live = use_live();
        Effect::new(move |_| {
            let look = move || {
                if !document().hidden() && !live.is_on() {
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

/// Why there are other rows to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Something else is asked.
    Asked,
    /// They were fetched anew, for the reader.
    Reader,
    /// Because somebody else may have changed them.
    Others,
}

/// What is known of fetching it anew.
#[derive(Debug)]
struct Anew {
    /// Why the page is as it is.
    by: By,
    /// How many fetches are under way for the reader.
    fetching: u32,
    /// Of what is held.
    revision: String,
    /// All rows were on their way when something was done here.
    again: bool,
    /// What the first key or click would have to do is being done ahead.
    preparing: bool,
}

/// Who types has paused.
const PAUSE: Duration = Duration::from_millis(300);

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
    /// The rows that are chosen.
    pub selection: Selection,
    /// The row whose menu was opened last.
    pub menu_row: RwSignal<Option<Row>>,
    /// The saved view that the query began as, once it is known.
    pub view: RwSignal<Option<View>>,
    pub comforts: Comforts,
    held: StoredValue<Option<Held>>,
    anew: StoredValue<Anew>,
    /// Numbers the questions to the server: only the latest one's answer counts.
    asked: Turns,
}

impl State {
    pub fn new(name: ReportName, first: Answer<Page>, comforts: Comforts) -> Self {
        let (page, failure) = match first {
            Ok(page) => (page, None),
            Err(failure) => (Page::default(), Some(failure.0)),
        };
        let (held, revision) = come(name).unzip();
        let revision = revision.unwrap_or_default();
        let query = super::query_of_address(name);
        Self {
            name,
            settled: RwSignal::new(query.clone()),
            query: RwSignal::new(query),
            page: RwSignal::new(page),
            failure: RwSignal::new(failure),
            waiting: RwSignal::new(false),
            address: Address::new(),
            selection: Selection::new(),
            menu_row: RwSignal::new(None),
            held: StoredValue::new(held),
            anew: StoredValue::new(Anew { by: By::Asked, fetching: 0, revision, again: false, preparing: false }),
            view: RwSignal::new(None),
            comforts,
            asked: Turns::new(),
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
            let come = self.held.with_value(Option::is_some);
            if before.is_some() || !(forbidden || come) {
                self.load();
            } else if come {
                self.show_held();
                self.prepare();
            }
        });
        self.follow_others();
        self.address.follow(self.name, move |query| {
            if self.query.with_untracked(|now| *now != query) {
                self.settled.set(query.clone());
                self.show(query);
            }
        });
        self.settle();
    }

    fn settle(self) {
        let turns = Turns::new();
        Effect::new(move |before: Option<()>| {
            self.query.track();
            if before.is_none() {
                return;
            }
            turns.next().after(PAUSE, move || {
                if let Some(query) = self.query.try_get_untracked()
                    && self.settled.try_with_untracked(|settled| *settled != query) == Some(true)
                {
                    self.settled.set(query);
                }
            });
        });
    }

    /// Another filter text: answered in the same task where the rows are here.
    pub fn filter(self, field: &str, text: &str) {
        let query = self.query.get_untracked();
        let before = query.filter.get(field).map_or("", String::as_str);
        if before != text {
            let is_choice = self.spec().field(field).is_some_and(|field| matches!(field.kind, FieldKind::Choice(_)));
            let at_once = is_choice || is_pasted(before, text);
            let query = query.with_filter(field, text);
            if at_once {
                self.choose(query);
            } else {
                self.change(query, true);
            }
        }
    }

    /// What is chosen or pasted, not typed: whatever is pressed next is about this. It is no step of history of its own.
    pub fn choose(self, query: Query) {
        self.settled.set(query.clone());
        self.change(query, true);
        self.address.flush();
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
        self.waiting.set(true);
        if self.is_all_on_its_way() {
            self.anew.try_update_value(|anew| anew.again = true);
            spawn_local(async move {
                self.fetch_page(By::Reader).await;
            });
            return;
        }
        self.anew.try_update_value(|anew| anew.fetching += 1);
        spawn_local(async move {
            self.fetch(By::Reader).await;
            self.anew.try_update_value(|anew| anew.fetching -= 1);
        });
    }

    /// Whether the rows are on their way, for the reader.
    pub fn is_fetching(self) -> bool {
        self.anew.try_with_value(|anew| anew.fetching > 0) == Some(true)
    }

    /// And all of them, which may take long: nobody is to ask for them a second time.
    pub fn is_all_on_its_way(self) -> bool {
        self.is_fetching() && self.held.try_with_value(Option::is_none) == Some(true)
    }

    /// The rows that changed, or the page that is shown. `false` where the server could not be asked.
    pub async fn fetch(self, by: By) -> bool {
        if self.name.only_grows() {
            return self.fetch_page(by).await;
        }
        let turn = if by == By::Others { self.asked.latest() } else { self.asked.next() };
        let mut come = false;
        let held = loop {
            // Of nobody who looks at the report any more, there is nothing to know.
            let Some(known) = self.anew.try_with_value(|anew| anew.revision.clone()) else { return true };
            let answer = all_rows(self.name, &known).await;
            // Somebody else was answered meanwhile: what came may be older, or not fit.
            if answer.is_ok() && self.anew.try_with_value(|anew| anew.revision != known) == Some(true) {
                continue;
            }
            match answer {
                Ok(Fetched::Rows(held, revision)) => {
                    self.held.try_set_value(Some(*held));
                    // What was done here while they were on their way is not to vanish for a moment.
                    if self.anew.try_update_value(|anew| {
                        anew.revision = revision;
                        mem::take(&mut anew.again)
                    }) == Some(true)
                    {
                        come = true;
                        continue;
                    }
                    self.show_anew(by);
                    return true;
                }
                Ok(Fetched::Changes(bytes, revision)) if self.take_in(&bytes, &revision) => {
                    self.show_anew(by);
                    return true;
                }
                Ok(Fetched::Changes(..)) => {}
                Ok(Fetched::Unchanged) | Err(_) if come => {
                    self.show_anew(by);
                    return true;
                }
                other => break other,
            }
        };
        // A question about a single page that was asked meanwhile is answered on its own.
        let mine = turn.is_last();
        match held {
            Ok(Fetched::Unchanged) if mine && by == By::Reader => self.is_well(),
            Ok(Fetched::TooMany) if mine => {
                self.held.try_set_value(None);
                self.anew.try_update_value(|anew| anew.revision.clear());
                return self.fetch_page(by).await;
            }
            Err(failure) if mine => return self.fail(failure.0, by),
            _ => {}
        }
        true
    }

    /// Why the page is as it is; from then on, because it was asked for.
    pub fn take_by(self) -> By {
        self.anew.try_update_value(|anew| mem::replace(&mut anew.by, By::Asked)).unwrap_or(By::Asked)
    }

    /// Whether what is held is of that revision.
    pub fn is_at(self, revision: &str) -> bool {
        self.anew.try_with_value(|anew| anew.revision == revision) == Some(true)
    }

    /// `false` where it does not fit what is held: all is to be asked for.
    fn take_in(self, bytes: &[u8], revision: &str) -> bool {
        let taken = self.held.try_update_value(|held| held.as_mut().is_some_and(|held| change(held, bytes)));
        let taken = taken == Some(true);
        self.anew.try_update_value(|anew| anew.revision = if taken { revision.to_owned() } else { String::new() });
        taken
    }

    /// What is held now is another than what is shown.
    fn show_anew(self, by: By) {
        let Some(query) = self.query.try_get_untracked() else { return };
        // What was asked of the server meanwhile is answered here.
        self.asked.next();
        if let Some(page) = self.found(&query) {
            self.set_page(page, by);
        }
        self.prepare();
    }

    /// What is found in the rows that are here.
    fn found(self, query: &Query) -> Option<Page> {
        self.held.try_with_value(|held| held.as_ref().map(|held| held.page(query))).flatten()
    }

    /// What the server drew may be a moment older than the rows that came with it.
    fn show_held(self) {
        let Some(query) = self.query.try_get_untracked() else { return };
        if let Some(page) = self.found(&query).filter(|page| self.page.with_untracked(|shown| shown != page)) {
            self.set_page(page, By::Others);
        }
    }

    /// Does ahead, while nobody waits, what the first key or click would have to do else.
    fn prepare(self) {
        if self.anew.try_update_value(|anew| mem::replace(&mut anew.preparing, true)) == Some(false) {
            self.prepare_on();
        }
    }

    fn prepare_on(self) {
        set_timeout(
            move || {
                let more = self.held.try_with_value(|held| held.as_ref().is_some_and(Held::prepare));
                if more == Some(true) {
                    self.prepare_on();
                } else {
                    self.anew.try_update_value(|anew| anew.preparing = false);
                }
            },
            BREATH,
        );
    }

    fn show(self, query: Query) {
        self.selection.asked(&query);
        self.query.set(query.clone());
        if let Some(page) = self.found(&query) {
            self.set_page(page, By::Asked);
        } else {
            self.waiting.try_set(true);
            spawn_local(async move {
                self.fetch_page(By::Asked).await;
            });
        }
    }

    /// The page that is asked for now, filtered and sorted by the server.
    async fn fetch_page(self, by: By) -> bool {
        let Some(query) = self.query.try_get_untracked() else { return true };
        // What the reader waits for is as new as anything.
        if by == By::Others && self.waiting.try_get_untracked() != Some(false) {
            return true;
        }
        let turn = self.asked.next();
        let mut pinned = if by == By::Others { self.pinned(&query, None) } else { None };
        let mut answer = report_page(self.name, pinned.clone().unwrap_or_else(|| query.clone())).await;
        if by == By::Others && pinned.is_none() {
            pinned = answer.as_ref().ok().and_then(|page| self.pinned(&query, Some(page)));
            if let Some(pinned) = pinned.clone() {
                answer = report_page(self.name, pinned).await;
            }
        }
        if !turn.is_last() {
            return true;
        }
        match answer {
            Ok(page) if pinned.is_some() => {
                if let Some(shown) = self.page.try_get_untracked() {
                    self.set_page(Page { rows: page.rows, all: page.all, ..shown }, by);
                }
            }
            Ok(page) => self.set_page(page, by),
            Err(failure) => return self.fail(failure.0, by),
        }
        true
    }

    fn set_page(self, page: Page, by: By) {
        self.is_well();
        self.anew.try_update_value(|anew| anew.by = by);
        self.page.try_set(page);
    }

    fn is_well(self) {
        self.waiting.try_set(false);
        if self.failure.try_with_untracked(Option::is_some) == Some(true) {
            self.failure.set(None);
        }
    }

    /// Nobody waits for what others did: only that there is nothing to read here any more is said.
    fn fail(self, failure: Failure, by: By) -> bool {
        if by == By::Others && !matches!(failure, Failure::SignedOut | Failure::Forbidden) {
            return false;
        }
        self.waiting.try_set(false);
        self.failure.try_set(Some(failure));
        true
    }
}

/// Whether more than a letter came at once, or went: what is pasted or cut is whole, what is typed goes on.
fn is_pasted(before: &str, after: &str) -> bool {
    let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (before, after) = (before.split_at(same).1, after.split_at(same).1);
    let same = before.iter().rev().zip(after.iter().rev()).take_while(|(one, other)| one == other).count();
    let (gone, come) = (before.len() - same, after.len() - same);
    come > 1 || (come == 0 && gone > 1)
}

#[cfg(test)]
mod tests {
    use super::is_pasted;

    #[test]
    fn what_comes_in_one_piece_is_pasted() {
        for (before, after) in
            [("", "et"), ("alerts@a.test", "alerts@other.test"), ("Alerts", "Billing"), ("et", ""), ("çãé", "ç")]
        {
            assert!(is_pasted(before, after), "{before} {after}");
        }
        // All of it written over by a first letter, too.
        for (before, after) in
            [("", "e"), ("e", "et"), ("et", "e"), ("ee", "eee"), ("abc", "adc"), ("Alerts", "x"), ("ã", "")]
        {
            assert!(!is_pasted(before, after), "{before} {after}");
        }
    }
}

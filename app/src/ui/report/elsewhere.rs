//! Following what others change: fetched when it is told, not more often than anybody could read, and not while nobody looks.

use super::{
    state::{By, State},
    table::MENU,
};
use crate::{api::client, live::use_live, ui::menu};
use domain::report::{Page, Query, Row};
use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// What comes together is fetched together; and what was changed here is fetched by whoever changed it.
const TOGETHER_MS: f64 = 120.0;
/// Between two fetches.
const PAUSE_MS: f64 = 500.0;
/// Where it failed.
const TROUBLE_MS: f64 = 2000.0;
/// So many times, one after the other, it gives way to what the reader does.
const PATIENCE: u32 = 8;
/// And to all rows while they come, which is half a minute.
const LONG_PATIENCE: u32 = 250;
/// A large report takes its time: most of it has to be left for other work.
const SHARE: f64 = 3.0;

/// What is still to be fetched, and when.
#[derive(Clone, Default)]
struct Plan {
    wanted: Option<String>,
    waits: bool,
    gave_way: u32,
    not_before: f64,
}

impl State {
    /// In the browser: what others change appears.
    pub fn follow_others(self) {
        let plan = StoredValue::new(Plan::default());
        use_live().each_revision(self.name, move |revision| {
            plan.update_value(|plan| plan.wanted = Some(revision));
            self.catch_up_soon(plan);
        });
        Effect::new(move |_| {
            let shown = window_event_listener_untyped("visibilitychange", move |_| self.catch_up_soon(plan));
            on_cleanup(move || shown.remove());
        });
    }

    fn catch_up_soon(self, plan: StoredValue<Plan>) {
        let now = Date::now();
        let wait = plan.try_update_value(|plan| {
            let begin = plan.wanted.is_some() && !plan.waits;
            plan.waits |= begin;
            begin.then(|| (plan.not_before - now).max(TOGETHER_MS))
        });
        let Some(Some(wait)) = wait else { return };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds from now")]
        let wait = Duration::from_millis(wait as u64);
        set_timeout(move || self.catch_up(plan), wait);
    }

    fn catch_up(self, plan: StoredValue<Plan>) {
        let hidden = document().hidden();
        let wanted = plan.try_update_value(|plan| {
            plan.waits = false;
            if hidden { None } else { plan.wanted.take() }
        });
        let Some(Some(wanted)) = wanted else { return };
        if self.is_at(&wanted) {
            return;
        }
        // What is being done here is fetched by whoever does it; else it would be taken for somebody else's.
        let busy = client::is_asking() || self.is_fetching();
        let patience = if self.is_all_on_its_way() { LONG_PATIENCE } else { PATIENCE };
        let gives_way = busy && plan.with_value(|plan| plan.gave_way < patience);
        if gives_way {
            plan.update_value(|plan| {
                plan.gave_way += 1;
                plan.wanted.get_or_insert(wanted);
            });
            return self.catch_up_soon(plan);
        }
        plan.update_value(|plan| (plan.waits, plan.gave_way) = (true, 0));
        spawn_local(async move {
            let begun = Date::now();
            let fetched = self.fetch(By::Others).await;
            let took = Date::now() - begun;
            let done = plan.try_update_value(|plan| {
                plan.waits = false;
                plan.not_before = begun + (SHARE * took).max(PAUSE_MS);
                if !fetched {
                    plan.not_before = begun + took + TROUBLE_MS;
                    plan.wanted.get_or_insert(wanted);
                }
            });
            if done.is_some() {
                self.catch_up_soon(plan);
            }
        });
    }

    /// Of what only grows, what is asked to see the rows in sight as they are now, and nothing that pushes them on: on
    /// further pages, and where one of them is at hand.
    pub fn pinned(self, query: &Query, fresh: Option<&Page>) -> Option<Query> {
        if !self.name.only_grows() || query.filter.contains_key("id") {
            return None;
        }
        self.page.try_with_untracked(|page| {
            let held = self.row_at_hand().filter(|id| page.rows.iter().any(|row| row.id() == *id));
            let pushed_out =
                held.is_some_and(|id| fresh.is_some_and(|fresh| fresh.rows.iter().all(|row| row.id() != id)));
            let first = page.number <= 1;
            if page.rows.is_empty() || (first && !pushed_out) || (!first && fresh.is_some()) {
                return None;
            }
            let ids: Vec<_> = page.rows.iter().map(|row| row.id().to_string()).collect();
            Some(query.clone().with_filter("id", &ids.join(",")))
        })?
    }

    /// The row whose menu is open, or that the keyboard is in.
    pub fn row_at_hand(self) -> Option<i64> {
        if menu::is_open(MENU) {
            return self.menu_row.try_with_untracked(|row| row.as_ref().map(Row::id))?;
        }
        let row = document().active_element()?.closest(".report tr[data-id]").ok().flatten()?;
        row.get_attribute("data-id")?.parse().ok()
    }
}

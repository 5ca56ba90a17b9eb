//! The part of the program that keeps the connection: what it says to readers, and the code behind it.

use super::{Live, Standing, tabs};
use crate::{locales::use_words, ui::report::provide_changes};
use domain::report::ReportName;
use leptos::prelude::*;
use std::time::Duration;

/// What others change is said so often at most, and not while more of it comes.
const SAY_AFTER: Duration = Duration::from_secs(3);

pub fn live_part(live: Live) -> AnyView {
    let words = &use_words().report;
    let said = RwSignal::new(String::new());
    say(live, said);
    provide_changes();
    tabs::begin(live);
    let lost = Memo::new(move |_| live.standing.get() == Standing::Lost);
    view! {
        <p class="live" role="status">
            {move || lost.get().then_some(words.not_live)}
        </p>
        <p class="visually-hidden" id="live-said" aria-live="polite">
            {said}
        </p>
    }
    .into_any()
}

fn say(live: Live, said: RwSignal<String>) {
    let words = use_words();
    let waits = StoredValue::new(false);
    Effect::new(move |_| {
        if live.unsaid.with(Option::is_none) || waits.get_value() {
            return;
        }
        waits.set_value(true);
        let say = move || {
            waits.try_set_value(false);
            let unsaid: Option<(ReportName, u64)> = live.unsaid.try_update(Option::take).flatten();
            if let Some((report, rows)) = unsaid {
                said.try_set((words.report.changed_elsewhere)(rows, (words.texts)(report)));
            }
        };
        set_timeout(say, SAY_AFTER);
    });
}

//! The next three runs of a schedule as typed. The server knows the time zones, so it is asked.

use crate::{api::schedules::schedule_coming, locales::use_words, page::draft::Draft, ui::turn::Turns};
use domain::{
    Failure,
    schedule::{Coming, ScheduleDraft},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Keys that follow each other this fast are one question.
const PAUSE: Duration = Duration::from_millis(200);

/// What the runs depend on: nothing else is asked about.
fn asked(draft: &ScheduleDraft) -> Option<ScheduleDraft> {
    draft.parse_timing().ok()?;
    let ScheduleDraft { start, end, repeat, days, day_of_month, time, time_zone, .. } = draft.clone();
    Some(ScheduleDraft { start, end, repeat, days, day_of_month, time, time_zone, ..ScheduleDraft::default() })
}

pub fn next_runs(draft: Draft<ScheduleDraft>) -> AnyView {
    let words = use_words();
    let later = &words.later().schedule;
    let question = Memo::new(move |_| draft.value.with(asked));
    // `None` while nobody knows.
    let runs = RwSignal::new(None::<Result<Vec<Coming>, Failure>>);
    let turns = Turns::new();
    Effect::new(move |before: Option<()>| {
        let question = question.get();
        let turn = turns.next();
        let Some(question) = question else {
            runs.set(None);
            return;
        };
        let ask = move || {
            spawn_local(async move {
                let answer = schedule_coming(question).await;
                // An answer that comes after a later question is out of date.
                if turn.is_last() {
                    runs.try_set(Some(answer.map_err(|failure| failure.0)));
                }
            });
        };
        turn.after(if before.is_some() { PAUSE } else { Duration::ZERO }, ask);
    });
    let list = move |runs: Vec<Coming>| {
        if runs.is_empty() {
            return view! { <p class="muted">{later.no_more_runs}</p> }.into_any();
        }
        let item = |run: Coming| {
            let weekday = (words.code)(run.weekday.code()).unwrap_or_default();
            view! { <li>{(later.run)(weekday, &run.local, &run.offset)}</li> }
        };
        view! { <ol class="runs">{runs.into_iter().map(item).collect_view()}</ol> }.into_any()
    };
    view! {
        <section class="next-runs" aria-live="polite" aria-label=later.next_runs>
            <h4 class="field-label">{later.next_runs}</h4>
            {move || match runs.get() {
                Some(Ok(runs)) => list(runs),
                Some(Err(failure)) => view! { <p class="field-error">{(words.failure)(&failure)}</p> }.into_any(),
                None => view! { <p class="muted">"–"</p> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

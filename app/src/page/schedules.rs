//! Scheduled reports: the list, and what is done with one of them.

mod coming;
mod editor;
mod fields;
mod start;

pub use start::schedule_window;

use super::{
    access::may,
    list::{Kind, List},
    places,
    remove::{Remove, Target},
    simple::{name, simple_actions},
    step::{Back, Step, Steps, use_steps},
};
use crate::{
    api::schedules::{schedule_delete, schedule_send, schedule_set_enabled},
    locales::use_words,
    ui::{
        icon::Icon,
        menu::Entry,
        report::{
            State,
            bits::{Bit, Element, Name, Tag, span, text},
            use_refresh,
        },
    },
};
use domain::{
    Action, Role, ScheduleId,
    report::{ReportName, Row, Value},
};
use leptos::prelude::*;
use std::time::Duration;

/// Runs come by themselves; the report looks again while somebody looks at it.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

#[component]
pub fn Schedules() -> impl IntoView {
    let doomed: Target = RwSignal::new(None);
    let kind =
        Kind { name: ReportName::Schedules, path: places::SCHEDULES, create: Some(Action::SchedulesChange), cell };
    use_refresh().every(LOOK_AGAIN);
    let steps = use_steps();
    let actions = simple_actions(
        Action::SchedulesChange,
        |id| places::edit(places::SCHEDULES, id),
        doomed,
        &[Action::SchedulesSend],
        move |row: &Row, _: State, role| entries(row, role, steps),
    );
    view! {
        <List kind actions intro=use_words().later().schedule.intro />
        <Remove report=ReportName::Schedules target=doomed delete=|id| Box::pin(schedule_delete(ScheduleId(id))) />
    }
}

fn entries(row: &Row, role: Role, steps: Steps) -> Vec<Entry> {
    let words = use_words();
    let (id, name) = (ScheduleId(row.id()), name(row));
    let mut all = Vec::new();
    if may(role, Action::SchedulesSend) {
        let told = words.later().schedule.sent;
        let send = move || steps.tell(Box::pin(async move { Ok(told(schedule_send(id).await?.0)) }));
        all.push(Entry::run_by(words.later().schedule.send_now, Icon::Send, send));
    }
    if may(role, Action::SchedulesChange) {
        let enabled = value(row, "enabled").as_bool();
        let row = &words.row;
        let (label, said) = if enabled { (row.disable, row.was_disabled) } else { (row.enable, row.was_enabled) };
        let toggle = move || steps.run(set_enabled(id, !enabled, None), said(&name));
        all.push(Entry::run_by(label, Icon::Power, toggle));
    }
    all
}

/// Only of that version, where one is named: what is taken back is what was done.
fn set_enabled(id: ScheduleId, enabled: bool, version: Option<i64>) -> Step {
    Box::pin(async move {
        let changed = schedule_set_enabled(id, enabled, version).await?;
        Ok(changed.map(|version| Back::new(move || set_enabled(id, !enabled, Some(version)))))
    })
}

fn value<'a>(row: &'a Row, key: &str) -> &'a Value {
    let index = ReportName::Schedules.spec().column_index(key);
    index.map_or(&Value::None, |index| row.get(index))
}

/// The result with its message, and what it stands for; the account where none is named.
fn cell(row: &Row, column: &'static str) -> Option<Vec<Bit>> {
    let words = use_words();
    match column {
        "account" if value(row, column).as_str().is_empty() => {
            Some(vec![span("muted", vec![text(words.later().schedule.default_account)]).bit()])
        }
        "last_result" => {
            let code = value(row, column).as_str().to_owned();
            let missed = value(row, "missed").as_int().and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
            Some(result(code, value(row, "message_id").as_int(), missed))
        }
        _ => None,
    }
}

/// What became of a run, in words; leads to its message.
fn result(code: String, message: Option<i64>, missed: u32) -> Vec<Bit> {
    let words = use_words();
    let label = (words.code)(&code).map_or_else(|| text(code.clone()), text);
    let state = span("state", vec![label]).bit();
    let state = match message.filter(|_| code != "forgotten") {
        Some(id) => {
            let link = Element::new(Tag::A, vec![state]).with(Name::Href, places::read(places::OUTBOX, id));
            link.with(Name::Title, (words.later().schedule.message)(id)).bit()
        }
        None => state,
    };
    let mut inside = vec![state];
    if missed > 0 {
        inside.push(span("why", vec![text((words.later().schedule.missed)(missed))]).bit());
    }
    vec![span("message-status", inside).with(Name::State, code).bit()]
}

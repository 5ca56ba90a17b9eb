//! Outbox: what programs and schedules handed over, and what became of each message.

mod read;

pub use read::read_window;

use super::{
    access::may,
    list::{Kind, List},
    places,
    step::{Step, Steps, use_steps},
};
use crate::{
    api::outbox::{message_cancel, message_pause, message_resend, message_resume},
    locales::use_words,
    ui::{
        icon::Icon,
        menu::Entry,
        report::{
            RowActions, RowMenu,
            bits::{Bit, Name, badge, span, text},
            use_refresh,
        },
    },
};
use domain::{
    Action, MessageId, Role,
    message::{MessageStatus, Reason},
    report::{ReportName, Row, Value},
};
use leptos::prelude::*;
use std::time::Duration;

/// Messages move by themselves; the report looks again while somebody looks at it.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

#[component]
pub fn Outbox() -> impl IntoView {
    use_refresh().every(LOOK_AGAIN);
    let kind = Kind { name: ReportName::Outbox, path: places::OUTBOX, create: None, cell };
    view! { <List kind actions=actions() intro=use_words().later().outbox.intro /> }
}

fn value<'a>(row: &'a Row, key: &str) -> &'a Value {
    let index = ReportName::Outbox.spec().column_index(key);
    index.map_or(&Value::None, |index| row.get(index))
}

/// Status with what a reader must know beside it: why, and when next.
fn cell(row: &Row, column: &'static str) -> Option<Vec<Bit>> {
    if column != "status" {
        return None;
    }
    let words = use_words();
    let code = value(row, "status").as_str().to_owned();
    let mut inside = vec![span("state", vec![text((words.code)(&code).unwrap_or_default())]).bit()];
    if value(row, "possible_duplicate").as_bool() {
        inside.push(badge("warning", words.later().outbox.possible_duplicate));
    }
    let reason = value(row, "reason").as_str();
    if !reason.is_empty() {
        let params = value(row, "reason_params").as_str().lines().map(str::to_owned).collect();
        let why = (words.later().reason)(&Reason { code: reason.to_owned(), params, reply: String::new() });
        inside.push(span("why", vec![text(why)]).bit());
    }
    Some(vec![span("message-status", inside).with(Name::State, code).bit()])
}

fn actions() -> Callback<Role, RowActions> {
    let words = use_words();
    let steps = use_steps();
    let address = |id| places::read(places::OUTBOX, id);
    Callback::new(move |role: Role| {
        let menu = may(role, Action::OutboxSend)
            .then(|| RowMenu::new(|row| deeds(row) != Deeds::None, move |row, _| entries(row, steps)));
        RowActions { open: Some((address, words.later().outbox.read)), menu }
    })
}

/// What can be done with a message, by its status.
#[derive(PartialEq, Eq)]
enum Deeds {
    PauseOrCancel,
    ResumeOrCancel,
    Resend,
    None,
}

fn deeds(row: &Row) -> Deeds {
    match MessageStatus::parse(value(row, "status").as_str()) {
        Some(MessageStatus::Waiting) => Deeds::PauseOrCancel,
        Some(MessageStatus::Paused) => Deeds::ResumeOrCancel,
        Some(status) if status.is_final() => Deeds::Resend,
        _ => Deeds::None,
    }
}

fn entries(row: &Row, steps: Steps) -> Vec<Entry> {
    let words = &use_words().later().outbox;
    let id = MessageId(row.id());
    let entry = |label, icon, step: fn(MessageId) -> Step, said: fn(i64) -> String| {
        Entry::run_by(label, icon, move || steps.run(step(id), said(id.0)))
    };
    let cancel = || Entry { danger: true, ..entry(words.cancel, Icon::Close, cancel, words.canceled) };
    match deeds(row) {
        Deeds::PauseOrCancel => vec![entry(words.pause, Icon::Power, pause, words.paused), cancel()],
        Deeds::ResumeOrCancel => vec![entry(words.resume, Icon::Send, resume, words.resumed), cancel()],
        Deeds::Resend => vec![entry(words.resend, Icon::Send, resend, words.resent)],
        Deeds::None => Vec::new(),
    }
}

/// Not taken back: what is resumed is tried at once, and not when it would have been.
fn pause(id: MessageId) -> Step {
    Box::pin(async move { message_pause(id).await.map(|()| None) })
}

fn resume(id: MessageId) -> Step {
    Box::pin(async move { message_resume(id).await.map(|()| None) })
}

fn cancel(id: MessageId) -> Step {
    Box::pin(async move { message_cancel(id).await.map(|()| None) })
}

fn resend(id: MessageId) -> Step {
    Box::pin(async move { message_resend(id).await.map(|_| None) })
}

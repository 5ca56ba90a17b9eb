//! Outbox: what programs and schedules handed over, and what became of each message.

mod read;

pub use read::read_window;

use super::{
    access::may,
    list::{Kind, List},
    places,
};
use crate::{
    api::{
        Answer,
        outbox::{message_cancel, message_pause, message_resend, message_resume},
    },
    locales::use_words,
    ui::{
        icon::Icon,
        menu::Entry,
        report::{
            RowActions, RowMenu,
            bits::{Bit, Name, badge, span, text},
            use_refresh,
        },
        toast::use_toasts,
    },
};
use domain::{
    Action, MessageId, Role,
    message::{MessageStatus, Reason},
    report::{ReportName, Row, Value},
};
use leptos::{prelude::*, task::spawn_local};
use std::{pin::Pin, time::Duration};

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

/// What an entry of the menu asks of the server, and what is said once it is done.
type Asked = (Pin<Box<dyn Future<Output = Answer<()>>>>, String);

fn actions() -> Callback<Role, RowActions> {
    let words = use_words();
    let (refresh, toasts) = (use_refresh(), use_toasts());
    let run = Callback::new(move |(call, said): Asked| {
        spawn_local(async move {
            match call.await {
                Ok(()) => toasts.good(said),
                Err(failure) => toasts.bad((words.failure)(&failure.0)),
            }
            refresh.now();
        });
    });
    let address = |id| places::read(places::OUTBOX, id);
    Callback::new(move |role: Role| {
        let menu = may(role, Action::OutboxSend)
            .then(|| RowMenu::new(|row| deeds(row) != Deeds::None, move |row, _| entries(row, run)));
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

fn entries(row: &Row, run: Callback<Asked>) -> Vec<Entry> {
    let words = &use_words().later().outbox;
    let id = MessageId(row.id());
    let entry = |label, icon, danger, ask: fn(MessageId) -> Asked| Entry {
        danger,
        ..Entry::run_by(label, icon, move || run.run(ask(id)))
    };
    let resend = || entry(words.resend, Icon::Send, false, |id| (Box::pin(resend(id)), said(|w| w.resent, id)));
    let cancel =
        || entry(words.cancel, Icon::Close, true, |id| (Box::pin(message_cancel(id)), said(|w| w.canceled, id)));
    match deeds(row) {
        Deeds::PauseOrCancel => {
            let pause =
                entry(words.pause, Icon::Power, false, |id| (Box::pin(message_pause(id)), said(|w| w.paused, id)));
            vec![pause, cancel()]
        }
        Deeds::ResumeOrCancel => {
            let resume =
                entry(words.resume, Icon::Send, false, |id| (Box::pin(message_resume(id)), said(|w| w.resumed, id)));
            vec![resume, cancel()]
        }
        Deeds::Resend => vec![resend()],
        Deeds::None => Vec::new(),
    }
}

fn said(of: fn(&words::Outbox) -> fn(i64) -> String, id: MessageId) -> String {
    of(&use_words().later().outbox)(id.0)
}

async fn resend(id: MessageId) -> Answer<()> {
    message_resend(id).await.map(drop)
}

//! Network Connectors: ways into networks that the server does not reach by itself.

mod editor;

use super::{
    access::may,
    list::{Kind, List},
    places,
    remove::{Remove, Target},
    simple::{name, simple_actions},
};
use crate::{
    api::connectors::{connector_delete, connector_test},
    locales::use_words,
    ui::{
        icon::Icon,
        menu::Entry,
        toast::{Toasts, use_toasts},
    },
};
use domain::{
    Action, ConnectorId,
    report::{ReportName, Row},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Connectors() -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let doomed: Target = RwSignal::new(None);
    let kind = Kind {
        name: ReportName::Connectors,
        path: places::CONNECTORS,
        create: Some(Action::ConnectorsChange),
        cell: |_, _| None,
    };
    let actions = simple_actions(
        Action::ConnectorsChange,
        |id| places::edit(places::CONNECTORS, id),
        doomed,
        &[Action::ConnectorsTest],
        move |row: &Row, _, role| {
            let (id, name) = (ConnectorId(row.id()), name(row));
            let run = move || test(toasts, id, name.clone());
            let entry = || Entry::run_by(words.later().connector.test, Icon::Send, run);
            may(role, Action::ConnectorsTest).then(entry).into_iter().collect()
        },
    );
    view! {
        <List kind actions />
        <Remove report=ReportName::Connectors target=doomed delete=|id| Box::pin(connector_delete(ConnectorId(id))) />
    }
}

/// Asks whether the connector itself answers, and says what it found.
fn test(toasts: Toasts, id: ConnectorId, name: String) {
    let all = use_words();
    let words = &all.later().connector;
    toasts.good((words.testing)(&name));
    spawn_local(async move {
        match connector_test(id).await {
            Ok(found) if found.ok => toasts.good((words.answered)(&name, found.ms)),
            Ok(found) => {
                let diagnosis = domain::diagnosis::Diagnosis::of_settings(
                    &found.code,
                    domain::session_test::Step::Connector,
                    vec![name.clone(), found.detail.clone()],
                );
                let why = (all.later().diagnosis)(&diagnosis);
                toasts.bad(format!("{} {why} {}", (words.silent)(&name), found.detail).trim_end().to_owned());
            }
            Err(failure) => toasts.bad((all.failure)(&failure.0)),
        }
    });
}

//! Network Connectors: ways into networks that the server does not reach by itself.

mod editor;

use super::{
    access::{may, role},
    draft::{Belongs, Sorry},
    list::{Kind, List},
    places,
    remove::{Remove, Target},
    simple::{name, simple_actions},
};
use crate::{
    api::{
        Answer,
        connectors::{connector_delete, connector_get, connector_test},
        reports::report_rows,
    },
    locales::use_words,
    ui::{
        icon::Icon,
        menu::{Doing, Entry},
        toast::{Toasts, use_toasts},
        window::WindowWait,
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
        move |row: &Row, _, role| {
            let (id, name) = (ConnectorId(row.id()), name(row));
            let run = Callback::new(move |()| test(toasts, id, name.clone()));
            let entry = Entry { label: words.connector.test, icon: Icon::Send, doing: Doing::Run(run), danger: false };
            if may(role, Action::ConnectorsTest) { vec![entry] } else { Vec::new() }
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
    let words = &all.connector;
    toasts.good((words.testing)(&name));
    spawn_local(async move {
        match connector_test(id).await {
            Ok(found) if found.ok => toasts.good((words.answered)(&name, found.ms)),
            Ok(found) => {
                let diagnosis = domain::session_test::Diagnosis {
                    code: found.code,
                    stage: domain::session_test::Step::Connector,
                    class: domain::session_test::FaultClass::Settings,
                    reply: String::new(),
                    params: vec![name.clone(), found.detail.clone()],
                };
                let why = (all.diagnosis)(&diagnosis);
                toasts.bad(format!("{} {why} {}", (words.silent)(&name), found.detail).trim_end().to_owned());
            }
            Err(failure) => toasts.bad((all.failure)(&failure.0)),
        }
    });
}

#[component]
pub fn ConnectorNew() -> impl IntoView {
    let credentials = credentials();
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                let credentials = credentials.await.unwrap_or_default();
                view! { <editor::Editor stored=None credentials role /> }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
pub fn ConnectorEdit(id: i64) -> impl IntoView {
    let credentials = credentials();
    let stored = Resource::new_blocking(move || id, |id| connector_get(ConnectorId(id)));
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                let credentials = credentials.await.unwrap_or_default();
                match stored.await {
                    Ok(stored) => view! { <editor::Editor stored=Some(stored) credentials role /> }.into_any(),
                    Err(failure) => view! { <Sorry belongs=belongs(false) failure=failure.0 /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn belongs(is_new: bool) -> Belongs {
    let words = &use_words().connector;
    let title = if is_new { words.new } else { words.edit };
    Belongs { list: ReportName::Connectors, path: places::CONNECTORS, title }
}

/// What the drop-down offers: (id, name).
fn credentials() -> Resource<Answer<Vec<(String, String)>>> {
    Resource::new_blocking(
        || (),
        |()| async {
            let rows = report_rows(ReportName::Credentials).await?.unwrap_or_default();
            Ok(rows.iter().map(|row| (row.id().to_string(), name(row))).collect())
        },
    )
}

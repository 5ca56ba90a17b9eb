//! The pages beside the report of accounts, and their windows: they arrive when one of them is first opened.

use super::{
    Audit, Connectors, Credentials, NotFound, Outbox, Parameters, Password, Schedules, Tokens, Users,
    accounts::history::history_window,
    editing::{edit_window, new_window},
    keys::key_sheet,
    outbox::read_window,
    place::{Page, Window},
    places,
    schedules::schedule_window,
    tokens::new_token,
};
use domain::{connector::Connector, credential::Credential, schedule::Schedule, sending::AccountSending, user::User};
use leptos::prelude::*;

#[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_async, reason = "it awaits its arrival in a browser only"))]
#[lazy]
pub fn page(page: Page) -> AnyView {
    match page {
        Page::Accounts => view! { <NotFound /> }.into_any(),
        Page::Outbox => view! { <Outbox /> }.into_any(),
        Page::Schedules => view! { <Schedules /> }.into_any(),
        Page::Credentials => view! { <Credentials /> }.into_any(),
        Page::Connectors => view! { <Connectors /> }.into_any(),
        Page::Users => view! { <Users /> }.into_any(),
        Page::Tokens => view! { <Tokens /> }.into_any(),
        Page::Audit => view! { <Audit /> }.into_any(),
        Page::Parameters => view! { <Parameters /> }.into_any(),
        Page::Password => view! { <Password /> }.into_any(),
    }
}

#[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_async, reason = "it awaits its arrival in a browser only"))]
#[lazy]
pub fn window(page: Page, window: Window) -> AnyView {
    match (page, window) {
        (_, Window::Keys) => key_sheet(),
        (page, Window::Schedule) => {
            page.report().map(|report| schedule_window(report, places::list(report))).into_any()
        }
        (Page::Schedules, Window::New) => new_window::<Schedule>(),
        (Page::Schedules, Window::Edit(id)) => edit_window::<Schedule>(id),
        (Page::Accounts, Window::Sending(id)) => edit_window::<AccountSending>(id),
        (Page::Accounts, Window::History(id)) => history_window(id),
        (Page::Outbox, Window::Read(id)) => read_window(id),
        (Page::Credentials, Window::New) => new_window::<Credential>(),
        (Page::Credentials, Window::Edit(id)) => edit_window::<Credential>(id),
        (Page::Connectors, Window::New) => new_window::<Connector>(),
        (Page::Connectors, Window::Edit(id)) => edit_window::<Connector>(id),
        (Page::Tokens, Window::New) => new_token(),
        (Page::Users, Window::New) => new_window::<User>(),
        (Page::Users, Window::Edit(id)) => edit_window::<User>(id),
        _ => ().into_any(),
    }
}

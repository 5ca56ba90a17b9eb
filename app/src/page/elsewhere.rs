//! The pages beside the report of accounts, and their windows: they arrive when one of them is first opened.

use super::{
    place::{Page, Window},
    {Audit, ConnectorEdit, ConnectorNew, Connectors, CredentialEdit, CredentialNew, Credentials},
    {NotFound, Parameters, Password, UserEdit, UserNew, Users},
};
use leptos::prelude::*;

#[lazy]
pub fn page(page: Page) -> AnyView {
    match page {
        Page::Accounts => view! { <NotFound /> }.into_any(),
        Page::Credentials => view! { <Credentials /> }.into_any(),
        Page::Connectors => view! { <Connectors /> }.into_any(),
        Page::Users => view! { <Users /> }.into_any(),
        Page::Audit => view! { <Audit /> }.into_any(),
        Page::Parameters => view! { <Parameters /> }.into_any(),
        Page::Password => view! { <Password /> }.into_any(),
    }
}

#[lazy]
pub fn window(page: Page, window: Window) -> AnyView {
    match (page, window) {
        (Page::Credentials, Window::New) => view! { <CredentialNew /> }.into_any(),
        (Page::Credentials, Window::Edit(id)) => view! { <CredentialEdit id /> }.into_any(),
        (Page::Connectors, Window::New) => view! { <ConnectorNew /> }.into_any(),
        (Page::Connectors, Window::Edit(id)) => view! { <ConnectorEdit id /> }.into_any(),
        (Page::Users, Window::New) => view! { <UserNew /> }.into_any(),
        (Page::Users, Window::Edit(id)) => view! { <UserEdit id /> }.into_any(),
        _ => ().into_any(),
    }
}

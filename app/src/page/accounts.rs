//! SMTP Configuration: the report of accounts, what can be done with each, and its windows.

mod actions;
pub mod arrival;
mod cells;
mod certificates;
mod conflict;
mod connection;
mod diagnosis;
mod discover;
mod editor;
mod findings;
mod form;
pub mod history;
mod identity;
mod presets;
pub mod proposed;
mod sending;
mod steps;
pub mod test;
mod trust;
pub mod window;
pub mod windows;

use super::{
    list::{Kind, List},
    places,
    remove::{Remove, Target},
};
use crate::api::accounts::account_delete;
use domain::{AccountId, Action, report::ReportName};
use leptos::prelude::*;

#[component]
pub fn Accounts() -> impl IntoView {
    let doomed: Target = RwSignal::new(None);
    let row_actions = actions::row_actions(doomed);
    let kind = Kind {
        name: ReportName::Accounts,
        path: places::ACCOUNTS,
        create: Some(Action::AccountsChange),
        cell: cells::cell,
    };
    view! {
        <List kind actions=row_actions />
        <Remove report=ReportName::Accounts target=doomed delete=|id| Box::pin(account_delete(AccountId(id))) />
    }
}

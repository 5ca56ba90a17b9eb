//! Credentials: user names and secrets that accounts and connectors log in with. A secret goes in and never comes out.

mod editor;

use super::{
    list::{Kind, List},
    places,
    remove::{Remove, Target},
    simple::simple_actions,
};
use crate::api::credentials::credential_delete;
use domain::{Action, CredentialId, report::ReportName};
use leptos::prelude::*;

#[component]
pub fn Credentials() -> impl IntoView {
    let doomed: Target = RwSignal::new(None);
    let kind = Kind {
        name: ReportName::Credentials,
        path: places::CREDENTIALS,
        create: Some(Action::CredentialsChange),
        cell: |_, _| None,
    };
    let actions = simple_actions(
        Action::CredentialsChange,
        |id| places::edit(places::CREDENTIALS, id),
        doomed,
        &[],
        |_, _, _| Vec::new(),
    );
    view! {
        <List kind actions />
        <Remove report=ReportName::Credentials target=doomed delete=|id| Box::pin(credential_delete(CredentialId(id))) />
    }
}

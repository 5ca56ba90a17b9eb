//! Saved views of reports.

use super::Answer;
use domain::{
    ViewId,
    report::{Query, ReportName},
    view::{View, ViewDraft, Views},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// Everybody's, and the reader's own.
#[server(prefix = "/api/ui", endpoint = "view_list", input = Json, client = super::client::WithSession)]
pub async fn view_list(report: ReportName) -> Answer<Views> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.view_list(&actor, report).await)
}

#[server(prefix = "/api/ui", endpoint = "view_create", input = Json, client = super::client::WithSession)]
pub async fn view_create(draft: ViewDraft) -> Answer<View> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.view_create(&actor, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "view_rename", input = Json, client = super::client::WithSession)]
pub async fn view_rename(id: ViewId, name: String) -> Answer<View> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.view_rename(&actor, id, &name).await)
}

/// From now on it shows that.
#[server(prefix = "/api/ui", endpoint = "view_update", input = Json, client = super::client::WithSession)]
pub async fn view_update(id: ViewId, query: Query) -> Answer<View> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.view_update(&actor, id, query).await)
}

#[server(prefix = "/api/ui", endpoint = "view_delete", input = Json, client = super::client::WithSession)]
pub async fn view_delete(id: ViewId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.view_delete(&actor, id).await)
}

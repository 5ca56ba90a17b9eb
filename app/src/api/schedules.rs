//! Scheduled reports.

use super::Answer;
use domain::{
    MessageId, ScheduleId,
    schedule::{Choices, Coming, Schedule, ScheduleDraft},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "schedule_get", input = Json, client = super::client::WithSession)]
pub async fn schedule_get(id: ScheduleId) -> Answer<Schedule> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_get(&actor, id).await)
}

/// What the window offers to choose from.
#[server(prefix = "/api/ui", endpoint = "schedule_choices", input = Json, client = super::client::WithSession)]
pub async fn schedule_choices() -> Answer<Choices> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_choices(&actor).await)
}

/// The next times of a schedule as typed.
#[server(prefix = "/api/ui", endpoint = "schedule_coming", input = Json, client = super::client::WithSession)]
pub async fn schedule_coming(draft: ScheduleDraft) -> Answer<Vec<Coming>> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_coming(&actor, &draft).await)
}

#[server(prefix = "/api/ui", endpoint = "schedule_create", input = Json, client = super::client::WithSession)]
pub async fn schedule_create(draft: ScheduleDraft) -> Answer<Schedule> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_create(&actor, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "schedule_update", input = Json, client = super::client::WithSession)]
pub async fn schedule_update(id: ScheduleId, version: i64, draft: ScheduleDraft) -> Answer<Schedule> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_update(&actor, id, version, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "schedule_set_enabled", input = Json, client = super::client::WithSession)]
pub async fn schedule_set_enabled(id: ScheduleId, enabled: bool, version: Option<i64>) -> Answer<Option<i64>> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_set_enabled(&actor, id, enabled, version).await)
}

#[server(prefix = "/api/ui", endpoint = "schedule_delete", input = Json, client = super::client::WithSession)]
pub async fn schedule_delete(id: ScheduleId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_delete(&actor, id).await)
}

/// As it is saved.
#[server(prefix = "/api/ui", endpoint = "schedule_send", input = Json, client = super::client::WithSession)]
pub async fn schedule_send(id: ScheduleId) -> Answer<MessageId> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_send(&actor, id).await)
}

/// As it is typed.
#[server(prefix = "/api/ui", endpoint = "schedule_send_draft", input = Json, client = super::client::WithSession)]
pub async fn schedule_send_draft(id: Option<ScheduleId>, draft: ScheduleDraft) -> Answer<MessageId> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.schedule_send_draft(&actor, id, draft).await)
}

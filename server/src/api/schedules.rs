//! Scheduled reports as a resource, and sent by hand.

use super::{
    accounts::object,
    auth::Asker,
    fields::{Field, SCHEDULE},
    notifications::accepted,
    resource::{Id, Outcome, Resource, Shown},
};
use crate::router::AppState;
use axum::{extract::State, http::StatusCode};
use domain::{
    Action, ScheduleId, UnixMillis,
    report::{Query, ReportName},
    schedule::{Run, Schedule, ScheduleDraft},
};
use serde_json::{Value, json};
use service::{Actor, Answer, Service};

pub struct Schedules;

impl Resource for Schedules {
    const NAME: &'static str = "schedules";
    const REPORT: ReportName = ReportName::Schedules;
    const CHANGE: Action = Action::SchedulesChange;
    const FIELDS: &'static [Field] = SCHEDULE;
    const READ_ONLY: &'static [&'static str] = &["last_run", "next_run"];
    type Draft = ScheduleDraft;

    async fn list(service: &Service, actor: &Actor, filter: &Query, after: i64, limit: u32) -> Answer<Vec<Shown>> {
        Ok(service.schedule_list(actor, filter, after, limit).await?.iter().map(shown).collect())
    }

    async fn get(service: &Service, actor: &Actor, id: i64) -> Answer<Shown> {
        service.schedule_get(actor, ScheduleId(id)).await.map(|schedule| shown(&schedule))
    }

    async fn create(service: &Service, actor: &Actor, draft: ScheduleDraft) -> Answer<Shown> {
        service.schedule_create(actor, draft).await.map(|schedule| shown(&schedule))
    }

    async fn update(service: &Service, actor: &Actor, id: i64, version: i64, draft: ScheduleDraft) -> Answer<Shown> {
        service.schedule_update(actor, ScheduleId(id), version, draft).await.map(|schedule| shown(&schedule))
    }

    async fn delete(service: &Service, actor: &Actor, id: i64, version: Option<i64>) -> Answer<()> {
        service.schedule_delete_version(actor, ScheduleId(id), version).await
    }
}

pub async fn send(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    let message = state.service.schedule_send(&actor, ScheduleId(id)).await?;
    Ok(accepted(StatusCode::ACCEPTED, message))
}

fn shown(schedule: &Schedule) -> Shown {
    let mut object = object(json!(schedule.draft));
    let recipients: Vec<_> = schedule.draft.recipients.lines().collect();
    object.insert("recipients".to_owned(), json!(recipients));
    object.insert("id".to_owned(), json!(schedule.id));
    object.insert("version".to_owned(), json!(schedule.version));
    object.insert("last_run".to_owned(), schedule.last_run.as_ref().map_or(Value::Null, run));
    object.insert("next_run".to_owned(), json!(schedule.next_run.map(UnixMillis::to_rfc3339)));
    Shown { id: schedule.id.0, version: schedule.version, object }
}

fn run(run: &Run) -> Value {
    json!({
        "due": run.due.map(UnixMillis::to_rfc3339),
        "at": run.at.to_rfc3339(),
        "missed": run.missed,
        "message_id": run.message_id,
        "result": run.result,
    })
}

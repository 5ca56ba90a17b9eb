//! Messages of the Outbox: listed, read with what became of each try, sent again, cancelled, paused, resumed.

use super::{
    accounts::object,
    auth::Asker,
    fields::Object,
    notifications::accepted,
    resource::{AskedQuery, Id, Outcome, answer, asked_of, nothing, page},
};
use crate::router::AppState;
use axum::{extract::State, http::StatusCode};
use domain::{
    MessageId, UnixMillis,
    message::{Attempt, Message, Reason},
    report::{ReportName, Row, Value as Cell},
};
use serde_json::{Value, json};

pub async fn list(State(state): State<AppState>, Asker(actor): Asker, query: AskedQuery) -> Outcome {
    let asked = asked_of(ReportName::Outbox, query)?;
    let rows = state.service.message_list(&actor, &asked.filter, asked.after, asked.limit + 1).await?;
    Ok(page("messages", &asked, rows.iter().map(|row| (row.id(), listed(row))).collect()))
}

pub async fn get(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    let message = state.service.message_get(&actor, MessageId(id)).await?;
    Ok(answer(StatusCode::OK, &shown(&message)))
}

pub async fn resend(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    let again = state.service.message_resend(&actor, MessageId(id)).await?;
    Ok(accepted(StatusCode::CREATED, again))
}

pub async fn cancel(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    state.service.message_cancel(&actor, MessageId(id)).await?;
    Ok(nothing())
}

pub async fn pause(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    state.service.message_pause(&actor, MessageId(id)).await?;
    Ok(nothing())
}

pub async fn resume(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    state.service.message_resume(&actor, MessageId(id)).await?;
    Ok(nothing())
}

/// As the Outbox report has it, under the names of a whole message.
fn listed(row: &Row) -> Object {
    let spec = ReportName::Outbox.spec();
    let cell = |key: &str| spec.column_index(key).map_or(&Cell::None, |index| row.get(index));
    let text = |key: &str| cell(key).as_str();
    let time = |key: &str| cell(key).as_int().map(|at| UnixMillis(at).to_rfc3339());
    let params: Vec<_> = text("reason_params").split('\n').filter(|param| !param.is_empty()).collect();
    let why = (!text("reason").is_empty()).then(|| json!({ "code": text("reason"), "params": params }));
    object(json!({
        "id": row.id(),
        "status": text("status"),
        "kind": text("type"),
        "priority": text("priority"),
        "subject": text("subject"),
        "to": text("to"),
        "from": text("from"),
        "account": text("account"),
        "created_at": time("at"),
        "created_by": text("created_by"),
        "due": time("due"),
        "mta": text("mta"),
        "reason": why,
        "possible_duplicate": cell("possible_duplicate").as_bool() || cell("possible_duplicate").as_int() == Some(1),
        "opened_at": time("opening"),
    }))
}

fn shown(m: &Message) -> Value {
    let recipients: Vec<_> = m
        .recipients
        .iter()
        .map(|one| json!({ "address": one.address, "status": one.status.code(), "reply": one.reply }))
        .collect();
    json!({
        "id": m.id,
        "status": m.status.code(),
        "kind": m.kind.code(),
        "priority": m.priority.code(),
        "subject": m.subject,
        "recipients": recipients,
        "from": m.from,
        "account_id": m.account_id,
        "account": m.account,
        "created_at": m.created_at.to_rfc3339(),
        "created_by": m.created_by,
        "due": m.due.map(UnixMillis::to_rfc3339),
        "expires_at": m.expires_at.to_rfc3339(),
        "message_id": m.message_id,
        "mta": m.mta,
        "reason": m.reason.as_ref().map(reason),
        "possible_duplicate": m.possible_duplicate,
        "opened_at": m.opened_at.map(UnixMillis::to_rfc3339),
        "resent_from": m.resent_from,
        "text": m.text,
        "html": m.html,
        "attachments": m.attachments,
        "attempt_count": m.attempts,
        "attempts": m.history.iter().map(attempt).collect::<Vec<_>>(),
    })
}

fn attempt(attempt: &Attempt) -> Value {
    let stages: Vec<_> = attempt.stages.iter().map(|(step, ms)| json!({ "step": step.code(), "ms": ms })).collect();
    json!({
        "at": attempt.at.to_rfc3339(),
        "number": attempt.number,
        "account": attempt.account,
        "outcome": attempt.outcome.map(domain::message::AttemptOutcome::code),
        "stage": attempt.stage,
        "reason": Some(&attempt.reason).filter(|why| !why.code.is_empty()).map(reason),
        "ms": attempt.ms,
        "stages": stages,
    })
}

/// Why, for programs to branch on, with the server's own words.
pub fn reason(why: &Reason) -> Value {
    json!({ "code": why.code, "params": why.params, "reply": why.reply })
}

//! Messages handed over by programs: answered once they are on the disk, and not before.

use super::{
    auth::Asker,
    body::Body as JsonBody,
    fields::{NOTIFICATION, check},
    resource::{Outcome, answer, located, read},
};
use crate::{problem::Problem, router::AppState};
use axum::{
    extract::{FromRequest, FromRequestParts, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use domain::{Action, Failure, MessageId, notification::NewNotification};
use serde_json::json;
use service::Actor;
use std::time::Duration;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// All that a message may have, as base64, and a mebibyte for what is around it.
pub const MAX_BODY_BYTES: usize = NewNotification::MAX_OCTETS / 3 * 4 + 1024 * 1024;
const KEY: &str = "idempotency-key";

/// Kilobytes of bodies that are being read and parsed, of all requests: four of the largest.
const ROOM_KB: usize = 4 * MAX_BODY_BYTES / 1024;
/// Shorter ones do not wait for longer ones.
const SHORT: usize = 256 * 1024;
const LONGEST_WAIT: Duration = Duration::from_secs(30);
static ROOM: Semaphore = Semaphore::const_new(ROOM_KB);

/// Somebody who may send. Asked before the body is read, which may be long; `service` decides.
pub struct Sender(Actor);

impl FromRequestParts<AppState> for Sender {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Asker(actor) = Asker::from_request_parts(parts, state).await?;
        if actor.role.may(Action::OutboxSend) { Ok(Self(actor)) } else { Err(Failure::Forbidden.into()) }
    }
}

/// A JSON object that may be long: many at once wait for each other rather than take all memory.
pub struct LongBody(JsonBody, Option<SemaphorePermit<'static>>);

impl<S: Send + Sync> FromRequest<S> for LongBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let permit = match length.unwrap_or(MAX_BODY_BYTES).min(MAX_BODY_BYTES) {
            0..=SHORT => None,
            long => {
                let room = ROOM.acquire_many(u32::try_from(long / 1024).unwrap_or(u32::MAX));
                let late = |_| Problem::from(Failure::TooMany { retry_after_s: LONGEST_WAIT.as_secs() });
                timeout(LONGEST_WAIT, room).await.map_err(late)?.ok()
            }
        };
        Ok(Self(JsonBody::from_request(request, state).await?, permit))
    }
}

pub async fn submit(
    State(state): State<AppState>,
    Sender(actor): Sender,
    headers: HeaderMap,
    LongBody(JsonBody(body), _room): LongBody,
) -> Outcome {
    let checked = check(NOTIFICATION.iter(), body, None, &[]).map_err(|errors| Failure::Invalid { errors })?;
    let draft = read(checked)?;
    let key = key(&headers);
    let id = state.service.notification_submit(&actor, draft, key.as_deref()).await?;
    Ok(accepted(StatusCode::ACCEPTED, id))
}

/// A new message that waits to be sent.
pub fn accepted(status: StatusCode, id: MessageId) -> axum::response::Response {
    located(answer(status, &json!({ "id": id, "status": "waiting" })), &format!("/api/v1/messages/{id}"))
}

/// What the header says. One that is there twice, or is no text, is a key that the service refuses.
fn key(headers: &HeaderMap) -> Option<String> {
    let mut all = headers.get_all(KEY).iter();
    let first = all.next()?;
    let only = if all.next().is_none() { first.to_str().ok() } else { None };
    Some(only.unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_key_is_one_text_or_a_wrong_one() {
        let of = |values: &[&[u8]]| {
            let value = |value: &&[u8]| HeaderValue::from_bytes(value).expect("a header");
            let headers: HeaderMap =
                values.iter().map(|v| (axum::http::HeaderName::from_static(KEY), value(v))).collect();
            key(&headers)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[b"order 7"]).as_deref(), Some("order 7"));
        assert_eq!(of(&[b"\xff"]).as_deref(), Some(""));
        assert_eq!(of(&[b""]).as_deref(), Some(""));
    }
}

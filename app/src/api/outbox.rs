//! Messages of the Outbox.

use super::Answer;
use domain::{MessageId, message::Message};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "message_read", input = Json, client = super::client::WithSession)]
pub async fn message_read(id: MessageId) -> Answer<Message> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.message_read(&actor, id).await)
}

/// The id of the new message.
#[server(prefix = "/api/ui", endpoint = "message_resend", input = Json, client = super::client::WithSession)]
pub async fn message_resend(id: MessageId) -> Answer<MessageId> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.message_resend(&actor, id).await)
}

#[server(prefix = "/api/ui", endpoint = "message_cancel", input = Json, client = super::client::WithSession)]
pub async fn message_cancel(id: MessageId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.message_cancel(&actor, id).await)
}

#[server(prefix = "/api/ui", endpoint = "message_pause", input = Json, client = super::client::WithSession)]
pub async fn message_pause(id: MessageId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.message_pause(&actor, id).await)
}

#[server(prefix = "/api/ui", endpoint = "message_resume", input = Json, client = super::client::WithSession)]
pub async fn message_resume(id: MessageId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.message_resume(&actor, id).await)
}

//! How an account sends.

use super::Answer;
use domain::{
    AccountId,
    sending::{AccountSending, SendingDraft},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "sending_get", input = Json, client = super::client::WithSession)]
pub async fn sending_get(id: AccountId) -> Answer<AccountSending> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_sending_read(&actor, id).await)
}

/// Saves over the limits with that stamp; a conflict says that others are stored meanwhile.
#[server(prefix = "/api/ui", endpoint = "sending_update", input = Json, client = super::client::WithSession)]
pub async fn sending_update(id: AccountId, version: i64, draft: SendingDraft) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_sending_save(&actor, id, version, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "sending_pause", input = Json, client = super::client::WithSession)]
pub async fn sending_pause(id: AccountId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_sending_pause(&actor, id).await)
}

#[server(prefix = "/api/ui", endpoint = "sending_resume", input = Json, client = super::client::WithSession)]
pub async fn sending_resume(id: AccountId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_sending_resume(&actor, id).await)
}

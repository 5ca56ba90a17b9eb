//! People who sign in.

use super::Answer;
use domain::{
    UserId,
    user::{User, UserDraft},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "user_get", input = Json, client = super::client::WithSession)]
pub async fn user_get(id: UserId) -> Answer<User> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.user_get(&actor, id).await)
}

#[server(prefix = "/api/ui", endpoint = "user_create", input = Json, client = super::client::WithSession)]
pub async fn user_create(draft: UserDraft) -> Answer<User> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.user_create(&actor, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "user_update", input = Json, client = super::client::WithSession)]
pub async fn user_update(id: UserId, version: i64, draft: UserDraft) -> Answer<User> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.user_update(&actor, id, version, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "user_delete", input = Json, client = super::client::WithSession)]
pub async fn user_delete(id: UserId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.user_delete(&actor, id).await)
}

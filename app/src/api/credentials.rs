//! Credentials: written and replaced, never read back.

use super::Answer;
use domain::{
    CredentialId,
    credential::{Credential, CredentialDraft},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "credential_get", input = Json, client = super::client::WithSession)]
pub async fn credential_get(id: CredentialId) -> Answer<Credential> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.credential_get(&actor, id).await)
}

#[server(prefix = "/api/ui", endpoint = "credential_create", input = Json, client = super::client::WithSession)]
pub async fn credential_create(draft: CredentialDraft) -> Answer<Credential> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.credential_create(&actor, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "credential_update", input = Json, client = super::client::WithSession)]
pub async fn credential_update(id: CredentialId, version: i64, draft: CredentialDraft) -> Answer<Credential> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.credential_update(&actor, id, version, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "credential_delete", input = Json, client = super::client::WithSession)]
pub async fn credential_delete(id: CredentialId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.credential_delete(&actor, id).await)
}

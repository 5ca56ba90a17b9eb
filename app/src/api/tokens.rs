//! API tokens: made, shown once, revoked.

use super::Answer;
use domain::{
    TokenId,
    token::{TokenDraft, TokenMade},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// The one time that the token itself is seen.
#[server(prefix = "/api/ui", endpoint = "token_create", input = Json, client = super::client::WithSession)]
pub async fn token_create(draft: TokenDraft) -> Answer<TokenMade> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.token_create(&actor, draft).await)
}

#[server(prefix = "/api/ui", endpoint = "token_revoke", input = Json, client = super::client::WithSession)]
pub async fn token_revoke(id: TokenId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.token_revoke(&actor, id).await)
}

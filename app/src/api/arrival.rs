//! "Will it arrive?": an account's sender looked at, with the words for what was found.

use super::Answer;
use domain::{
    AccountId,
    arrival::{ArrivalDraft, ToldReport},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// Takes seconds; a browser that goes away ends it. The words are too many for a download, so they come with the answer.
#[server(prefix = "/api/ui", endpoint = "arrival_check", input = Json, client = super::client::WithSession)]
pub async fn arrival_check(id: AccountId, draft: ArrivalDraft, language: String) -> Answer<ToldReport> {
    let (actor, service) = super::ssr::caller()?;
    let report = super::ssr::answer(service.arrival_check(&actor, id, draft).await)?;
    let language = words::Language::parse(&language).unwrap_or_default();
    Ok(ToldReport { told: words::arrival::told(language, &report), report })
}

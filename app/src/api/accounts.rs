//! SMTP accounts.

use super::Answer;
use domain::{
    AccountId,
    account::{Account, AccountDraft, Choices},
    discovery::Discovery,
    history::TestHistory,
};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/ui", endpoint = "account_get", input = Json, client = super::client::WithSession)]
pub async fn account_get(id: AccountId) -> Answer<Account> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_get(&actor, id).await)
}

/// What the settings window's drop-downs offer.
#[server(prefix = "/api/ui", endpoint = "account_choices", input = Json, client = super::client::WithSession)]
pub async fn account_choices() -> Answer<Choices> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_choices(&actor).await)
}

#[server(prefix = "/api/ui", endpoint = "account_create", input = Json, client = super::client::WithSession)]
pub async fn account_create(draft: AccountDraft) -> Answer<Account> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_create(&actor, draft).await)
}

/// Saves over version `version`; a conflict names the version stored meanwhile.
#[server(prefix = "/api/ui", endpoint = "account_update", input = Json, client = super::client::WithSession)]
pub async fn account_update(id: AccountId, version: i64, draft: AccountDraft) -> Answer<Account> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_update(&actor, id, version, draft).await)
}

/// Where `from` is the default of that version, or wherever the default is; answers with both as they are for the way back.
#[server(prefix = "/api/ui", endpoint = "account_set_default", input = Json, client = super::client::WithSession)]
pub async fn account_set_default(id: AccountId, from: Option<(AccountId, i64)>) -> Answer<Option<(AccountId, i64)>> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_move_default(&actor, id, from).await)
}

/// Of version `version`, or of any; answers with the version it has now, where it has changed.
#[server(prefix = "/api/ui", endpoint = "account_set_enabled", input = Json, client = super::client::WithSession)]
pub async fn account_set_enabled(id: AccountId, enabled: bool, version: Option<i64>) -> Answer<Option<i64>> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_set_enabled_version(&actor, id, enabled, version).await)
}

#[server(prefix = "/api/ui", endpoint = "account_delete", input = Json, client = super::client::WithSession)]
pub async fn account_delete(id: AccountId) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_delete(&actor, id).await)
}

/// Its latest tests, and the certificate seen last.
#[server(prefix = "/api/ui", endpoint = "account_history", input = Json, client = super::client::WithSession)]
pub async fn account_history(id: AccountId) -> Answer<TestHistory> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.account_history(&actor, id).await)
}

/// What the domain of an address proposes. Ends within its own limits.
#[server(prefix = "/api/ui", endpoint = "discover", input = Json, client = super::client::WithSession)]
pub async fn discover(address: String) -> Answer<Discovery> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.discover(&actor, &address).await)
}

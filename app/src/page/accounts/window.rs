//! The settings window's addresses: what has to be known before it can open.

use super::editor::Editor;
use crate::{
    api::{
        Answer,
        accounts::{account_choices, account_get},
    },
    locales::use_words,
    page::{access::role, list::closer, places},
    ui::{
        notice::Notice,
        window::{Window, WindowWait},
    },
};
use domain::{
    AccountId,
    account::{Account, AccountDraft, Choices},
    report::ReportName,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The settings window: for an account, for a new one, or for a copy of one.
pub fn account_window(id: Option<i64>, copy: bool) -> AnyView {
    view! { <Loaded id=id.map(AccountId) copy /> }.into_any()
}

/// The account that a new one starts as a copy of.
pub fn copied() -> Option<i64> {
    use_location().query.with_untracked(|map| map.get_str("copy").and_then(|id| id.parse().ok()))
}

/// Fetches the account, if there is one to start from, and what the drop-downs offer.
#[component]
fn Loaded(id: Option<AccountId>, copy: bool) -> impl IntoView {
    let words = use_words();
    let choices = Resource::new_blocking(|| (), |()| account_choices());
    let account = Resource::new_blocking(move || id, fetch);
    let close = closer(ReportName::Accounts, places::ACCOUNTS);
    let title = words.later().account.window;
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                match (choices.await, account.await) {
                    (Ok(choices), Ok(account)) => {
                        let (draft, stored) = start(&choices, account, copy);
                        view! { <Editor draft stored choices role /> }.into_any()
                    }
                    (Err(failure), _) | (_, Err(failure)) => {
                        view! {
                            <Window id="account" title close>
                                <div class="window-body">
                                    <Notice kind="danger" alert=true>
                                        <p>{(words.failure)(&failure.0)}</p>
                                    </Notice>
                                </div>
                            </Window>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
    }
    .into_any()
}

async fn fetch(id: Option<AccountId>) -> Answer<Option<Account>> {
    match id {
        Some(id) => account_get(id).await.map(Some),
        None => Ok(None),
    }
}

/// What the window starts with: an account, a copy of one, or the defaults.
fn start(choices: &Choices, account: Option<Account>, copy: bool) -> (AccountDraft, Option<Account>) {
    let words = use_words();
    match account {
        Some(account) if copy => {
            let mut draft = AccountDraft::from(&account);
            draft.name = (words.later().account.copy_of)(&draft.name);
            draft.is_default = false;
            (draft, None)
        }
        Some(account) => (AccountDraft::from(&account), Some(account)),
        None => (AccountDraft { is_default: !choices.any_account, ..AccountDraft::default() }, None),
    }
}

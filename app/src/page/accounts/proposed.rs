//! Settings proposed in one window and filled in by another: from a test's remedy to the account's settings.

use crate::page::places;
use domain::{
    AccountId,
    account::{AccountDraft, Proposal},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Waits until the settings window has opened. A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Proposed(RwSignal<Option<(AccountId, Proposal)>>);

impl Proposed {
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// Opens the account's settings with the proposal filled in.
    pub fn opener(self, id: AccountId) -> Callback<Proposal> {
        let navigate = use_navigate();
        Callback::new(move |proposal: Proposal| {
            self.0.set(Some((id, proposal)));
            let search = window().location().search().unwrap_or_default();
            let options = NavigateOptions { resolve: false, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("{}{search}", places::edit(places::ACCOUNTS, id.0)), options);
        })
    }

    /// What waits for this account, once.
    pub fn take(self, id: AccountId) -> Option<Proposal> {
        let waiting = self.0.get_untracked().filter(|(of, _)| *of == id).map(|(_, proposal)| proposal);
        if waiting.is_some() {
            self.0.set(None);
        }
        waiting
    }
}

pub fn use_proposed() -> Proposed {
    expect_context()
}

/// What a proposal changed in a draft, for the notice that says so.
pub fn changes(before: &AccountDraft, after: &AccountDraft) -> Vec<&'static str> {
    let words = &crate::locales::use_words().later().account;
    [
        (words.host, before.host != after.host),
        (words.port, before.port != after.port),
        (words.secure, before.secure != after.secure),
        (words.security_type, before.security_type != after.security_type),
        (words.authentication, before.authentication != after.authentication),
        (words.ignore_certificate, before.ignore_certificate_errors != after.ignore_certificate_errors),
        (words.trusted_ca, before.trusted_ca != after.trusted_ca),
        (words.pinned, before.pinned_certificate != after.pinned_certificate),
    ]
    .into_iter()
    .filter(|(_, changed)| *changed)
    .map(|(label, _)| label)
    .collect()
}

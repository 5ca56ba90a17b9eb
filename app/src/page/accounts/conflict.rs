//! Two administrators saved one account: what each version says, and what choosing one does.

use super::form::Form;
use crate::{
    locales::use_words,
    page::versions::{Texts, Versions, differences, yes_no},
};
use domain::account::{AccountDraft, Choices, SecurityType};
use leptos::prelude::*;

#[component]
pub fn Conflict(form: Form, keep_mine: Callback<()>) -> impl IntoView {
    let take_theirs = Callback::new(move |()| {
        if let Some(theirs) = form.theirs.get_untracked() {
            form.restart(&theirs);
        }
    });
    let rows = Signal::derive(move || {
        let theirs = form.theirs.with(|theirs| theirs.as_ref().map(AccountDraft::from))?;
        let mine = form.draft.get();
        form.choices.with(|choices| Some(differences(texts(&mine, choices), texts(&theirs, choices))))
    });
    view! { <Versions title=use_words().later().account.conflict_title rows keep_mine take_theirs /> }
}

/// Every field of the window in its order, as a person reads it.
fn texts(d: &AccountDraft, choices: &Choices) -> Texts {
    let words = use_words();
    let w = &words.later().account;
    let kind = if d.security_type == SecurityType::Tls { w.tls } else { w.ssl };
    let credential = d.credential_id.and_then(|id| choices.credentials.iter().find(|c| c.id == id));
    let credential = credential.map(|c| c.name.to_string());
    let connector = d.connector_id.and_then(|id| choices.connectors.iter().find(|c| c.id == id));
    let connector = connector.map(|c| c.settings.name.to_string());
    let or_id = |name: Option<String>, id: Option<i64>| {
        name.or_else(|| id.map(|id| id.to_string())).unwrap_or_else(|| words.common.none.to_owned())
    };
    vec![
        (w.name, d.name.clone()),
        (w.enabled, yes_no(d.enabled)),
        (w.sender, d.sender.clone()),
        (w.reply_to, d.reply_to.clone()),
        (w.return_path, d.return_path.clone()),
        (w.confirmation, d.confirmation.clone()),
        (w.is_default, yes_no(d.is_default)),
        (w.read_receipt, yes_no(d.read_receipt)),
        (w.force_settings, yes_no(d.force_settings)),
        (w.footnote, yes_no(d.footnote)),
        (w.host, d.host.clone()),
        (w.port, d.port.clone()),
        (w.secure, yes_no(d.secure)),
        (w.security_type, kind.to_owned()),
        (w.authentication, yes_no(d.authentication)),
        (w.credential, or_id(credential, d.credential_id.map(|id| id.0))),
        (w.ignore_certificate, yes_no(d.ignore_certificate_errors)),
        (w.trusted_ca, d.trusted_ca.clone()),
        (w.pinned, d.pinned_certificate.clone()),
        (w.use_connector, yes_no(d.use_connector)),
        (w.connector, or_id(connector, d.connector_id.map(|id| id.0))),
    ]
}

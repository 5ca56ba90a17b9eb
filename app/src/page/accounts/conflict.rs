//! Two administrators saved: both versions side by side, for each field that differs. Neither is lost.

use super::form::Form;
use crate::{
    locales::use_words,
    ui::{button::Button, notice::Notice},
};
use domain::account::{AccountDraft, Choices, SecurityType};
use leptos::prelude::*;

#[component]
pub fn Conflict(form: Form, keep_mine: Callback<()>) -> impl IntoView {
    let words = use_words();
    let w = &words.account;
    let take = Callback::new(move |()| {
        if let Some(theirs) = form.theirs.get_untracked() {
            form.restart(&theirs);
        }
    });
    let rows = move || {
        let theirs = form.theirs.with(|theirs| theirs.as_ref().map(AccountDraft::from))?;
        let mine = form.draft.get();
        let rows = form.choices.with_value(|choices| differences(&mine, &theirs, choices));
        Some(rows)
    };
    let table = move || {
        let rows = rows()?;
        if rows.is_empty() {
            return Some(view! { <p>{w.conflict_same}</p> }.into_any());
        }
        let body = rows
            .into_iter()
            .map(|(label, mine, theirs)| {
                view! {
                    <tr>
                        <th scope="row">{label}</th>
                        <td>{mine}</td>
                        <td>{theirs}</td>
                    </tr>
                }
            })
            .collect_view();
        let table = view! {
            <table class="versions">
                <thead>
                    <tr>
                        <th scope="col">{w.conflict_field}</th>
                        <th scope="col">{w.conflict_mine}</th>
                        <th scope="col">{w.conflict_theirs}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        };
        Some(table.into_any())
    };
    let there = Memo::new(move |_| form.theirs.with(Option::is_some));
    view! {
        {move || {
            there
                .get()
                .then(|| {
                    view! {
                        <Notice kind="warning" alert=true>
                            <p>
                                <strong>{w.conflict_title}</strong>
                            </p>
                            <p>{w.conflict_text}</p>
                            {table}
                            <div class="notice-buttons">
                                <Button label=w.keep_mine on_click=keep_mine />
                                <Button label=w.take_theirs on_click=take />
                            </div>
                        </Notice>
                    }
                })
        }}
    }
    .into_any()
}

/// Label, mine, theirs, for each field in which the two differ.
fn differences(mine: &AccountDraft, theirs: &AccountDraft, choices: &Choices) -> Vec<(&'static str, String, String)> {
    let all = texts(mine, choices).into_iter().zip(texts(theirs, choices));
    all.filter(|(a, b)| a.1 != b.1).map(|((label, mine), (_, theirs))| (label, mine, theirs)).collect()
}

/// Every field of the window in its order, as a person reads it.
fn texts(d: &AccountDraft, choices: &Choices) -> Vec<(&'static str, String)> {
    let words = use_words();
    let w = &words.account;
    let yes = |flag: bool| (if flag { words.common.yes } else { words.common.no }).to_owned();
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
        (w.enabled, yes(d.enabled)),
        (w.sender, d.sender.clone()),
        (w.reply_to, d.reply_to.clone()),
        (w.return_path, d.return_path.clone()),
        (w.confirmation, d.confirmation.clone()),
        (w.is_default, yes(d.is_default)),
        (w.read_receipt, yes(d.read_receipt)),
        (w.force_settings, yes(d.force_settings)),
        (w.footnote, yes(d.footnote)),
        (w.host, d.host.clone()),
        (w.port, d.port.clone()),
        (w.secure, yes(d.secure)),
        (w.security_type, kind.to_owned()),
        (w.authentication, yes(d.authentication)),
        (w.credential, or_id(credential, d.credential_id.map(|id| id.0))),
        (w.ignore_certificate, yes(d.ignore_certificate_errors)),
        (w.use_connector, yes(d.use_connector)),
        (w.connector, or_id(connector, d.connector_id.map(|id| id.0))),
    ]
}

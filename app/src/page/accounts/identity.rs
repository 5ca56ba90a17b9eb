//! The settings window's first half: who the account is and how its messages look.

use super::form::Form;
use crate::{
    locales::use_words,
    ui::field::{TextField, YesNo},
};
use domain::account::field;
use leptos::prelude::*;

#[component]
pub fn Identity(form: Form) -> impl IntoView {
    let words = &use_words().later().account;
    let follows = |hint| if form.is_new { hint } else { "" };
    let any_account = form.choices.with_untracked(|choices| choices.any_account);
    let is_stored_default = move || form.stored.with(|stored| stored.as_ref().is_some_and(|a| a.settings.is_default));
    let fixed = Signal::derive(move || !any_account || is_stored_default());
    let default_hint = if !any_account {
        words.default_first
    } else if form.stored.with_untracked(|stored| stored.as_ref().is_some_and(|a| a.settings.is_default)) {
        words.default_fixed
    } else {
        words.default_hint
    };
    view! {
        <div class="fields">
            <TextField
                id="account-name"
                label=words.name
                required=true
                value=form.text(|d| &mut d.name)
                on_input=form.set_text(field::NAME, |d| &mut d.name)
                error=form.error(field::NAME)
            />
            <YesNo
                id="account-enabled"
                label=words.enabled
                value=form.flag(|d| &mut d.enabled)
                on_change=form.set_flag(field::ENABLED, |d| &mut d.enabled)
                error=form.error(field::ENABLED)
            />
            <TextField
                id="account-sender"
                label=words.sender
                required=true
                kind="text"
                hint=words.sender_hint
                value=form.text(|d| &mut d.sender)
                on_input=form.set_sender()
                error=form.error(field::SENDER)
            />
            <TextField
                id="account-reply-to"
                label=words.reply_to
                required=true
                hint=follows(words.reply_hint)
                value=form.text(|d| &mut d.reply_to)
                on_input=form.set_follower(field::REPLY_TO, 0, |d| &mut d.reply_to)
                error=form.error(field::REPLY_TO)
            />
            <TextField
                id="account-return-path"
                label=words.return_path
                required=true
                hint=follows(words.return_hint)
                value=form.text(|d| &mut d.return_path)
                on_input=form.set_follower(field::RETURN_PATH, 1, |d| &mut d.return_path)
                error=form.error(field::RETURN_PATH)
            />
            <TextField
                id="account-confirmation"
                label=words.confirmation
                required=true
                hint=follows(words.confirmation_hint)
                value=form.text(|d| &mut d.confirmation)
                on_input=form.set_follower(field::CONFIRMATION, 2, |d| &mut d.confirmation)
                error=form.error(field::CONFIRMATION)
            />
            <YesNo
                id="account-default"
                label=words.is_default
                hint=default_hint
                value=form.flag(|d| &mut d.is_default)
                on_change=form.set_flag(field::IS_DEFAULT, |d| &mut d.is_default)
                error=form.error(field::IS_DEFAULT)
                disabled=fixed
            />
            <YesNo
                id="account-read-receipt"
                label=words.read_receipt
                hint=words.receipt_hint
                value=form.flag(|d| &mut d.read_receipt)
                on_change=form.set_flag("read_receipt", |d| &mut d.read_receipt)
            />
            <YesNo
                id="account-force"
                label=words.force_settings
                hint=words.force_hint
                value=form.flag(|d| &mut d.force_settings)
                on_change=form.set_flag("force_settings", |d| &mut d.force_settings)
            />
            <YesNo
                id="account-footnote"
                label=words.footnote
                hint=words.footnote_hint
                value=form.flag(|d| &mut d.footnote)
                on_change=form.set_flag("footnote", |d| &mut d.footnote)
            />
        </div>
    }
    .into_any()
}

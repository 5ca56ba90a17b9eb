//! One's own password: the current one, and the new one twice.

use super::draft::{Act, Draft, Saving};
use crate::{
    api::session::password_change,
    locales::use_words,
    ui::{button::Submit, field::TextField, leave::Leave, toast::use_toasts},
};
use domain::{Secret, user::PasswordDraft};
use leptos::{ev::SubmitEvent, prelude::*};
use std::sync::Arc;

/// One of the three passwords.
type Part = fn(&mut PasswordDraft) -> &mut Secret;

#[component]
pub fn Password() -> impl IntoView {
    let all = use_words();
    let words = &all.later().password;
    let toasts = use_toasts();
    let draft = Draft::new(PasswordDraft::default(), |draft: &PasswordDraft| draft.check().err());
    let state = draft.state;
    let save = Callback::new(move |()| -> Saving {
        let PasswordDraft { current, new, .. } = draft.value.get_untracked();
        Box::pin(password_change(current, new))
    });
    let done = move |_: &str| {
        draft.restart(PasswordDraft::default());
        toasts.good(words.saved.to_owned());
    };
    let act = Act { save, meanwhile: None, done: Arc::new(done), first_error: "#content [aria-invalid=true]" };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.submit(String::new(), act.clone());
    };
    view! {
        <header class="page-head">
            <h1>{words.title}</h1>
        </header>
        <form class="panel fields-stack" novalidate on:submit=submit>
            {state.failed()}
            {field(draft, "current", "password-current", words.current, "", |d| &mut d.current)}
            {field(draft, "new", "password-new", words.new, all.later().user.password_new, |d| &mut d.new)}
            {field(draft, "repeat", "password-repeat", words.repeat, "", |d| &mut d.repeat)}
            <div class="panel-foot">
                <Submit label=words.title busy_label=all.common.saving busy=state.busy />
            </div>
        </form>
        <Leave dirty=state.dirty />
    }
    .into_any()
}

fn field(
    draft: Draft<PasswordDraft>,
    name: &'static str,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    of: Part,
) -> AnyView {
    let autocomplete = if name == "current" { "current-password" } else { "new-password" };
    view! {
        <TextField
            id
            label
            kind="password"
            required=true
            autocomplete
            hint
            value=draft.read(move |d| of(&mut d.clone()).expose().to_owned())
            on_input=draft.write(name, move |d, text: String| *of(d) = Secret::new(text))
            error=draft.state.error(name)
        />
    }
    .into_any()
}

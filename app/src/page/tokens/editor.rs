//! The window for a new token: its name and its role.

use super::Made;
use crate::{
    api::tokens::token_create,
    locales::use_words,
    page::{
        draft::{Draft, Saving},
        editing::{Belongs, making, making_window},
        places,
    },
    ui::field::{SelectField, TextField},
};
use domain::{Action, Role, report::ReportName, token::TokenDraft};
use leptos::prelude::*;

pub fn new_token() -> AnyView {
    making_window(editor)
}

fn editor(role: Role) -> AnyView {
    let draft = Draft::new(TokenDraft::default(), |draft: &TokenDraft| draft.parse().err());
    let made = use_context::<Made>();
    let save = Callback::new(move |()| -> Saving {
        let value = draft.value.get_untracked();
        Box::pin(async move {
            let answer = token_create(value).await?;
            if let Some(made) = made {
                made.0.try_set(Some(answer));
            }
            Ok(())
        })
    });
    let belongs = Belongs {
        list: ReportName::Tokens,
        path: places::TOKENS,
        title: use_words().later().token.new,
        change: Action::TokensChange,
    };
    making(belongs, role, draft, |draft| draft.name.clone(), save, fields(draft))
}

fn fields(draft: Draft<TokenDraft>) -> AnyView {
    let all = use_words();
    let state = draft.state;
    let roles: Vec<_> =
        Role::ALL.into_iter().map(|role| (role.code().to_owned(), (all.role)(role).to_owned())).collect();
    let role_hint = move || (all.later().user.role_hint)(draft.value.with(|draft| draft.role));
    view! {
        <div class="fields">
            <TextField
                id="token-name"
                label=all.common.name
                required=true
                value=draft.read(|d| d.name.clone())
                on_input=draft.write("name", |d, text| d.name = text)
                error=state.error("name")
            />
            <div class="field">
                <SelectField
                    id="token-role"
                    label=all.later().user.role
                    options=roles
                    value=draft.read(|d| d.role.code().to_owned())
                    on_change=draft
                        .write("role", |d, code: String| d.role = Role::parse(&code).unwrap_or(Role::Viewer))
                    error=state.error("role")
                />
                <p class="field-hint">{role_hint}</p>
            </div>
        </div>
    }
    .into_any()
}

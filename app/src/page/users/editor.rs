//! A user's window: name, role, password.

use super::belongs;
use crate::{
    api::users::{user_create, user_update},
    locales::use_words,
    page::{
        access::may,
        draft::{Draft, DraftWindow, Saving},
    },
    ui::field::{SelectField, TextField, YesNo},
};
use domain::{
    Action, Role, Secret,
    user::{User, UserDraft},
};
use leptos::prelude::*;

#[component]
pub fn Editor(stored: Option<User>, role: Role) -> impl IntoView {
    let all = use_words();
    let words = &all.user;
    let is_new = stored.is_none();
    let start = stored.as_ref().map(UserDraft::from).unwrap_or_default();
    let draft = Draft::new(start, move |draft| draft.parse(is_new).err());
    let state = draft.state;
    let target = stored.map(|stored| (stored.id, stored.version));
    let save = Callback::new(move |()| -> Saving {
        let value = draft.value.get_untracked();
        Box::pin(async move {
            match target {
                Some((id, version)) => user_update(id, version, value).await.map(drop),
                None => user_create(value).await.map(drop),
            }
        })
    });
    let roles = Role::ALL.into_iter().map(|role| (role.code().to_owned(), (all.role)(role).to_owned())).collect();
    let role_hint = move || (words.role_hint)(draft.value.with(|draft| draft.role));
    view! {
        <DraftWindow
            belongs=belongs(is_new)
            state
            name=draft.read(|d| d.name.clone())
            may_change=may(role, Action::UsersChange)
            save
        >
            <div class="fields">
                <TextField
                    id="edit-user-name"
                    label=words.name
                    required=true
                    value=draft.read(|d| d.name.clone())
                    on_input=draft.write("name", |d, text| d.name = text)
                    error=state.error("name")
                />
                <div class="field">
                    <SelectField
                        id="edit-user-role"
                        label=words.role
                        options=roles
                        value=draft.read(|d| d.role.code().to_owned())
                        on_change=draft
                            .write("role", |d, code: String| d.role = Role::parse(&code).unwrap_or(Role::Viewer))
                        error=state.error("role")
                    />
                    <p class="field-hint">{role_hint}</p>
                </div>
                <TextField
                    id="edit-user-password"
                    label=words.password
                    kind="password"
                    required=is_new
                    autocomplete="new-password"
                    hint=if is_new { words.password_new } else { words.password_keep }
                    value=draft.read(|d| d.password.as_ref().map(|s| s.expose().to_owned()).unwrap_or_default())
                    on_input=draft
                        .write(
                            "password",
                            |d, text: String| d.password = (!text.is_empty()).then(|| Secret::new(text)),
                        )
                    error=state.error("password")
                />
                <YesNo
                    id="edit-user-enabled"
                    label=words.enabled
                    value=draft.read(|d| d.enabled)
                    on_change=draft.write("enabled", |d, yes| d.enabled = yes)
                    error=state.error("enabled")
                />
            </div>
        </DraftWindow>
    }
    .into_any()
}

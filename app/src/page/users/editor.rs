//! A user's window: name, role, password.

use crate::{
    api::users::{user_create, user_get, user_update},
    locales::use_words,
    page::{
        draft::{Draft, Saving},
        editing::{Belongs, Coming, Thing},
        places,
        versions::{Texts, typed, yes_no},
    },
    ui::field::{SelectField, TextField, YesNo},
};
use domain::{
    Action, FieldErrors, Role, Secret, UserId,
    report::ReportName,
    user::{User, UserDraft},
};
use leptos::prelude::*;

impl Thing for User {
    type Draft = UserDraft;
    type Given = ();

    fn belongs(is_new: bool) -> Belongs {
        let words = &use_words().later().user;
        let title = if is_new { words.new } else { words.edit };
        Belongs { list: ReportName::Users, path: places::USERS, title, change: Action::UsersChange }
    }

    fn version(&self) -> (i64, i64) {
        (self.id.0, self.version)
    }

    fn given() -> Coming<()> {
        Box::pin(async { Ok(()) })
    }

    fn get(id: i64) -> Coming<Self> {
        Box::pin(user_get(UserId(id)))
    }

    fn save(over: Option<(i64, i64)>, draft: UserDraft) -> Saving {
        Box::pin(async move {
            match over {
                Some((id, version)) => user_update(UserId(id), version, draft).await.map(drop),
                None => user_create(draft).await.map(drop),
            }
        })
    }

    fn check(draft: &UserDraft, stored: Option<&Self>) -> Option<FieldErrors> {
        draft.parse(stored.is_none()).err()
    }

    fn name(draft: &UserDraft) -> String {
        draft.name.clone()
    }

    fn texts(d: &UserDraft, (): &()) -> Texts {
        let all = use_words();
        let words = &all.later().user;
        vec![
            (words.name, d.name.clone()),
            (words.role, (all.role)(d.role).to_owned()),
            (words.password, typed(d.password.as_ref())),
            (words.enabled, yes_no(d.enabled)),
        ]
    }

    fn fields(draft: Draft<UserDraft>, stored: RwSignal<Option<Self>>, (): ()) -> AnyView {
        fields(draft, stored.with_untracked(Option::is_none))
    }
}

fn fields(draft: Draft<UserDraft>, is_new: bool) -> AnyView {
    let all = use_words();
    let words = &all.later().user;
    let state = draft.state;
    let roles: Vec<_> =
        Role::ALL.into_iter().map(|role| (role.code().to_owned(), (all.role)(role).to_owned())).collect();
    let role_hint = move || (words.role_hint)(draft.value.with(|draft| draft.role));
    view! {
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
    }
    .into_any()
}

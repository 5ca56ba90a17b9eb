//! Credentials: user names and secrets that accounts and connectors log in with. A secret goes in and never comes out.

use super::{
    access::{may, role},
    draft::{Belongs, Draft, DraftWindow, Saving, Sorry},
    list::{Kind, List},
    places,
    remove::{Remove, Target},
};
use crate::{
    api::credentials::{credential_create, credential_delete, credential_get, credential_update},
    locales::use_words,
    page::simple::simple_actions,
    ui::{
        field::{SelectField, TextField},
        window::WindowWait,
    },
};
use domain::{
    Action, CredentialId, Role, Secret,
    credential::{Credential, CredentialDraft, CredentialKind},
    report::ReportName,
};
use leptos::prelude::*;

#[component]
pub fn Credentials() -> impl IntoView {
    let doomed: Target = RwSignal::new(None);
    let kind = Kind {
        name: ReportName::Credentials,
        path: places::CREDENTIALS,
        create: Some(Action::CredentialsChange),
        cell: |_, _| None,
    };
    let actions = simple_actions(
        Action::CredentialsChange,
        |id| places::edit(places::CREDENTIALS, id),
        doomed,
        |_, _, _| Vec::new(),
    );
    view! {
        <List kind actions />
        <Remove report=ReportName::Credentials target=doomed delete=|id| Box::pin(credential_delete(CredentialId(id))) />
    }
}

#[component]
pub fn CredentialNew() -> impl IntoView {
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                view! { <Editor stored=None role /> }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
pub fn CredentialEdit(id: i64) -> impl IntoView {
    let stored = Resource::new_blocking(move || id, |id| credential_get(CredentialId(id)));
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                match stored.await {
                    Ok(stored) => view! { <Editor stored=Some(stored) role /> }.into_any(),
                    Err(failure) => view! { <Sorry belongs=belongs(false) failure=failure.0 /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn belongs(is_new: bool) -> Belongs {
    let words = &use_words().credential;
    let title = if is_new { words.new } else { words.edit };
    Belongs { list: ReportName::Credentials, path: places::CREDENTIALS, title }
}

#[component]
fn Editor(stored: Option<Credential>, role: Role) -> impl IntoView {
    let all = use_words();
    let words = &all.credential;
    let is_new = stored.is_none();
    let start = stored.as_ref().map(CredentialDraft::from).unwrap_or_default();
    let before = stored.clone();
    let draft = Draft::new(start, move |draft| draft.parse(before.as_ref()).err());
    let state = draft.state;
    let target = stored.as_ref().map(|stored| (stored.id, stored.version));
    let save = Callback::new(move |()| -> Saving {
        let value = draft.value.get_untracked();
        Box::pin(async move {
            match target {
                Some((id, version)) => credential_update(id, version, value).await.map(drop),
                None => credential_create(value).await.map(drop),
            }
        })
    });
    let kinds = CredentialKind::ALL
        .into_iter()
        .map(|kind| (kind.code().to_owned(), (all.code)(kind.code()).unwrap_or_default().to_owned()))
        .collect();
    let facts = stored.map(facts);
    view! {
        <DraftWindow
            belongs=belongs(is_new)
            state
            name=draft.read(|d| d.name.clone())
            may_change=may(role, Action::CredentialsChange)
            save
        >
            <div class="fields">
                <TextField
                    id="credential-name"
                    label=all.common.name
                    required=true
                    value=draft.read(|d| d.name.clone())
                    on_input=draft.write("name", |d, text| d.name = text)
                    error=state.error("name")
                />
                <SelectField
                    id="credential-kind"
                    label=words.kind
                    options=kinds
                    value=draft.read(|d| d.kind.code().to_owned())
                    on_change=draft
                        .write(
                            "kind",
                            |d, code: String| d.kind = CredentialKind::parse(&code).unwrap_or_default(),
                        )
                    error=state.error("kind")
                />
                <TextField
                    id="credential-user-name"
                    label=words.user_name
                    required=true
                    value=draft.read(|d| d.user_name.clone())
                    on_input=draft.write("user_name", |d, text| d.user_name = text)
                    error=state.error("user_name")
                />
                <TextField
                    id="credential-secret"
                    label=words.secret
                    kind="password"
                    required=is_new
                    autocomplete="new-password"
                    hint=if is_new { words.secret_new } else { words.secret_keep }
                    value=draft.read(|d| d.secret.as_ref().map(|s| s.expose().to_owned()).unwrap_or_default())
                    on_input=draft
                        .write(
                            "secret",
                            |d, text: String| d.secret = (!text.is_empty()).then(|| Secret::new(text)),
                        )
                    error=state.error("secret")
                />
            </div>
            {facts}
        </DraftWindow>
    }
    .into_any()
}

/// Who uses it, and where its secret may go.
fn facts(stored: Credential) -> AnyView {
    let all = use_words();
    let words = &all.credential;
    let used = if stored.used_by.is_empty() { all.common.none.to_owned() } else { stored.used_by.join(", ") };
    let places = if stored.destinations.is_empty() {
        words.bound_text.to_owned()
    } else {
        stored.destinations.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    view! {
        <dl class="facts">
            <dt>{words.used_by}</dt>
            <dd>{used}</dd>
            <dt>{words.bound_to}</dt>
            <dd>{places}</dd>
        </dl>
    }
    .into_any()
}

//! A credential's window: name, kind, user name, what a token is asked for with, and a secret that goes in and never comes out.

mod oauth;

use crate::{
    api::credentials::{credential_create, credential_get, credential_update},
    locales::use_words,
    page::{
        draft::{Draft, Saving},
        editing::{Belongs, Coming, Thing},
        places,
        versions::{Texts, typed},
    },
    ui::field::{SelectField, TextArea, TextField},
};
use domain::{
    Action, CredentialId, FieldErrors, Secret,
    credential::{Credential, CredentialDraft, CredentialKind},
    destination::Destination,
    report::ReportName,
};
use leptos::prelude::*;

impl Thing for Credential {
    type Draft = CredentialDraft;
    type Given = ();

    fn belongs(is_new: bool) -> Belongs {
        let words = &use_words().later().credential;
        let title = if is_new { words.new } else { words.edit };
        Belongs { list: ReportName::Credentials, path: places::CREDENTIALS, title, change: Action::CredentialsChange }
    }

    fn version(&self) -> (i64, i64) {
        (self.id.0, self.version)
    }

    fn given() -> Coming<()> {
        Box::pin(async { Ok(()) })
    }

    fn get(id: i64) -> Coming<Self> {
        Box::pin(credential_get(CredentialId(id)))
    }

    fn save(over: Option<(i64, i64)>, draft: CredentialDraft) -> Saving {
        Box::pin(async move {
            match over {
                Some((id, version)) => credential_update(CredentialId(id), version, draft).await.map(drop),
                None => credential_create(draft).await.map(drop),
            }
        })
    }

    fn check(draft: &CredentialDraft, stored: Option<&Self>) -> Option<FieldErrors> {
        draft.parse(stored).err()
    }

    fn name(draft: &CredentialDraft) -> String {
        draft.name.clone()
    }

    fn texts(d: &CredentialDraft, (): &()) -> Texts {
        let all = use_words();
        let words = &all.later().credential;
        vec![
            (all.common.name, d.name.clone()),
            (words.kind, (all.code)(d.kind.code()).unwrap_or_default().to_owned()),
            (words.user_name, d.user_name.clone()),
            (words.tenant, d.tenant.clone()),
            (words.client_id, d.client_id.clone()),
            (words.token_url, d.token_url.clone()),
            (words.scope, d.scope.clone()),
            (words.grant, (all.code)(d.grant.code()).unwrap_or_default().to_owned()),
            (words.secret, typed(d.secret.as_ref())),
        ]
    }

    fn fields(draft: Draft<CredentialDraft>, stored: RwSignal<Option<Self>>, (): ()) -> AnyView {
        fields(draft, stored)
    }
}

fn fields(draft: Draft<CredentialDraft>, stored: RwSignal<Option<Credential>>) -> AnyView {
    let all = use_words();
    let words = &all.later().credential;
    let state = draft.state;
    let is_new = stored.with_untracked(Option::is_none);
    // What decides which fields there are; as long as it stays the same, so do they.
    let asked = Memo::new(move |_| draft.value.with(|d| (d.kind, d.oauth().refreshes(d.kind))));
    let kinds: Vec<_> = CredentialKind::ALL
        .into_iter()
        .map(|kind| (kind.code().to_owned(), (all.code)(kind.code()).unwrap_or_default().to_owned()))
        .collect();
    view! {
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
                    .write("kind", |d, code: String| d.kind = CredentialKind::parse(&code).unwrap_or_default())
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
            {move || asked.get().0.is_oauth().then(|| oauth::fields(draft, asked.get().0))}
            {move || secret_field(draft, asked.get(), is_new)}
        </div>
        {move || stored.with(|stored| stored.as_ref().map(facts))}
    }
    .into_any()
}

/// A password, a client's secret, a key file or a refresh token.
fn secret_field(draft: Draft<CredentialDraft>, (kind, refreshes): (CredentialKind, bool), is_new: bool) -> AnyView {
    let words = &use_words().later().credential;
    let state = draft.state;
    let hint = if is_new { words.secret_new } else { words.secret_keep };
    let value = draft.read(|d| d.secret.as_ref().map(|s| s.expose().to_owned()).unwrap_or_default());
    let write = draft.write("secret", |d, text: String| d.secret = (!text.is_empty()).then(|| Secret::new(text)));
    if kind == CredentialKind::GoogleServiceAccount {
        return view! {
            <div class="fields-wide">
                <TextArea
                    id="credential-secret"
                    label=words.key_file
                    rows=6
                    required=is_new
                    hint
                    value
                    on_input=write
                    error=state.error("secret")
                />
            </div>
        }
        .into_any();
    }
    let label = match kind {
        CredentialKind::Password => words.secret,
        _ if refreshes => words.refresh_token,
        _ => words.client_secret,
    };
    view! {
        <TextField
            id="credential-secret"
            label
            kind="password"
            required=is_new
            autocomplete="new-password"
            hint
            value
            on_input=write
            error=state.error("secret")
        />
    }
    .into_any()
}

/// Who uses it, and where its secret may go.
fn facts(stored: &Credential) -> AnyView {
    let all = use_words();
    let words = &all.later().credential;
    let used = if stored.used_by.is_empty() { all.common.none.to_owned() } else { stored.used_by.join(", ") };
    let places = if stored.destinations.is_empty() {
        words.bound_text.to_owned()
    } else {
        let say =
            |place: &Destination| place.account().map_or_else(|| place.to_string(), |place| (words.place)(&place));
        stored.destinations.iter().map(say).collect::<Vec<_>>().join("\n")
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

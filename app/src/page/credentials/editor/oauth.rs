//! What a token is asked for with: the fields that a kind of OAuth 2.0 needs.

use crate::{
    locales::use_words,
    page::draft::Draft,
    ui::field::{SelectField, TextField},
};
use domain::{
    Secret,
    credential::{CredentialDraft, CredentialKind, Grant, field},
};
use leptos::prelude::*;

pub fn fields(draft: Draft<CredentialDraft>, kind: CredentialKind) -> AnyView {
    let all = use_words();
    let words = &all.later().credential;
    let state = draft.state;
    let refreshes = Memo::new(move |_| draft.value.with(|d| d.oauth().refreshes(d.kind)));
    let own = kind.usual_token_url().is_empty();
    let usual = if own { "" } else { words.usual_hint };
    let grants: Vec<_> = Grant::ALL
        .into_iter()
        .map(|grant| (grant.code().to_owned(), (all.code)(grant.code()).unwrap_or_default().to_owned()))
        .collect();
    let token_url = draft.read(move |d| {
        let tenant = Some(d.tenant.trim()).filter(|tenant| !tenant.is_empty()).unwrap_or("TENANT");
        kind.usual_token_url().replace("{tenant}", tenant)
    });
    view! {
        <p class="fields-wide field-hint">{(words.kind_text)(kind)}</p>
        {kind
            .has_tenant()
            .then(|| {
                view! {
                    <TextField
                        id="credential-tenant"
                        label=words.tenant
                        hint=words.tenant_hint
                        required=true
                        value=draft.read(|d| d.tenant.clone())
                        on_input=draft.write(field::TENANT, |d, text| d.tenant = text)
                        error=state.error(field::TENANT)
                    />
                }
            })}
        {kind
            .has_client_id()
            .then(|| {
                view! {
                    <TextField
                        id="credential-client-id"
                        label=words.client_id
                        required=true
                        value=draft.read(|d| d.client_id.clone())
                        on_input=draft.write(field::CLIENT_ID, |d, text| d.client_id = text)
                        error=state.error(field::CLIENT_ID)
                    />
                }
            })}
        <TextField
            id="credential-token-url"
            label=words.token_url
            hint=usual
            required=own
            placeholder=token_url
            value=draft.read(|d| d.token_url.clone())
            on_input=draft.write(field::TOKEN_URL, |d, text| d.token_url = text)
            error=state.error(field::TOKEN_URL)
        />
        <TextField
            id="credential-scope"
            label=words.scope
            hint=usual
            placeholder=Signal::stored(kind.usual_scope().to_owned())
            value=draft.read(|d| d.scope.clone())
            on_input=draft.write(field::SCOPE, |d, text| d.scope = text)
            error=state.error(field::SCOPE)
        />
        {kind
            .has_grant()
            .then(|| {
                view! {
                    <SelectField
                        id="credential-grant"
                        label=words.grant
                        options=grants
                        value=draft.read(|d| d.grant.code().to_owned())
                        on_change=draft
                            .write(field::GRANT, |d, code: String| d.grant = Grant::parse(&code).unwrap_or_default())
                        error=state.error(field::GRANT)
                    />
                }
            })}
        {move || {
            refreshes
                .get()
                .then(|| {
                    view! {
                        <TextField
                            id="credential-client-secret"
                            label=words.client_secret
                            kind="password"
                            required=kind == CredentialKind::GoogleRefreshToken
                            autocomplete="new-password"
                            value=draft
                                .read(|d| d.client_secret.as_ref().map(|s| s.expose().to_owned()).unwrap_or_default())
                            on_input=draft
                                .write(
                                    field::CLIENT_SECRET,
                                    |d, text: String| d.client_secret = (!text.is_empty()).then(|| Secret::new(text)),
                                )
                            error=state.error(field::CLIENT_SECRET)
                        />
                    }
                })
        }}
    }
    .into_any()
}

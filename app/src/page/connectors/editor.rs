//! A connector's window: kind, host, port, the credential it asks for.

use super::belongs;
use crate::{
    api::connectors::{connector_create, connector_update},
    locales::use_words,
    page::{
        access::may,
        draft::{Draft, DraftWindow, Saving},
    },
    ui::field::{SelectField, TextField, YesNo},
};
use domain::{
    Action, CredentialId, Role, Secret,
    connector::{Connector, ConnectorDraft, ConnectorKind},
};
use leptos::prelude::*;

#[component]
pub fn Editor(stored: Option<Connector>, credentials: Vec<(String, String)>, role: Role) -> impl IntoView {
    let all = use_words();
    let words = &all.connector;
    let is_new = stored.is_none();
    let draft = Draft::new(stored.as_ref().map(ConnectorDraft::from).unwrap_or_default(), |draft| draft.parse().err());
    let state = draft.state;
    let target = stored.as_ref().map(|stored| (stored.id, stored.version));
    let save = Callback::new(move |()| -> Saving {
        let value = draft.value.get_untracked();
        Box::pin(async move {
            match target {
                Some((id, version)) => connector_update(id, version, value).await.map(drop),
                None => connector_create(value).await.map(drop),
            }
        })
    });
    let kinds = ConnectorKind::ALL
        .into_iter()
        .map(|kind| (kind.code().to_owned(), (all.code)(kind.code()).unwrap_or_default().to_owned()))
        .collect();
    let mut options = vec![(String::new(), all.common.none.to_owned())];
    options.extend(credentials);
    let needs_secret = state.is_refused("secret");
    let asked = RwSignal::new(false);
    Effect::new(move |_| {
        if needs_secret.get() {
            asked.set(true);
        }
    });
    let secret = move || {
        asked.get().then(|| {
            view! {
                <TextField
                    id="connector-secret"
                    label=all.credential.secret
                    kind="password"
                    required=true
                    autocomplete="new-password"
                    hint=words.secret_hint
                    value=draft.read(|d| d.secret.as_ref().map(|s| s.expose().to_owned()).unwrap_or_default())
                    on_input=draft
                        .write(
                            "secret",
                            |d, text: String| d.secret = (!text.is_empty()).then(|| Secret::new(text)),
                        )
                    error=state.error("secret")
                />
            }
        })
    };
    let used_by = stored.map(|stored| stored.used_by).filter(|names| !names.is_empty()).map(|names| {
        view! {
            <dl class="facts">
                <dt>{words.used_by}</dt>
                <dd>{names.join(", ")}</dd>
            </dl>
        }
    });
    view! {
        <DraftWindow
            belongs=belongs(is_new)
            state
            name=draft.read(|d| d.name.clone())
            may_change=may(role, Action::ConnectorsChange)
            save
        >
            <div class="fields">
                <TextField
                    id="connector-name"
                    label=all.common.name
                    required=true
                    value=draft.read(|d| d.name.clone())
                    on_input=draft.write("name", |d, text| d.name = text)
                    error=state.error("name")
                />
                <SelectField
                    id="connector-kind"
                    label=words.kind
                    options=kinds
                    value=draft.read(|d| d.kind.code().to_owned())
                    on_change=draft
                        .write("kind", |d, code: String| d.kind = ConnectorKind::parse(&code).unwrap_or_default())
                    error=state.error("kind")
                />
                <TextField
                    id="connector-host"
                    label=words.host
                    required=true
                    hint=words.host_hint
                    value=draft.read(|d| d.host.clone())
                    on_input=draft.write("host", |d, text| d.host = text)
                    error=state.error("host")
                />
                <TextField
                    id="connector-port"
                    label=words.port
                    numeric=true
                    placeholder=draft.read(|d| d.kind.default_port().to_string())
                    value=draft.read(|d| d.port.clone())
                    on_input=draft.write("port", |d, text| d.port = text)
                    error=state.error("port")
                />
                <SelectField
                    id="connector-credential"
                    label=words.credential
                    hint=words.credential_hint
                    options
                    value=draft.read(|d| d.credential_id.map(|id| id.to_string()).unwrap_or_default())
                    on_change=draft
                        .write(
                            "credential_id",
                            |d, id: String| d.credential_id = id.parse().ok().map(CredentialId),
                        )
                    error=state.error("credential_id")
                />
                <YesNo
                    id="connector-enabled"
                    label=words.enabled
                    value=draft.read(|d| d.enabled)
                    on_change=draft.write("enabled", |d, yes| d.enabled = yes)
                    error=state.error("enabled")
                />
                {secret}
            </div>
            {used_by}
        </DraftWindow>
    }
    .into_any()
}

//! A connector's window: kind, host, port, the credential it asks for.

use crate::{
    api::{
        connectors::{connector_create, connector_get, connector_update},
        reports::report_rows,
    },
    locales::use_words,
    page::{
        draft::{Draft, Saving},
        editing::{Belongs, Coming, Thing},
        places,
        simple::name,
        versions::{Texts, typed, yes_no},
    },
    ui::field::{SelectField, TextField, YesNo},
};
use domain::{
    Action, ConnectorId, CredentialId, FieldErrors, Secret,
    connector::{Connector, ConnectorDraft, ConnectorKind},
    report::ReportName,
};
use leptos::prelude::*;

/// What the drop-down offers: (id, name).
type Credentials = Vec<(String, String)>;

impl Thing for Connector {
    type Draft = ConnectorDraft;
    type Given = Credentials;

    fn belongs(is_new: bool) -> Belongs {
        let words = &use_words().later().connector;
        let title = if is_new { words.new } else { words.edit };
        Belongs { list: ReportName::Connectors, path: places::CONNECTORS, title, change: Action::ConnectorsChange }
    }

    fn version(&self) -> (i64, i64) {
        (self.id.0, self.version)
    }

    fn given() -> Coming<Credentials> {
        Box::pin(async {
            let rows = report_rows(ReportName::Credentials).await?.unwrap_or_default();
            Ok(rows.iter().map(|row| (row.id().to_string(), name(row))).collect())
        })
    }

    fn get(id: i64) -> Coming<Self> {
        Box::pin(connector_get(ConnectorId(id)))
    }

    fn save(over: Option<(i64, i64)>, draft: ConnectorDraft) -> Saving {
        Box::pin(async move {
            match over {
                Some((id, version)) => connector_update(ConnectorId(id), version, draft).await.map(drop),
                None => connector_create(draft).await.map(drop),
            }
        })
    }

    fn check(draft: &ConnectorDraft, _stored: Option<&Self>) -> Option<FieldErrors> {
        draft.parse().err()
    }

    fn name(draft: &ConnectorDraft) -> String {
        draft.name.clone()
    }

    fn texts(d: &ConnectorDraft, credentials: &Credentials) -> Texts {
        let all = use_words();
        let words = &all.later().connector;
        let credential = id_text(d);
        let known = credentials.iter().find(|(id, _)| *id == credential).map(|(_, name)| name.clone());
        vec![
            (all.common.name, d.name.clone()),
            (words.kind, (all.code)(d.kind.code()).unwrap_or_default().to_owned()),
            (words.host, d.host.clone()),
            (words.port, d.port.clone()),
            (words.credential, known.unwrap_or(credential)),
            (words.enabled, yes_no(d.enabled)),
            (all.later().credential.secret, typed(d.secret.as_ref())),
        ]
    }

    fn fields(draft: Draft<ConnectorDraft>, stored: RwSignal<Option<Self>>, credentials: Credentials) -> AnyView {
        fields(draft, stored, credentials)
    }
}

fn id_text(draft: &ConnectorDraft) -> String {
    draft.credential_id.map(|id| id.to_string()).unwrap_or_default()
}

fn fields(draft: Draft<ConnectorDraft>, stored: RwSignal<Option<Connector>>, credentials: Credentials) -> AnyView {
    let all = use_words();
    let words = &all.later().connector;
    let state = draft.state;
    let kinds: Vec<_> = ConnectorKind::ALL
        .into_iter()
        .map(|kind| (kind.code().to_owned(), (all.code)(kind.code()).unwrap_or_default().to_owned()))
        .collect();
    let mut options = vec![(String::new(), all.common.none.to_owned())];
    options.extend(credentials);
    view! {
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
                value=draft.read(id_text)
                on_change=draft
                    .write("credential_id", |d, id: String| d.credential_id = id.parse().ok().map(CredentialId))
                error=state.error("credential_id")
            />
            <YesNo
                id="connector-enabled"
                label=words.enabled
                value=draft.read(|d| d.enabled)
                on_change=draft.write("enabled", |d, yes| d.enabled = yes)
                error=state.error("enabled")
            />
            {secret_again(draft)}
        </div>
        {move || {
            let names = stored.with(|stored| stored.as_ref().map(|stored| stored.used_by.join(", ")));
            names
                .filter(|names| !names.is_empty())
                .map(|names| {
                    view! {
                        <dl class="facts">
                            <dt>{words.used_by}</dt>
                            <dd>{names}</dd>
                        </dl>
                    }
                })
        }}
    }
    .into_any()
}

/// The credential's secret, once the server has asked for it.
fn secret_again(draft: Draft<ConnectorDraft>) -> impl IntoView {
    let all = use_words();
    let state = draft.state;
    let needed = state.is_refused("secret");
    let asked = RwSignal::new(false);
    Effect::new(move |_| {
        if needed.get() {
            asked.set(true);
        }
    });
    move || {
        asked.get().then(|| {
            view! {
                <TextField
                    id="connector-secret"
                    label=all.later().credential.secret
                    kind="password"
                    required=true
                    autocomplete="new-password"
                    hint=all.later().connector.secret_hint
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
    }
}

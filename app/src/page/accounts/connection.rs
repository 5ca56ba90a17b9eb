//! The settings window's second half: how the mail server is reached. What can't work together is said while one types.

use super::{discover::Discover, form::Form, presets::Presets, trust::Trust};
use crate::{
    locales::use_words,
    page::places,
    ui::{
        field::{Choice, SelectField, TextField, YesNo},
        notice::Notice,
    },
};
use domain::{
    ConnectorId, CredentialId, Secret,
    account::{Hint, SecurityType, field, hints},
    provider::unlisted,
};
use leptos::prelude::*;

#[component]
pub fn Connection(form: Form) -> impl IntoView {
    let words = &use_words().later().account;
    let draft = form.draft;
    let placeholder = Signal::derive(move || draft.with(|draft| draft.security().default_port().to_string()));
    let security = Signal::derive(move || draft.with(|draft| draft.security_type.code()));
    let set_security = Callback::new(move |code: &'static str| {
        form.touched(field::SECURITY_TYPE);
        draft.update(|draft| draft.security_type = SecurityType::parse(code).unwrap_or_default());
    });
    let insecure = Signal::derive(move || draft.with(|draft| !draft.secure));
    view! {
        <h3 class="section-title" id="server-section">
            {words.server}
        </h3>
        <div class="fields" role="group" aria-labelledby="server-section">
            <TextField
                id="account-host"
                label=words.host
                required=true
                value=form.text(|d| &mut d.host)
                on_input=form.set_text(field::HOST, |d| &mut d.host)
                error=form.error(field::HOST)
            />
            <TextField
                id="account-port"
                label=words.port
                numeric=true
                hint=words.port_hint
                placeholder
                value=form.text(|d| &mut d.port)
                on_input=form.set_text(field::PORT, |d| &mut d.port)
                error=form.error(field::PORT)
            />
            <Presets form />
            <Discover form />
            <YesNo
                id="account-secure"
                label=words.secure
                value=form.flag(|d| &mut d.secure)
                on_change=form.set_flag("secure", |d| &mut d.secure)
            />
            <div class="field">
                <Choice
                    id="account-security-type"
                    label=words.security_type
                    options=vec![("tls", words.tls), ("ssl", words.ssl)]
                    value=security
                    on_change=set_security
                    error=form.error(field::SECURITY_TYPE)
                    disabled=insecure
                />
                <p class="field-hint">{words.tls_hint}</p>
                <p class="field-hint">{words.ssl_hint}</p>
            </div>
            <Hints form />
            <YesNo
                id="account-authentication"
                label=words.authentication
                value=form.flag(|d| &mut d.authentication)
                on_change=form.set_flag("authentication", |d| &mut d.authentication)
            />
            <Credentials form />
            <SecretAgain form />
            <div class="fields-wide">
                <YesNo
                    id="account-ignore-certificate"
                    label=words.ignore_certificate
                    hint=words.ignore_hint
                    value=form.flag(|d| &mut d.ignore_certificate_errors)
                    on_change=form.set_flag("ignore_certificate_errors", |d| &mut d.ignore_certificate_errors)
                />
            </div>
            <Trust form />
            <YesNo
                id="account-use-connector"
                label=words.use_connector
                value=form.flag(|d| &mut d.use_connector)
                on_change=form.set_flag("use_connector", |d| &mut d.use_connector)
            />
            <Connectors form />
        </div>
    }
    .into_any()
}

/// What `domain` remarks on the draft, as it changes.
#[component]
fn Hints(form: Form) -> impl IntoView {
    let words = use_words();
    let all = Memo::new(move |_| form.draft.with(hints));
    let unlisted = Memo::new(move |_| form.draft.with(unlisted));
    view! {
        <div class="fields-wide hints" aria-live="polite">
            {move || {
                unlisted
                    .get()
                    .map(|(provider, chosen)| {
                        view! {
                            <Notice kind="warning">
                                <p>{(words.later().preset.unlisted)(provider, chosen)}</p>
                            </Notice>
                        }
                    })
            }}
            {move || {
                all.get()
                    .into_iter()
                    .map(|hint| {
                        let kind = match hint {
                            Hint::PasswordInClear | Hint::CertificateIgnored => "danger",
                            _ => "warning",
                        };
                        view! {
                            <Notice kind>
                                <p>{(words.later().hint)(hint)}</p>
                            </Notice>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Credentials(form: Form) -> impl IntoView {
    let words = &use_words().later().account;
    let draft = form.draft;
    let chosen = Memo::new(move |_| draft.with(|draft| draft.credential_id.map(|id| id.0)));
    let known = Signal::derive(move || {
        let label = |c: &domain::credential::Credential| (c.id.0, format!("{} ({})", c.name, c.user_name));
        form.choices.with(|choices| choices.credentials.iter().map(label).collect::<Vec<_>>())
    });
    let set = Callback::new(move |text: String| {
        form.touched(field::CREDENTIAL);
        form.touched(field::SECRET);
        draft.update(|draft| {
            draft.credential_id = text.parse().ok().map(CredentialId);
            draft.secret = None;
        });
    });
    view! {
        <div class="field">
            <SelectField
                id="account-credential"
                label=words.credential
                options=options(known, chosen)
                value=Signal::derive(move || id_text(chosen.get()))
                on_change=set
                error=form.error(field::CREDENTIAL)
                disabled=Signal::derive(move || draft.with(|draft| !draft.authentication))
            />
            {move || {
                let none = form.choices.with(|choices| choices.credentials.is_empty());
                none.then(|| missing(words.no_credentials, places::CREDENTIALS, words.new_credential))
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Connectors(form: Form) -> impl IntoView {
    let words = &use_words().later().account;
    let draft = form.draft;
    let chosen = Memo::new(move |_| draft.with(|draft| draft.connector_id.map(|id| id.0)));
    let known = Signal::derive(move || {
        let label = |c: &domain::connector::Connector| {
            let name = c.settings.name.as_str();
            (c.id.0, if c.settings.enabled { name.to_owned() } else { (words.connector_disabled)(name) })
        };
        form.choices.with(|choices| choices.connectors.iter().map(label).collect::<Vec<_>>())
    });
    let set = Callback::new(move |text: String| {
        form.touched(field::CONNECTOR);
        draft.update(|draft| draft.connector_id = text.parse().ok().map(ConnectorId));
    });
    view! {
        <div class="field">
            <SelectField
                id="account-connector"
                label=words.connector
                options=options(known, chosen)
                value=Signal::derive(move || id_text(chosen.get()))
                on_change=set
                error=form.error(field::CONNECTOR)
                disabled=Signal::derive(move || draft.with(|draft| !draft.use_connector))
            />
            {move || {
                let none = form.choices.with(|choices| choices.connectors.is_empty());
                none.then(|| missing(words.no_connectors, places::CONNECTORS, words.new_connector))
            }}
        </div>
    }
    .into_any()
}

/// The credential's secret, where this place has not had it before.
#[component]
fn SecretAgain(form: Form) -> impl IntoView {
    let words = &use_words().later().account;
    let needed = form.needs_secret();
    let value = Signal::derive(move || {
        form.draft.with(|draft| draft.secret.as_ref().map(|s| s.expose().to_owned()).unwrap_or_default())
    });
    let set = Callback::new(move |text: String| {
        form.touched(field::SECRET);
        form.draft.update(|draft| draft.secret = (!text.is_empty()).then(|| Secret::new(text)));
    });
    view! {
        {move || {
            needed
                .get()
                .then(|| {
                    view! {
                        <div class="fields-wide">
                            <TextField
                                id="account-secret"
                                label=words.secret
                                kind="password"
                                required=true
                                autocomplete="new-password"
                                hint=words.secret_hint
                                value
                                on_input=set
                                error=form.error(field::SECRET)
                            />
                        </div>
                    }
                })
        }}
    }
    .into_any()
}

/// Choose… first, and what is chosen even where it is not there any more.
fn options(known: Signal<Vec<(i64, String)>>, chosen: Memo<Option<i64>>) -> Signal<Vec<(String, String)>> {
    let words = &use_words().common;
    let all = Memo::new(move |_| {
        let known = known.get();
        let gone = chosen.get().filter(|id| known.iter().all(|(other, _)| other != id));
        let mut all = vec![(String::new(), words.choose.to_owned())];
        all.extend(known.into_iter().map(|(id, label)| (id.to_string(), label)));
        all.extend(gone.map(|id| (id.to_string(), (words.unknown_option)(id))));
        all
    });
    all.into()
}

fn id_text(id: Option<i64>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn missing(text: &'static str, list: &'static str, link: &'static str) -> AnyView {
    view! {
        <p class="field-hint">
            {text} " " <a class="link" href=places::new(list)>
                {link}
            </a>
        </p>
    }
    .into_any()
}

//! Parameters: what holds for the whole product.

mod embedding;

use self::embedding::Embedding;
use super::access::{may, role};
use crate::{
    api::{
        parameters::{parameters_get, parameters_update},
        schedules::schedule_choices,
    },
    locales::use_words,
    ui::{
        browser,
        button::Submit,
        field::{SelectField, TextArea, TextField},
        leave::Leave,
        notice::{Notice, Skeleton},
        toast::use_toasts,
    },
};
use domain::{AccountId, Action, Failure, FieldError, parameters};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub fn Parameters() -> impl IntoView {
    let words = use_words();
    let stored = Resource::new_blocking(|| (), |()| parameters_get());
    let choices = Resource::new_blocking(|| (), |()| schedule_choices());
    view! {
        <header class="page-head">
            <h1>{words.later().parameters.title}</h1>
        </header>
        <Suspense fallback=move || view! { <Skeleton label=words.common.loading lines=3 /> }>
            {move || Suspend::new(async move {
                let may_change = may(role().await, Action::ParametersChange);
                match stored.await {
                    Ok(stored) => {
                        // Without them the page is as good, but for one drop-down.
                        let accounts = choices.await.map(|choices| choices.accounts).unwrap_or_default();
                        view! { <Form stored may_change accounts /> }.into_any()
                    }
                    Err(failure) => {
                        view! {
                            <Notice kind="danger" alert=true>
                                <p>{(words.failure)(&failure.0)}</p>
                            </Notice>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
        <Suspense>
            {move || Suspend::new(async move {
                may(role().await, Action::ParametersChange).then(|| view! { <Embedding /> })
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Form(stored: parameters::Parameters, may_change: bool, accounts: Vec<(AccountId, String)>) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let start = RwSignal::new(stored.clone());
    let draft = RwSignal::new(stored);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let refused = RwSignal::new(Vec::<FieldError>::new());
    let dirty = Signal::derive(move || draft.with(|draft| start.with(|start| draft != start)));
    let error = move |field: &'static str| {
        Signal::derive(move || {
            let of = |all: &[FieldError]| all.iter().find(|error| error.field == field).map(words.field_error);
            let wrong = draft.with(|draft| draft.check().err().and_then(|errors| of(&errors.0)));
            wrong.or_else(|| refused.with(|all| of(all)))
        })
    };
    let left = move || {
        let used = draft.with(|draft| draft.footer.chars().count());
        (words.later().parameters.left)(parameters::Parameters::MAX_FOOTER_CHARS.saturating_sub(used))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if draft.with_untracked(|draft| draft.check().is_err()) {
            browser::focus("#content [aria-invalid=true]");
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let sent = draft.get_untracked();
            let answer = parameters_update(sent.clone()).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    start.try_set(sent);
                    toasts.good(words.later().parameters.saved.to_owned());
                }
                Err(sorry) => match sorry.0 {
                    Failure::Invalid { errors } => drop(refused.try_set(errors.0)),
                    other => drop(failure.try_set(Some(other))),
                },
            }
        });
    };
    let set = move |of: fn(&mut parameters::Parameters, String)| {
        Callback::new(move |text: String| {
            refused.set(Vec::new());
            draft.update(|draft| of(draft, text));
        })
    };
    // As typed: what is no number is kept in sight and refused as 0 days.
    let days = RwSignal::new(draft.with_untracked(|draft| draft.retention_days.to_string()));
    let set_days = Callback::new(move |text: String| {
        refused.set(Vec::new());
        draft.update(|draft| draft.retention_days = text.trim().parse().unwrap_or_default());
        days.set(text);
    });
    let hours = RwSignal::new(
        draft.with_untracked(|draft| draft.health_hours.map(|hours| hours.to_string()).unwrap_or_default()),
    );
    let set_hours = Callback::new(move |text: String| {
        refused.set(Vec::new());
        let typed = Some(text.trim()).filter(|text| !text.is_empty());
        draft.update(|draft| draft.health_hours = typed.map(|text| text.parse().unwrap_or_default()));
        hours.set(text);
    });
    let w = &words.later().parameters;
    let mut options = vec![(String::new(), w.health_default.to_owned())];
    options.extend(accounts.into_iter().map(|(id, name)| (id.to_string(), name)));
    let disabled = Signal::stored(!may_change);
    view! {
        <form class="panel fields-stack" novalidate autocomplete="off" on:submit=submit>
            {(!may_change)
                .then(|| {
                    view! {
                        <Notice kind="info">
                            <p>{words.common.read_only}</p>
                        </Notice>
                    }
                })}
            {move || {
                failure
                    .get()
                    .map(|failure| {
                        view! {
                            <Notice kind="danger" alert=true>
                                <p>{(words.failure)(&failure)}</p>
                            </Notice>
                        }
                    })
            }}
            <TextArea
                id="footer"
                label=w.footer
                hint=w.footer_hint
                rows=6
                value=Signal::derive(move || draft.with(|draft| draft.footer.clone()))
                on_input=set(|draft, text| draft.footer = text)
                error=error("footer")
                disabled
            />
            <p class="field-hint">{left}</p>
            <TextArea
                id="footer-html"
                label=w.footer_html
                hint=w.footer_html_hint
                rows=6
                value=Signal::derive(move || draft.with(|draft| draft.footer_html.clone()))
                on_input=set(|draft, text| draft.footer_html = text)
                error=error("footer_html")
                disabled
            />
            <TextField
                id="retention-days"
                label=w.retention
                hint=w.retention_hint
                numeric=true
                value=days
                on_input=set_days
                error=error("retention_days")
                disabled
            />
            <h2 class="section-title">{w.health}</h2>
            <p class="field-hint">{w.health_text}</p>
            <TextField
                id="health-hours"
                label=w.health_hours
                hint=w.health_hours_hint
                numeric=true
                value=hours
                on_input=set_hours
                error=error("health_hours")
                disabled
            />
            <TextArea
                id="health-recipients"
                label=w.health_recipients
                hint=w.health_recipients_hint
                rows=3
                value=Signal::derive(move || draft.with(|draft| draft.health_recipients.clone()))
                on_input=set(|draft, text| draft.health_recipients = text)
                error=error("health_recipients")
                disabled
            />
            <SelectField
                id="health-account"
                label=w.health_account
                hint=w.health_account_hint
                options=options
                value=Signal::derive(move || {
                    draft.with(|draft| draft.health_account_id.map(|id| id.to_string()).unwrap_or_default())
                })
                on_change=set(|draft, id| draft.health_account_id = id.parse().ok().map(AccountId))
                error=error("health_account_id")
                disabled
            />
            {may_change
                .then(|| {
                    view! {
                        <div class="panel-foot">
                            <Submit label=words.common.save busy_label=words.common.saving busy />
                        </div>
                    }
                })}
        </form>
        <Leave dirty />
    }
    .into_any()
}

//! Parameters: what holds for the whole product.

use super::access::{may, role};
use crate::{
    api::parameters::{parameters_get, parameters_update},
    locales::use_words,
    ui::{
        browser,
        button::Submit,
        field::{TextArea, TextField},
        leave::Leave,
        notice::{Notice, Skeleton},
        toast::use_toasts,
    },
};
use domain::{Action, Failure, FieldError, parameters};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub fn Parameters() -> impl IntoView {
    let words = use_words();
    let stored = Resource::new_blocking(|| (), |()| parameters_get());
    view! {
        <header class="page-head">
            <h1>{words.later().parameters.title}</h1>
        </header>
        <Suspense fallback=move || view! { <Skeleton label=words.common.loading lines=3 /> }>
            {move || Suspend::new(async move {
                let may_change = may(role().await, Action::ParametersChange);
                match stored.await {
                    Ok(stored) => view! { <Form stored may_change /> }.into_any(),
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
    }
    .into_any()
}

#[component]
fn Form(stored: parameters::Parameters, may_change: bool) -> impl IntoView {
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
    let w = &words.later().parameters;
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

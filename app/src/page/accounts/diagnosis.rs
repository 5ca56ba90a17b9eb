//! How a test ended: what happened, why, what to do, and buttons that fill the settings window with what would help.

use super::{steps::Progress, trust};
use crate::{
    api::words::diagnosis_explain,
    locales::use_words,
    ui::{browser, button::Button, notice::Notice, toast::use_toasts},
};
use domain::{
    account::Proposal,
    diagnosis::{Diagnosis, Explanation, Remedy},
    session_test::TestDone,
};
use leptos::{prelude::*, task::spawn_local};
use words::{Language, diagnosis::remedy};

/// `apply` is there where somebody may change the account.
#[component]
pub fn End(done: TestDone, progress: RwSignal<Option<Progress>>, apply: Option<Callback<Proposal>>) -> impl IntoView {
    let words = use_words();
    let w = &words.later().test;
    let code = done.outcome.code();
    let kind = match code {
        "delivered" | "passed" => "success",
        "failed" => "danger",
        _ => "warning",
    };
    let reached = if done.outcome.is_good() { None } else { done.stage };
    let from_diagnosis = done.diagnosis.as_ref().map(|d| d.reply.clone()).filter(|reply| !reply.is_empty());
    let reply = from_diagnosis.or_else(|| Some(done.reply.clone()).filter(|reply| !reply.is_empty()));
    let why = done.diagnosis.map(|diagnosis| view! { <Why diagnosis apply /> });
    view! {
        <div class="outcome" role="status" data-outcome=code>
            <Notice kind>
                <p>
                    <strong>{(words.later().outcome)(done.outcome)}</strong>
                    " · "
                    {(words.row.ms)(done.ms)}
                </p>
                <p>{(w.outcome_text)(code)}</p>
                {reached.map(|step| view! { <p>{(w.reached)((words.later().step)(step))}</p> })}
                {why}
                {reply
                    .map(|reply| {
                        view! {
                            <p>{w.reply}</p>
                            <pre class="reply">{reply}</pre>
                        }
                    })}
            </Notice>
            <div class="outcome-actions">
                <CopyTranscript progress />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Why(diagnosis: Diagnosis, apply: Option<Callback<Proposal>>) -> impl IntoView {
    let words = use_words();
    let w = &words.later().test;
    let code = diagnosis.code.clone();
    let plain = || Explanation {
        language: words.language.tag().to_owned(),
        happened: (words.later().diagnosis)(&diagnosis),
        why: Vec::new(),
        advice: Vec::new(),
    };
    let explained = RwSignal::new(diagnosis.explanation.clone().unwrap_or_else(plain));
    let language = Memo::new(move |_| explained.with(|explained| Language::parse(&explained.language)));
    let list = move |title: &'static str, of: fn(&Explanation) -> &Vec<String>| {
        let texts = explained.with(|explained| of(explained).clone());
        (!texts.is_empty()).then(|| {
            let items = texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
            view! {
                <h3>{title}</h3>
                <ul>{items}</ul>
            }
        })
    };
    let of = diagnosis.clone();
    // A remedy that trusts something asks first.
    let asked = RwSignal::new(None::<Remedy>);
    let question = move || {
        let (remedy, apply) = (asked.get()?, apply?);
        let shown = remedy.certificate.as_deref().cloned()?;
        Some(trust::confirm(&remedy, shown, apply, Callback::new(move |()| asked.set(None))))
    };
    let remedies = move || {
        let label = language.get().unwrap_or(words.language);
        let apply = apply?;
        let buttons = of.remedies.iter().map(|one| {
            let of = one.clone();
            let press = Callback::new(move |()| match &of.certificate {
                Some(_) => asked.set(Some(of.clone())),
                None => apply.run(of.proposal.clone()),
            });
            view! { <Button label=remedy(label, one) on_click=press /> }
        });
        (!of.remedies.is_empty()).then(|| view! { <div class="remedies">{buttons.collect_view()}</div> })
    };
    let in_words = diagnosis.clone();
    let languages = Language::ALL.map(|other| {
        let diagnosis = in_words.clone();
        let choose = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            let diagnosis = Diagnosis { explanation: None, ..diagnosis.clone() };
            spawn_local(async move {
                if let Ok(explanation) = diagnosis_explain(other.tag().to_owned(), diagnosis).await {
                    explained.try_set(explanation);
                }
            });
        };
        let pressed = move || if language.get() == Some(other) { "true" } else { "false" };
        view! {
            <button type="button" class="language" lang=other.tag() aria-pressed=pressed on:click=choose>
                {other.name()}
            </button>
        }
    });
    view! {
        <div class="diagnosis" lang=move || explained.with(|explained| explained.language.clone())>
            <p class="happened" data-diagnosis=code>
                {move || explained.with(|explained| explained.happened.clone())}
            </p>
            {move || list(w.why, |explained| &explained.why)}
            {move || list(w.advice, |explained| &explained.advice)}
            {remedies}
            {question}
            <p class="field-hint">{(w.class)(diagnosis.class.code())}</p>
            <div class="languages" role="group" aria-label=w.language>
                {languages}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn CopyTranscript(progress: RwSignal<Option<Progress>>) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let copy = Callback::new(move |()| {
        let text = progress.with_untracked(|progress| progress.as_ref().map(Progress::transcript).unwrap_or_default());
        spawn_local(async move {
            if browser::copy(&text).await {
                toasts.good(words.later().test.copied.to_owned());
            } else {
                toasts.bad(words.later().test.not_copied.to_owned());
            }
        });
    });
    view! { <Button label=words.later().test.copy_transcript on_click=copy variant="quiet" /> }.into_any()
}

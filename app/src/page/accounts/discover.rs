//! **Find settings**: asks the sender's domain, on request alone, and offers what it proposes. What is found is looked at
//! before it is used; nothing is filled in by itself.

use super::form::Form;
use crate::{
    api::accounts::discover,
    locales::use_words,
    ui::{browser, button::Button, notice::Notice, work::Work},
};
use domain::{
    EmailAddress, Failure,
    account::field,
    discovery::{Discovery, Found},
};
use leptos::prelude::*;

/// Where the keyboard goes once the button is gone that was pressed.
const REGION: &str = "#account-discovery";

#[derive(Clone, PartialEq)]
enum State {
    Idle,
    /// The sender's address comes first.
    NoSender,
    /// This domain is being asked.
    Asking(String),
    Told(String, Discovery),
    Failed(Failure),
}

#[component]
pub fn Discover(form: Form) -> impl IntoView {
    let words = &use_words().later().discover;
    let state = RwSignal::new(State::Idle);
    let work = Work::here();
    let find = Callback::new(move |()| {
        let sender = form.draft.with_untracked(|draft| draft.sender.clone());
        let Ok(sender) = EmailAddress::parse(&sender) else {
            state.set(State::NoSender);
            browser::focus_soon("#account-sender");
            return;
        };
        let domain = sender.domain_ascii().to_owned();
        state.set(State::Asking(domain.clone()));
        browser::focus_soon(REGION);
        work.start(async move {
            let answer = discover(sender.as_str().to_owned()).await;
            state.try_set(match answer {
                Ok(told) => State::Told(domain, told),
                Err(failure) => State::Failed(failure.0),
            });
        });
    });
    let cancel = Callback::new(move |()| {
        work.give_up();
        state.set(State::Idle);
        browser::focus_soon("#account-host");
    });
    let asking = Signal::derive(move || state.with(|state| matches!(state, State::Asking(_))));
    let shown = move || match state.get() {
        State::Idle => None,
        State::NoSender => Some(remark("info", words.sender_first.to_owned())),
        State::Asking(domain) => Some(waiting((words.asking)(&domain), cancel)),
        State::Failed(failure) => Some(remark("danger", (use_words().failure)(&failure))),
        State::Told(domain, told) => Some(results(form, &domain, told)),
    };
    view! {
        <div class="fields-wide preset">
            <div class="discover">
                <Button label=words.find on_click=find disabled=asking />
                <p class="field-hint">{words.find_hint}</p>
            </div>
            <div class="hints" id="account-discovery" tabindex="-1" aria-live="polite" aria-busy=move || asking.get().then_some("true")>
                {shown}
            </div>
        </div>
    }
    .into_any()
}

fn remark(kind: &'static str, text: String) -> AnyView {
    view! {
        <Notice kind>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}

fn waiting(text: String, cancel: Callback<()>) -> AnyView {
    view! {
        <Notice kind="info">
            <p>{text}</p>
            <div class="notice-buttons">
                <Button label=use_words().later().discover.stop on_click=cancel />
            </div>
        </Notice>
    }
    .into_any()
}

/// What was found, each with its button; then who did not answer.
fn results(form: Form, domain: &str, told: Discovery) -> AnyView {
    let words = &use_words().later().discover;
    let is_empty = told.found.is_empty();
    let found = told.found.into_iter().map(|found| proposal(form, domain, found)).collect_view();
    let mut codes: Vec<_> = told.silent.iter().map(|silent| silent.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let silent = codes.iter().map(|code| remark("warning", (words.silent)(code).to_owned())).collect_view();
    let nothing = (is_empty && told.silent.is_empty()).then(|| remark("info", (words.nothing)(domain)));
    view! { {found} {silent} {nothing} }.into_any()
}

fn proposal(form: Form, domain: &str, found: Found) -> AnyView {
    let words = &use_words().later().discover;
    let (text, label) = ((words.found)(&found), (words.use_it)(&found));
    let outside = found.outside.then(|| (words.outside)(domain));
    let settings = found.settings;
    let holds = {
        let settings = settings.clone();
        Memo::new(move |_| form.draft.with(|draft| settings.holds(draft)))
    };
    let fill = Callback::new(move |()| {
        for field in [field::HOST, field::PORT, field::SECURITY_TYPE] {
            form.touched(field);
        }
        form.draft.update(|draft| settings.apply(draft));
        browser::focus_soon(REGION);
    });
    view! {
        <Notice kind=if outside.is_some() { "warning" } else { "info" }>
            <p>{text}</p>
            {outside.map(|text| view! { <p>{text}</p> })}
            {move || {
                if holds.get() {
                    view! { <p class="field-hint">{words.in_use}</p> }.into_any()
                } else {
                    let label = label.clone();
                    view! {
                        <div class="notice-buttons">
                            <Button label on_click=fill />
                        </div>
                    }
                        .into_any()
                }
            }}
        </Notice>
    }
    .into_any()
}

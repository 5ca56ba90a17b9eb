//! Will it arrive?: asks where mail leaves from and which keys sign it, has the sender looked at, shows what was found.
//! Canceling, closing or leaving ends the look.

use super::findings::Findings;
use crate::{
    api::{accounts::account_get, arrival::arrival_check},
    locales::use_words,
    page::{
        access::{may, role},
        list::closer,
        places,
    },
    ui::{
        browser,
        button::{Button, Submit},
        field::{TextArea, TextField},
        notice::Notice,
        window::{Window, WindowWait},
        work::Work,
    },
};
use domain::{
    AccountId, Action, Failure, FieldError,
    arrival::{ArrivalDraft, ToldReport},
    report::ReportName,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Arrives with the first look.
pub fn arrival_window(id: i64) -> AnyView {
    view! { <Arrival id=AccountId(id) /> }.into_any()
}

#[component]
fn Arrival(id: AccountId) -> impl IntoView {
    let words = use_words();
    let account = Resource::new_blocking(move || id, account_get);
    let close = closer(ReportName::Accounts, places::ACCOUNTS);
    let title = words.row.arrival;
    let sorry = move |text: String| {
        view! {
            <Window id="arrival" title close>
                <div class="window-body">
                    <Notice kind="danger" alert=true>
                        <p>{text}</p>
                    </Notice>
                </div>
            </Window>
        }
        .into_any()
    };
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let allowed = may(role().await, Action::AccountsTest);
                match account.await {
                    Ok(_) if !allowed => sorry(words.later().arrival.operators_only.to_owned()),
                    Ok(account) => {
                        let subtitle = format!("{} · {}", account.settings.name, account.settings.sender);
                        view! { <ArrivalWindow id subtitle close /> }.into_any()
                    }
                    Err(failure) => sorry((words.failure)(&failure.0)),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// What stands below the fields.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Nothing,
    Looking,
    Canceled,
    Failed(Failure),
    Found(Box<ToldReport>),
}

/// The window's state; a handle that is copied freely.
#[derive(Clone, Copy)]
struct Looking {
    draft: RwSignal<ArrivalDraft>,
    errors: RwSignal<Vec<FieldError>>,
    /// Whether somebody has tried: from then on, errors follow the typing.
    checked: RwSignal<bool>,
    shown: RwSignal<Shown>,
    work: Work,
}

#[component]
fn ArrivalWindow(id: AccountId, subtitle: String, close: Callback<()>) -> impl IntoView {
    let words = use_words();
    let w = &words.later().arrival;
    let state = Looking {
        draft: RwSignal::new(ArrivalDraft::default()),
        errors: RwSignal::new(Vec::new()),
        checked: RwSignal::new(false),
        shown: RwSignal::new(Shown::Nothing),
        work: Work::here(),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.start(id);
    };
    let value = move |of: fn(&ArrivalDraft) -> &String| Signal::derive(move || state.draft.with(|d| of(d).clone()));
    let set = move |of: fn(&mut ArrivalDraft) -> &mut String| {
        Callback::new(move |text: String| {
            state.draft.update(|draft| *of(draft) = text);
            if state.checked.get_untracked() {
                state.check();
            }
        })
    };
    view! {
        <Window id="arrival" title=words.row.arrival subtitle close>
            <form novalidate autocomplete="off" on:submit=submit>
                <div class="window-body">
                    <p class="arrival-intro">{w.intro}</p>
                    <div class="fields">
                        <TextField
                            id="arrival-selectors"
                            label=w.selectors
                            hint=w.selectors_hint
                            value=value(|d| &d.selectors)
                            on_input=set(|d| &mut d.selectors)
                            error=state.error("selectors")
                        />
                        <TextField
                            id="arrival-addresses"
                            label=w.addresses
                            hint=w.addresses_hint
                            value=value(|d| &d.sending_addresses)
                            on_input=set(|d| &mut d.sending_addresses)
                            error=state.error("sending_addresses")
                        />
                    </div>
                    <details class="arrival-copy">
                        <summary>{w.copy_fold}</summary>
                        <TextArea
                            id="arrival-copy"
                            label=w.copy
                            hint=w.copy_hint
                            value=value(|d| &d.returned_copy)
                            on_input=set(|d| &mut d.returned_copy)
                            error=state.error("returned_copy")
                        />
                    </details>
                    {move || shown(state.shown.get())}
                </div>
                <footer class="window-foot">{foot(state)}</footer>
            </form>
        </Window>
    }
    .into_any()
}

fn shown(shown: Shown) -> AnyView {
    let words = use_words();
    let w = &words.later().arrival;
    match shown {
        Shown::Nothing => ().into_any(),
        Shown::Looking => view! { <p class="looking" role="status">{w.checking}</p> }.into_any(),
        Shown::Canceled => view! {
            <Notice kind="info" alert=true>
                <p>{w.canceled}</p>
            </Notice>
        }
        .into_any(),
        Shown::Failed(failure) => view! {
            <Notice kind="danger" alert=true>
                <p>{(words.failure)(&failure)}</p>
            </Notice>
        }
        .into_any(),
        Shown::Found(report) => view! { <Findings report=*report /> }.into_any(),
    }
}

/// Check; Cancel while a look is under way.
fn foot(state: Looking) -> AnyView {
    let words = use_words();
    let w = &words.later().arrival;
    let busy = Memo::new(move |_| state.shown.with(|shown| *shown == Shown::Looking));
    let again = Memo::new(move |_| state.shown.with(|shown| matches!(shown, Shown::Found(_))));
    view! {
        {move || {
            if busy.get() {
                let cancel = Callback::new(move |()| state.cancel());
                view! { <Button label=words.common.cancel on_click=cancel /> }.into_any()
            } else {
                let label = if again.get() { w.check_again } else { w.check };
                view! { <Submit label /> }.into_any()
            }
        }}
    }
    .into_any()
}

impl Looking {
    fn check(self) -> bool {
        self.checked.set(true);
        let errors = self.draft.with_untracked(|draft| draft.parse().err().map(|errors| errors.0).unwrap_or_default());
        let good = errors.is_empty();
        self.errors.set(errors);
        good
    }

    fn error(self, field: &'static str) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            self.errors.with(|all| all.iter().find(|error| error.field == field).map(words.field_error))
        })
    }

    fn start(self, id: AccountId) {
        if self.shown.with_untracked(|shown| *shown == Shown::Looking) {
            return;
        }
        if !self.check() {
            browser::focus_soon("dialog:modal [aria-invalid=true]");
            return;
        }
        self.shown.set(Shown::Looking);
        let draft = self.draft.get_untracked();
        let language = use_words().language.tag().to_owned();
        self.work.start(async move {
            let answer = arrival_check(id, draft, language).await;
            self.end(answer.map_err(|failure| failure.0));
        });
        browser::focus_soon("dialog:modal .window-foot button");
    }

    fn end(self, answer: Result<ToldReport, Failure>) {
        let shown = match answer {
            Ok(report) => Shown::Found(Box::new(report)),
            Err(Failure::Invalid { errors }) => {
                self.errors.try_set(errors.0);
                self.shown.try_set(Shown::Nothing);
                browser::focus_soon("dialog:modal [aria-invalid=true]");
                return;
            }
            Err(failure) => Shown::Failed(failure),
        };
        self.shown.try_set(shown);
        browser::focus_soon("dialog:modal .window-body .notice");
    }

    fn cancel(self) {
        self.work.give_up();
        self.shown.set(Shown::Canceled);
        browser::focus_soon("dialog:modal .window-foot button");
    }
}

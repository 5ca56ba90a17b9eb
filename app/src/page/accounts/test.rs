//! Test Email - Account: asks for a recipient, runs the test, shows each step as it happens. Closing ends the session.

use super::{
    diagnosis::End,
    proposed::use_proposed,
    steps::{Progress, Steps},
};
use crate::{
    api::{
        accounts::account_get,
        test_stream::{TestTarget, run},
    },
    locales::use_words,
    page::{
        access::{may, role},
        list::closer,
        places,
        recipient::use_last_recipient,
    },
    portal,
    ui::{
        browser,
        button::{Button, Submit},
        field::{TextArea, TextField},
        notice::Notice,
        report::use_refresh,
        window::{Window, WindowWait},
    },
};
use domain::{
    AccountId, Action, Failure, FieldError,
    account::Proposal,
    portal::ToPortal,
    report::ReportName,
    session_test::{TestDraft, TestEvent, TestMode},
};
use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::*,
    task::spawn_local,
};
use send_wrapper::SendWrapper;
use web_sys::AbortController;

// It may lie over the settings' window.
const WRONG: &str = "[aria-labelledby=test-title] [aria-invalid=true]";
// Cancel while a test runs, and Send again if it has ended by then.
const BUTTON: &str = "[aria-labelledby=test-title] .window-foot :is([type=submit], button:only-child)";
const SEND: &str = "[aria-labelledby=test-title] .window-foot [type=submit]";
const OUTCOME: &str = "[aria-labelledby=test-title] .outcome";

/// Arrives with the first test.
pub fn test_window(id: i64) -> AnyView {
    view! { <AccountTest id=AccountId(id) /> }.into_any()
}

#[component]
fn AccountTest(id: AccountId) -> impl IntoView {
    let words = use_words();
    let account = Resource::new_blocking(move || id, account_get);
    let close = closer(ReportName::Accounts, places::ACCOUNTS);
    let title = words.later().test.window;
    let sorry = move |text: String| {
        view! {
            <Window id="test" title close>
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
                let may_change = may(role().await, Action::AccountsChange);
                match account.await {
                    Ok(_) if !allowed => sorry(words.later().test.operators_only.to_owned()),
                    Ok(account) => {
                        let name = account.settings.name.to_string();
                        let apply = may_change.then(|| use_proposed().opener(account.id));
                        view! { <TestWindow target=TestTarget::Saved(account.id) name close apply /> }.into_any()
                    }
                    Err(failure) => sorry((words.failure)(&failure.0)),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The window's state; a handle that is copied freely.
#[derive(Clone, Copy)]
struct Running {
    draft: RwSignal<TestDraft>,
    errors: RwSignal<Vec<FieldError>>,
    checked: RwSignal<bool>,
    progress: RwSignal<Option<Progress>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    abort: StoredValue<Option<SendWrapper<AbortController>>>,
}

#[component]
pub fn TestWindow(
    target: TestTarget,
    name: String,
    close: Callback<()>,
    /// What a remedy does, for those who may change the account.
    apply: Option<Callback<Proposal>>,
) -> impl IntoView {
    let words = use_words();
    let w = &words.later().test;
    let draft = TestDraft {
        to: use_last_recipient().get(),
        subject: w.default_subject.to_owned(),
        message: w.default_message.to_owned(),
        mode: TestMode::Send,
    };
    let state = Running {
        draft: RwSignal::new(draft),
        errors: RwSignal::new(Vec::new()),
        checked: RwSignal::new(false),
        progress: RwSignal::new(None),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
        abort: StoredValue::new(None),
    };
    on_cleanup(move || state.stop());
    let start = starter(state, target);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        start.run(TestMode::Send);
    };
    let set = move |of: fn(&mut TestDraft) -> &mut String| {
        Callback::new(move |text: String| {
            state.draft.update(|draft| *of(draft) = text);
            if state.checked.get_untracked() {
                state.check();
            }
        })
    };
    let shown = move || {
        let progress = Signal::derive(move || state.progress.get().unwrap_or_default());
        let done = Memo::new(move |_| state.progress.with(|progress| progress.as_ref().and_then(|p| p.done.clone())));
        view! {
            <Steps progress />
            {move || done.get().map(|done| view! { <End done progress=state.progress apply /> })}
        }
    };
    let begun = Memo::new(move |_| state.progress.with(Option::is_some));
    let failed = move || {
        state.failure.get().map(|failure| {
            let text = if failure == Failure::Unreachable && begun.get_untracked() {
                words.later().test.broken.to_owned()
            } else {
                (words.failure)(&failure)
            };
            view! {
                <Notice kind="danger" alert=true>
                    <p>{text}</p>
                </Notice>
            }
        })
    };
    view! {
        <Window id="test" title=w.window subtitle=name close>
            <form novalidate autocomplete="off" on:submit=submit>
                <div class="window-body">
                    <TextField
                        id="test-to"
                        label=w.to
                        required=true
                        value=Signal::derive(move || state.draft.with(|d| d.to.clone()))
                        on_input=set(|d| &mut d.to)
                        error=state.error("to")
                        disabled=state.busy
                    />
                    <TextField
                        id="test-subject"
                        label=w.subject
                        value=Signal::derive(move || state.draft.with(|d| d.subject.clone()))
                        on_input=set(|d| &mut d.subject)
                        error=state.error("subject")
                        disabled=state.busy
                    />
                    <TextArea
                        id="test-message"
                        label=w.message
                        value=Signal::derive(move || state.draft.with(|d| d.message.clone()))
                        on_input=set(|d| &mut d.message)
                        error=state.error("message")
                        disabled=state.busy
                    />
                    {failed}
                    {move || begun.get().then(shown)}
                </div>
                <footer class="window-foot" on:keydown=only_once>
                    {foot(state, start)}
                </footer>
            </form>
        </Window>
    }
    .into_any()
}

/// A key that is held goes from Send to Cancel with the keyboard, and is to press neither.
fn only_once(event: KeyboardEvent) {
    if event.repeat() && event.key() == "Enter" {
        event.prevent_default();
    }
}

/// Send, or check without sending; Cancel while a test runs.
fn foot(state: Running, start: Callback<TestMode>) -> AnyView {
    let words = use_words();
    view! {
        {move || {
            if state.busy.get() {
                let cancel = Callback::new(move |()| state.stop());
                view! { <Button label=words.common.cancel on_click=cancel /> }.into_any()
            } else {
                let check = Callback::new(move |()| start.run(TestMode::Check));
                view! {
                    <Button label=words.later().test.check_only on_click=check />
                    <Submit label=words.later().test.send />
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}

impl Running {
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

    /// Ends the SMTP session, if one is under way.
    fn stop(self) {
        let controller = self.abort.try_update_value(Option::take).flatten();
        if let Some(controller) = controller {
            controller.abort();
        }
    }
}

fn starter(state: Running, target: TestTarget) -> Callback<TestMode> {
    let refresh = use_refresh();
    let recipient = use_last_recipient();
    let target = StoredValue::new(target);
    Callback::new(move |mode: TestMode| {
        if state.busy.get_untracked() {
            return;
        }
        state.draft.update(|draft| draft.mode = mode);
        if !state.check() {
            browser::focus_soon(WRONG);
            return;
        }
        let Ok(controller) = AbortController::new() else { return };
        state.draft.with_untracked(|draft| recipient.keep(&draft.to));
        state.abort.set_value(Some(SendWrapper::new(controller.clone())));
        state.failure.set(None);
        state.progress.set(Some(Progress::default()));
        state.busy.set(true);
        browser::focus_soon(BUTTON);
        spawn_local(async move {
            let (target, draft) = (target.get_value(), state.draft.get_untracked());
            let ended = run(&target, &draft, &controller, |event| state.on_event(event)).await;
            let stopped = controller.signal().aborted();
            state.abort.try_set_value(None);
            state.busy.try_set(false);
            state.end(ended, stopped);
            tell_portal(&target, state);
            browser::show_soon(OUTCOME);
            browser::focus_if_lost_on(&[SEND]);
            refresh.now();
        });
    })
}

impl Running {
    fn on_event(self, event: TestEvent) {
        self.progress.try_update(|progress| {
            progress.get_or_insert_default().tell(event);
        });
    }

    /// The stream is over; what it did not say is said here.
    fn end(self, ended: Result<(), Failure>, stopped: bool) {
        let is_done = self.progress.try_with_untracked(|p| p.as_ref().is_some_and(|p| p.done.is_some()));
        if is_done.unwrap_or(true) {
            return;
        }
        if stopped {
            self.progress.try_update(|progress| progress.get_or_insert_default().cancel());
            return;
        }
        match ended {
            Err(Failure::Invalid { errors }) => {
                self.progress.try_set(None);
                let known = errors.0.iter().any(|error| matches!(error.field.as_str(), "to" | "subject" | "message"));
                if known {
                    self.errors.try_set(errors.0);
                    browser::focus_soon(WRONG);
                } else {
                    self.failure.try_set(Some(Failure::Invalid { errors }));
                }
            }
            Err(Failure::Unreachable) | Ok(()) => drop(self.failure.try_set(Some(Failure::Unreachable))),
            Err(failure) => {
                self.progress.try_set(None);
                self.failure.try_set(Some(failure));
            }
        }
    }
}

/// How it ended, if it has.
fn tell_portal(target: &TestTarget, state: Running) {
    let done =
        state.progress.try_with_untracked(|progress| progress.as_ref().and_then(|progress| progress.done.clone()));
    let Some(done) = done.flatten() else { return };
    portal::tell(ToPortal::Tested {
        id: match target {
            TestTarget::Saved(id) => Some(id.0),
            TestTarget::Unsaved { id, .. } => id.map(|id| id.0),
        },
        outcome: done.outcome.code().to_owned(),
        code: done.diagnosis.map(|diagnosis| diagnosis.code),
    });
}

//! The settings window: fields, buttons, and what a save leads to.

use super::{
    conflict::Conflict, connection::Connection, form::Form, identity::Identity, proposed::use_proposed,
    test::TestWindow,
};
use crate::{
    api::{
        accounts::{account_choices, account_create, account_get, account_update},
        test_stream::TestTarget,
    },
    locales::use_words,
    page::{
        access::may,
        list::closer,
        meanwhile::{Renewed, on_change},
        places,
        versions::NOTICE,
    },
    portal,
    ui::{
        browser,
        button::{Button, Submit},
        notice::Notice,
        report::use_refresh,
        toast::use_toasts,
        window::{CloseWindow, Window},
    },
};
use domain::{
    Action, Failure, Role,
    account::{Account, AccountDraft, Choices, Proposal},
    portal::ToPortal,
    report::ReportName,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::time::Duration;

const FIRST_ERROR: &str = "dialog:modal [aria-invalid=true]";
const FILLED: &str = "dialog:modal #account-filled";

#[component]
pub fn Editor(draft: AccountDraft, stored: Option<Account>, choices: Choices, role: Role) -> impl IntoView {
    let words = use_words();
    let may_change = may(role, Action::AccountsChange);
    let subtitle = stored.as_ref().map(|account| account.settings.name.to_string()).unwrap_or_default();
    let form = Form::new(draft, stored, choices);
    keep_choices_fresh(form);
    fill_what_waits(form);
    let renewed = RwSignal::new(false);
    watch_others(form, renewed);
    let close = closer(ReportName::Accounts, places::ACCOUNTS);
    let testing = RwSignal::new(None::<TestTarget>);
    let save = saver(form, close);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.run(false);
    };
    let test_unsaved = Callback::new(move |()| {
        if form.check() {
            let id = form.stored.with_untracked(|stored| stored.as_ref().map(|account| account.id));
            testing.set(Some(TestTarget::Unsaved { id, draft: Box::new(form.draft.get_untracked()) }));
        } else {
            browser::focus_soon(FIRST_ERROR);
        }
    });
    let failure = move || {
        form.failure.get().map(|failure| match failure {
            Failure::NotFound => words.later().account.gone.to_owned(),
            other => (words.failure)(&other),
        })
    };
    view! {
        <Window id="account" title=words.later().account.window subtitle dirty=form.dirty() close>
            <form novalidate autocomplete="off" on:submit=submit>
                <div class="window-body" tabindex=(!may_change).then_some("0")>
                    {(!may_change)
                        .then(|| {
                            view! {
                                <Notice kind="info">
                                    <p>{words.common.read_only}</p>
                                </Notice>
                            }
                        })}
                    <Conflict form keep_mine=Callback::new(move |()| keep_mine(form, save)) />
                    {move || {
                        failure()
                            .map(|text| {
                                view! {
                                    <Notice kind="danger" alert=true>
                                        <p>{text}</p>
                                    </Notice>
                                }
                            })
                    }}
                    <Renewed when=renewed />
                    <Filled form />
                    <fieldset class="window-fields" disabled=!may_change>
                        <Identity form />
                        <Connection form />
                    </fieldset>
                </div>
                <footer class="window-foot">
                    {may_change.then(|| buttons(form, save, test_unsaved))}
                    {(!may_change).then(close_button)}
                </footer>
            </form>
        </Window>
        {move || {
            testing
                .get()
                .map(|target| {
                    let close = Callback::new(move |()| testing.set(None));
                    let name = words.later().test.unsaved.to_owned();
                    let fill = Callback::new(move |proposal: Proposal| {
                        testing.set(None);
                        form.fill(&proposal);
                        browser::focus_soon(FILLED);
                    });
                    let apply = may_change.then_some(fill);
                    view! { <TestWindow target name close apply /> }
                })
        }}
    }
    .into_any()
}

/// What a proposal filled in, and that it is not saved.
#[component]
fn Filled(form: Form) -> impl IntoView {
    let words = use_words();
    move || {
        let labels = form.filled.get();
        (!labels.is_empty()).then(|| {
            view! {
                <div id="account-filled" tabindex="-1">
                    <Notice kind="info">
                        <p>{(words.later().account.filled_in)(&labels.join(", "))}</p>
                    </Notice>
                </div>
            }
        })
    }
}

/// What others save or delete is said at once. Where nothing was typed yet, what they saved is shown.
fn watch_others(form: Form, renewed: RwSignal<bool>) {
    on_change(ReportName::Accounts, form.busy.into(), move |press| {
        let Some(id) = form.stored.with_untracked(|stored| stored.as_ref().map(|account| account.id)) else { return };
        spawn_local(async move {
            let now = account_get(id).await;
            press.let_go().await;
            let compares = form.theirs.try_with_untracked(Option::is_some);
            // Two versions that somebody is comparing stay as they are: what they choose is what they have read.
            if form.busy.try_get_untracked() != Some(false) || compares != Some(false) {
                return;
            }
            let known = form.stored.with_untracked(|stored| stored.as_ref().map(|account| account.version));
            match now {
                Ok(now) if Some(now.version) <= known => {}
                Ok(now) if form.dirty().get_untracked() => drop(form.theirs.try_set(Some(now))),
                Ok(now) => {
                    form.restart(&now);
                    renewed.try_set(true);
                }
                Err(failure) if failure.0 == Failure::NotFound => {
                    renewed.try_set(false);
                    form.failure.try_set(Some(failure.0));
                }
                // Who saves is told.
                Err(_) => {}
            }
        });
    });
}

/// A remedy pressed in the test's window fills this one, once it has taken over its fields.
fn fill_what_waits(form: Form) {
    let proposed = use_proposed();
    Effect::new(move |_| {
        let id = form.stored.with_untracked(|stored| stored.as_ref().map(|account| account.id));
        if let Some(proposal) = id.and_then(|id| proposed.take(id)) {
            let fill = move || {
                form.fill(&proposal);
                browser::focus_soon(FILLED);
            };
            set_timeout(fill, Duration::ZERO);
        }
    });
}

/// A credential or connector may have been made in another tab: asks again whenever this one is come back to.
fn keep_choices_fresh(form: Form) {
    let ask = move |_| {
        spawn_local(async move {
            let answer = account_choices().await;
            if let Ok(fresh) = answer
                && form.choices.try_with_untracked(|known| *known != fresh) == Some(true)
            {
                form.choices.try_set(fresh);
            }
        });
    };
    Effect::new(move |_| {
        let listening = window_event_listener_untyped("focus", ask);
        on_cleanup(move || listening.remove());
    });
}

fn buttons(form: Form, save: Callback<bool>, test_unsaved: Callback<()>) -> AnyView {
    let words = use_words();
    let close = expect_context::<CloseWindow>();
    view! {
        <div class="window-foot-start">
            <Button label=words.later().account.test_unsaved variant="quiet" on_click=test_unsaved disabled=form.busy />
        </div>
        <Button label=words.common.cancel on_click=close.0 />
        <Button
            label=words.later().account.save_and_test
            on_click=Callback::new(move |()| save.run(true))
            disabled=form.busy
        />
        <Submit label=words.common.save busy_label=words.common.saving busy=form.busy />
    }
    .into_any()
}

fn close_button() -> AnyView {
    let close = expect_context::<CloseWindow>();
    view! { <Button label=use_words().common.cancel on_click=close.0 /> }.into_any()
}

/// Saves over what another stored meanwhile, having seen it.
fn keep_mine(form: Form, save: Callback<bool>) {
    let Some(theirs) = form.theirs.get_untracked() else { return };
    form.theirs.set(None);
    form.stored.set(Some(theirs));
    save.run(false);
}

/// Checks, sends, and acts on the answer; `true` goes on to the test window.
fn saver(form: Form, close: Callback<()>) -> Callback<bool> {
    let words = use_words();
    let refresh = use_refresh();
    let toasts = use_toasts();
    let navigate = use_navigate();
    Callback::new(move |test: bool| {
        if form.busy.get_untracked() {
            return;
        }
        if !form.check() {
            browser::focus_soon(FIRST_ERROR);
            return;
        }
        form.busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let draft = form.draft.get_untracked();
            let stored = form.stored.get_untracked();
            let answer = match &stored {
                Some(account) => account_update(account.id, account.version, draft).await,
                None => account_create(draft).await,
            };
            form.busy.try_set(false);
            match answer {
                Ok(account) => {
                    toasts.good((words.common.saved)(account.settings.name.as_str()));
                    refresh.now();
                    portal::tell(ToPortal::saved(
                        ReportName::Accounts,
                        Some(account.id.0),
                        account.settings.name.as_str(),
                    ));
                    let to = places::account_test(account.id.0);
                    form.settle(account);
                    if test {
                        let options = NavigateOptions {
                            resolve: false,
                            replace: true,
                            scroll: false,
                            ..NavigateOptions::default()
                        };
                        let search = window().location().search().unwrap_or_default();
                        navigate(&format!("{to}{search}"), options);
                    } else {
                        close.try_run(());
                    }
                }
                Err(failure) => refused(form, stored.as_ref(), failure.0).await,
            }
        });
    })
}

async fn refused(form: Form, stored: Option<&Account>, failure: Failure) {
    match (failure, stored) {
        (Failure::Invalid { errors }, _) => {
            form.refuse(errors.0);
            browser::focus_soon(FIRST_ERROR);
        }
        (Failure::Conflict { .. }, Some(stored)) => match account_get(stored.id).await {
            Ok(theirs) => {
                form.theirs.try_set(Some(theirs));
                browser::focus_soon(NOTICE);
            }
            Err(failure) => drop(form.failure.try_set(Some(failure.0))),
        },
        (failure, _) => drop(form.failure.try_set(Some(failure))),
    }
}

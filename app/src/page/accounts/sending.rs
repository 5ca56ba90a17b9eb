//! How an account sends: whether it does and why not, paused and resumed; its limits, and who takes over.

use crate::{
    api::{
        Answer,
        sending::{sending_get, sending_pause, sending_resume, sending_update},
    },
    locales::use_words,
    page::{
        access::may,
        draft::{Draft, Saving},
        editing::{Belongs, Coming, Thing},
        places,
        versions::Texts,
    },
    ui::{
        browser,
        button::Button,
        field::{SelectField, TextField},
        notice::Notice,
        report::use_refresh,
        time::Moment,
        toast::use_toasts,
    },
};
use domain::{
    AccountId, Action, FieldErrors, Role,
    incident::Trouble,
    report::ReportName,
    sending::{AccountSending, SendingDraft},
};
use leptos::{prelude::*, task::spawn_local};
use std::pin::Pin;

impl Thing for AccountSending {
    type Draft = SendingDraft;
    type Given = Vec<(String, String)>;

    fn belongs(_is_new: bool) -> Belongs {
        let title = use_words().row.sending;
        Belongs { list: ReportName::Accounts, path: places::ACCOUNTS, title, change: Action::AccountsChange }
    }

    fn version(&self) -> (i64, i64) {
        (self.sending.account_id.0, self.sending.limits.stamp())
    }

    fn given() -> Coming<Self::Given> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn get(id: i64) -> Coming<Self> {
        Box::pin(sending_get(AccountId(id)))
    }

    fn save(over: Option<(i64, i64)>, draft: SendingDraft) -> Saving {
        Box::pin(async move {
            match over {
                Some((id, version)) => sending_update(AccountId(id), version, draft).await,
                None => Ok(()),
            }
        })
    }

    fn check(draft: &SendingDraft, stored: Option<&Self>) -> Option<FieldErrors> {
        stored.and_then(|stored| draft.parse(stored.sending.account_id).err())
    }

    fn name(_draft: &SendingDraft) -> String {
        use_words().later().sending.what.to_owned()
    }

    fn texts(d: &SendingDraft, _given: &Self::Given) -> Texts {
        let all = use_words();
        let words = &all.later().sending;
        let per_minute = if d.per_minute.trim().is_empty() { words.unlimited.to_owned() } else { d.per_minute.clone() };
        let failover = d.failover_id.map_or_else(|| all.common.none.to_owned(), |id| (words.account)(id.0));
        vec![(words.connections, d.connections.clone()), (words.per_minute, per_minute), (words.failover, failover)]
    }

    fn fields(draft: Draft<SendingDraft>, stored: RwSignal<Option<Self>>, _given: Self::Given) -> AnyView {
        fields(draft, stored)
    }

    fn subtitle(&self) -> String {
        self.account.clone()
    }

    fn above(stored: RwSignal<Option<Self>>, role: Role) -> Option<AnyView> {
        Some(state(stored, role))
    }
}

fn fields(draft: Draft<SendingDraft>, stored: RwSignal<Option<AccountSending>>) -> AnyView {
    let all = use_words();
    let words = &all.later().sending;
    let errors = draft.state;
    let options = Signal::derive(move || {
        let others = stored.with(|stored| stored.as_ref().map(|stored| stored.others.clone()).unwrap_or_default());
        let label = |other: &domain::sending::Other| {
            if other.enabled { other.name.clone() } else { (all.later().account.connector_disabled)(&other.name) }
        };
        let mut options = vec![(String::new(), all.common.none.to_owned())];
        options.extend(others.iter().map(|other| (other.id.to_string(), label(other))));
        options
    });
    view! {
        <div class="fields">
            <TextField
                id="sending-connections"
                label=words.connections
                required=true
                numeric=true
                hint=words.connections_hint
                value=draft.read(|d| d.connections.clone())
                on_input=draft.write("connections", |d, text| d.connections = text)
                error=errors.error("connections")
            />
            <TextField
                id="sending-per-minute"
                label=words.per_minute
                numeric=true
                hint=words.per_minute_hint
                placeholder=Signal::stored(words.unlimited.to_owned())
                value=draft.read(|d| d.per_minute.clone())
                on_input=draft.write("per_minute", |d, text| d.per_minute = text)
                error=errors.error("per_minute")
            />
            <SelectField
                id="sending-failover"
                label=words.failover
                hint=words.failover_hint
                options
                value=draft.read(|d| d.failover_id.map(|id| id.to_string()).unwrap_or_default())
                on_change=draft
                    .write("failover_id", |d, id: String| d.failover_id = id.parse().ok().map(AccountId))
                error=errors.error("failover_id")
            />
        </div>
    }
    .into_any()
}

/// What a button asks of the server.
type Ask = fn(AccountId) -> Pin<Box<dyn Future<Output = Answer<()>>>>;

/// Whether it sends, in words, with the button that changes that.
fn state(stored: RwSignal<Option<AccountSending>>, role: Role) -> AnyView {
    let all = use_words();
    let words = &all.later().sending;
    let (refresh, toasts) = (use_refresh(), use_toasts());
    let busy = RwSignal::new(false);
    let run = Callback::new(move |(ask, said): (Ask, fn(&str) -> String)| {
        let of = |stored: &AccountSending| (stored.sending.account_id, stored.account.clone());
        let Some((id, name)) = stored.with_untracked(|stored| stored.as_ref().map(of)) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match ask(id).await {
                Ok(()) => toasts.good(said(&name)),
                Err(failure) => toasts.bad((all.failure)(&failure.0)),
            }
            // The limits stay those that the draft was made from.
            if let Ok(now) = sending_get(id).await {
                stored.try_update(|stored| {
                    if let Some(stored) = stored {
                        let limits = stored.sending.limits;
                        *stored = now;
                        stored.sending.limits = limits;
                    }
                });
            }
            busy.try_set(false);
            browser::focus_if_lost_on(&["dialog:modal [role=status] .button"]);
            refresh.now();
        });
    });
    let pause = move || button(words.pause, busy, Callback::new(move |()| run.run((asking_pause, words.paused))));
    let resume = move |label| button(label, busy, Callback::new(move |()| run.run((asking_resume, words.resumed))));
    let may_pause = may(role, Action::SendingPause);
    let shown = Memo::new(move |_| {
        stored.with(|stored| {
            let stored = stored.as_ref()?;
            Some((stored.sending.paused, stored.enabled, stored.trouble.clone()))
        })
    });
    let view = move || {
        let (paused, enabled, trouble) = shown.get()?;
        let (kind, inside, buttons) = match trouble {
            _ if paused => {
                ("info", view! { <p>{words.is_paused}</p> }.into_any(), may_pause.then(|| resume(words.resume)))
            }
            Some(trouble) => {
                let kind = if trouble.halted { "danger" } else { "warning" };
                let label = if trouble.halted { words.resume } else { words.try_now };
                (kind, in_trouble(&trouble), may_pause.then(|| resume(label)))
            }
            None if !enabled => ("info", view! { <p>{words.is_disabled}</p> }.into_any(), None),
            None => ("success", view! { <p>{words.is_well}</p> }.into_any(), may_pause.then(pause)),
        };
        let view = view! {
            <Notice kind>
                {inside} {buttons.map(|buttons| view! { <div class="notice-buttons">{buttons}</div> })}
            </Notice>
        };
        Some(view)
    };
    view! { <div role="status">{view}</div> }.into_any()
}

fn button(label: &'static str, busy: RwSignal<bool>, on_click: Callback<()>) -> AnyView {
    view! { <Button label on_click disabled=busy /> }.into_any()
}

fn asking_pause(id: AccountId) -> Pin<Box<dyn Future<Output = Answer<()>>>> {
    Box::pin(sending_pause(id))
}

fn asking_resume(id: AccountId) -> Pin<Box<dyn Future<Output = Answer<()>>>> {
    Box::pin(sending_resume(id))
}

/// Why it does not send, since when, and what follows.
fn in_trouble(trouble: &Trouble) -> AnyView {
    let all = use_words();
    let (words, facts) = (&all.later().sending, &all.later().incident);
    let why = (all.later().reason)(&trouble.reason);
    let reply = trouble.reason.reply.clone();
    let title = if trouble.halted { words.is_halted } else { words.is_failing };
    let follows = if trouble.halted { words.halted_text.to_owned() } else { (words.failing_text)(trouble.failures) };
    let waiting =
        (trouble.waiting > 0).then(|| (facts.waiting)(trouble.waiting, trouble.waiting >= Trouble::MOST_COUNTED));
    view! {
        <p>
            <strong>{title}</strong>
            {trouble.since.map(|at| view! { " (" {facts.since} " " <Moment at /> ")" })}
        </p>
        <p>{why}</p>
        {(!reply.is_empty()).then(|| view! { <code class="reply-line">{reply}</code> })}
        <p>
            {follows} {trouble.retry_at.map(|at| view! { " " {words.next_try} " " <Moment at /> "." })}
            {waiting.map(|text| format!(" {text}."))}
        </p>
    }
    .into_any()
}

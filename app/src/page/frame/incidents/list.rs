//! The list of incidents: what happened, since when, and where it is solved.

use crate::{
    api::incidents::incident_list,
    locales::use_words,
    page::{
        access::{may, role},
        places,
    },
    ui::{
        menu,
        notice::{Notice, Skeleton},
        time::Moment,
    },
};
use domain::{
    Action, Role,
    incident::{Expiring, Incidents, NoDefault, Trouble, Unhealthy},
};
use leptos::prelude::*;

/// Asked for anew whenever their number changes. `menu` is the popover's id.
pub fn incident_rows(count: Signal<usize>, menu: &'static str) -> AnyView {
    let found = Resource::new(move || count.get(), |_| incident_list());
    view! {
        <h2 class="incident-title">{use_words().frame.incident_list}</h2>
        <Transition fallback=|| view! { <Skeleton label=use_words().common.loading lines=3 /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                match found.await {
                    Ok(found) => items(found, role, menu),
                    Err(failure) => {
                        view! {
                            <Notice kind="danger" alert=true>
                                <p>{(use_words().failure)(&failure.0)}</p>
                            </Notice>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

fn items(found: Incidents, role: Role, menu: &'static str) -> AnyView {
    if found.count() == 0 {
        return view! { <p class="incident-none">{use_words().later().incident.none}</p> }.into_any();
    }
    view! {
        <ul class="incident-items">
            {found.no_default.map(|what| no_default(what, role, menu))}
            {found.failing.into_iter().map(|trouble| failing(trouble, role, menu)).collect_view()}
            {found.unhealthy.into_iter().map(|found| unhealthy(found, role, menu)).collect_view()}
            {found.expiring.into_iter().map(|found| expiring(found, menu)).collect_view()}
        </ul>
    }
    .into_any()
}

fn no_default(what: NoDefault, role: Role, menu: &'static str) -> AnyView {
    let words = &use_words().later().incident;
    let (text, label, href) = if what.accounts {
        (words.no_default_choose, words.choose_default, places::at(places::ACCOUNTS))
    } else {
        (words.no_default_make, words.new_account, places::new(places::ACCOUNTS))
    };
    let link = may(role, Action::AccountsChange).then(|| link(label, href, menu));
    view! {
        <li data-kind="danger">
            <h3>{words.no_default}</h3>
            <p>{text}</p>
            {link.map(|link| view! { <p class="incident-links">{link}</p> })}
        </li>
    }
    .into_any()
}

fn failing(trouble: Trouble, role: Role, menu: &'static str) -> AnyView {
    let all = use_words();
    let words = &all.later().incident;
    let id = trouble.account_id.0;
    let title = if trouble.halted { words.halted } else { words.failing };
    let title = title(&trouble.account);
    let edit = if may(role, Action::AccountsChange) { words.edit } else { words.look };
    let reply = trouble.reason.reply.clone();
    let why = (all.later().reason)(&trouble.reason);
    let waiting =
        (trouble.waiting > 0).then(|| (words.waiting)(trouble.waiting, trouble.waiting >= Trouble::MOST_COUNTED));
    view! {
        <li data-kind=if trouble.halted { "danger" } else { "warning" }>
            <h3>{title}</h3>
            <p>{why}</p>
            {(!reply.is_empty()).then(|| view! { <code class="reply-line">{reply}</code> })}
            <p class="incident-facts">
                {trouble.since.map(|at| view! { <span>{words.since} " " <Moment at /></span> })}
                {waiting.map(|text| view! { <span>{text}</span> })}
            </p>
            <p class="incident-links">
                {link(edit, places::edit(places::ACCOUNTS, id), menu)}
                {link(words.sending, places::account_sending(id), menu)}
                {link(words.messages, places::messages_of(&trouble.account), menu)}
            </p>
        </li>
    }
    .into_any()
}

fn unhealthy(found: Unhealthy, role: Role, menu: &'static str) -> AnyView {
    let all = use_words();
    let words = &all.later().incident;
    let id = found.account_id.0;
    let reply = found.reason.reply.clone();
    let edit = if may(role, Action::AccountsChange) { words.edit } else { words.look };
    let test = may(role, Action::AccountsTest).then(|| link(words.test, places::account_test(id), menu));
    view! {
        <li data-kind="danger">
            <h3>{(words.unhealthy)(&found.account)}</h3>
            <p>{(all.later().reason)(&found.reason)}</p>
            {(!reply.is_empty()).then(|| view! { <code class="reply-line">{reply}</code> })}
            <p class="incident-facts">
                <span>{words.since} " " <Moment at=found.since /></span>
            </p>
            <p class="incident-links">
                {test} {link(words.tests, places::account_history(id), menu)}
                {link(edit, places::edit(places::ACCOUNTS, id), menu)}
            </p>
        </li>
    }
    .into_any()
}

fn expiring(found: Expiring, menu: &'static str) -> AnyView {
    let words = &use_words().later().incident;
    let kind = if found.days_left <= 3 { "danger" } else { "warning" };
    view! {
        <li data-kind=kind>
            <h3>{(words.expiring)(&found.account, found.days_left)}</h3>
            <p class="incident-facts">
                <span>{found.subject}</span>
                <span>{words.valid_until} " " <Moment at=found.not_after /></span>
            </p>
            <p class="incident-links">{link(words.tests, places::account_history(found.account_id.0), menu)}</p>
        </li>
    }
    .into_any()
}

fn link(label: &'static str, href: String, menu: &'static str) -> AnyView {
    view! {
        <a class="link" href=href on:click=move |_| menu::close(menu)>
            {label}
        </a>
    }
    .into_any()
}

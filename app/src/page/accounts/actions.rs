//! What can be done with an account's row, by role.

use super::cells::value;
use crate::{
    api::accounts::{account_set_default, account_set_enabled},
    locales::use_words,
    page::{
        access::may,
        places,
        remove::Target,
        step::{Back, Step, Steps, use_steps},
    },
    ui::{
        icon::Icon,
        menu::{Doing, Entry},
        report::{RowActions, RowAddress, RowMenu, State},
    },
};
use domain::{AccountId, Action, Role, report::Row};
use leptos::prelude::*;

pub fn row_actions(doomed: Target) -> Callback<Role, RowActions> {
    let words = use_words();
    let steps = use_steps();
    Callback::new(move |role: Role| {
        let label = if may(role, Action::AccountsChange) { words.common.edit } else { words.common.view };
        let open: (RowAddress, _) = (|id| places::edit(places::ACCOUNTS, id), label);
        let tests = may(role, Action::AccountsTest);
        RowActions {
            open: Some(open),
            menu: tests.then(|| RowMenu::new(|_| true, move |row, state| entries(row, state, role, doomed, steps))),
        }
    })
}

fn entries(row: &Row, state: State, role: Role, doomed: Target, steps: Steps) -> Vec<Entry> {
    let words = &use_words().row;
    let id = row.id();
    let name = value(row, "name").as_str().to_owned();
    let enabled = value(row, "enabled").as_bool();
    let is_default = value(row, "is_default").as_bool();
    let open = |label, icon, path: String| Entry::new(label, icon, open(state, path));
    let mut all = vec![Entry { key: "t", ..open(words.test_setting, Icon::Send, places::account_test(id)) }];
    all.push(open(words.history, Icon::History, places::account_history(id)));
    all.push(open(words.arrival, Icon::Mail, places::account_arrival(id)));
    all.push(open(words.sending, Icon::Sliders, places::account_sending(id)));
    if !may(role, Action::AccountsChange) {
        return all;
    }
    all.push(open(words.duplicate, Icon::Copy, places::account_copy(id)));
    if enabled && !is_default {
        let said = (words.made_default)(&name);
        let run = move || steps.run(make_default(AccountId(id), None), said.clone());
        all.push(Entry::run_by(words.set_default, Icon::Star, run));
    }
    let (label, text) = if enabled { (words.disable, words.was_disabled) } else { (words.enable, words.was_enabled) };
    let said = text(&name);
    let run = move || steps.run(set_enabled(AccountId(id), !enabled, None), said.clone());
    all.push(Entry::run_by(label, Icon::Power, run));
    all.push(Entry::taking(use_words().common.delete, move || doomed.set(Some((id, name.clone())))));
    all
}

/// An entry that opens a window and keeps what the report shows.
fn open(state: State, path: String) -> Doing {
    let with_query = move |path: &str| {
        let query = state.query.with_untracked(domain::report::Query::to_query_string);
        let joint = if path.contains('?') { '&' } else { '?' };
        if query.is_empty() { path.to_owned() } else { format!("{path}{joint}{query}") }
    };
    let href = with_query(&path);
    Doing::Open(href, Callback::new(move |()| state.address.open(&with_query(&path))))
}

/// Only of that version, where one is named: what is taken back is what was done.
fn set_enabled(id: AccountId, enabled: bool, version: Option<i64>) -> Step {
    Box::pin(async move {
        let changed = account_set_enabled(id, enabled, version).await?;
        Ok(changed.map(|version| Back::new(move || set_enabled(id, !enabled, Some(version)))))
    })
}

fn make_default(id: AccountId, from: Option<(AccountId, i64)>) -> Step {
    Box::pin(async move {
        let changed = account_set_default(id, from).await?;
        Ok(changed.map(|(was, version)| Back::new(move || make_default(was, Some((id, version))))))
    })
}

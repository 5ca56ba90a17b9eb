//! Row actions of the smaller lists: Edit or View, and a menu that ends with Delete.

use super::{access::may, remove::Target};
use crate::{
    locales::use_words,
    ui::{
        menu::Entry,
        report::{RowActions, RowMenu, State},
    },
};
use domain::{
    Action, Role,
    report::{Row, Value},
};
use leptos::prelude::*;
use std::sync::Arc;

/// `change` is what one must be allowed to do to edit and delete; `more` makes the entries above Delete, for those who may do
/// one of `besides`.
pub fn simple_actions(
    change: Action,
    address: fn(i64) -> String,
    doomed: Target,
    besides: &'static [Action],
    more: impl Fn(&Row, State, Role) -> Vec<Entry> + Send + Sync + 'static,
) -> Callback<Role, RowActions> {
    let words = &use_words().common;
    let more = Arc::new(more);
    Callback::new(move |role: Role| {
        let changes = may(role, change);
        let more = Arc::clone(&more);
        let any = changes || besides.iter().any(|action| may(role, *action));
        let entries = move |row: &Row, state: State| {
            let mut all = more(row, state, role);
            if changes {
                let (id, name) = (row.id(), name(row));
                all.push(Entry::taking(words.delete, move || doomed.set(Some((id, name.clone())))));
            }
            all
        };
        RowActions {
            open: Some((address, if changes { words.edit } else { words.view })),
            menu: any.then(|| RowMenu::new(|_| true, entries)),
        }
    })
}

/// What a row is called: its second column, in every one of these lists.
pub fn name(row: &Row) -> String {
    match row.get(1) {
        Value::Text(text) => text.to_string(),
        _ => row.id().to_string(),
    }
}

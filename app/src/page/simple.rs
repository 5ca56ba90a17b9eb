//! Row actions of the smaller lists: Edit or View, and a menu that ends with Delete.

use super::{access::may, remove::Target};
use crate::{
    locales::use_words,
    ui::{
        icon::Icon,
        menu::{Doing, Entry},
        report::{RowActions, State},
    },
};
use domain::{
    Action, Role,
    report::{Row, Value},
};
use leptos::prelude::*;
use std::sync::Arc;

/// `change` is what one must be allowed to do to edit and delete; `more` makes the entries above Delete.
pub fn simple_actions(
    change: Action,
    address: fn(i64) -> String,
    doomed: Target,
    more: impl Fn(&Row, State, Role) -> Vec<Entry> + Send + Sync + 'static,
) -> Callback<Role, RowActions> {
    let words = &use_words().common;
    let more = Arc::new(more);
    Callback::new(move |role: Role| {
        let changes = may(role, change);
        let more = Arc::clone(&more);
        let menu = move |row: &Row, state: State| {
            let mut all = more(row, state, role);
            if changes {
                let (id, name) = (row.id(), name(row));
                let run = Callback::new(move |()| doomed.set(Some((id, name.clone()))));
                all.push(Entry { label: words.delete, icon: Icon::Trash, doing: Doing::Run(run), danger: true });
            }
            all
        };
        RowActions { open: Some((address, if changes { words.edit } else { words.view })), menu: Some(Arc::new(menu)) }
    })
}

/// What a row is called: its second column, in every one of these lists.
pub fn name(row: &Row) -> String {
    match row.get(1) {
        Value::Text(text) => text.to_string(),
        _ => row.id().to_string(),
    }
}

//! The cells of the accounts report that are more than a value: the name with its badges, the last test.

use crate::{locales::use_words, ui::time::Moment};
use domain::{
    UnixMillis,
    report::{ReportName, Row, Value, badge},
};
use leptos::prelude::*;

pub fn cell(row: &Row, column: &'static str) -> Option<AnyView> {
    match column {
        "name" => Some(name(row)),
        "last_test" => Some(last_test(row)),
        _ => None,
    }
}

/// A value by its column's key.
pub fn value<'a>(row: &'a Row, key: &str) -> &'a Value {
    let index = ReportName::Accounts.spec().column_index(key);
    index.map_or(&Value::None, |index| row.get(index))
}

fn name(row: &Row) -> AnyView {
    let words = use_words();
    let badges = value(row, "badges")
        .as_str()
        .split_whitespace()
        .map(|code| {
            let kind = match code {
                badge::NOTHING_ENCRYPTED => "warning",
                _ => "danger",
            };
            let text = (words.code)(code).unwrap_or_default();
            view! { <span class="badge" data-kind=kind>{text}</span> }
        })
        .collect_view();
    let name = value(row, "name").as_str().to_owned();
    view! {
        <span class="named">
            <span class="name">{name}</span>
            {badges}
        </span>
    }
    .into_any()
}

fn last_test(row: &Row) -> AnyView {
    let words = use_words();
    let (state, label) = match value(row, "last_test").as_str() {
        "passed" => ("passed", words.row.passed),
        "failed" => ("failed", words.row.failed),
        _ => ("never", words.row.never_tested),
    };
    let when = value(row, "last_test_at").as_int().map(|at| view! { <Moment at=UnixMillis(at) /> });
    let took = value(row, "last_test_ms").as_int().and_then(|ms| u64::try_from(ms).ok());
    let took = took.map(|ms| view! { <span class="last-test-ms">{(words.row.ms)(ms)}</span> });
    view! {
        <span class="last-test" data-state=state>
            <span class="last-test-state">{label}</span>
            {when}
            {took}
        </span>
    }
    .into_any()
}

//! The cells of the accounts report that are more than a value: the name with its badges, the last test.

use crate::{
    locales::use_words,
    ui::report::bits::{Bit, Name, badge, span, text},
};
use domain::{
    UnixMillis,
    report::{ReportName, Row, Value, badge as code},
};

pub fn cell(row: &Row, column: &'static str) -> Option<Vec<Bit>> {
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

fn name(row: &Row) -> Vec<Bit> {
    let words = use_words();
    let name = value(row, "name").as_str().to_owned();
    let mut inside = vec![span("name", vec![text(name)]).bit()];
    inside.extend(value(row, "badges").as_str().split_whitespace().map(|code| {
        let kind = if code == code::NOTHING_ENCRYPTED { "warning" } else { "danger" };
        badge(kind, (words.code)(code).unwrap_or_default())
    }));
    vec![span("named", inside).bit()]
}

fn last_test(row: &Row) -> Vec<Bit> {
    let words = use_words();
    let (state, label) = match value(row, "last_test").as_str() {
        "passed" => ("passed", words.row.passed),
        "failed" => ("failed", words.row.failed),
        _ => ("never", words.row.never_tested),
    };
    let mut inside = vec![span("last-test-state", vec![text(label)]).bit()];
    inside.extend(value(row, "last_test_at").as_int().map(|at| Bit::Time(UnixMillis(at))));
    let took = value(row, "last_test_ms").as_int().and_then(|ms| u64::try_from(ms).ok());
    inside.extend(took.map(|ms| span("last-test-ms", vec![text((words.row.ms)(ms))]).bit()));
    vec![span("last-test", inside).with(Name::State, state).bit()]
}

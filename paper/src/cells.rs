//! What stands in a cell, in words: the same as on screen, with moments in UTC; and how wide its column is.

use domain::{
    UnixMillis,
    report::{ColumnKind, ColumnSpec, Query, ReportName, Row, Value},
};
use words::Words;

/// The columns that are asked for, with their places in the row.
pub fn columns(report: ReportName, query: &Query) -> Vec<(usize, &'static ColumnSpec)> {
    let spec = report.spec();
    query.shown_columns(spec).into_iter().filter_map(|index| Some((index, spec.columns.get(index)?))).collect()
}

/// A cell as text. `moment` says how moments are written.
pub fn text(
    words: &Words,
    report: ReportName,
    row: &Row,
    index: usize,
    moment: &dyn Fn(UnixMillis) -> String,
) -> String {
    let Some(column) = report.spec().columns.get(index) else { return String::new() };
    match (report, column.key) {
        (ReportName::Accounts, "last_test") => last_test(words, row, moment),
        (ReportName::Users, "last_sign_in") if *row.get(index) == Value::None => words.later().user.never.to_owned(),
        (ReportName::Schedules, "account") if row.get(index).as_str().is_empty() => {
            words.later().schedule.default_account.to_owned()
        }
        _ => plain(words, row.get(index), column.kind, moment),
    }
}

/// The marks beside an account's name, in words.
pub fn badges(words: &Words, report: ReportName, row: &Row, key: &str) -> Vec<&'static str> {
    let index =
        if (report, key) == (ReportName::Accounts, "name") { report.spec().column_index("badges") } else { None };
    let codes = index.map(|index| row.get(index).as_str()).unwrap_or_default();
    codes.split_whitespace().filter_map(|code| (words.code)(code)).collect()
}

/// How much of the width a column gets.
pub fn weight(column: &ColumnSpec) -> u32 {
    match (column.key, column.kind) {
        ("detail", _) => 40,
        ("used_by", _) => 24,
        ("last_test", _) => 11,
        (_, ColumnKind::Id | ColumnKind::Number) => 5,
        (_, ColumnKind::YesNo) => 7,
        (_, ColumnKind::Code) => 9,
        (_, ColumnKind::Time) => 10,
        (_, ColumnKind::Text) => 15,
    }
}

fn plain(words: &Words, value: &Value, kind: ColumnKind, moment: &dyn Fn(UnixMillis) -> String) -> String {
    match (kind, value) {
        (ColumnKind::YesNo, value) => (if value.as_bool() { words.common.yes } else { words.common.no }).to_owned(),
        (ColumnKind::Time, Value::Int(at)) => moment(UnixMillis(*at)),
        (ColumnKind::Code, value) => (words.code)(value.as_str()).unwrap_or(value.as_str()).to_owned(),
        (_, Value::Int(number)) => number.to_string(),
        (_, value) => value.as_str().to_owned(),
    }
}

/// `Passed 2026-11-21 22:12:40 UTC 31 ms`
fn last_test(words: &Words, row: &Row, moment: &dyn Fn(UnixMillis) -> String) -> String {
    let value = |key: &str| {
        let index = ReportName::Accounts.spec().column_index(key);
        index.map_or(&Value::None, |index| row.get(index))
    };
    let word = plain(words, value("last_test"), ColumnKind::Code, moment);
    let when = value("last_test_at").as_int().map(|at| moment(UnixMillis(at)));
    let took = value("last_test_ms").as_int().and_then(|ms| u64::try_from(ms).ok()).map(words.row.ms);
    [Some(word), when, took].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

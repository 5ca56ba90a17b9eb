//! A cell as its column's kind says: number, text, Yes or No, a word for a code, a moment.

use super::{Cell, table::cell_class};
use crate::{locales::use_words, ui::time::Moment};
use domain::{
    UnixMillis,
    report::{ColumnKind, ColumnSpec, Row, Value},
};
use leptos::prelude::*;

pub fn cell(row: &Row, index: usize, column: &'static ColumnSpec, draw: Cell) -> AnyView {
    let kind = cell_class(column.kind);
    let value = row.get(index);
    let inner = draw(row, column.key).unwrap_or_else(|| plain(value, column.kind));
    match column.kind {
        ColumnKind::YesNo => {
            let state = if value.as_bool() { "yes" } else { "no" };
            view! { <td data-kind=kind data-value=state data-column=column.key>{inner}</td> }.into_any()
        }
        ColumnKind::Text => {
            // The whole text of what may be cut short.
            let title = (!value.as_str().is_empty()).then(|| value.as_str().to_owned());
            view! { <td data-kind=kind data-column=column.key title=title>{inner}</td> }.into_any()
        }
        _ => view! { <td data-kind=kind data-column=column.key>{inner}</td> }.into_any(),
    }
}

fn plain(value: &Value, kind: ColumnKind) -> AnyView {
    let words = use_words();
    match (kind, value) {
        (ColumnKind::YesNo, value) => (if value.as_bool() { words.common.yes } else { words.common.no }).into_any(),
        (ColumnKind::Time, Value::Int(at)) => view! { <Moment at=UnixMillis(*at) /> }.into_any(),
        (ColumnKind::Code, value) => {
            let code = value.as_str();
            (words.code)(code).map_or_else(|| code.to_owned(), str::to_owned).into_any()
        }
        (_, Value::Int(number)) => number.to_string().into_any(),
        (_, value) => value.as_str().to_owned().into_any(),
    }
}

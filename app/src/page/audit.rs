//! Audit log: who did what, when, from where; what was and what is.

use super::{
    list::{Kind, List},
    places,
};
use crate::{locales::use_words, ui::report::RowActions};
use domain::report::{ReportName, Row};
use leptos::prelude::*;

/// So many lines of a change are in sight; an account's first has twenty.
const IN_SIGHT: usize = 4;

#[component]
pub fn Audit() -> impl IntoView {
    let kind = Kind { name: ReportName::Audit, path: places::AUDIT, create: None, cell };
    let actions = Callback::new(|_| RowActions { open: None, menu: None });
    view! { <List kind actions intro=use_words().audit.intro /> }
}

fn cell(row: &Row, column: &'static str) -> Option<AnyView> {
    let index = ReportName::Audit.spec().column_index(column).filter(|_| column == "detail")?;
    let text = row.get(index).as_str();
    let (end, _) = text.match_indices('\n').nth(IN_SIGHT)?;
    let (first, rest) = text.split_at(end);
    let label = (use_words().audit.more)(rest.matches('\n').count());
    let view = view! {
        <span>{first.to_owned()}</span>
        <details>
            <summary>{label}</summary>
            <span>{rest.trim_start().to_owned()}</span>
        </details>
    };
    Some(view.into_any())
}

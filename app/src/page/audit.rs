//! Audit log: who did what, when, from where; what was and what is.

use super::{
    list::{Kind, List},
    places,
};
use crate::{
    locales::use_words,
    ui::report::{
        RowActions,
        bits::{Bit, Element, Tag, text},
    },
};
use domain::report::{ReportName, Row};
use leptos::prelude::*;

/// So many lines of a change are in sight; an account's first has twenty.
const IN_SIGHT: usize = 5;

#[component]
pub fn Audit() -> impl IntoView {
    let kind = Kind { name: ReportName::Audit, path: places::AUDIT, create: None, cell };
    let actions = Callback::new(|_| RowActions { open: None, menu: None });
    view! { <List kind actions intro=use_words().later().audit.intro /> }
}

fn cell(row: &Row, column: &'static str) -> Option<Vec<Bit>> {
    let index = ReportName::Audit.spec().column_index(column).filter(|_| column == "detail")?;
    let all = row.get(index).as_str();
    let (end, _) = all.match_indices('\n').nth(IN_SIGHT - 1)?;
    let (first, rest) = all.split_at(end);
    let label = (use_words().later().audit.more)(rest.matches('\n').count());
    let part = |words: &str| Element::new(Tag::Span, vec![text(words.to_owned())]).bit();
    let summary = Element::new(Tag::Summary, vec![text(label)]).bit();
    let details = Element::new(Tag::Details, vec![summary, part(rest.trim_start())]).bit();
    Some(vec![part(first), details])
}

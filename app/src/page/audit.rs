//! Audit log: who did what, when, from where; what was and what is.

use super::{
    list::{Kind, List},
    places,
};
use crate::{locales::use_words, ui::report::RowActions};
use domain::report::ReportName;
use leptos::prelude::*;

#[component]
pub fn Audit() -> impl IntoView {
    let kind = Kind { name: ReportName::Audit, path: places::AUDIT, create: None, cell: |_, _| None };
    let actions = Callback::new(|_| RowActions { open: None, menu: None });
    view! { <List kind actions intro=use_words().audit.intro /> }
}

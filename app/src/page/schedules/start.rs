//! The window over a report: a schedule that starts with the filter and sort in force there.

use crate::{page::editing::new_window_over, ui::report::query_of};
use domain::{
    report::ReportName,
    schedule::{Schedule, ScheduleDraft},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

pub fn schedule_window(report: ReportName, path: &'static str) -> AnyView {
    let query = use_location().query.with_untracked(|map| query_of(report, map));
    new_window_over::<Schedule>(ScheduleDraft::of(report, &query), report, path)
}

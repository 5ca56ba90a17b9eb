//! A remark in the page: information, warning, danger. Also the structure shown while something loads.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// `kind` is `info`, `warning`, `danger` or `success`. An alert can be given the keyboard, which brings it into sight.
#[component]
pub fn Notice(kind: &'static str, #[prop(optional)] alert: bool, children: Children) -> impl IntoView {
    let icon = match kind {
        "warning" | "danger" => Icon::Warning,
        "success" => Icon::Check,
        _ => Icon::Info,
    };
    view! {
        <div class="notice" data-kind=kind role=alert.then_some("alert") tabindex=alert.then_some("-1")>
            <Glyph icon />
            <div class="notice-text">{children()}</div>
        </div>
    }
    .into_any()
}

/// Bars where text will stand. The style sheet shows them only after a moment.
#[component]
pub fn Skeleton(label: &'static str, #[prop(default = 6)] lines: usize) -> impl IntoView {
    view! {
        <div class="skeleton" aria-busy="true">
            <span class="visually-hidden">{label}</span>
            {(0..lines).map(|_| view! { <div class="skeleton-line"></div> }).collect_view()}
        </div>
    }
    .into_any()
}

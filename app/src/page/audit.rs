//! Page: audit.

use leptos::prelude::*;

#[component]
pub fn Audit() -> impl IntoView {
    view! { <p>"Audit"</p> }
}

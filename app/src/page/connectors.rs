//! Page: connectors.

use leptos::prelude::*;

#[component]
pub fn Connectors() -> impl IntoView {
    view! { <p>"Connectors"</p><leptos_router::components::Outlet /> }
}

#[component]
pub fn ConnectorNew() -> impl IntoView {
    view! { <p>"ConnectorNew"</p> }
}

#[component]
pub fn ConnectorEdit() -> impl IntoView {
    view! { <p>"ConnectorEdit"</p> }
}

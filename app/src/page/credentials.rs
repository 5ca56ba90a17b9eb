//! Page: credentials.

use leptos::prelude::*;

#[component]
pub fn Credentials() -> impl IntoView {
    view! { <p>"Credentials"</p><leptos_router::components::Outlet /> }
}

#[component]
pub fn CredentialNew() -> impl IntoView {
    view! { <p>"CredentialNew"</p> }
}

#[component]
pub fn CredentialEdit() -> impl IntoView {
    view! { <p>"CredentialEdit"</p> }
}

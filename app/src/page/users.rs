//! Page: users.

use leptos::prelude::*;

#[component]
pub fn Users() -> impl IntoView {
    view! { <p>"Users"</p><leptos_router::components::Outlet /> }
}

#[component]
pub fn UserNew() -> impl IntoView {
    view! { <p>"UserNew"</p> }
}

#[component]
pub fn UserEdit() -> impl IntoView {
    view! { <p>"UserEdit"</p> }
}

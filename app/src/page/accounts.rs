//! Page: accounts.

use leptos::prelude::*;

#[component]
pub fn Accounts() -> impl IntoView {
    view! { <p>"Accounts"</p><leptos_router::components::Outlet /> }
}

#[component]
pub fn AccountNew() -> impl IntoView {
    view! { <p>"AccountNew"</p> }
}

#[component]
pub fn AccountEdit() -> impl IntoView {
    view! { <p>"AccountEdit"</p> }
}

#[component]
pub fn AccountTest() -> impl IntoView {
    view! { <p>"AccountTest"</p> }
}

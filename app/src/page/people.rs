//! Page: people.

use leptos::prelude::*;

#[component]
pub fn SignIn() -> impl IntoView {
    view! { <p>"SignIn"</p> }
}

#[component]
pub fn Setup() -> impl IntoView {
    view! { <p>"Setup"</p> }
}

//! Page: parameters.

use leptos::prelude::*;

#[component]
pub fn Parameters() -> impl IntoView {
    view! { <p>"Parameters"</p> }
}

//! Header, Products menu and side menu around the settings pages.

use crate::api::{Answer, session::SessionInfo};
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// Who reads the page, once for the whole application.
#[derive(Clone, Copy)]
pub struct Session(pub Resource<Answer<Option<SessionInfo>>>);

#[component]
pub fn Frame() -> impl IntoView {
    view! { <main><Outlet /></main> }
}

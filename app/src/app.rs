//! The application's root: contexts and routes. What stands below `/settings`, windows too, is decided in `page::desk`.

use crate::{mount::mount, page};
use leptos::prelude::*;
use leptos_router::{
    components::{Redirect, Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    page::provide_shared();
    page::Session::provide();
    let prefix = mount().prefix();
    view! {
        <Router base=prefix>
            <Routes fallback=|| view! { <page::NotFound /> }>
                <Route path=path!("/") view=|| view! { <Redirect path=page::home() /> } />
                <Route path=path!("/sign-in") view=page::SignIn />
                <Route path=path!("/setup") view=page::Setup />
                <Route path=path!("/settings") view=|| view! { <Redirect path=page::home() /> } />
                <Route path=path!("/settings/*place") view=page::Desk />
            </Routes>
        </Router>
    }
}

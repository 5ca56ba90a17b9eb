//! The application's root: contexts and routes. Every window has an address of its own.

use crate::{api::session::session_info, page};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    components::{Outlet, ParentRoute, Redirect, Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    page::provide_shared();
    provide_context(page::Session(Resource::new_blocking(|| (), |()| session_info())));
    view! {
        <Title text="Postroom" />
        <Router>
            <Routes fallback=|| view! { <page::NotFound /> }>
                <Route path=path!("/") view=|| view! { <Redirect path="/settings/email/smtp" /> } />
                <Route path=path!("/sign-in") view=page::SignIn />
                <Route path=path!("/setup") view=page::Setup />
                <ParentRoute path=path!("/settings") view=page::Frame>
                    <Route path=path!("") view=|| view! { <Redirect path="/settings/email/smtp" /> } />
                    <ParentRoute path=path!("/email/smtp") view=page::Accounts>
                        <Route path=path!("") view=Outlet />
                        <Route path=path!("/new") view=page::AccountNew />
                        <Route path=path!("/:id/edit") view=page::AccountEdit />
                        <Route path=path!("/:id/test") view=page::AccountTest />
                    </ParentRoute>
                    <ParentRoute path=path!("/credentials") view=page::Credentials>
                        <Route path=path!("") view=Outlet />
                        <Route path=path!("/new") view=page::CredentialNew />
                        <Route path=path!("/:id/edit") view=page::CredentialEdit />
                    </ParentRoute>
                    <ParentRoute path=path!("/connectors") view=page::Connectors>
                        <Route path=path!("") view=Outlet />
                        <Route path=path!("/new") view=page::ConnectorNew />
                        <Route path=path!("/:id/edit") view=page::ConnectorEdit />
                    </ParentRoute>
                    <ParentRoute path=path!("/users/tokens") view=page::Tokens>
                        <Route path=path!("") view=Outlet />
                        <Route path=path!("/new") view=page::TokenNew />
                    </ParentRoute>
                    <ParentRoute path=path!("/users") view=page::Users>
                        <Route path=path!("") view=Outlet />
                        <Route path=path!("/new") view=page::UserNew />
                        <Route path=path!("/:id/edit") view=page::UserEdit />
                    </ParentRoute>
                    <Route path=path!("/audit") view=page::Audit />
                    <Route path=path!("/parameters") view=page::Parameters />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

//! Header, Products menu and side menu around the settings pages.

mod header;
mod incidents;
mod language;
mod side;
pub mod tastes;

pub use incidents::incident_rows;

use super::{
    elsewhere,
    keys::KeySheet,
    place::{Page, Window},
};
use crate::{
    live::LivePart,
    locales::use_words,
    ui::{arriving::arriving, toast::ToastRegion},
};
use leptos::prelude::*;

#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let words = use_words();
    view! {
        <a class="skip" href="#content" rel="external">
            {words.frame.skip}
        </a>
        <header::Header />
        <div class="frame">
            <side::Side />
            <main class="content" id="content" tabindex="-1">
                {children()}
            </main>
        </div>
        <Around />
    }
    .into_any()
}

/// What stands around every page, in a portal's frame too: short messages, and the notice that the program has stopped.
#[component]
pub fn Around() -> impl IntoView {
    let words = use_words();
    let sheet = use_context::<KeySheet>();
    let keys = move || {
        let open = sheet.is_some_and(|sheet| sheet.0.get());
        open.then(|| arriving(elsewhere::window(Page::Accounts, Window::Keys), || ().into_any()))
    };
    view! {
        {keys}
        <ToastRegion />
        <LivePart />
        <div class="crash" id="late" role="status" hidden>
            <p>{words.common.late}</p>
            <a class="button" href="" rel="external">
                {words.common.reload}
            </a>
        </div>
        <div class="crash" id="crash" role="alert" hidden>
            <p>{words.common.crashed}</p>
            <a class="button" data-variant="primary" href="" rel="external">
                {words.common.reload}
            </a>
        </div>
    }
    .into_any()
}

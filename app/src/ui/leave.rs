//! The question before a page with unsaved changes is left. A window asks it itself.

use super::{
    confirm::Confirm,
    guard::{Leaving, use_leave_guard},
};
use crate::locales::use_words;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub fn Leave(dirty: Signal<bool>) -> impl IntoView {
    let words = &use_words().common;
    let asking = RwSignal::new(None::<Leaving>);
    let leaving = RwSignal::new(false);
    let navigate = use_navigate();
    let guarded = Signal::derive(move || dirty.get() && !leaving.get());
    use_leave_guard(guarded, Callback::new(move |to| asking.set(Some(to))));
    let go = Callback::new(move |()| {
        let to = asking.get_untracked();
        leaving.set(true);
        asking.set(None);
        match to {
            Some(Leaving::Link(href)) => {
                navigate(&href, NavigateOptions { resolve: false, ..NavigateOptions::default() });
            }
            _ => {
                if let Ok(history) = window().history() {
                    let _ = history.go_with_delta(-2);
                }
            }
        }
    });
    view! {
        {move || {
            asking
                .get()
                .map(|_| {
                    view! {
                        <Confirm
                            id="discard"
                            title=words.discard_title
                            text=words.discard_text.to_owned()
                            yes=words.discard
                            no=words.keep_editing
                            on_yes=go
                            on_no=Callback::new(move |()| asking.set(None))
                        />
                    }
                })
        }}
    }
    .into_any()
}

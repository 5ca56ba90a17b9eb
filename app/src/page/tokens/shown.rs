//! A token just made: shown until it is dismissed, and never again.

use super::Made;
use crate::{
    locales::use_words,
    ui::{browser, button::Button, notice::Notice, toast::use_toasts},
};
use leptos::{prelude::*, task::spawn_local};

/// The element that holds the token.
const FIELD: &str = "token-made";

pub fn shown(made: Made) -> AnyView {
    let all = use_words();
    let words = &all.later().token;
    let toasts = use_toasts();
    let copy = Callback::new(move |()| {
        let Some(text) = made.0.with_untracked(|made| made.as_ref().map(|made| made.secret.expose().to_owned())) else {
            return;
        };
        browser::select(FIELD);
        spawn_local(async move {
            let done = browser::copy(&text).await;
            if done { toasts.good(words.copied.to_owned()) } else { toasts.bad(words.copy_by_hand.to_owned()) }
        });
    });
    let dismiss = Callback::new(move |()| made.0.set(None));
    (move || {
        made.0.get().map(|made| {
            let title = (words.made)(made.token.name.as_str());
            view! {
                <Notice kind="success" alert=true>
                    <label for=FIELD>{title}</label>
                    <input
                        id=FIELD
                        class="input"
                        readonly
                        spellcheck="false"
                        autocomplete="off"
                        value=made.secret.expose().to_owned()
                    />
                    <div class="notice-buttons">
                        <Button label=words.copy on_click=copy variant="primary" />
                        <Button label=all.common.dismiss on_click=dismiss />
                    </div>
                </Notice>
            }
        })
    })
    .into_any()
}

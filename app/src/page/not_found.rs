//! What stands at an address where nothing is.

use super::places;
use crate::locales::use_words;
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    let words = &use_words().frame;
    view! {
        <main class="gate">
            <div class="gate-card">
                <h1>{words.not_found}</h1>
                <p>{words.not_found_text}</p>
                <a class="button" href=places::at(places::ACCOUNTS)>
                    {words.to_start}
                </a>
            </div>
        </main>
    }
    .into_any()
}

//! The choice of a language. A plain form: the server keeps the choice and shows the same page in other words, which a browser
//! could do only by fetching what the page comes with anyway. What is unsaved asks first, as with every way out.

use super::header::{menu_button, menu_of, post};
use crate::{locales::use_words, page::places, ui::icon::Icon};
use leptos::prelude::*;
use words::{Language, Words};

const MENU: &str = "language-menu";

pub fn language_choice() -> AnyView {
    let words = use_words();
    let label = words.frame.language;
    let choices = Language::ALL.into_iter().map(|language| choice(language, words)).collect_view().into_any();
    view! {
        {menu_button("language-button", label, MENU, Icon::Globe)}
        {menu_of(MENU, "user", label, post(places::language(), choices))}
    }
    .into_any()
}

fn choice(language: Language, words: &Words) -> AnyView {
    let checked = if language == words.language { "true" } else { "false" };
    view! {
        <button
            type="submit"
            class="menu-item"
            role="menuitemradio"
            aria-checked=checked
            lang=language.tag()
            name="language"
            value=language.tag()
        >
            {language.name()}
        </button>
    }
    .into_any()
}

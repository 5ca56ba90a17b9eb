//! Light, dark, high contrast, or as the system has it. Kept in this browser and in a cookie, so that the server can render it at once.

use crate::{
    locales::use_words,
    ui::{browser, field::Choice},
};
use leptos::prelude::*;

const KEY: &str = "theme";
const CODES: [&str; 4] = ["system", "light", "dark", "contrast"];

#[component]
pub fn ThemeChoice() -> impl IntoView {
    let words = use_words();
    let chosen = RwSignal::new("system");
    let choose = Callback::new(move |code: &'static str| {
        chosen.set(code);
        browser::store(KEY, code);
        apply(code);
    });
    let options = vec![
        (CODES[0], words.frame.theme_system),
        (CODES[1], words.frame.theme_light),
        (CODES[2], words.frame.theme_dark),
        (CODES[3], words.frame.theme_contrast),
    ];
    let group = view! { <Choice id="theme" label=words.frame.theme options value=chosen on_change=choose /> };
    // After the group's own first look: it would take the server's choice for the reader's.
    Effect::new(move |_| {
        let stored = browser::stored(KEY);
        if let Some(code) = CODES.into_iter().find(|code| stored.as_deref() == Some(code)) {
            chosen.set(code);
            apply(code);
        }
    });
    group
}

fn apply(code: &str) {
    browser::set_root("data-theme", (code != "system").then_some(code));
}

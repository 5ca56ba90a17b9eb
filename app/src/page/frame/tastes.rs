//! Light, dark, or as the system has it; how close together things stand. The server keeps the choice and renders it at once.

use crate::{
    api::taste::taste_choose,
    locales::use_words,
    ui::{browser, field::Choice as Choices, toast::use_toasts},
};
use domain::taste::{Choice, Density, Tastes, Theme};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn TasteChoice(tastes: Tastes) -> impl IntoView {
    let words = &use_words().frame;
    let theme = |theme: Theme, label| (theme.code(), label);
    let themes = vec![
        theme(Theme::System, words.theme_system),
        theme(Theme::Light, words.theme_light),
        theme(Theme::Dark, words.theme_dark),
        theme(Theme::Contrast, words.theme_contrast),
    ];
    let densities = vec![
        (Density::Comfortable.code(), words.density_comfortable),
        (Density::Compact.code(), words.density_compact),
    ];
    view! {
        {group("theme", words.theme, themes, tastes.theme.code())}
        {group("density", words.density, densities, tastes.density.code())}
    }
    .into_any()
}

fn group(
    name: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: &'static str,
) -> AnyView {
    let chosen = RwSignal::new(chosen);
    let choose = choosing();
    let on_change = Callback::new(move |code: &'static str| {
        chosen.set(code);
        if let Some(choice) = Choice::parse(name, code) {
            choose.run(choice);
        }
    });
    view! { <Choices id=name label options value=chosen on_change /> }.into_any()
}

/// Shows a choice at once and has it kept; says so where it could not be.
pub fn choosing() -> Callback<Choice> {
    let toasts = use_toasts();
    let words = use_words();
    Callback::new(move |choice: Choice| {
        let code = choice.code();
        match choice {
            Choice::Theme(theme) => browser::set_root("data-theme", (theme != Theme::System).then_some(code)),
            Choice::Density(density) => {
                browser::set_root("data-density", (density != Density::Comfortable).then_some(code));
            }
            Choice::Shortcuts(on) => browser::set_root("data-shortcuts", (!on).then_some(code)),
        }
        spawn_local(async move {
            if let Err(failure) = taste_choose(choice).await {
                toasts.bad((words.failure)(&failure.0));
            }
        });
    })
}

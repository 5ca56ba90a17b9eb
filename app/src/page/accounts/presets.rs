//! Settings of a known provider, offered below the host: filled in by one press, saved by nobody but whoever saves the window.

use super::form::Form;
use crate::{
    locales::use_words,
    ui::{browser, button::Button, notice::Notice},
};
use domain::{
    account::field,
    provider::{By, Known, Provider},
};
use leptos::prelude::*;

/// Where the keyboard goes once the button is gone that filled the settings in.
const REGION: &str = "#account-presets";

/// What is known of the provider that the draft speaks of, as the draft changes.
#[component]
pub fn Presets(form: Form) -> impl IntoView {
    let known = Memo::new(move |_| form.draft.with(Known::of));
    let holds = Memo::new(move |_| form.draft.with(|draft| known.get().is_some_and(|known| known.holds(draft))));
    let filled = RwSignal::new(false);
    let fill = Callback::new(move |()| {
        let Some((known, offer)) = known.get_untracked().and_then(|known| Some((known, known.offer()?))) else {
            return;
        };
        for field in [field::HOST, field::PORT, field::SECURITY_TYPE] {
            form.touched(field);
        }
        form.draft.update(|draft| known.proposal(offer).apply(draft));
        filled.set(true);
        browser::focus_soon(REGION);
    });
    // What was filled in and then changed is not filled in any more.
    Effect::new(move |_| {
        if !holds.get() {
            filled.set(false);
        }
    });
    let shown = move || {
        let known = known.get()?;
        if holds.get() {
            return Some(wants(known.provider, filled.get()));
        }
        Some(offered(known, fill))
    };
    view! {
        <div class="fields-wide preset" id="account-presets" tabindex="-1" aria-live="polite">
            {shown}
        </div>
    }
    .into_any()
}

/// What the provider's settings are, and the button that fills them in.
fn offered(known: Known, fill: Callback<()>) -> AnyView {
    let words = &use_words().later().preset;
    let say = if known.by == By::Host { words.this_is } else { words.sent_by };
    let text = known.offer().map(|offer| say(known.provider, offer));
    view! {
        <Notice kind="info">
            <p>{text}</p>
            {caveats(known.provider)}
            <div class="notice-buttons">
                <Button label=words.use_these on_click=fill />
            </div>
        </Notice>
    }
    .into_any()
}

/// What stays to be known once the settings are right: what to log in with, and what else there is.
fn wants(provider: &'static Provider, filled: bool) -> AnyView {
    let words = &use_words().later().preset;
    let done = filled.then(|| format!("{} ", (words.filled)(provider)));
    view! {
        <p class="field-hint">{done} {(words.wants)(provider)}</p>
        <div class="field-hint">{caveats(provider)}</div>
    }
    .into_any()
}

fn caveats(provider: &'static Provider) -> Option<AnyView> {
    let say = use_words().later().preset.caveat;
    (!provider.caveats.is_empty()).then(|| {
        let items = provider.caveats.iter().map(|caveat| view! { <li>{say(*caveat)}</li> }).collect_view();
        view! { <ul class="preset-caveats">{items}</ul> }.into_any()
    })
}

//! Buttons, and links that look and answer like buttons.

use super::icon::{Glyph, Icon};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A button with words; `variant` is `primary`, `danger` or nothing. One that may not be pressed keeps the keyboard: a press may
/// be what made it so.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    on_click: Callback<()>,
    #[prop(default = "")] variant: &'static str,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            data-variant=variant
            aria-disabled=move || disabled.get().then_some("true")
            on:click=move |event| {
                if !disabled.get_untracked() {
                    press(&event, on_click);
                }
            }
        >
            {icon.map(|icon| view! { <Glyph icon /> })}
            <span>{label}</span>
        </button>
    }
    .into_any()
}

/// The button that submits its form; says so while that runs, and submits nothing more.
#[component]
pub fn Submit(
    label: &'static str,
    #[prop(default = "")] busy_label: &'static str,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    let text = move || if busy.get() && !busy_label.is_empty() { busy_label } else { label };
    view! {
        <button
            type="submit"
            class="button"
            data-variant="primary"
            aria-disabled=move || busy.get().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                }
            }
        >
            <span>{text}</span>
        </button>
    }
    .into_any()
}

/// An address that is opened like a button is pressed: with Enter and with Space.
#[component]
pub fn ButtonLink(
    label: &'static str,
    /// Where it leads without a script, and in another tab.
    href: String,
    /// Where it leads on a click.
    go: Callback<()>,
    #[prop(default = "")] variant: &'static str,
    #[prop(optional)] icon: Option<Icon>,
    /// The icon alone is shown; the label is its name.
    #[prop(optional)]
    icon_only: bool,
    /// The key that presses it.
    #[prop(default = "")]
    key: &'static str,
) -> impl IntoView {
    let click = move |event: MouseEvent| {
        let plain =
            event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if plain {
            event.prevent_default();
            go.run(());
        }
    };
    view! {
        <a
            class=if icon_only { "icon-button" } else { "button" }
            role="button"
            href=href
            data-key=(!key.is_empty()).then_some(key)
            data-variant=variant
            aria-label=icon_only.then_some(label)
            title=icon_only.then_some(label)
            on:click=click
            on:keydown=press_on_space
        >
            {icon.map(|icon| view! { <Glyph icon /> })}
            {(!icon_only).then(|| view! { <span>{label}</span> })}
        </a>
    }
    .into_any()
}

/// The press may turn this very element into a submit button before the browser asks what a click on it does by itself:
/// it does nothing by itself.
fn press(event: &MouseEvent, on_click: Callback<()>) {
    event.prevent_default();
    on_click.run(());
}

/// A link that looks like a button answers Space like one.
pub fn press_on_space(event: KeyboardEvent) {
    if event.key() == " " {
        event.prevent_default();
        if let Some(target) = event.current_target().and_then(|t| t.dyn_into::<HtmlElement>().ok()) {
            target.click();
        }
    }
}

/// A square button that shows an icon; the label is its name.
#[component]
pub fn IconButton(#[prop(into)] label: String, icon: Icon, on_click: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" aria-label=label.clone() title=label on:click=move |event| press(&event, on_click)>
            <Glyph icon />
        </button>
    }
    .into_any()
}

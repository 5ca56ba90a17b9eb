//! How the frame looks, as its portal says: theme, density, language, height, and the theme's properties. Live.

use super::contrast;
use crate::{
    locales::use_words,
    mount::mount,
    ui::{browser, guard::is_held},
};
use domain::portal::{
    Looks,
    theme::{Kind, PROPERTIES, is_plain, kind},
};
use leptos::{prelude::*, task::spawn_local};
use std::{cell::Cell, collections::BTreeMap};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use words::Language;

thread_local! {
    /// Whether colours are somebody else's choice. Ours are known to be readable.
    static THEMED: Cell<bool> = const { Cell::new(false) };
}

/// A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Appearance(StoredValue<Looks>);

impl Appearance {
    pub fn new(looks: Looks) -> Self {
        Self(StoredValue::new(looks))
    }

    pub fn theme(self) -> String {
        self.0.with_value(|looks| looks.theme.clone()).unwrap_or_else(|| "system".to_owned())
    }

    pub fn density(self) -> String {
        self.0.with_value(|looks| looks.density.clone()).unwrap_or_else(|| "comfortable".to_owned())
    }

    pub fn locale(self) -> String {
        self.0.with_value(|looks| looks.locale.clone()).unwrap_or_else(|| use_words().language.tag().to_owned())
    }

    /// One of theme, density, locale and height; what is no word for it changes nothing, and says so on the console.
    pub fn change(self, name: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        let mut looks = self.0.get_value();
        let before = looks.clone();
        looks.change(name, Some(value));
        if looks == before && !already(&before, name, value) {
            warn(&format!("{name}: '{value}' is not known"));
            return;
        }
        let root = |attribute, value: &Option<String>| browser::set_root(attribute, value.as_deref());
        match name {
            "theme" => root("data-theme", &looks.theme.clone().filter(|theme| theme != "system")),
            "density" => root("data-density", &looks.density),
            "height" => root("data-height", &looks.height),
            "locale" => looks.locale.as_deref().into_iter().for_each(read_in),
            _ => {}
        }
        self.0.set_value(looks);
        if name == "theme" {
            check_theme();
        }
    }
}

/// The words come with the document: it is asked for again, at the same address. Not while something typed would be lost; nor
/// where the server has been asked for this language already, and knows better.
fn read_in(tag: &str) {
    let asked = mount().embed.and_then(|embed| embed.looks.locale);
    if Language::parse(tag) == Some(use_words().language) || asked.as_deref() == Some(tag) || is_held() {
        return;
    }
    let location = window().location();
    let search = location.search().unwrap_or_default();
    let mark = if search.is_empty() { '?' } else { '&' };
    // Of several, the last counts.
    let _ = location.replace(&format!("{search}{mark}locale={tag}"));
}

/// The whole set: what is not among them is as Postroom has it.
pub fn set_tokens(tokens: Option<BTreeMap<String, String>>) {
    let (Some(tokens), Some(root)) = (tokens, root()) else { return };
    let style = root.style();
    for (name, _) in PROPERTIES {
        if !tokens.contains_key(name) {
            let _ = style.remove_property(&format!("--postroom-{name}"));
        }
    }
    for (name, value) in &tokens {
        match kind(name) {
            None => warn(&format!("theme property '{name}' is not known")),
            Some(kind) if !fits(kind, value) => {
                warn(&format!("theme property {name}: '{value}' is no {}", noun(kind)));
            }
            Some(_) => drop(style.set_property(&format!("--postroom-{name}"), value)),
        }
    }
    THEMED.set(THEMED.get() || !tokens.is_empty());
    check_theme();
}

/// Says on the console where a theme that isn't ours can't be read.
pub fn check_theme() {
    if THEMED.get() || mount().theme {
        spawn_local(contrast::check_soon());
    }
}

fn already(looks: &Looks, name: &str, value: &str) -> bool {
    let now = match name {
        "theme" => &looks.theme,
        "density" => &looks.density,
        "locale" => &looks.locale,
        _ => &looks.height,
    };
    now.as_ref().is_some_and(|now| now.eq_ignore_ascii_case(value.trim()))
}

fn fits(kind: Kind, value: &str) -> bool {
    let property = match kind {
        Kind::Colour => "color",
        Kind::Length => "width",
        Kind::Font => "font-family",
    };
    is_plain(value) && web_sys::css::supports_with_value(property, value).unwrap_or(false)
}

const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Colour => "colour",
        Kind::Length => "length",
        Kind::Font => "font",
    }
}

fn root() -> Option<HtmlElement> {
    document().document_element()?.dyn_into().ok()
}

pub fn warn(text: &str) {
    web_sys::console::warn_1(&JsValue::from_str(&format!("[postroom] {text}")));
}

//! How the frame looks, as its portal says: theme, density, language, height, and the theme's properties. Live.

use crate::{api::client, ui::browser};
use domain::portal::{
    Looks,
    theme::{Kind, PAIRS, PROPERTIES, contrast, is_plain, kind},
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement};

/// A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Appearance(StoredValue<Looks>);

impl Appearance {
    pub fn new(looks: Looks) -> Self {
        client::use_language(looks.locale.clone());
        Self(StoredValue::new(looks))
    }

    pub fn theme(self) -> String {
        self.0.with_value(|looks| looks.theme.clone()).unwrap_or_else(|| "system".to_owned())
    }

    pub fn density(self) -> String {
        self.0.with_value(|looks| looks.density.clone()).unwrap_or_else(|| "comfortable".to_owned())
    }

    pub fn locale(self) -> String {
        self.0.with_value(|looks| looks.locale.clone()).unwrap_or_else(|| "en".to_owned())
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
            "locale" => client::use_language(looks.locale.clone()),
            _ => {}
        }
        self.0.set_value(looks);
        if name == "theme" {
            check_contrast_soon();
        }
    }
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
    check_contrast_soon();
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

/// Says on the console which colours are too near each other, once what has just changed is drawn.
pub fn check_contrast_soon() {
    request_animation_frame(|| {
        let Some(painter) = Painter::new() else { return };
        for (front, back, least) in PAIRS {
            let (Some(a), Some(b)) = (painter.colour(front), painter.colour(back)) else { continue };
            let ratio = contrast(a, b);
            if ratio < least {
                warn(&format!(
                    "contrast of {front} ({}) on {back} ({}) is {ratio:.2}:1, below {least}:1 (WCAG 2.2, {})",
                    hex(a),
                    hex(b),
                    if least < 4.0 { "1.4.11" } else { "1.4.3" }
                ));
            }
        }
    });
}

/// What the browser makes of a colour, as bytes: computed by the style sheet, drawn on a canvas of one pixel.
struct Painter {
    probe: HtmlElement,
    canvas: CanvasRenderingContext2d,
}

impl Painter {
    fn new() -> Option<Self> {
        let probe = document().create_element("span").ok()?.dyn_into::<HtmlElement>().ok()?;
        probe.set_hidden(true);
        document().body()?.append_child(&probe).ok()?;
        let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
        canvas.set_width(1);
        canvas.set_height(1);
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE).ok()?;
        let canvas = canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()?;
        Some(Self { probe, canvas })
    }

    fn colour(&self, name: &str) -> Option<[u8; 3]> {
        let variable = if name == "on-accent" { "text-on-accent" } else { name };
        self.probe.style().set_property("color", &format!("var(--{variable})")).ok()?;
        let colour = window().get_computed_style(&self.probe).ok()??.get_property_value("color").ok()?;
        self.canvas.set_fill_style_str(&colour);
        self.canvas.fill_rect(0.0, 0.0, 1.0, 1.0);
        let data = self.canvas.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data();
        Some([*data.first()?, *data.get(1)?, *data.get(2)?])
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        let probe: &Element = &self.probe;
        probe.remove();
    }
}

fn hex(colour: [u8; 3]) -> String {
    let [red, green, blue] = colour;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn root() -> Option<HtmlElement> {
    document().document_element()?.dyn_into().ok()
}

fn warn(text: &str) {
    web_sys::console::warn_1(&JsValue::from_str(&format!("[postroom] {text}")));
}

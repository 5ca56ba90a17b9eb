//! Says on the console which colours of a theme are too near each other. Fetched where there is a theme that isn't ours.

use super::looks::warn;
use domain::portal::theme::{PAIRS, contrast};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement};

thread_local! {
    /// What has been said: once is enough.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Once what has just changed is drawn.
#[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_async, reason = "it awaits its arrival in a browser only"))]
#[lazy]
pub fn check_soon() {
    request_animation_frame(|| {
        let Some(painter) = Painter::new() else { return };
        for (front, back, least) in PAIRS {
            let (Some(a), Some(b)) = (painter.colour(front), painter.colour(back)) else { continue };
            let ratio = contrast(a, b);
            if ratio < least {
                // The browser writes the number: what Rust would do it with is as large as the rest of this.
                let Ok(ratio) = js_sys::Number::from(ratio).to_fixed(2) else { continue };
                let (least, criterion) = if least < 4.0 { ("3", "1.4.11") } else { ("4.5", "1.4.3") };
                let (a, b, ratio) = (hex(a), hex(b), String::from(ratio));
                let text = format!(
                    "contrast of {front} ({a}) on {back} ({b}) is {ratio}:1, below {least}:1 (WCAG 2.2, {criterion})"
                );
                if !SAID.with_borrow(|said| said.contains(&text)) {
                    warn(&text);
                    SAID.with_borrow_mut(|said| said.push(text));
                }
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

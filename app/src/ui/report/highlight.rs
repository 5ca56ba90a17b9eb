//! What of a row the filter found: marked by the browser (CSS Custom Highlight API), with not one more element on the page.
//! Where a browser doesn't know how, nothing is marked and nothing else changes.

use crate::ui::browser::{function, get};
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::window;
use std::ops::Range;
use wasm_bindgen::JsValue;
use web_sys::Node;

/// The name that the style sheet knows.
const NAME: &str = "match";

/// The marks of one table.
pub struct Highlight {
    set: JsValue,
    add: Function,
    clear: Function,
    range: Function,
    keys: [JsValue; 4],
    is_empty: bool,
}

impl Highlight {
    pub fn new() -> Option<Self> {
        let window = window();
        let registry = get(&get(&window, "CSS")?, "highlights")?;
        let set = Reflect::construct(&function(&window, "Highlight")?, &Array::new()).ok()?;
        function(&registry, "set")?.call2(&registry, &JsValue::from_str(NAME), &set).ok()?;
        Some(Self {
            add: function(&set, "add")?,
            clear: function(&set, "clear")?,
            set,
            range: function(&window, "StaticRange")?,
            keys: ["startContainer", "startOffset", "endContainer", "endOffset"].map(JsValue::from_str),
            is_empty: true,
        })
    }

    /// Nothing is marked any more.
    pub fn clear(&mut self) {
        if !self.is_empty {
            let _ = self.clear.call0(&self.set);
            self.is_empty = true;
        }
    }

    /// Marks a part of a text, counted in units of UTF-16.
    pub fn add(&mut self, text: &Node, part: &Range<usize>) {
        let init = Object::new();
        let offset = |at: usize| JsValue::from(u32::try_from(at).unwrap_or(u32::MAX));
        for (key, value) in self.keys.iter().zip([text.into(), offset(part.start), text.into(), offset(part.end)]) {
            let _ = Reflect::set(&init, key, &value);
        }
        if let Ok(range) = Reflect::construct(&self.range, &Array::of1(&init)) {
            let _ = self.add.call1(&self.set, &range);
            self.is_empty = false;
        }
    }
}

//! A cell's content outside of a table.

use super::bits::Bit;
use leptos::prelude::*;

/// The server writes it.
#[cfg(feature = "ssr")]
pub fn shown(bits: Vec<Bit>) -> AnyView {
    use super::{bits::dated, drawing};
    view! { <span>{drawing::all(dated(bits, crate::ui::time::Clock::Utc))}</span> }.into_any()
}

/// The browser writes it anew over what the server wrote.
#[cfg(not(feature = "ssr"))]
pub fn shown(bits: Vec<Bit>) -> AnyView {
    use super::{bits::dated, dom};
    let place = NodeRef::<leptos::html::Span>::new();
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            dom::fill(&place, &dated(bits.clone(), crate::ui::time::Clock::Local));
        }
    });
    view! { <span node_ref=place /> }.into_any()
}

//! A cell's content outside of a table: the server writes it, the browser writes it anew over that.

use super::{
    bits::{Bit, dated},
    dom, drawing,
};
use crate::ui::time::Clock;
use leptos::{html, prelude::*};

pub fn shown(bits: Vec<Bit>) -> AnyView {
    if drawing::ON_SERVER {
        return view! { <span>{drawing::all(dated(bits, Clock::Utc))}</span> }.into_any();
    }
    let place = NodeRef::<html::Span>::new();
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            dom::fill(&place, &dated(bits.clone(), Clock::Local));
        }
    });
    view! { <span node_ref=place /> }.into_any()
}

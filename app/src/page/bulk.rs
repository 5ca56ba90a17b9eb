//! What is done to many rows at once: the bar below a table, what is asked before, how it goes and what was not done. Arrives when
//! a row is first chosen.

mod ask;
mod bar;
mod job;
mod told;

use crate::ui::report::State;
use domain::Role;
use leptos::prelude::*;

/// Arrives with the first row that is chosen.
pub fn bulk_bar(state: State, role: Role) -> AnyView {
    view! { <bar::Bar state role /> }.into_any()
}

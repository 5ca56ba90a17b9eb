//! What stands around a report and is not there at first: the connection that makes it live, columns and views, the bar for many
//! rows, the list of incidents. One part of the program: many small ones would come in many more pieces.

use super::{bulk::bulk_bar, frame::incident_rows};
use crate::{
    live::{Live, live_part},
    ui::report::{Comfort, Coming, State, comfort},
};
use domain::Role;
use leptos::prelude::*;

/// Which of them.
#[derive(Clone, Copy)]
pub enum Tool {
    Live(Live),
    Comfort(Comfort),
    Bulk(State, Role),
    /// How many there are, and the menu that they are shown in.
    Incidents(Signal<usize>, &'static str),
}

#[lazy]
pub fn tool(which: Tool) -> AnyView {
    match which {
        Tool::Live(live) => live_part(live),
        Tool::Comfort(which) => comfort(which),
        Tool::Bulk(state, role) => bulk_bar(state, role),
        Tool::Incidents(count, menu) => incident_rows(count, menu),
    }
}

/// As a report asks for it.
pub fn comforts(which: Comfort) -> Coming {
    Box::pin(tool(Tool::Comfort(which)))
}

//! What makes a report one's own, and is rarely asked for: choosing columns, saved views, copying a cell. One part of the
//! program, which arrives when the first of them is used.

mod columns;
mod copying;
mod views;

use super::State;
use leptos::{html, prelude::*};

/// What is asked for.
#[derive(Clone, Copy)]
pub enum Comfort {
    Columns(State),
    /// With how often it was opened.
    Views(State, RwSignal<u32>),
    /// In the table that scrolls there.
    Copying(NodeRef<html::Div>),
}

pub fn comfort(which: Comfort) -> AnyView {
    match which {
        Comfort::Columns(state) => columns::panel(state),
        Comfort::Views(state, opened) => views::panel(state, opened),
        Comfort::Copying(table) => copying::copying(table),
    }
}

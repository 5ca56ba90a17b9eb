//! The store against real SQLite files.

// As the workspace names it.
extern crate postroom_store as store;

mod harness;
mod invariants;
mod reports;
mod schema;

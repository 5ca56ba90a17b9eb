//! The store against real `SQLite` files.
#![expect(clippy::expect_used, clippy::panic, reason = "what fails is to fail its test")]

// As the workspace names it.
extern crate postroom_store as store;

mod audit;
mod faults;
mod harness;
mod index;
mod invariants;
mod outbox;
mod reports;
mod revisions;
mod schema;
mod statements;

//! The use cases against a real database file and real sockets.

// As the workspace names it.
extern crate postroom_service as service;

mod accounts;
mod audit;
mod harness;
mod keys;
mod people;
mod roles;
mod secrets;
mod sending;

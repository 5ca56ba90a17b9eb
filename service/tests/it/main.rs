//! The use cases against a real database file and real sockets.
#![expect(clippy::expect_used, clippy::panic, reason = "what fails is to fail its test")]

// As the workspace names it.
extern crate postroom_service as service;

mod accounts;
mod arrival;
mod audit;
mod bulk;
mod discovery;
mod harness;
mod health;
mod incidents;
mod keys;
mod oauth;
mod oidc;
mod outbox;
mod outbox_crashes;
mod outbox_faults;
mod people;
mod portal;
mod roles;
mod schedules;
mod secrets;
mod sending;
mod tokens;
mod views;
mod web;

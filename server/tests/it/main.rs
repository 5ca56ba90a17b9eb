//! The binary as a whole: started as a process, spoken to over HTTP, killed.
#![expect(clippy::expect_used, clippy::panic, reason = "what fails is to fail its test")]

mod api;
mod bulk;
mod crash;
mod downloads;
mod harness;
mod house;
mod http;
mod keys;
mod languages;
mod live;
mod metrics;
mod oidc;
mod people;
mod portal;
mod print;
mod schedules;
mod secrets;
mod settings;
mod stream;
mod tastes;
mod transfer;
mod web;

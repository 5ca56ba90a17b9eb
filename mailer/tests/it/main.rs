//! The mailer against real sockets on loopback. One binary; each file is one matter.
#![expect(clippy::expect_used, reason = "tests")]

extern crate postroom_mailer as mailer;

mod cancel;
mod certificates;
mod content;
mod corpus;
mod delivery;
mod diagnosis;
mod failures;
mod fetch;
mod hostile;
mod kept;
mod limits;
mod names;
mod oauth;
mod probe;
mod properties;
mod protection;
mod reach;
mod refusals;
mod rows_certificates;
mod rows_commit;
mod rows_session;
mod rows_tls;
mod support;
mod transcript;
mod trust;
mod tunnels;
mod web;

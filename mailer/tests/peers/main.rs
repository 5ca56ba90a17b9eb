//! The mailer against real servers of others, each set up right once and wrong in many ways. Where one is missing its test fails.
#![expect(clippy::expect_used, reason = "tests")]

extern crate postroom_mailer as mailer;

mod check;
mod dovecot;
mod exim;
mod openssl;
mod postfix;
mod service;
#[path = "../it/support.rs"]
#[expect(dead_code, reason = "shared with the suite beside this one, which needs more of it")]
mod support;

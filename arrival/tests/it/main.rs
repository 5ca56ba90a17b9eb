//! The checks against answers as a resolver gives them. One binary; each file is one matter.
#![expect(clippy::expect_used, reason = "tests")]

extern crate postroom_arrival as arrival;

mod answers;
mod examine;
mod propose;
mod spf;

//! SPF (RFC 7208): would a receiver take this address for one of the domain's?

mod check;
mod macros;
mod record;
mod report;

pub use check::{Mode, Outcome, Sender, SpfResult, evaluate};
pub(crate) use report::spf;

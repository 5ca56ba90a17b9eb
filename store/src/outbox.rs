//! Messages of the Outbox: accepted, claimed under a lease, recorded, read, found, forgotten.

mod attempt;
mod claim;
mod detail;
mod insert;
mod keep;
mod reason;
mod record;
mod search;
mod sending;

pub use attempt::AttemptRecord;
pub use claim::{Claimed, Stranded};
pub use detail::StoredMessage;
pub use insert::{IdempotencyKey, NewMessage};
pub(crate) use reason::{join, read as read_reason};
pub use record::{MessageChange, MessageResult};
pub use sending::{HaltRecord, SendingState};

//! SQL and nothing else: what is stored and read back. No rule of the product lives here beyond what the tables enforce.
//!
//! Everything happens in a transaction: [`Store::read`] gives a snapshot, [`Store::write`] the one writer.

mod account;
mod audit;
mod connector;
mod credential;
mod error;
mod health;
mod language;
mod migration;
mod oauth_token;
mod outbox;
mod parameters;
mod pool;
mod portal;
mod read;
mod report;
mod revision;
mod schedule;
mod sealed;
mod session;
mod taste;
mod test_history;
mod token;
mod transaction;
mod user;
mod view;
mod watch;

pub use audit::{AuditChain, AuditFault, AuditHash, NewAuditEntry};
pub use error::{StoreError, StoreResult};
pub use health::{Expiry, Health};
pub use outbox::{
    AttemptRecord, Claimed, HaltRecord, IdempotencyKey, MessageChange, MessageResult, NewMessage, SendingState,
    StoredMessage, Stranded,
};
pub use pool::{Store, WorkerLock};
pub use portal::{PortalKind, PortalSession};
pub use report::{Counts, INDEXED_ABOVE, IndexFigures};
pub use revision::Revisions;
pub use schedule::{RunRecord, StoredSchedule};
pub use sealed::{DataKey, Sealed};
pub use session::Session;
pub use test_history::TestRecord;
pub use token::NewTokenRow;
pub use transaction::{ReadTx, WriteTx};
pub use view::StoredView;

//! Use cases: who may do what, in which order, with which line in the audit log. The only crate that combines store and
//! mailer; no SQL, no SMTP, no HTTP.

mod account;
mod actor;
mod api_token;
mod arrival;
mod audit;
mod binding;
mod bulk;
mod clock;
mod compose;
mod connector;
mod credential;
mod discovery;
mod error;
mod export;
mod health;
mod key_file;
mod key_ring;
mod language;
mod limiter;
mod live;
mod metrics;
mod oauth;
mod oidc;
mod outbox;
mod parameters;
mod password;
mod portal;
mod random;
mod report;
mod rotation;
mod schedule;
mod session;
mod settings;
mod setup;
mod slots;
mod start;
mod taste;
mod test;
mod token;
mod transfer;
mod user;
mod view;

pub use actor::Actor;
pub use audit::AuditState;
pub use bulk::BulkEvents;
pub use clock::Clock;
pub use error::{Answer, OpenError};
pub use export::{Broken, Download, Form};
pub use live::{Listening, Told};
pub use mailer::{Budget, DestinationPolicy};
pub use oidc::{OIDC_SECONDS, OidcBegun, OidcEnded, OidcReturn, OidcSettings};
pub use outbox::Tick;
pub use portal::{PortalKey, PortalSettings, ProxySecret, SignedIn};
pub use report::HeldRows;
pub use secrecy::SecretString;
pub use settings::{MasterKeySource, Settings};
pub use start::reference;
pub use store::PortalKind;
pub use test::Events;
pub use token::{ApiToken, PortalToken, SessionToken};
pub use tokio_util::sync::CancellationToken;
pub use transfer::{Imported, Step, StepOutcome};

use std::sync::Arc;

/// The whole of Postroom behind one cheap clone. Every use case takes the [`Actor`] first.
#[derive(Clone)]
pub struct Service {
    inner: Arc<start::Inner>,
}

//! The product's words: ids, values, drafts and rules. Pure: no I/O, no async, no clock, no randomness, no `cfg`
//! (but in `report/held/lanes.rs`, for the browser's vectors). Compiled for browser and server alike, so that both check the
//! same thing with the same code.

pub mod account;
pub mod arrival;
pub mod audit;
pub mod bulk;
pub mod connector;
pub mod credential;
pub mod destination;
pub mod diagnosis;
pub mod discovery;
pub mod failure;
pub mod history;
pub mod id;
pub mod incident;
pub mod message;
pub mod notification;
pub mod parameters;
pub mod portal;
pub mod provider;
pub mod recipients;
pub mod report;
pub mod role;
pub mod schedule;
pub mod sending;
pub mod session_test;
pub mod taste;
pub mod token;
pub mod transfer;
pub mod user;
pub mod value;
pub mod view;

pub use failure::{Failure, FieldError, FieldErrors};
pub use id::{AccountId, AuditId, ConnectorId, CredentialId, MessageId, ScheduleId, TokenId, UserId, ViewId};
pub use role::{Action, Role, Standing};
pub use value::{Certificates, EmailAddress, Fingerprint, Host, Label, Port, Secret, UnixMillis};

//! What goes wrong: in words for the log and the terminal, as a [`Failure`] for everybody else.

use crate::start::reference;
use domain::{Failure, FieldErrors};
use std::path::PathBuf;
use store::StoreError;

/// What a use case answers with.
pub type Answer<T> = Result<T, Failure>;

/// What happens inside of a use case. Not serialisable: its words are for the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServiceError {
    /// Said to whoever asked, and nothing for the log.
    #[error("{0:?}")]
    Told(Failure),
    #[error(transparent)]
    Store(StoreError),
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
    #[error("hashing a password: {0}")]
    Password(argon2::password_hash::Error),
    #[error("sealing a secret failed")]
    Seal,
    #[error("a task ended before its time: {0}")]
    Task(#[from] tokio::task::JoinError),
    #[error("the message can't be composed: {0}")]
    Compose(#[from] mailer::ComposeError),
    #[error("writing metrics: {0}")]
    Text(#[from] std::fmt::Error),
    #[error("writing JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("{0}")]
    Key(OpenError),
}

pub(crate) type Inside<T> = Result<T, ServiceError>;

impl From<Failure> for ServiceError {
    fn from(failure: Failure) -> Self {
        Self::Told(failure)
    }
}

impl From<FieldErrors> for ServiceError {
    fn from(errors: FieldErrors) -> Self {
        Self::Told(Failure::Invalid { errors })
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NameTaken => invalid("name", "name_taken").into(),
            StoreError::Reference => refused("in_use", []).into(),
            StoreError::DefaultAccount => refused("default_account", []).into(),
            StoreError::LastAdministrator => refused("last_administrator", []).into(),
            StoreError::Full => {
                tracing::error!("the disk is full: nothing can be written");
                Failure::Full.into()
            }
            other => Self::Store(other),
        }
    }
}

/// Runs the inside of a use case; what is ours to repair is logged here, once, under a reference that the asker gets.
pub(crate) async fn answer<T>(work: impl Future<Output = Inside<T>>) -> Answer<T> {
    match work.await {
        Ok(value) => Ok(value),
        Err(ServiceError::Told(failure)) => Err(failure),
        Err(error) => {
            let reference = reference();
            tracing::error!(%reference, %error, "a use case failed");
            Err(Failure::Internal { reference })
        }
    }
}

pub(crate) fn refused<const N: usize>(code: &str, params: [&str; N]) -> Failure {
    Failure::Refused { code: code.to_owned(), params: params.map(str::to_owned).into() }
}

/// Whoever changes a thing says from which version; refused where that is not the one stored any more.
pub(crate) fn conflict_unless(current: bool, stored: i64) -> Answer<()> {
    if current { Ok(()) } else { Err(Failure::Conflict { version: stored }) }
}

pub(crate) fn invalid(field: &str, code: &str) -> Failure {
    let mut errors = FieldErrors::default();
    errors.add(field, code);
    Failure::Invalid { errors }
}

/// Why the service does not start: one line each, naming the setting or the file.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("master key {0}")]
    Key(String),
    #[error("certificates {}: {reason}", path.display())]
    Roots { path: PathBuf, reason: String },
    #[error("{setting} {}: {reason}", path.display())]
    PortalKey { setting: &'static str, path: PathBuf, reason: String },
    #[error("the system gives no randomness")]
    Random,
}

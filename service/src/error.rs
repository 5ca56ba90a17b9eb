//! What goes wrong: in words for the log and the terminal, as a [`Failure`] for everybody else.

use domain::Failure;

/// What a use case answers with.
pub type Answer<T> = Result<T, Failure>;

/// Why the service does not start: one line each, naming the setting or the file.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("master key: {0}")]
    Key(String),
}

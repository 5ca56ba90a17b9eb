//! Who asks: the first argument of every use case.

use domain::{Role, UserId};

/// A person or program on whose behalf something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// `None` for the command line and for workers.
    pub user: Option<UserId>,
    /// As the audit log names it.
    pub name: String,
    pub role: Role,
    /// The network address it came from; empty for the command line.
    pub origin: String,
}

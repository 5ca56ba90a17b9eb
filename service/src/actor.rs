//! Who asks: the first argument of every use case.

use crate::{Answer, token::TokenHash};
use domain::{Action, Failure, Role, TokenId, UserId, token::Token};

/// A person or program on whose behalf something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// `None` for programs with a token, the command line and workers.
    pub user: Option<UserId>,
    /// As the audit log names it.
    pub name: String,
    pub role: Role,
    /// The network address it came from; empty for the command line.
    pub origin: String,
    /// The session it came with, which survives a change of its own password.
    pub(crate) session: Option<TokenHash>,
    /// The token it came with.
    pub(crate) token: Option<TokenId>,
}

impl Actor {
    pub fn new(user: Option<UserId>, name: &str, role: Role, origin: &str) -> Self {
        Self { user, name: name.to_owned(), role, origin: origin.to_owned(), session: None, token: None }
    }

    /// A program with an API token.
    pub(crate) fn token(token: &Token, origin: &str) -> Self {
        Self { token: Some(token.id), ..Self::new(None, &format!("token {}", token.name), token.role, origin) }
    }

    /// Whoever sits at the machine.
    pub(crate) fn command_line() -> Self {
        Self::new(None, "command line", Role::Administrator, "")
    }

    /// Ours, that acts by itself.
    pub(crate) fn worker(name: &str) -> Self {
        Self::new(None, name, Role::Administrator, "")
    }

    /// Asked first, by every use case.
    pub(crate) fn must(&self, action: Action) -> Answer<()> {
        if self.role.may(action) { Ok(()) } else { Err(Failure::Forbidden) }
    }
}

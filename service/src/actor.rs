//! Who asks: the first argument of every use case.

use crate::{Answer, token::TokenHash};
use domain::{Action, Failure, Role, Standing, TokenId, UserId, taste::Tastes, token::Token};
use words::Language;

/// A person or program on whose behalf something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// `None` for guests, programs with a token, the command line and workers.
    pub user: Option<UserId>,
    /// As people read it.
    pub name: String,
    pub role: Role,
    /// What it reads: its own choice, then what its request asks for. `None` where nobody reads.
    pub language: Option<Language>,
    /// How it likes its pages: what it chose, or what its browser remembers.
    pub tastes: Tastes,
    /// The network address it came from; empty for the command line.
    pub origin: String,
    /// The session it came with, which survives a change of its own password.
    pub(crate) session: Option<TokenHash>,
    pub(crate) guest: Option<Guest>,
    /// The token it came with.
    pub(crate) token: Option<TokenId>,
}

/// What makes a person without a user row that person: two of the same name are two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guest {
    pub via: Via,
    /// Empty where nobody says.
    pub issuer: String,
    pub subject: String,
}

/// Who vouches for a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    Portal,
    OpenId,
    Proxy,
}

impl Via {
    const fn code(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::OpenId => "openid",
            Self::Proxy => "proxy",
        }
    }
}

impl Actor {
    pub fn new(user: Option<UserId>, name: &str, role: Role, origin: &str) -> Self {
        let (name, origin) = (name.to_owned(), origin.to_owned());
        let (language, tastes) = (None, Tastes::default());
        Self { user, name, role, language, tastes, origin, session: None, guest: None, token: None }
    }

    /// The same, who reads that.
    #[must_use]
    pub fn reading(self, language: Option<Language>) -> Self {
        Self { language, ..self }
    }

    /// A program with an API token.
    pub(crate) fn token(token: &Token, origin: &str) -> Self {
        Self { token: Some(token.id), ..Self::new(None, &format!("token {}", token.name), token.role, origin) }
    }

    /// A person whom somebody else knows.
    pub(crate) fn guest(guest: Guest, name: &str, role: Role, origin: &str) -> Self {
        Self { guest: Some(guest), ..Self::new(None, name, role, origin) }
    }

    /// Whoever sits at the machine.
    pub(crate) fn command_line() -> Self {
        Self::new(None, "command line", Role::Administrator, "")
    }

    /// Ours, that acts by itself.
    pub(crate) fn worker(name: &str) -> Self {
        Self::new(None, name, Role::Administrator, "")
    }

    pub fn may(&self, action: Action) -> bool {
        self.role.may(action) && !self.standing().withholds(action)
    }

    /// Asked first, by every use case.
    pub(crate) fn must(&self, action: Action) -> Answer<()> {
        if self.may(action) { Ok(()) } else { Err(Failure::Forbidden) }
    }

    pub fn standing(&self) -> Standing {
        match self.guest.as_ref().map(|guest| guest.via) {
            None => Standing::Known,
            Some(Via::OpenId) => Standing::OpenId,
            Some(Via::Proxy) => Standing::Proxy,
            Some(Via::Portal) => Standing::Portal,
        }
    }

    /// As the audit log names it. Guests bring their names along: what follows tells them from users and programs,
    /// however they are called.
    pub(crate) fn logged(&self) -> String {
        match &self.guest {
            None => self.name.clone(),
            Some(guest) if guest.subject == self.name => format!("{} ({})", self.name, guest.via.code()),
            Some(guest) => format!("{} ({} {})", self.name, guest.via.code(), guest.subject),
        }
    }

    /// Whose budget of slots, and whose idempotency keys: nobody else's is the same.
    pub(crate) fn key(&self) -> String {
        match &self.guest {
            None => format!("{}:{}", self.user.map(|id| id.to_string()).unwrap_or_default(), self.name),
            Some(guest) => format!("{} {:?} {:?}", guest.via.code(), guest.issuer, guest.subject),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guest(via: Via, issuer: &str, subject: &str, name: &str) -> Actor {
        let guest = Guest { via, issuer: issuer.to_owned(), subject: subject.to_owned() };
        Actor::guest(guest, name, Role::Administrator, "192.0.2.1")
    }

    #[test]
    fn w28_a_guest_never_looks_after_who_else_may() {
        let single_sign_on = guest(Via::OpenId, "i", "s", "Ana");
        let forbidden: Vec<_> = Action::ALL.iter().filter(|action| single_sign_on.must(**action).is_err()).collect();
        assert_eq!(forbidden, [&Action::OwnPasswordChange]);
        for via in [Via::Portal, Via::Proxy] {
            let guest = guest(via, "i", "s", "Ana");
            let forbidden: Vec<_> = Action::ALL.iter().filter(|action| guest.must(**action).is_err()).collect();
            let people = [Action::UsersRead, Action::UsersChange, Action::TokensRead, Action::TokensChange];
            let wanted = people.iter().chain((via == Via::Portal).then_some(&Action::AuditRead));
            assert_eq!(forbidden, wanted.chain([&Action::OwnPasswordChange]).collect::<Vec<_>>());
        }
    }

    #[test]
    fn w32_nobody_is_taken_for_somebody_else() {
        let all = [
            Actor::new(None, "Ana", Role::Viewer, ""),
            Actor::new(Some(UserId(1)), "Ana", Role::Viewer, ""),
            guest(Via::Portal, "", "Ana", "Ana"),
            guest(Via::OpenId, "", "Ana", "Ana"),
            guest(Via::Proxy, "", "Ana", "Ana"),
            guest(Via::Portal, "", "ana", "Ana"),
            guest(Via::Portal, "i", "ana", "Ana"),
            guest(Via::Portal, "i a", "na", "Ana"),
            guest(Via::Portal, "i\" \"a", "na", "Ana"),
            guest(Via::Portal, "i", "a\" \"na", "Ana"),
        ];
        let keys: std::collections::HashSet<_> = all.iter().map(Actor::key).collect();
        assert_eq!(keys.len(), all.len());
        assert_eq!(all[2].logged(), "Ana (portal)");
        assert_eq!(all[5].logged(), "Ana (portal ana)");
        assert_eq!(guest(Via::Portal, "", "x", "command line").logged(), "command line (portal x)");
    }
}

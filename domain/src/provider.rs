//! Mail providers: what is known of their servers, so that settings can be offered before anything is sent. Codes, no words.

mod caveat;
mod table;

pub use caveat::{Caveat, Login, UserName};

use crate::{
    EmailAddress, Host, Port,
    account::{AccountDraft, Proposal, Security, hints},
};

/// A port with the protection that begins there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub port: u16,
    pub security: Security,
}

/// What a provider's servers are called, what they offer, and what they want.
#[derive(Debug, PartialEq, Eq)]
pub struct Provider {
    pub id: &'static str,
    pub name: &'static str,
    /// Names of its servers, with blanks between; `*` stands for one part of a name.
    hosts: &'static str,
    /// What stands behind the `@` of its own mailboxes.
    domains: &'static str,
    /// What it recommends, the best first.
    pub offers: &'static [Offer],
    /// What works too and is not offered.
    also: &'static [Offer],
    pub user_name: UserName,
    pub login: Login,
    pub caveats: &'static [Caveat],
    /// Whether the name of the host settles that it is this one.
    sure: bool,
}

impl Provider {
    /// Whether its host is nobody else's.
    pub const fn is_sure(&self) -> bool {
        self.sure
    }

    /// Its server for mail from its own domains.
    pub fn host(&self) -> Option<&'static str> {
        self.hosts.split(' ').find(|host| !host.contains('*'))
    }

    /// One offer as settings; the host only where it is to be filled in.
    pub fn proposal(&self, offer: Offer, with_host: bool) -> Proposal {
        Proposal {
            host: self.host().filter(|_| with_host).map(str::to_owned),
            port: Some(offer.port),
            security: Some(offer.security),
            authentication: self.login.is_expected(),
            ..Proposal::default()
        }
    }

    /// Whether it is known to answer on this port with this protection.
    pub fn answers(&self, port: Port, security: Security) -> bool {
        self.pairings().any(|offer| offer.port == port.get() && offer.security == security)
    }

    fn pairings(&self) -> impl Iterator<Item = Offer> {
        self.offers.iter().chain(self.also).copied()
    }
}

pub fn all() -> impl Iterator<Item = &'static Provider> {
    table::ALL.iter().flat_map(|rows| rows.iter())
}

/// Whose server this is.
pub fn by_host(host: &Host) -> Option<&'static Provider> {
    all().find(|provider| matches_one(provider.hosts, host.ascii()))
}

/// Who keeps the mailbox of this address.
pub fn by_sender(sender: &EmailAddress) -> Option<&'static Provider> {
    all().find(|provider| matches_one(provider.domains, sender.domain_ascii()))
}

/// How a draft's provider came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Host,
    /// By the sender's domain: the host is not filled in, or is nobody's we know.
    Sender,
}

/// The provider that a draft speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub provider: &'static Provider,
    pub by: By,
}

impl Known {
    /// By the host that is filled in, else by the sender's domain.
    pub fn of(draft: &AccountDraft) -> Option<Self> {
        let host = Host::parse(&draft.host).ok();
        if let Some(provider) = host.as_ref().and_then(by_host) {
            return is_likely(provider, draft).then_some(Self { provider, by: By::Host });
        }
        let sender = EmailAddress::parse(&draft.sender).ok()?;
        let provider = by_sender(&sender).filter(|provider| provider.host().is_some())?;
        Some(Self { provider, by: By::Sender })
    }

    /// What is offered first.
    pub fn offer(self) -> Option<Offer> {
        self.provider.offers.first().copied()
    }

    pub fn proposal(self, offer: Offer) -> Proposal {
        self.provider.proposal(offer, self.by == By::Sender)
    }

    /// Whether the draft says already what this provider wants, in one of the ways it takes.
    pub fn holds(self, draft: &AccountDraft) -> bool {
        self.provider.pairings().any(|offer| self.proposal(offer).holds(draft))
    }
}

/// The provider whose host is filled in with a port and a protection that it is not known to answer on; `None` too where a
/// hint that holds for any server says as much.
pub fn unlisted(draft: &AccountDraft) -> Option<(&'static Provider, Offer)> {
    let provider = by_host(&Host::parse(&draft.host).ok()?).filter(|provider| provider.sure)?;
    let security = draft.security();
    let port = match draft.port.trim() {
        "" => security.default_port(),
        typed => Port::parse(typed)?,
    };
    let is_said = hints(draft).iter().any(|hint| hint.is_pairing());
    (!is_said && !provider.answers(port, security)).then_some((provider, Offer { port: port.get(), security }))
}

/// Where the host's name alone proves nothing, the port has to speak for it too.
fn is_likely(provider: &Provider, draft: &AccountDraft) -> bool {
    let port = Port::parse(&draft.port).map(Port::get);
    provider.sure || provider.pairings().any(|offer| Some(offer.port) == port)
}

fn matches_one(patterns: &str, name: &str) -> bool {
    patterns.split(' ').any(|pattern| !pattern.is_empty() && matches(pattern, name))
}

fn matches(pattern: &str, name: &str) -> bool {
    let (mut expected, mut parts) = (pattern.split('.'), name.split('.'));
    loop {
        match (expected.next(), parts.next()) {
            (None, None) => return true,
            (Some(expected), Some(part)) if expected == "*" || expected == part => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests;

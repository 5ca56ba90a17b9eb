//! Every provider that is known, in three tables: who keeps mailboxes, who relays for programs, who hosts domains. Data alone.

mod hosting;
mod mailboxes;
mod relays;

use super::{Login, Offer, Provider, UserName};
use crate::account::Security;

pub const ALL: [&[Provider]; 3] = [mailboxes::ROWS, relays::ROWS, hosting::ROWS];

const SSL: Offer = Offer { port: 465, security: Security::ImplicitTls };
const TLS: Offer = starttls(587);
const RELAY: Offer = starttls(25);
const ALTERNATE: Offer = starttls(2525);

const fn starttls(port: u16) -> Offer {
    Offer { port, security: Security::StartTls }
}

const fn implicit(port: u16) -> Offer {
    Offer { port, security: Security::ImplicitTls }
}

const fn clear(port: u16) -> Offer {
    Offer { port, security: Security::None }
}

/// What a row says that names nothing else: a mailbox's address and its password.
const ROW: Provider = Provider {
    id: "",
    name: "",
    hosts: "",
    domains: "",
    offers: &[SSL, TLS],
    also: &[],
    user_name: UserName::Address,
    login: Login::Password,
    caveats: &[],
    sure: true,
};

//! Typed ids, all from one list. A number that names an account can't be passed where a user is asked for.

use serde::{Deserialize, Serialize};
use std::{fmt, num::ParseIntError, str::FromStr};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// An SMTP account.
    AccountId,
    /// A stored user name and secret.
    CredentialId,
    /// A network connector: SOCKS5 or HTTP CONNECT.
    ConnectorId,
    /// A person who signs in.
    UserId,
    /// An API token.
    TokenId,
    /// One line of the audit log.
    AuditId,
    /// A message of the Outbox.
    MessageId,
    /// A report that goes out by mail by itself.
    ScheduleId,
    /// A saved view of a report.
    ViewId,
}

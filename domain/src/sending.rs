//! How an account sends, as its window shows and changes it.

use crate::{
    AccountId, FieldErrors,
    incident::Trouble,
    message::{Sending, SendingLimits},
};
use serde::{Deserialize, Serialize};

/// How an account sends, with what the window says besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSending {
    pub sending: Sending,
    /// The account's name.
    pub account: String,
    pub enabled: bool,
    /// What keeps it from sending, if anything does.
    pub trouble: Option<Trouble>,
    /// Which accounts could take over: all others.
    pub others: Vec<Other>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    pub id: AccountId,
    pub name: String,
    pub enabled: bool,
}

/// The window's fields as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SendingDraft {
    pub connections: String,
    /// Empty is no limit.
    pub per_minute: String,
    pub failover_id: Option<AccountId>,
}

impl SendingDraft {
    pub fn parse(&self, account: AccountId) -> Result<SendingLimits, FieldErrors> {
        let mut errors = FieldErrors::default();
        let connections = self.connections.trim();
        if connections.is_empty() {
            errors.add("connections", "required");
        }
        // What is no number at all is out of its range.
        let number = |text: &str| text.parse().unwrap_or(u32::MAX);
        let limits = SendingLimits {
            connections: if connections.is_empty() { 1 } else { number(connections) },
            per_minute: match self.per_minute.trim() {
                "" => 0,
                text => number(text),
            },
            failover_id: self.failover_id,
        };
        if let Err(more) = limits.check(account) {
            errors.0.extend(more.0);
        }
        if errors.is_empty() { Ok(limits) } else { Err(errors) }
    }
}

impl From<&AccountSending> for SendingDraft {
    fn from(stored: &AccountSending) -> Self {
        let limits = stored.sending.limits;
        Self {
            connections: limits.connections.to_string(),
            per_minute: if limits.per_minute == 0 { String::new() } else { limits.per_minute.to_string() },
            failover_id: limits.failover_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: AccountId = AccountId(7);

    fn draft(connections: &str, per_minute: &str, failover: Option<i64>) -> SendingDraft {
        SendingDraft {
            connections: connections.into(),
            per_minute: per_minute.into(),
            failover_id: failover.map(AccountId),
        }
    }

    #[test]
    fn what_is_typed_becomes_limits_or_all_its_errors() {
        let check = |typed: SendingDraft, expected: &str| {
            let said = match typed.parse(OWN) {
                Ok(limits) => format!("{} {} {:?}", limits.connections, limits.per_minute, limits.failover_id),
                Err(errors) => errors.0.iter().map(|e| format!("{}:{}", e.field, e.code)).collect::<Vec<_>>().join(" "),
            };
            assert_eq!(said, expected, "{typed:?}");
        };
        check(draft("10", "", None), "10 0 None");
        check(draft(" 3 ", " 60 ", Some(8)), "3 60 Some(AccountId(8))");
        check(draft("50", "1000000", None), "50 1000000 None");
        check(draft("", "", None), "connections:required");
        check(draft("0", "1000001", None), "connections:range per_minute:range");
        check(draft("51", "-1", None), "connections:range per_minute:range");
        check(draft("ten", "1.5", Some(7)), "connections:range per_minute:range failover_id:failover_self");
        check(draft("99999999999", "", None), "connections:range");
    }

    #[test]
    fn a_stamp_differs_where_any_limit_does() {
        let stamps: std::collections::HashSet<_> = [
            ("10", "", None),
            ("11", "", None),
            ("10", "1", None),
            ("10", "64", None),
            ("10", "", Some(1)),
            ("10", "", Some(2)),
        ]
        .into_iter()
        .map(|(a, b, c)| draft(a, b, c).parse(OWN).expect("valid").stamp())
        .collect();
        assert_eq!(stamps.len(), 6);
    }
}

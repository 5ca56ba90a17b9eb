//! English: the mail that the health check writes.

use crate::{HealthMail, number::with_commas};

pub const HEALTH: HealthMail = HealthMail {
    subject: |failing, recovered, ending| {
        let accounts = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 account {one}")),
            count => Some(format!("{} accounts {many}", with_commas(count as u64))),
        };
        let certificates = match ending {
            0 => None,
            1 => Some("1 certificate ends soon".to_owned()),
            count => Some(format!("{} certificates end soon", with_commas(count as u64))),
        };
        let parts =
            [accounts(failing, "fails", "fail"), accounts(recovered, "works again", "work again"), certificates];
        format!("Postroom: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    },
    intro: "Changes since the last health check:",
    failing: |account| format!("{account} fails"),
    differently: |account| format!("{account} fails in another way"),
    recovered: |account| format!("{account} works again"),
    since: |moment| format!("It failed since {moment} UTC."),
    ends: super::sending::certificate_ends,
    certificate: |subject, moment| format!("{subject}, valid until {moment} UTC."),
    renew: "Ask the server's administrator to renew it. Once it has ended, nothing is sent through this account.",
    more: |count| {
        format!("… and {} more: the report of accounts shows how each test ended.", with_commas(count as u64))
    },
    server_said: "The server said:",
    foot: |hours| {
        let hours = if hours == 1 { "hour".to_owned() } else { format!("{} hours", with_commas(hours.into())) };
        format!(
            "Enabled accounts are checked every {hours}, without sending anything; only changes are reported. This is set under Parameters."
        )
    },
};

//! English: the mail that the health check writes.

use crate::HealthMail;

pub const HEALTH: HealthMail = HealthMail {
    subject: |failing, recovered, ending| {
        let accounts = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 account {one}")),
            count => Some(format!("{count} accounts {many}")),
        };
        let certificates = match ending {
            0 => None,
            1 => Some("1 certificate ends soon".to_owned()),
            count => Some(format!("{count} certificates end soon")),
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
    ends: |account, days| match days {
        ..0 => format!("The certificate of {account}'s server has ended"),
        0 => format!("The certificate of {account}'s server ends today"),
        1 => format!("The certificate of {account}'s server ends tomorrow"),
        days => format!("The certificate of {account}'s server ends in {days} days"),
    },
    certificate: |subject, moment| format!("{subject}, valid until {moment} UTC."),
    renew: "Ask the server's administrator to renew it. Once it has ended, nothing is sent through this account.",
    more: |count| format!("… and {count} more: the report of accounts shows how each test ended."),
    server_said: "The server said:",
    foot: |hours| {
        let hours = if hours == 1 { "hour".to_owned() } else { format!("{hours} hours") };
        format!(
            "Enabled accounts are checked every {hours}, without sending anything; only changes are reported. This is set under Parameters."
        )
    },
};

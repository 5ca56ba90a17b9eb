//! English: how an account sends, and the incidents that keep mail from going out.

use crate::{Incident, Sending, number::with_commas};

pub const INCIDENT: Incident = Incident {
    none: "All solved.",
    no_default: "No default account",
    no_default_choose: "Messages that name no account are refused until one is the default.",
    no_default_make: "There is no account to send with. Messages are refused until there is one.",
    choose_default: "Choose a default account",
    new_account: "New account",
    halted: |account| format!("{account} sends nothing"),
    failing: |account| format!("{account} is failing"),
    unhealthy: |account| format!("{account} failed its health check"),
    expiring: certificate_ends,
    valid_until: "valid until",
    tests: "Test history",
    test: "Test",
    since: "since",
    waiting: |count, at_least| {
        let at_least = if at_least { "at least " } else { "" };
        let wait = if count == 1 { "message waits" } else { "messages wait" };
        format!("{at_least}{} {wait}", with_commas(count))
    },
    edit: "Edit account",
    look: "View account",
    sending: "Sending",
    messages: "Its messages",
};

pub fn certificate_ends(account: &str, days: i64) -> String {
    match days {
        ..0 => format!("The certificate of {account}'s server has ended"),
        0 => format!("The certificate of {account}'s server ends today"),
        1 => format!("The certificate of {account}'s server ends tomorrow"),
        days => format!("The certificate of {account}'s server ends in {} days", with_commas(days.unsigned_abs())),
    }
}

pub const SENDING: Sending = Sending {
    what: "How the account sends",
    connections: "Connections at once",
    connections_hint: "From 1 to 50. Some servers refuse more than a few.",
    per_minute: "Messages per minute",
    per_minute_hint: "Empty is no limit. What is over it waits its turn.",
    unlimited: "No limit",
    failover: "Fail-over account",
    failover_hint: "Takes over at once what certainly was not delivered, while this account can't send.",
    account: |id| format!("Account {id}"),
    pause: "Pause",
    resume: "Resume",
    try_now: "Try now",
    paused: |account| format!("{account} is paused. Its messages wait."),
    resumed: |account| format!("{account} sends again."),
    is_well: "This account sends.",
    is_paused: "Sending is paused. Its messages wait until it is resumed.",
    is_disabled: "This account is disabled: nothing is sent with it.",
    is_halted: "Nothing is sent",
    halted_text: "It stays so until somebody changes the account or its credential, or resumes it as it is.",
    is_failing: "Connections fail",
    failing_text: |count| {
        let one_after_another = if count == 1 { "" } else { " one after another" };
        format!("{} failed{one_after_another}. It is tried again by itself.", with_commas(count.into()))
    },
    next_try: "Next try:",
};

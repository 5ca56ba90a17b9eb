//! English: the test window and the steps of an SMTP session.

use crate::{
    History, Test,
    number::{digits, with_commas},
};
use domain::session_test::{Fact, Outcome};

pub const TEST: Test = Test {
    window: "Test Email - Account",
    unsaved: "Values not saved yet",
    to: "Send to",
    subject: "Subject",
    message: "Message",
    default_subject: "TEST MESSAGE!",
    default_message: "ATTENTION: THIS IS A TEST MESSAGE!",
    send: "Send",
    steps: "Progress",
    state: |code| match code {
        "running" => "running",
        "passed" => "passed",
        "failed" => "failed",
        "skipped" => "skipped",
        _ => "pending",
    },
    reply: "Server's reply",
    reached: |step| format!("Reached: {step}"),
    class: |code| match code {
        "temporary" => "It may work later, unchanged.",
        "permanent" => "It will not work unchanged.",
        _ => "The settings, or what surrounds them, need a change.",
    },
    outcome_text: |code| match code {
        "delivered" => "The server took the message.",
        "passed" => "Everything up to the recipient works; nothing was sent.",
        "failed" => "The message was not sent.",
        "unknown" => "The message went out whole and no answer came: it may have been delivered.",
        _ => "The test was stopped.",
    },
    broken: "The connection to Postroom ended before the test did. Its result may appear under Last test.",
    operators_only: "Only operators and administrators can test an account.",
    check_only: "Check only",
    settings_read: "Read the settings",
    again: "again",
    fact,
    certificates: |count| {
        if count == 1 { "Certificate".to_owned() } else { format!("{} certificates", with_commas(count as u64)) }
    },
    certificate_subject: "Subject",
    certificate_names: "For",
    certificate_issuer: "Issued by",
    certificate_self: "itself (self-signed)",
    certificate_valid: "Valid",
    certificate_key: "Key",
    certificate_fingerprint: "SHA-256",
    lines: |count| {
        if count == 1 { "1 line said".to_owned() } else { format!("{} lines said", with_commas(count as u64)) }
    },
    message_octets: |octets| format!("(the message: {} octets)", digits(octets, with_commas)),
    why: "Why",
    advice: "What to do",
    language: "Language of the explanation",
    copy_transcript: "Copy transcript",
    copied: "The transcript is in the clipboard.",
    not_copied: "The browser did not let the transcript into the clipboard.",
};

fn fact(fact: &Fact) -> String {
    let p = |index: usize| fact.params.get(index).map_or("", String::as_str);
    let n = |index: usize| digits(p(index), with_commas);
    match fact.code.as_str() {
        "attempt" => format!(
            "{} took no connection ({}, after {} ms).",
            p(0),
            crate::diagnosis::en::cause(p(2)).unwrap_or(p(2)),
            n(1)
        ),
        "starttls" => "Offers STARTTLS.".to_owned(),
        "auth" => format!("Offers logins: {}.", p(0)),
        "size" => format!("Takes messages of up to {} octets.", n(0)),
        "crossed_out" => "Something stands where STARTTLS would be: a device on the way overwrites it.".to_owned(),
        "mechanism" => format!("{} was chosen: the first we use of what the server offers ({}).", p(0), p(1)),
        "user_name" => format!("As {}.", p(0)),
        "token" => format!("The access token was there after {} ms.", n(0)),
        "token_renewed" => format!("The server refused the access token: a new one was there after {} ms.", n(0)),
        "certificate_not_checked" => "The certificate was not checked: the account ignores its errors.".to_owned(),
        "certificate_pinned" => {
            "It is the certificate that the account has pinned; nothing else of it was checked.".to_owned()
        }
        "queue_id" => format!("The server keeps it as {}.", p(0)),
        "octets" => format!("{} octets went out.", n(0)),
        // Named in the transcript; nobody acts on them.
        _ => String::new(),
    }
}

pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "Delivered",
        Outcome::Passed => "Passed",
        Outcome::Failed => "Failed",
        Outcome::Unknown => "Unknown",
        Outcome::Cancelled => "Cancelled",
    }
}

pub const HISTORY: History = History {
    none: "This account has not been tested yet.",
    test_now: "Test it now",
    sum: |passed, all| {
        let (some, all_of) = (with_commas(passed as u64), with_commas(all as u64));
        match (passed, all) {
            (1, 1) => "The only test passed.".to_owned(),
            (0, 1) => "The only test failed.".to_owned(),
            (passed, all) if passed == all => format!("All of the last {all_of} tests passed."),
            _ => format!("{some} of the last {all_of} tests passed."),
        }
    },
    seen_last: "Certificate seen last",
    valid_until: "valid until",
    group: |code| match code {
        "reach" => "Name and connection",
        "greeting" => "Greeting",
        "tls" => "Encryption",
        "auth" => "Login",
        "envelope" => "Addresses",
        _ => "Message",
    },
    by: |actor, check| if check { format!("{actor}, check only") } else { actor.to_owned() },
};

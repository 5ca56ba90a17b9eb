//! English: the test window and the steps of an SMTP session.

use crate::Test;
use domain::session_test::Outcome;

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
};

pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "Delivered",
        Outcome::Passed => "Passed",
        Outcome::Failed => "Failed",
        Outcome::Unknown => "Unknown",
        Outcome::Cancelled => "Cancelled",
    }
}

//! English: the Outbox.

use crate::Outbox;
use domain::{
    message::{AttemptOutcome, Reason},
    session_test::{Diagnosis, Step},
};

pub const OUTBOX: Outbox = Outbox {
    intro: "What programs and schedules handed over, and what became of each message.",
    window: "Message",
    read: "Read",
    resend: "Resend",
    cancel: "Cancel",
    pause: "Pause",
    resume: "Resume",
    resent: |id| format!("Message {id} goes out again as a new one."),
    canceled: |id| format!("Message {id} is canceled."),
    paused: |id| format!("Message {id} waits until it is resumed."),
    resumed: |id| format!("Message {id} is tried now."),
    possible_duplicate: "May have arrived twice",
    status: "Status",
    accepted: "Accepted",
    due: "Next try",
    message_id: "Message-ID",
    content: "Content",
    tries: "Tries",
    no_tries: "Not tried yet.",
    tries_heads: ["#", "When", "Account", "Outcome", "Why", "Took"],
    outcome,
    committing: "Handed over; no answer is known",
};

fn outcome(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Delivered => "Delivered",
        AttemptOutcome::Retry => "Not delivered, tried again later",
        AttemptOutcome::Failover => "Not delivered, another account takes over",
        AttemptOutcome::Dead => "Refused for good",
        AttemptOutcome::Unknown => "May have been delivered",
        AttemptOutcome::Config => "The account needs somebody",
    }
}

pub fn reason(reason: &Reason) -> String {
    let p = |index: usize| reason.params.get(index).map_or("?", String::as_str);
    match reason.code.as_str() {
        "expired" => "Its time was over before it could be delivered.".to_owned(),
        "some_refused" => format!("The server refused some recipients: {}.", reason.params.join(", ")),
        "account_disabled" => "Its account is not enabled.".to_owned(),
        "account_paused" => "Sending through its account is paused.".to_owned(),
        "cannot_compose" => format!("The message can't be made: {}.", p(0)),
        "content_unreadable" => "Its content can't be read from the database.".to_owned(),
        "internal" => "This server had a problem of its own. Its log says more.".to_owned(),
        "worker_lost" => "The server stopped in the middle of a try.".to_owned(),
        code => super::diagnosis::diagnosis(&Diagnosis {
            reply: reason.reply.clone(),
            ..Diagnosis::of_settings(code, Step::Data, reason.params.clone())
        }),
    }
}

//! What becomes of a message after a try. Pure: time and dice are arguments.

use crate::outbox::back_off;
use domain::{
    AccountId, EmailAddress, UnixMillis,
    message::{AttemptOutcome, MessageStatus, Reason, RecipientState},
    session_test::Outcome,
};
use mailer::{Delivery, RecipientResult};
use store::MessageChange;

/// A try and what is known around it.
pub(super) struct Tried<'a> {
    pub now: UnixMillis,
    /// The account it was accepted for.
    pub own: AccountId,
    /// The one it was tried through.
    pub through: AccountId,
    /// Takes over from `through`.
    pub failover: Option<AccountId>,
    pub tries: u32,
    /// What is known of the recipients from earlier tries, where they fared differently.
    pub before: &'a [RecipientState],
    pub delivery: &'a Delivery,
    pub dice: u32,
}

pub(super) struct Decision {
    pub outcome: AttemptOutcome,
    pub change: MessageChange,
    pub recipients: Vec<RecipientState>,
    /// Nobody knows whether this try was delivered, and another will be made.
    pub possible_duplicate: bool,
}

/// The code under which a message was sent to some of its recipients only.
const SOME_REFUSED: &str = "some_refused";

pub(super) fn decide(t: &Tried<'_>) -> Decision {
    let verdict = t.delivery.verdict;
    let done = &t.delivery.done;
    let reason = reason(t.delivery);
    let plain = |outcome, change| Decision { outcome, change, recipients: vec![], possible_duplicate: false };
    let later = |due, reason, counted| MessageChange::Waiting { due, route: t.own, reason, counted };
    if done.outcome == Outcome::Cancelled {
        return plain(AttemptOutcome::Retry, later(t.now, None, false));
    }
    // Each recipient has been answered: they may fare differently.
    let refused_all = done.diagnosis.as_ref().is_some_and(|d| d.cause == "recipient_refused")
        && t.delivery.recipients.iter().all(|recipient| !recipient.accepted);
    if verdict.outcome == AttemptOutcome::Delivered || (refused_all && !t.delivery.recipients.is_empty()) {
        return by_recipient(t, reason);
    }
    let failover = t.failover.filter(|_| verdict.failover && t.through == t.own);
    if let Some(other) = failover {
        let change = MessageChange::Waiting { due: t.now, route: other, reason: Some(reason), counted: false };
        return plain(AttemptOutcome::Failover, change);
    }
    match verdict.outcome {
        AttemptOutcome::Dead => plain(AttemptOutcome::Dead, MessageChange::Error { reason }),
        // The account waits, and its messages with it: no try of theirs. One that came from elsewhere goes back.
        AttemptOutcome::Config if t.through == t.own => {
            plain(AttemptOutcome::Config, later(t.now, Some(reason), false))
        }
        AttemptOutcome::Unknown => Decision {
            possible_duplicate: true,
            ..plain(AttemptOutcome::Unknown, later(back_off::of_message(t.now, t.tries, t.dice), Some(reason), true))
        },
        outcome => plain(outcome, later(back_off::of_message(t.now, t.tries, t.dice), Some(reason), true)),
    }
}

/// Whoever has it is done, whoever is refused for good too; for the others it waits.
fn by_recipient(t: &Tried<'_>, reason: Reason) -> Decision {
    let delivered = t.delivery.verdict.outcome == AttemptOutcome::Delivered;
    let mut states: Vec<RecipientState> = t.delivery.recipients.iter().map(|r| state(r, delivered)).collect();
    let known = |status| {
        let earlier = t.before.iter().filter(|state| !states.iter().any(|now| now.address == state.address));
        states.iter().chain(earlier).filter(|state| state.status == status).map(|state| state.address.clone()).collect()
    };
    let (waiting, refused, sent): (Vec<EmailAddress>, Vec<EmailAddress>, Vec<EmailAddress>) =
        (known(MessageStatus::Waiting), known(MessageStatus::Error), known(MessageStatus::Sent));
    let outcome = if delivered { AttemptOutcome::Delivered } else { t.delivery.verdict.outcome };
    let change = if !waiting.is_empty() {
        let due = back_off::of_recipient(t.now, t.tries, t.dice);
        MessageChange::Waiting { due, route: t.own, reason: Some(reason), counted: true }
    } else if sent.is_empty() && !delivered {
        MessageChange::Error { reason }
    } else {
        let some = Reason { code: SOME_REFUSED.to_owned(), params: texts(&refused), ..reason };
        MessageChange::Sent { mta: t.delivery.done.reply.clone(), reason: (!refused.is_empty()).then_some(some) }
    };
    // All alike: the message's own state says it.
    if refused.is_empty() && waiting.is_empty() && t.before.is_empty() {
        states.clear();
    }
    Decision { outcome, change, recipients: states, possible_duplicate: false }
}

fn state(result: &RecipientResult, delivered: bool) -> RecipientState {
    let status = match (result.accepted, result.code) {
        (true, _) if delivered => MessageStatus::Sent,
        (false, 500..=599) => MessageStatus::Error,
        _ => MessageStatus::Waiting,
    };
    let reply = if result.accepted { String::new() } else { result.reply.clone() };
    RecipientState { address: result.address.clone(), status, reply }
}

fn texts(addresses: &[EmailAddress]) -> Vec<String> {
    addresses.iter().map(ToString::to_string).collect()
}

/// The diagnosis as a reason.
pub(super) fn reason(delivery: &Delivery) -> Reason {
    delivery.done.diagnosis.as_ref().map_or_else(Reason::default, |diagnosis| Reason {
        code: diagnosis.code.clone(),
        params: diagnosis.params.clone(),
        reply: diagnosis.reply.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::session_test::{Diagnosis, DoneStep, FaultClass, Step, TestDone};
    use mailer::Verdict;

    const OWN: AccountId = AccountId(1);
    const OTHER: AccountId = AccountId(2);
    const NOW: UnixMillis = UnixMillis(1_000_000_000);

    fn delivery(outcome: AttemptOutcome, failover: bool, recipients: &[(&str, u16)]) -> Delivery {
        let recipients: Vec<_> = recipients
            .iter()
            .map(|(address, code)| RecipientResult {
                address: EmailAddress::parse(address).expect("valid"),
                accepted: *code < 300,
                code: *code,
                reply: format!("{code} x"),
            })
            .collect();
        let delivered = outcome == AttemptOutcome::Delivered;
        let code = if recipients.iter().any(|r| !r.accepted) { "recipient_refused" } else { "some_cause" };
        let diagnosis = Diagnosis { class: FaultClass::Temporary, ..Diagnosis::of_settings(code, Step::Rcpt, vec![]) };
        Delivery {
            done: TestDone {
                step: DoneStep::Done,
                outcome: if delivered { Outcome::Delivered } else { Outcome::Failed },
                ms: 1,
                stage: Some(Step::Rcpt),
                reply: "250 queued".into(),
                diagnosis: Some(diagnosis),
            },
            recipients,
            verdict: Verdict { outcome, failover, way: false },
        }
    }

    /// As a person reads it: outcome, state, minutes until the next try, route, and the recipients.
    fn shown(delivery: &Delivery, through: AccountId, before: &[RecipientState]) -> String {
        let tried =
            Tried { now: NOW, own: OWN, through, failover: Some(OTHER), tries: 2, before, delivery, dice: 180_000 };
        let decision = decide(&tried);
        let change = match &decision.change {
            MessageChange::Sent { reason, .. } => format!("sent {}", reason.as_ref().map_or("", |r| &r.code)),
            MessageChange::Error { reason } => format!("error {}", reason.code),
            MessageChange::Waiting { due, route, counted, .. } => {
                format!(
                    "waiting {} min route {route}{}",
                    (due.0 - NOW.0) / 60_000,
                    if *counted { " counted" } else { "" }
                )
            }
        };
        let recipients: Vec<_> =
            decision.recipients.iter().map(|r| format!("{}={}", r.address, r.status.code())).collect();
        let twice = if decision.possible_duplicate { " twice?" } else { "" };
        format!("{} {change} {}{twice}", decision.outcome.code(), recipients.join(" ")).trim_end().replace("  ", " ")
    }

    #[test]
    fn what_becomes_of_it() {
        use AttemptOutcome::{Config, Dead, Delivered, Retry, Unknown};
        for (outcome, failover, through, expected) in [
            (Delivered, false, OWN, "delivered sent"),
            (Retry, false, OWN, "retry waiting 15 min route 1 counted"),
            (Retry, true, OWN, "failover waiting 0 min route 2"),
            (Retry, true, OTHER, "retry waiting 15 min route 1 counted"),
            (Dead, true, OWN, "failover waiting 0 min route 2"),
            (Dead, false, OWN, "dead error some_cause"),
            (Dead, true, OTHER, "dead error some_cause"),
            (Config, false, OWN, "config waiting 0 min route 1"),
            (Config, true, OWN, "failover waiting 0 min route 2"),
            (Config, true, OTHER, "config waiting 15 min route 1 counted"),
            (Unknown, false, OWN, "unknown waiting 15 min route 1 counted twice?"),
        ] {
            assert_eq!(
                shown(&delivery(outcome, failover, &[]), through, &[]),
                expected,
                "{outcome:?} {failover} {through}"
            );
        }
    }

    #[test]
    fn recipients_fare_each_on_their_own() {
        use AttemptOutcome::{Dead, Delivered, Retry};
        let (a, b, c) = ("a@x.example", "b@x.example", "c@x.example");
        for (outcome, recipients, expected) in [
            (Delivered, vec![(a, 250)], "delivered sent"),
            (Delivered, vec![(a, 250), (b, 550)], "delivered sent some_refused a@x.example=sent b@x.example=error"),
            (
                Delivered,
                vec![(a, 250), (b, 450), (c, 550)],
                "delivered waiting 15 min route 1 counted a@x.example=sent b@x.example=waiting c@x.example=error",
            ),
            (Dead, vec![(a, 550)], "dead error recipient_refused a@x.example=error"),
            (Retry, vec![(a, 450)], "retry waiting 15 min route 1 counted a@x.example=waiting"),
        ] {
            assert_eq!(shown(&delivery(outcome, false, &recipients), OWN, &[]), expected);
        }
        let before = [(a, MessageStatus::Sent), (b, MessageStatus::Waiting)].map(|(address, status)| RecipientState {
            address: EmailAddress::parse(address).expect("valid"),
            status,
            reply: String::new(),
        });
        let second = delivery(Dead, false, &[(b, 550)]);
        assert_eq!(shown(&second, OWN, &before), "dead sent some_refused b@x.example=error", "a has it already");
    }
}

//! What a failure means for a queue: again later, through another account, never, or only after somebody has acted.
//! One table over the causes; how often and how long is the queue's business.

use crate::{cause::Cause, fault::Fault};
use domain::{message::AttemptOutcome, session_test::Outcome};

/// What to do with a message after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub outcome: AttemptOutcome,
    /// Certainly not delivered, and another account may fare better.
    pub failover: bool,
    /// The server or the way to it is at fault, not this message: the next one would fare alike.
    pub way: bool,
}

impl Verdict {
    const fn new(outcome: AttemptOutcome) -> Self {
        Self { outcome, failover: false, way: false }
    }

    /// A message that never got as far as a session.
    pub const fn config() -> Self {
        Self { failover: true, ..Self::new(AttemptOutcome::Config) }
    }

    pub(crate) fn of(outcome: Outcome, fault: Option<&Fault>) -> Self {
        match (outcome, fault) {
            (Outcome::Delivered | Outcome::Passed, _) => Self::new(AttemptOutcome::Delivered),
            (Outcome::Unknown, _) => Self::new(AttemptOutcome::Unknown),
            (Outcome::Cancelled, _) | (_, None) => Self::new(AttemptOutcome::Retry),
            (Outcome::Failed, Some(fault)) => of_cause(fault.cause, fault.reply_code),
        }
    }
}

fn of_cause(cause: Cause, reply_code: Option<u16>) -> Verdict {
    use AttemptOutcome::{Config, Dead, Retry};
    let for_ever = matches!(reply_code, Some(500..=599));
    let (outcome, failover, way) = match cause {
        // The way there. Also a name that is not there: in a queue it may come back.
        Cause::HostNotFound
        | Cause::ResolverFailed
        | Cause::ConnectionRefused
        | Cause::ConnectTimeout
        | Cause::Unreachable
        | Cause::ConnectionReset
        | Cause::ConnectionClosed
        | Cause::TunnelUnreachable
        | Cause::TunnelTimeout
        | Cause::TunnelRefused
        | Cause::GreetingTimeout
        | Cause::TlsTimeout
        | Cause::ServiceRefused
        | Cause::AuthTemporary
        | Cause::TokenTemporary
        | Cause::TokenUnreachable
        | Cause::TokenTimeout
        | Cause::ReplyTooLong
        | Cause::ReplyTimeout
        | Cause::Deadline => (Retry, true, true),
        // The server, with this message perhaps.
        Cause::ProtocolError | Cause::Internal | Cause::Cancelled => (Retry, false, false),
        Cause::StarttlsRefused if !for_ever => (Retry, true, true),
        // Somebody must look at the account.
        Cause::DestinationForbidden
        | Cause::TunnelWantsCredentials
        | Cause::TunnelCredentialsRefused
        | Cause::TunnelProtocol
        | Cause::NotSmtp
        | Cause::PortExpectsTls
        | Cause::StarttlsNotOffered
        | Cause::StarttlsRefused
        | Cause::InjectedBeforeTls
        | Cause::TlsPlaintextPort
        | Cause::TlsFailed
        | Cause::CertificateUnknownIssuer
        | Cause::CertificateExpired
        | Cause::CertificateNotYetValid
        | Cause::CertificateWrongName
        | Cause::CertificateNotPinned
        | Cause::CertificateInvalid
        | Cause::EhloRefused
        | Cause::AuthNotOffered
        | Cause::AuthNoMechanism
        | Cause::PasswordInClear
        | Cause::AuthRefused
        | Cause::OauthTokenRefused
        | Cause::TokenRefused
        | Cause::TokenCertificate
        | Cause::TokenProtocol
        | Cause::TokenKey => (Config, true, false),
        // This message with this account.
        Cause::SenderRefused if for_ever => (Dead, true, false),
        Cause::Smtputf8NotOffered | Cause::MessageTooLarge => (Dead, true, false),
        // This message anywhere.
        Cause::RecipientRefused | Cause::DataRefused | Cause::MessageRefused if for_ever => (Dead, false, false),
        Cause::SenderRefused | Cause::RecipientRefused | Cause::DataRefused | Cause::MessageRefused => {
            (Retry, false, false)
        }
        Cause::NoConfirmation => (AttemptOutcome::Unknown, false, false),
    };
    Verdict { outcome, failover, way }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as a person reads it; a change here is a decision.
    #[test]
    fn the_table() {
        let line = |cause: &Cause| {
            let cell = |code| {
                let verdict = of_cause(*cause, code);
                let marks = [("+failover", verdict.failover), ("+way", verdict.way)];
                let marks: String = marks.iter().filter(|mark| mark.1).map(|mark| mark.0).collect();
                format!("{}{marks}", verdict.outcome.code())
            };
            let cells = [None, Some(450), Some(550)].map(cell);
            let same = cells.iter().all(|cell| *cell == cells[0]);
            if same {
                format!("{}: {}", cause.code(), cells[0])
            } else {
                format!("{}: {}", cause.code(), cells.join(" | "))
            }
        };
        let by_reply: Vec<_> = Cause::ALL.iter().map(line).filter(|line| line.contains('|')).collect();
        assert_eq!(
            by_reply,
            [
                "starttls_refused: retry+failover+way | retry+failover+way | config+failover",
                "sender_refused: retry | retry | dead+failover",
                "recipient_refused: retry | retry | dead",
                "data_refused: retry | retry | dead",
                "message_refused: retry | retry | dead",
            ]
        );
        let refused = Cause::ALL.iter().filter(|cause| of_cause(**cause, None).outcome == AttemptOutcome::Config);
        assert!(refused.clone().any(|cause| *cause == Cause::AuthRefused));
        assert!(Cause::ALL.iter().all(|cause| {
            let verdict = of_cause(*cause, Some(550));
            verdict.outcome != AttemptOutcome::Unknown || !verdict.failover
        }));
    }
}

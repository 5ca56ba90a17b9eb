//! English: a diagnosis. The sentences stand in `en/`; here are the steps, the classes and the buttons.

mod connector;
mod enhanced;
mod happened;
mod login;
mod mail;
mod protection;
mod reach;
mod token;

use super::{Happened, Help, Texts};
use domain::{diagnosis::FaultClass, session_test::Step};

pub(crate) static HAPPENED: Happened = Happened {
    find: happened::happened,
    other: "The session could not go on[ at this step: {stage}].",
    stage,
    moment: str::to_owned,
    number: crate::number::with_commas,
};

pub(super) static TEXTS: Texts = Texts {
    happened: &HAPPENED,
    help,
    other,
    class,
    enhanced: enhanced::meaning,
    means: "[Enhanced status code {code} means: {meaning}]",
    will_retry: "The server's reply begins with 4: the refusal is temporary, and notifications are tried again by themselves.",
    will_not_pass: "The server's reply begins with 5: the refusal is permanent, and the same message will be refused again until something changes.",
};

fn help(code: &str) -> Option<Help> {
    [reach::help, connector::help, protection::help, login::help, token::help, mail::help]
        .into_iter()
        .find_map(|help| help(code))
}

fn other(class: FaultClass) -> Help {
    match class {
        FaultClass::Temporary => Help {
            why: &["What stands in the way is likely to pass: a limit, a load, or a disturbance of the network."],
            advice: &["Wait some minutes and test again. Notifications are tried again by themselves."],
        },
        FaultClass::Permanent => Help {
            why: &["The server, or a rule of it, does not allow this message or this session."],
            advice: &["Read the server's own reply and the transcript, and show them to the server's administrator."],
        },
        FaultClass::Settings => Help {
            why: &["A setting of the account, or something around this machine, does not fit the server."],
            advice: &[
                "Compare “Host SMTP”, “Port”, “Secure connection type” and the credential with the provider's instructions.",
            ],
        },
    }
}

pub(crate) const fn stage(step: Step) -> &'static str {
    match step {
        Step::Dns => "Look up the name",
        Step::Connector => "Reach through the connector",
        Step::Tcp => "Connect",
        Step::Greeting => "Server's greeting",
        Step::Ehlo => "Introduce ourselves (EHLO)",
        Step::Tls => "Encrypt (TLS)",
        Step::Auth => "Log in",
        Step::Mail => "Sender accepted (MAIL FROM)",
        Step::Rcpt => "Recipient accepted (RCPT TO)",
        Step::Data => "Hand over the message (DATA)",
        Step::Quit => "Say goodbye (QUIT)",
    }
}

/// Why a connection failed, in brackets: for what has no room for a sentence.
pub(crate) fn cause(code: &str) -> Option<&'static str> {
    Some(match code {
        "connection_refused" => "refused",
        "connect_timeout" => "no answer",
        "unreachable" => "no route",
        "connection_reset" => "cut off",
        "connection_closed" => "closed",
        "tls_timeout" => "no answer to TLS",
        "tls_failed" => "TLS failed",
        "tls_plaintext_port" => "no TLS there",
        "internal" => "a problem of this machine",
        _ => return None,
    })
}

const fn class(class: FaultClass) -> &'static str {
    match class {
        FaultClass::Temporary => "It may work later, unchanged.",
        FaultClass::Permanent => "It will not work unchanged.",
        FaultClass::Settings => "The settings, or what surrounds them, need a change.",
    }
}

pub(super) fn remedy(code: &str) -> &'static str {
    match code {
        "use_implicit_tls" => "Switch to SSL[ on port {port}]",
        "use_starttls" => "Switch to TLS (STARTTLS)[ on port {port}]",
        "use_clear_text" => "Switch to a connection without encryption[ on port {port}]",
        "enable_authentication" => "Turn on authentication",
        "use_host" => "Use [{host} as ]host",
        "trust_ca" => "Trust this authority for this account",
        "pin_certificate" => "Trust exactly this certificate",
        _ => "Fill in the proposed settings",
    }
}

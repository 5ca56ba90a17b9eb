//! How long each phase of a session may take. Numbers only; what happens when one runs out is the session's business.

use std::time::Duration;

/// The longest each phase may take, and the whole. Measured on the monotonic clock, for the phase and not for a single read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    pub resolve: Duration,
    pub connect: Duration,
    /// The connector's own handshake.
    pub tunnel: Duration,
    pub tls: Duration,
    pub greeting: Duration,
    /// Until the access token is there, whoever issues it.
    pub token: Duration,
    /// EHLO, AUTH, MAIL and RCPT, each.
    pub command: Duration,
    /// From DATA to its 354.
    pub data: Duration,
    /// Each write; the body is written in pieces.
    pub write: Duration,
    /// From the final dot to its answer.
    pub dot: Duration,
    pub quit: Duration,
    pub total: Duration,
}

impl Budget {
    /// Somebody is watching.
    pub const fn test() -> Self {
        Self {
            resolve: Duration::from_secs(5),
            connect: Duration::from_secs(10),
            tunnel: Duration::from_secs(10),
            tls: Duration::from_secs(15),
            greeting: Duration::from_secs(30),
            token: Duration::from_secs(15),
            command: Duration::from_secs(30),
            data: Duration::from_secs(30),
            write: Duration::from_secs(30),
            dot: Duration::from_mins(1),
            quit: Duration::from_secs(2),
            total: Duration::from_secs(90),
        }
    }

    /// Nobody is watching: patient, as RFC 5321 section 4.5.3.2 asks.
    pub const fn delivery() -> Self {
        Self {
            resolve: Duration::from_secs(5),
            connect: Duration::from_secs(30),
            tunnel: Duration::from_secs(30),
            tls: Duration::from_mins(1),
            greeting: Duration::from_mins(5),
            token: Duration::from_secs(15),
            command: Duration::from_mins(5),
            data: Duration::from_mins(2),
            write: Duration::from_mins(3),
            dot: Duration::from_mins(10),
            quit: Duration::from_secs(2),
            total: Duration::from_mins(20),
        }
    }
}

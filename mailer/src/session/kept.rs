//! A connection kept from one message to the next: greeted, protected, logged in. Says which failures mean that it had died.

use super::{Job, conversation::Conversation, extensions::Extensions};
use crate::{cause::Cause, fault::Fault, mask::Mask, wire::Wire};
use domain::session_test::Step;
use std::{net::SocketAddr, time::Duration};
use tokio::time::{self, Instant};

/// Ready for MAIL. Dropped, its socket is closed without a goodbye.
#[derive(Debug)]
pub struct KeptSession {
    wire: Wire,
    address: SocketAddr,
    extensions: Extensions,
    messages: u32,
    since: Instant,
    /// What it was opened with, where the route does not say.
    token: Option<Mask>,
}

impl KeptSession {
    /// Messages that went over it, refused ones included.
    pub const fn messages(&self) -> u32 {
        self.messages
    }

    /// How long nothing has been said on it.
    pub fn idle(&self) -> Duration {
        self.since.elapsed()
    }

    /// Says goodbye. Never an error, never longer than so long.
    pub async fn quit(mut self, limit: Duration) {
        let _ = time::timeout(limit, async {
            self.wire.write(b"QUIT\r\n", limit).await?;
            self.wire.reply(limit, Cause::ReplyTimeout).await
        })
        .await;
    }

    pub(super) fn resume<'a>(self, job: &'a Job<'a>) -> Conversation<'a> {
        if let Some(token) = &self.token {
            job.journal.learn(token);
        }
        Conversation {
            job,
            wire: Some(self.wire),
            address: self.address,
            extensions: self.extensions,
            ready: true,
            messages: self.messages,
            token: self.token,
        }
    }
}

impl Conversation<'_> {
    /// Whether the connection has come as far as to take messages.
    pub const fn is_ready(&self) -> bool {
        self.ready
    }

    /// The connection for the next message, after a success or a polite refusal.
    pub async fn part(&mut self, fault: Option<&Fault>) -> Option<KeptSession> {
        if let Some(fault) = fault {
            self.job.journal.fail(fault.clone());
            if !fault.polite || self.ask("RSET\r\n", self.job.budget.command).await.ok()?.code != 250 {
                return None;
            }
        }
        let wire = self.wire.take().filter(|wire| !wire.has_leftover())?;
        Some(KeptSession {
            wire,
            address: self.address,
            extensions: self.extensions.clone(),
            messages: self.messages + 1,
            since: Instant::now(),
            token: self.token.clone(),
        })
    }
}

/// Nothing of this message was accepted, and the connection is gone: the server had tired of waiting.
pub(super) fn died_idle(job: &Job<'_>, fault: &Fault) -> bool {
    let gone = matches!(fault.cause, Cause::ConnectionClosed | Cause::ConnectionReset)
        || (fault.cause == Cause::ServiceRefused && fault.reply_code == Some(421));
    gone && fault.step.is_none_or(|step| step == Step::Mail) && job.journal.step() == Some(Step::Mail)
}

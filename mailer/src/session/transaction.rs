//! One mail transaction: MAIL, RCPT for each, DATA, the message, the dot.

use super::{BeforeDot, conversation::Conversation, wire_form::wire_form};
use crate::{cause::Cause, fault::Fault, message::Outgoing};
use domain::{
    EmailAddress,
    session_test::{Outcome, Step, TestMode},
};
use std::time::Duration;

/// What the server said to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientResult {
    pub address: EmailAddress,
    pub accepted: bool,
    pub code: u16,
    pub reply: String,
}

/// The body goes out in pieces, each with a write budget of its own.
const CHUNK: usize = 16 * 1024;

impl RecipientResult {
    pub(super) fn fault(&self) -> Fault {
        Fault {
            reply_code: Some(self.code),
            reply: self.reply.clone(),
            ..Fault::new(Cause::RecipientRefused).param(&self.address).at(Step::Rcpt).politely()
        }
    }
}

impl Conversation<'_> {
    pub async fn transact(&mut self, before_dot: BeforeDot<'_>) -> Result<(), Fault> {
        self.sender().await?;
        let reply = self.recipients().await?;
        match self.job.mode {
            TestMode::Check => {
                self.job.journal.skip(Step::Data);
                self.job.journal.reach(Outcome::Passed, &reply);
                // Courtesy: the transaction ends with the session anyway.
                let _ = self.ask("RSET\r\n", self.job.budget.quit).await;
                Ok(())
            }
            TestMode::Send => self.message(before_dot).await,
        }
    }

    async fn sender(&mut self) -> Result<(), Fault> {
        let Outgoing { mail_from, rcpt_to, message } = self.job.mail;
        self.job.journal.start(Step::Mail);
        let size = u64::try_from(message.len()).unwrap_or(u64::MAX);
        if let Some(limit) = self.extensions.size.filter(|limit| *limit < size) {
            return Err(Fault::new(Cause::MessageTooLarge).param(limit).param(size).politely());
        }
        let foreign = std::iter::once(mail_from).chain(rcpt_to).find(|address| address.needs_smtputf8());
        let utf8 = foreign.is_some() || header_is_utf8(message);
        if utf8 && !self.extensions.smtputf8 {
            let fault = Fault::new(Cause::Smtputf8NotOffered).politely();
            return Err(foreign.into_iter().fold(fault, Fault::param));
        }
        let mut line = format!("MAIL FROM:<{}>", mail_from.to_wire());
        if self.extensions.size_offered {
            line.extend([" SIZE=", &size.to_string()]);
        }
        if self.extensions.eight_bit_mime && !message.is_ascii() {
            line.push_str(" BODY=8BITMIME");
        }
        if utf8 {
            line.push_str(" SMTPUTF8");
        }
        line.push_str("\r\n");
        let reply = self.command(&line).await?;
        if !reply.is_positive() {
            let cause = if reply.code == 552 && self.extensions.size_offered {
                Cause::MessageTooLarge
            } else {
                Cause::SenderRefused
            };
            return Err(unexpected(cause, &reply).param(mail_from));
        }
        self.job.journal.pass(&reply.shown());
        Ok(())
    }

    /// Every recipient is asked for; one accepted is enough to go on, except in a check. Answers the last acceptance.
    async fn recipients(&mut self) -> Result<String, Fault> {
        let job = self.job;
        job.journal.start(Step::Rcpt);
        let (mut accepted, mut refused) = (None, None);
        for address in &job.mail.rcpt_to {
            let reply = self.command(&format!("RCPT TO:<{}>\r\n", address.to_wire())).await?;
            if reply.code == 421 || matches!(reply.code, 300..=399) {
                return Err(unexpected(Cause::RecipientRefused, &reply).param(address));
            }
            let result = RecipientResult {
                address: address.clone(),
                accepted: reply.is_positive(),
                code: reply.code,
                reply: reply.shown(),
            };
            if result.accepted {
                accepted = Some(reply.shown());
            } else if refused.is_none() {
                refused = Some(result.fault());
            }
            job.journal.recipient(result);
        }
        match (accepted, refused) {
            (Some(reply), refused) if refused.is_none() || job.mode == TestMode::Send => {
                job.journal.pass(&reply);
                Ok(reply)
            }
            (_, Some(fault)) => Err(fault),
            (_, None) => Err(Fault::internal("no_recipient")),
        }
    }

    async fn message(&mut self, before_dot: BeforeDot<'_>) -> Result<(), Fault> {
        let job = self.job;
        job.journal.start(Step::Data);
        let reply = self.ask("DATA\r\n", job.budget.data).await?;
        if reply.code != 354 {
            return Err(unexpected(Cause::DataRefused, &reply));
        }
        for piece in wire_form(&job.mail.message).chunks(CHUNK) {
            if let Err(fault) = self.wire()?.write(piece, job.budget.write).await {
                return Err(self.last_words().await.unwrap_or(fault));
            }
        }
        // A reply that is here before the dot would be taken for the answer to it.
        if self.wire()?.has_leftover() {
            return Err(self.last_words().await.unwrap_or_else(|| Fault::new(Cause::ProtocolError)));
        }
        if !before_dot.await {
            return Err(Fault::internal("before_dot"));
        }
        job.journal.commit();
        let wire = self.wire()?;
        wire.write(b".\r\n", job.budget.write).await.map_err(unconfirmed)?;
        let reply = wire.reply(job.budget.dot, Cause::NoConfirmation).await.map_err(unconfirmed)?;
        match reply.code {
            200..=299 => {
                job.journal.pass(&reply.shown());
                job.journal.reach(Outcome::Delivered, &reply.shown());
                Ok(())
            }
            400..=599 => Err(Fault::refused(Cause::MessageRefused, &reply)),
            // Neither yes nor no: nobody knows.
            _ => Err(Fault::new(Cause::NoConfirmation).with_reply(&reply)),
        }
    }

    /// What a server said before it stopped taking the message, if anything.
    async fn last_words(&mut self) -> Option<Fault> {
        let reply = self.wire().ok()?.reply(Duration::from_millis(500), Cause::ReplyTimeout).await.ok()?;
        let fault = unexpected(Cause::MessageRefused, &reply);
        Some(Fault { polite: false, ..fault })
    }
}

/// A refusal in the cause's own sense, or an answer that makes no sense here.
fn unexpected(cause: Cause, reply: &crate::reply::Reply) -> Fault {
    match reply.code {
        400..=599 => Fault::refused(cause, reply),
        _ => Fault::new(Cause::ProtocolError).with_reply(reply),
    }
}

/// After the dot every failure to hear the answer is the same: unknown.
fn unconfirmed(fault: Fault) -> Fault {
    let confirmation = Fault { reply: fault.reply, params: fault.params, ..Fault::new(Cause::NoConfirmation) };
    if fault.cause == Cause::NoConfirmation { confirmation } else { confirmation.param(fault.cause.code()) }
}

fn header_is_utf8(message: &[u8]) -> bool {
    let end = message.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap_or(message.len());
    !message[..end].is_ascii()
}

//! One mail transaction: MAIL, RCPT for each, DATA, the message, the dot.

use super::{BeforeDot, conversation::Conversation, wire_form::wire_form};
use crate::{cause::Cause, fault::Fault, message::Outgoing, reply::Reply};
use domain::{
    EmailAddress,
    diagnosis::Enhanced,
    session_test::{Fact, Outcome, Step, TestMode},
};
use std::{future::poll_fn, task::Poll, time::Duration};

/// What the server said to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientResult {
    pub address: EmailAddress,
    pub accepted: bool,
    pub code: u16,
    pub reply: String,
}

/// What the recipients' replies come to.
#[derive(Default)]
struct Answers {
    accepted: Option<String>,
    refused: Option<Fault>,
    temporary: bool,
}

impl Answers {
    fn end(self, mode: TestMode) -> Result<String, Fault> {
        match (self.accepted, self.refused) {
            (Some(reply), refused) if refused.is_none() || mode == TestMode::Send => Ok(reply),
            (_, Some(fault)) => Err(fault),
            (_, None) => Err(Fault::internal("no_recipient")),
        }
    }
}

/// The body goes out in pieces, each with a write budget of its own.
const CHUNK: usize = 16 * 1024;
/// Out at once, as a rule: the mark is made meanwhile.
const SHORT: usize = 4 * CHUNK;

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
    pub async fn transact(&mut self, before_dot: &mut BeforeDot<'_>) -> Result<(), Fault> {
        let mail = self.mail_line()?;
        if self.extensions.pipelining && self.job.mode == TestMode::Send {
            return self.message_in_one(&mail, before_dot).await;
        }
        let reply = self.command(&mail).await?;
        self.sender_answer(&reply)?;
        let reply = self.recipients().await?;
        match self.job.mode {
            TestMode::Check => {
                self.job.journal.skip(Step::Data);
                self.job.journal.reach(Outcome::Passed, &reply);
                // Courtesy: the transaction ends with the session anyway.
                let _ = self.ask("RSET\r\n", self.job.budget.quit).await;
                Ok(())
            }
            TestMode::Send => {
                self.job.journal.start(Step::Data);
                let reply = self.ask("DATA\r\n", self.job.budget.data).await?;
                if reply.code != 354 {
                    return Err(unexpected(Cause::DataRefused, &reply));
                }
                self.message(before_dot).await
            }
        }
    }

    /// MAIL, every RCPT and DATA in one go (RFC 2920). Each reply belongs to its command by its place alone, so after a
    /// refusal all of them are still taken.
    async fn message_in_one(&mut self, mail: &str, before_dot: &mut BeforeDot<'_>) -> Result<(), Fault> {
        let job = self.job;
        let (limit, write_limit) = (job.budget.command, job.budget.write);
        let mut lines = mail.to_owned();
        for address in &job.mail.rcpt_to {
            lines.extend(["RCPT TO:<", &address.to_wire(), ">\r\n"]);
        }
        lines.push_str("DATA\r\n");
        self.nothing_unasked(limit).await?;
        self.say(&lines, write_limit).await?;
        let reply = self.hear(limit, Cause::ReplyTimeout).await?;
        let sender = self.sender_answer(&reply);
        if let Err(fault) = &sender
            && !fault.polite
        {
            return sender;
        }
        if sender.is_ok() {
            job.journal.start(Step::Rcpt);
        }
        let mut answers = Answers::default();
        for address in &job.mail.rcpt_to {
            let reply = self.hear(limit, Cause::ReplyTimeout).await?;
            if sender.is_ok() {
                self.recipient_answer(address, &reply, &mut answers)?;
            }
        }
        let refused = sender.err().or_else(|| match answers.end(TestMode::Send) {
            Ok(accepted) => {
                job.journal.pass(&accepted);
                job.journal.start(Step::Data);
                None
            }
            Err(fault) => Some(fault),
        });
        let reply = self.hear(job.budget.data, Cause::ReplyTimeout).await?;
        match (refused, reply.code) {
            (None, 354) => self.message(before_dot).await,
            (None, _) => Err(unexpected(Cause::DataRefused, &reply)),
            // It wants a message for nobody: an empty one, or none of what follows is a command to it.
            (Some(fault), 354) => {
                self.say(".\r\n", write_limit).await?;
                self.hear(limit, Cause::ReplyTimeout).await?;
                Err(fault)
            }
            (Some(fault), 421) => Err(Fault { polite: false, ..fault }),
            (Some(fault), _) => Err(fault),
        }
    }

    /// What can be known to fail is not begun.
    fn mail_line(&mut self) -> Result<String, Fault> {
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
        Ok(line)
    }

    fn sender_answer(&self, reply: &Reply) -> Result<(), Fault> {
        if reply.is_positive() {
            self.job.journal.pass(&reply.shown());
            return Ok(());
        }
        let cause = if reply.code == 552 && self.extensions.size_offered {
            Cause::MessageTooLarge
        } else {
            Cause::SenderRefused
        };
        Err(unexpected(cause, reply).param(&self.job.mail.mail_from).at(Step::Mail))
    }

    /// Every recipient is asked for; one accepted is enough to go on, except in a check. Answers the last acceptance.
    async fn recipients(&mut self) -> Result<String, Fault> {
        let job = self.job;
        job.journal.start(Step::Rcpt);
        let mut answers = Answers::default();
        for address in &job.mail.rcpt_to {
            let reply = self.command(&format!("RCPT TO:<{}>\r\n", address.to_wire())).await?;
            self.recipient_answer(address, &reply, &mut answers)?;
        }
        let reply = answers.end(job.mode)?;
        job.journal.pass(&reply);
        Ok(reply)
    }

    fn recipient_answer(&self, address: &EmailAddress, reply: &Reply, answers: &mut Answers) -> Result<(), Fault> {
        if reply.code == 421 || matches!(reply.code, 300..=399) {
            return Err(unexpected(Cause::RecipientRefused, reply).param(address));
        }
        let result = RecipientResult {
            address: address.clone(),
            accepted: reply.is_positive(),
            code: reply.code,
            reply: reply.shown(),
        };
        if result.accepted {
            answers.accepted = Some(reply.shown());
        } else {
            let temporary = (400..=499).contains(&reply.code);
            // One that may work later counts before one that never will: the message is not over.
            if answers.refused.is_none() || (temporary && !answers.temporary) {
                answers.refused = Some(result.fault());
                answers.temporary = temporary;
            }
        }
        self.job.journal.recipient(result);
        Ok(())
    }

    /// Where the mark is made by now, the last piece and the dot go out together. What is long is marked once all of it is
    /// out: a session that breaks in the middle of it leaves no doubt.
    async fn message(&mut self, before_dot: &mut BeforeDot<'_>) -> Result<(), Fault> {
        let job = self.job;
        let mut form = wire_form(&job.mail.message);
        let marked = if form.len() <= SHORT {
            poll_fn(|context| Poll::Ready(before_dot.as_mut().poll(context))).await
        } else {
            Poll::Pending
        };
        let held_back = match marked {
            Poll::Ready(true) => form.len().saturating_sub(1) / CHUNK * CHUNK,
            _ => form.len(),
        };
        form.extend_from_slice(b".\r\n");
        for piece in form[..held_back].chunks(CHUNK) {
            if let Err(fault) = self.wire()?.write(piece, job.budget.write).await {
                return Err(self.last_words().await.unwrap_or(fault));
            }
        }
        // A reply that is here before the dot would be taken for the answer to it.
        if self.wire()?.has_leftover() {
            return Err(self.last_words().await.unwrap_or_else(|| Fault::new(Cause::ProtocolError)));
        }
        let marked = match marked {
            Poll::Ready(marked) => marked,
            Poll::Pending => before_dot.await,
        };
        if !marked {
            return Err(Fault::internal("before_dot"));
        }
        job.journal.commit();
        job.journal.message(form.len() - b".\r\n".len());
        job.journal.said(".");
        self.wire()?.write(&form[held_back..], job.budget.write).await.map_err(unconfirmed)?;
        let reply = self.hear(job.budget.dot, Cause::NoConfirmation).await.map_err(unconfirmed)?;
        match reply.code {
            200..=299 => {
                job.journal.fact(|| Fact::new("octets").with(form.len()));
                if let Some(id) = queue_id(&reply) {
                    job.journal.fact(|| Fact::new("queue_id").with(id));
                }
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
        let reply = self.hear(Duration::from_millis(500), Cause::ReplyTimeout).await.ok()?;
        let fault = unexpected(Cause::MessageRefused, &reply);
        Some(Fault { polite: false, ..fault })
    }
}

/// A refusal in the cause's own sense, or an answer that makes no sense here.
fn unexpected(cause: Cause, reply: &Reply) -> Fault {
    match reply.code {
        400..=599 => Fault::refused(cause, reply),
        _ => Fault::new(Cause::ProtocolError).with_reply(reply),
    }
}

/// The name under which the server keeps the message, in the wordings of the servers in use: `queued as ID`
/// (Postfix, Exchange), `OK id=ID` (Exim), `ID Message accepted for delivery` (Sendmail, `OpenSMTPD`), `OK ID` (Gmail, SES).
fn queue_id(reply: &Reply) -> Option<&str> {
    let text = reply.lines.last()?;
    let mut words = text.split_ascii_whitespace().filter(|word| Enhanced::parse(word).is_none());
    let is_id = |word: &&str| word.len() >= 6 && word.bytes().any(|b| b.is_ascii_digit());
    for marker in ["queued as ", "id="] {
        if let Some((_, rest)) = text.split_once(marker) {
            return rest.split_ascii_whitespace().next();
        }
    }
    words.find(is_id)
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

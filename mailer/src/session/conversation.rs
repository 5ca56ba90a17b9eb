//! The phases from greeting to goodbye, in order; login and transaction are next door.

use super::{BeforeDot, Job, extensions::Extensions, reach::handshake};
use crate::{cause::Cause, fault::Fault, mask::Mask, reply::Reply, tls::describe, wire::Wire};
use domain::{account::Security, session_test::Step};
use std::{future::pending, net::SocketAddr, time::Duration};
use tokio::time;

/// How long a silent port is waited for before it is asked in another way.
const PATIENCE: Duration = Duration::from_secs(4);

pub(super) struct Conversation<'a> {
    pub job: &'a Job<'a>,
    /// `None` once the connection is not fit to be spoken on.
    pub wire: Option<Wire>,
    /// The address of the other end of our own socket.
    pub address: SocketAddr,
    pub extensions: Extensions,
    /// Greeted, protected and logged in.
    pub ready: bool,
    /// Messages that went over it before.
    pub messages: u32,
    /// The access token that was shown, to be masked for as long as the connection lasts.
    pub token: Option<Mask>,
}

impl<'a> Conversation<'a> {
    pub fn new(job: &'a Job<'a>, wire: Wire, address: SocketAddr) -> Self {
        let extensions = Extensions::default();
        Self { job, wire: Some(wire), address, extensions, ready: false, messages: 0, token: None }
    }

    pub async fn hold(&mut self, before_dot: &mut BeforeDot<'_>) -> Result<(), Fault> {
        self.greeting().await?;
        self.ehlo().await?;
        match self.job.route.security {
            Security::StartTls => self.start_tls().await?,
            Security::None => self.job.journal.skip(Step::Tls),
            Security::ImplicitTls => {}
        }
        self.log_in().await?;
        self.ready = true;
        self.transact(before_dot).await
    }

    /// Says goodbye if that is in order. Never an error, never longer than its budget.
    pub async fn leave(&mut self, polite: bool) {
        let ended_well = self.job.journal.has_reached();
        if ended_well {
            self.job.journal.start(Step::Quit);
        }
        let limit = self.job.budget.quit;
        let mut goodbye = None;
        if polite && self.wire.is_some() {
            let asked = async {
                self.say("QUIT\r\n", limit).await?;
                self.hear(limit, Cause::ReplyTimeout).await
            };
            goodbye = time::timeout(limit, asked).await.ok().and_then(Result::ok);
        }
        self.wire = None;
        match goodbye {
            Some(reply) if ended_well => self.job.journal.pass(&reply.shown()),
            _ => self.job.journal.abandon(),
        }
    }

    /// Sends one command and takes its reply.
    pub async fn command(&mut self, line: &str) -> Result<Reply, Fault> {
        let limit = self.job.budget.command;
        self.ask(line, limit).await
    }

    pub async fn ask(&mut self, line: &str, limit: Duration) -> Result<Reply, Fault> {
        self.ask_as(line, line, limit).await
    }

    /// The same with another text in the transcript: what is said holds a secret.
    pub async fn ask_as(&mut self, line: &str, shown: &str, limit: Duration) -> Result<Reply, Fault> {
        self.ask_and(line, shown, limit, |reply| reply).await
    }

    /// The same with a reply that is not for people as it comes; `read` makes it so.
    pub async fn ask_and(
        &mut self,
        line: &str,
        shown: &str,
        limit: Duration,
        read: impl FnOnce(Reply) -> Reply,
    ) -> Result<Reply, Fault> {
        self.nothing_unasked(limit).await?;
        let write_limit = self.job.budget.write;
        self.job.journal.said(shown.trim_end());
        self.wire()?.write(line.as_bytes(), write_limit).await?;
        let reply = self.wire()?.reply(limit, Cause::ReplyTimeout).await.map(read);
        self.tell(reply)
    }

    /// Sends commands without waiting for their replies.
    pub async fn say(&mut self, lines: &str, limit: Duration) -> Result<(), Fault> {
        lines.lines().for_each(|line| self.job.journal.said(line));
        self.wire()?.write(lines.as_bytes(), limit).await
    }

    /// The next reply; `late` is the cause of its absence.
    pub async fn hear(&mut self, limit: Duration, late: Cause) -> Result<Reply, Fault> {
        let reply = self.wire()?.reply(limit, late).await;
        self.tell(reply)
    }

    fn tell(&self, reply: Result<Reply, Fault>) -> Result<Reply, Fault> {
        let journal = self.job.journal;
        match &reply {
            Ok(reply) => journal.heard(reply),
            Err(fault) if !fault.reply.is_empty() => journal.heard_nonsense(&fault.reply),
            Err(_) => {}
        }
        reply
    }

    /// A reply that nobody asked for would be taken for the answer to the next command, and shift all that follow.
    pub async fn nothing_unasked(&mut self, limit: Duration) -> Result<(), Fault> {
        if !self.wire()?.has_leftover() {
            return Ok(());
        }
        let reply = self.hear(limit, Cause::ReplyTimeout).await?;
        Err(Fault { polite: false, ..Fault::refused(Cause::ProtocolError, &reply) })
    }

    pub fn wire(&mut self) -> Result<&mut Wire, Fault> {
        self.wire.as_mut().ok_or_else(|| Fault::internal("no_connection"))
    }

    async fn greeting(&mut self) -> Result<(), Fault> {
        self.job.journal.start(Step::Greeting);
        let limit = self.job.budget.greeting;
        let reply = self.first_words(limit).await.map_err(not_smtp)?;
        match reply.code {
            220 => self.job.journal.pass(&reply.shown()),
            400..=599 => {
                return Err(Fault { polite: reply.code != 421, ..Fault::refused(Cause::ServiceRefused, &reply) });
            }
            _ => return Err(Fault::new(Cause::NotSmtp)),
        }
        Ok(())
    }

    /// The greeting. Where it does not come and somebody watches, a second connection finds out meanwhile whether the
    /// port waits for TLS: nobody needs to wait half a minute to hear that.
    async fn first_words(&mut self, limit: Duration) -> Result<Reply, Fault> {
        let job = self.job;
        if !job.journal.is_watched() || self.wire()?.is_encrypted() || limit <= PATIENCE {
            return self.hear(limit, Cause::GreetingTimeout).await;
        }
        match self.hear(PATIENCE, Cause::GreetingTimeout).await {
            Err(fault) if fault.cause == Cause::GreetingTimeout => {}
            heard => return heard,
        }
        let speaks_tls = job.mailer.speaks_tls(job.route, job.budget);
        tokio::pin!(speaks_tls);
        let late = |_| Fault::new(Cause::GreetingTimeout).param(limit.as_secs());
        tokio::select! {
            biased;
            heard = self.hear(limit.saturating_sub(PATIENCE), Cause::GreetingTimeout) => {
                heard.map_err(|fault| if fault.cause == Cause::GreetingTimeout { late(fault) } else { fault })
            }
            () = async { if !speaks_tls.await { pending::<()>().await; } } => Err(Fault::new(Cause::PortExpectsTls)),
        }
    }

    async fn ehlo(&mut self) -> Result<(), Fault> {
        self.job.journal.start(Step::Ehlo);
        let reply = self.hello().await?;
        self.job.journal.login_offered(self.extensions.auth.is_some());
        self.extensions.facts().into_iter().for_each(|fact| self.job.journal.fact(|| fact));
        self.job.journal.pass(&reply.shown());
        Ok(())
    }

    async fn hello(&mut self) -> Result<Reply, Fault> {
        let route = self.job.route;
        let helo = &route.helo;
        let reply = self.command(&format!("EHLO {helo}\r\n")).await?;
        if reply.code == 250 {
            self.extensions = Extensions::of(&reply);
            return Ok(reply);
        }
        let unknown = matches!(reply.code, 500 | 502 | 504);
        match route.security {
            // Old servers know HELO only. Where protection is demanded that would be the way to strip it off.
            Security::None if unknown => {
                let reply = self.command(&format!("HELO {helo}\r\n")).await?;
                self.extensions = Extensions::default();
                if reply.code == 250 { Ok(reply) } else { Err(Fault::refused(Cause::EhloRefused, &reply).param(helo)) }
            }
            Security::StartTls if unknown && !self.wire()?.is_encrypted() => {
                Err(Fault::refused(Cause::StarttlsNotOffered, &reply))
            }
            _ => Err(Fault::refused(Cause::EhloRefused, &reply).param(helo)),
        }
    }

    async fn start_tls(&mut self) -> Result<(), Fault> {
        let job = self.job;
        job.journal.start(Step::Tls);
        if !self.extensions.starttls {
            let fault = Fault::new(Cause::StarttlsNotOffered).politely();
            return Err(if self.extensions.stripped { fault.param("stripped") } else { fault });
        }
        // An answer that is here before its question was put here by somebody else.
        if self.wire()?.has_leftover() {
            return Err(Fault::new(Cause::InjectedBeforeTls));
        }
        let reply = self.command("STARTTLS\r\n").await?;
        if reply.code != 220 {
            return Err(Fault::refused(Cause::StarttlsRefused, &reply));
        }
        if !reply.strict {
            return Err(Fault::new(Cause::ProtocolError).with_reply(&reply));
        }
        let wire = self.wire.take().ok_or_else(|| Fault::internal("no_connection"))?;
        let stream = handshake(job, wire.into_plain()?, Cause::InjectedBeforeTls).await?;
        job.journal.pass(&describe(&stream));
        self.wire = Some(Wire::tls(stream));
        // What was said in clear is forgotten: only what the server offers under protection counts.
        self.extensions = Extensions::default();
        self.ehlo().await
    }
}

/// A first line that is no reply: something else listens there. Its words are not shown, its kind is.
fn not_smtp(fault: Fault) -> Fault {
    if fault.cause != Cause::ProtocolError {
        return fault;
    }
    let kinds = [
        ("SSH-", "ssh"),
        ("HTTP/", "http"),
        ("<", "http"),
        ("+OK", "pop3"),
        ("-ERR", "pop3"),
        ("* ", "imap"),
        ("RFB ", "vnc"),
    ];
    let kind = kinds.iter().find(|(prefix, _)| fault.reply.starts_with(prefix));
    let found = Fault::new(Cause::NotSmtp);
    match kind {
        Some((_, kind)) => found.param(kind),
        None => found,
    }
}

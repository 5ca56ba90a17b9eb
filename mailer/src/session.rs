//! The SMTP session, one code path for test and delivery: what callers see of it. The phases live below.

mod auth;
mod bearer;
mod conversation;
mod extensions;
mod journal;
mod kept;
mod probe;
mod reach;
mod transaction;
mod wire_form;

pub use kept::KeptSession;
pub use probe::TunnelReport;
pub use transaction::RecipientResult;

use crate::{
    budget::Budget, cause::Cause, dialer::Dialer, fault::Fault, message::Outgoing, policy::DestinationPolicy,
    route::Route, tls::Tls, verdict::Verdict,
};
use conversation::Conversation;
use domain::session_test::{Step, TestDone, TestEvent, TestMode};
use journal::Journal;
use rustls::pki_types::CertificateDer;
use std::{future::ready, pin::Pin, sync::Arc};
use tokio::time;
use tokio_util::sync::CancellationToken;

/// What hears the events of a session as they happen.
pub type Events<'a> = &'a (dyn Fn(TestEvent) + Send + Sync);

/// Runs sessions. Cheap to clone; holds the trust anchors and the policy, no connection.
#[derive(Debug, Clone)]
pub struct Mailer {
    pub(crate) dialer: Arc<Dialer>,
    pub(crate) tls: Arc<Tls>,
}

/// How a delivery ended, recipient by recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub done: TestDone,
    /// What the server said to each RCPT TO that was sent, in their order. An accepted recipient has the message
    /// only if the outcome says so.
    pub recipients: Vec<RecipientResult>,
    /// What it means for a queue.
    pub verdict: Verdict,
}

/// What one session is about.
pub(crate) struct Job<'a> {
    mailer: &'a Mailer,
    route: &'a Route,
    mail: &'a Outgoing,
    mode: TestMode,
    budget: &'a Budget,
    journal: &'a Journal<'a>,
}

/// Awaited with the whole message out and the final dot still held back; `false` keeps it back for good.
type BeforeDot<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

impl Mailer {
    pub fn new(policy: DestinationPolicy) -> Self {
        Self::with_extra_roots(policy, Vec::new())
    }

    /// Trusts these certificates beside the machine's own.
    pub fn with_extra_roots(policy: DestinationPolicy, extra: Vec<CertificateDer<'static>>) -> Self {
        Self { dialer: Arc::new(Dialer::new(policy)), tls: Arc::new(Tls::new(extra)) }
    }

    /// Runs one session; its steps and, once, its end go to `events`. Cancelled or out of time, the socket is closed
    /// before this returns.
    pub async fn run(
        &self,
        route: &Route,
        mail: &Outgoing,
        mode: TestMode,
        budget: Budget,
        events: Events<'_>,
        cancel: &CancellationToken,
    ) -> TestDone {
        self.perform(route, mail, mode, &budget, (events, true), cancel, Box::pin(ready(true)), None).await.done
    }

    /// Sends for real. `before_dot` is awaited when all but the final dot is out: the place to write down that from now
    /// on the message may have been delivered. If it answers `false`, the message is not sent.
    pub async fn deliver(
        &self,
        route: &Route,
        mail: &Outgoing,
        budget: Budget,
        events: Events<'_>,
        cancel: &CancellationToken,
        before_dot: impl Future<Output = bool> + Send,
    ) -> Delivery {
        self.perform(route, mail, TestMode::Send, &budget, (events, false), cancel, Box::pin(before_dot), None).await
    }

    /// The same over a connection that is kept from one message to the next. `kept` must be empty or have come from
    /// the same route; it is empty afterwards where the connection is not fit for another message.
    #[expect(clippy::too_many_arguments, reason = "the call above, and the connection")]
    pub async fn deliver_kept(
        &self,
        route: &Route,
        mail: &Outgoing,
        budget: Budget,
        events: Events<'_>,
        cancel: &CancellationToken,
        before_dot: impl Future<Output = bool> + Send,
        kept: &mut Option<KeptSession>,
    ) -> Delivery {
        self.perform(route, mail, TestMode::Send, &budget, (events, false), cancel, Box::pin(before_dot), Some(kept))
            .await
    }

    #[expect(clippy::too_many_arguments, reason = "the two public calls above, joined")]
    async fn perform(
        &self,
        route: &Route,
        mail: &Outgoing,
        mode: TestMode,
        budget: &Budget,
        (events, watched): (Events<'_>, bool),
        cancel: &CancellationToken,
        before_dot: BeforeDot<'_>,
        kept: Option<&mut Option<KeptSession>>,
    ) -> Delivery {
        let journal = Journal::new(events, route, watched);
        let job = Job { mailer: self, route, mail, mode, budget, journal: &journal };
        // Whichever ends first, the others are dropped, and with the session its socket.
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Fault::new(Cause::Cancelled)),
            result = self.drive(&job, before_dot, kept) => result,
            () = time::sleep(budget.total) => Err(Fault::new(Cause::Deadline).param(budget.total.as_secs())),
        };
        journal.finish(result)
    }

    async fn drive(
        &self,
        job: &Job<'_>,
        mut before_dot: BeforeDot<'_>,
        kept: Option<&mut Option<KeptSession>>,
    ) -> Result<(), Fault> {
        check_input(job)?;
        let keep = kept.is_some();
        let mut slot = None;
        let kept = kept.unwrap_or(&mut slot);
        if let Some(session) = kept.take() {
            let mut conversation = session.resume(job);
            let result = conversation.transact(&mut before_dot).await;
            match &result {
                // It died while nobody spoke on it: one new connection, and no word of the old one.
                Err(fault) if kept::died_idle(job, fault) => job.journal.forget(),
                _ => {
                    *kept = conversation.part(result.as_ref().err()).await;
                    return result;
                }
            }
        }
        let (wire, address) = self.reach(job).await?;
        let mut conversation = Conversation::new(job, wire, address);
        let result = conversation.hold(&mut before_dot).await;
        if keep && result.as_ref().err().is_none_or(|fault| fault.polite && conversation.is_ready()) {
            *kept = conversation.part(result.as_ref().err()).await;
            return result;
        }
        // What is already decided stands, whatever happens to the goodbye.
        if let Err(fault) = &result {
            job.journal.fail(fault.clone());
        }
        conversation.leave(result.as_ref().err().is_none_or(|fault| fault.polite)).await;
        result
    }
}

/// What would forge a line or send nothing is refused before anything is dialled.
fn check_input(job: &Job<'_>) -> Result<(), Fault> {
    job.journal.start(Step::Dns);
    let helo = &job.route.helo;
    if helo.is_empty() || helo.len() > 255 || !helo.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Fault::internal("helo"));
    }
    if job.mail.rcpt_to.is_empty() {
        return Err(Fault::internal("no_recipient"));
    }
    Ok(())
}

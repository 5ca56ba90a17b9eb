//! What a session has come to: its step events as they happen, and its end, said exactly once. Keeps no secret.

use super::{Delivery, Events, RecipientResult};
use crate::{cause::Cause, fault::Fault, mask::Mask, reply::Reply, route::Route, text::cut, verdict::Verdict};
use domain::session_test::{
    CertificateInfo, DoneStep, Fact, Outcome, Speaker, Step, StepEvent, StepState, TestDone, TestEvent, TranscriptLine,
};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

pub(crate) struct Journal<'a> {
    events: Events<'a>,
    route: &'a Route,
    /// Somebody watches: every line is told, and what was learnt from it.
    watched: bool,
    /// Grows with each token that the session gets.
    mask: Mutex<Mask>,
    began: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<(Step, Instant)>,
    last: Option<Step>,
    /// The final dot may have reached the server.
    committing: bool,
    /// What the session was for is done; whatever comes later does not change it.
    reached: Option<(Outcome, String)>,
    fault: Option<Fault>,
    recipients: Vec<RecipientResult>,
    /// The server lets in who logs in.
    login_offered: bool,
    /// Learnt in the step under way.
    facts: Vec<Fact>,
    certificates: Vec<CertificateInfo>,
    /// The last that were shown, for the diagnosis.
    shown: Vec<CertificateInfo>,
}

impl<'a> Journal<'a> {
    pub fn new(events: Events<'a>, route: &'a Route, watched: bool) -> Self {
        let mask = Mutex::new(Mask::of_route(route));
        Self { events, route, watched, mask, began: Instant::now(), state: Mutex::default() }
    }

    pub const fn is_watched(&self) -> bool {
        self.watched
    }

    pub fn start(&self, step: Step) {
        let mut state = self.state();
        state.current = Some((step, Instant::now()));
        state.last = Some(step);
        drop(state);
        self.tell(step, StepState::Running, Duration::ZERO, "");
    }

    pub fn pass(&self, detail: &str) {
        self.end(StepState::Passed, detail);
    }

    /// The step under way turned out to be needless.
    pub fn abandon(&self) {
        self.end(StepState::Skipped, "");
    }

    pub fn skip(&self, step: Step) {
        self.tell(step, StepState::Skipped, Duration::ZERO, "");
    }

    /// Something learnt in the step under way, told with its end.
    pub fn fact(&self, fact: impl FnOnce() -> Fact) {
        if self.watched {
            let fact = fact();
            let params = fact.params.iter().map(|param| self.clean(param)).collect();
            self.state().facts.push(Fact { params, ..fact });
        }
    }

    pub fn login_offered(&self, offered: bool) {
        self.state().login_offered = offered;
    }

    pub fn certificates(&self, chain: impl FnOnce() -> Vec<CertificateInfo>) {
        if self.watched {
            let chain = chain();
            let mut state = self.state();
            state.shown.clone_from(&chain);
            state.certificates = chain;
        }
    }

    /// From here on this is masked too.
    pub fn learn(&self, secrets: &Mask) {
        self.mask.lock().unwrap_or_else(PoisonError::into_inner).learn(secrets);
    }

    /// A line of ours, without its line end; whoever says a secret tells something else here.
    pub fn said(&self, text: &str) {
        self.line(Speaker::Client, text);
    }

    /// The message itself is not repeated.
    pub fn message(&self, octets: usize) {
        self.line(Speaker::Message, &octets.to_string());
    }

    pub fn heard(&self, reply: &Reply) {
        if self.watched {
            let last = reply.lines.len().saturating_sub(1);
            for (index, line) in reply.lines.iter().enumerate() {
                let mark = if index == last { ' ' } else { '-' };
                self.line(Speaker::Server, format!("{}{mark}{line}", reply.code).trim_end());
            }
        }
    }

    /// What was no reply.
    pub fn heard_nonsense(&self, text: &str) {
        self.line(Speaker::Server, text);
    }

    fn line(&self, line: Speaker, text: &str) {
        if self.watched {
            let during = {
                let state = self.state();
                state.current.map(|(step, _)| step).or(state.last).unwrap_or(Step::Dns)
            };
            let text = cut(&self.masked(text), 2000);
            let ms = millis(self.began.elapsed());
            (self.events)(TestEvent::Line(TranscriptLine { line, during, ms, text }));
        }
    }

    /// From here on nobody but the server knows whether the message was delivered.
    pub fn commit(&self) {
        self.state().committing = true;
    }

    /// The step under way.
    pub fn step(&self) -> Option<Step> {
        self.state().current.map(|(step, _)| step)
    }

    /// The kept connection was dead: the session begins anew.
    pub fn forget(&self) {
        self.abandon();
        self.state().recipients.clear();
        self.start(Step::Dns);
    }

    pub fn reach(&self, outcome: Outcome, reply: &str) {
        self.state().reached = Some((outcome, reply.to_owned()));
    }

    pub fn has_reached(&self) -> bool {
        self.state().reached.is_some()
    }

    pub fn recipient(&self, mut result: RecipientResult) {
        result.reply = self.clean(&result.reply);
        self.state().recipients.push(result);
    }

    /// Ends the step under way as failed. The first failure is the one that counts.
    pub fn fail(&self, fault: Fault) {
        let mut state = self.state();
        if state.fault.is_some() || state.reached.is_some() {
            return;
        }
        let detail = if fault.reply.is_empty() { String::new() } else { fault.reply.clone() };
        state.fault = Some(fault);
        drop(state);
        self.end(StepState::Failed, &detail);
    }

    /// Says how it ended, to the listener and to the caller.
    pub fn finish(self, result: Result<(), Fault>) -> Delivery {
        if let Err(fault) = result {
            self.fail(fault);
        }
        // A goodbye cut short is no failure.
        self.abandon();
        let done = self.done();
        (self.events)(TestEvent::Done(done.clone()));
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let verdict = Verdict::of(done.outcome, state.fault.as_ref());
        Delivery { done, recipients: state.recipients, verdict }
    }

    fn done(&self) -> TestDone {
        let state = self.state();
        let refused = state.recipients.iter().find(|recipient| !recipient.accepted);
        let (outcome, reply, fault) = match (&state.reached, &state.fault) {
            // Delivered to some: the refused one is told beside it.
            (Some((outcome, reply)), _) => (*outcome, reply.clone(), refused.map(RecipientResult::fault)),
            (None, Some(fault)) => (state.outcome(fault), String::new(), Some(fault.clone())),
            (None, None) => (Outcome::Failed, String::new(), Some(Fault::internal("no_outcome"))),
        };
        let fault = fault.map(|fault| Fault {
            reply: self.clean(&fault.reply),
            params: fault.params.iter().map(|param| self.clean(param)).collect(),
            ..fault
        });
        TestDone {
            step: DoneStep::Done,
            outcome,
            ms: millis(self.began.elapsed()),
            stage: state.last,
            reply: self.clean(&reply),
            diagnosis: fault.map(|fault| {
                fault.diagnose(state.last.unwrap_or(Step::Dns), self.route, state.login_offered, &state.shown)
            }),
        }
    }

    fn end(&self, how: StepState, detail: &str) {
        let (step, began, facts, certificates) = {
            let mut state = self.state();
            let Some((step, began)) = state.current.take() else {
                return;
            };
            (step, began, std::mem::take(&mut state.facts), std::mem::take(&mut state.certificates))
        };
        let event = StepEvent::new(step, how, millis(began.elapsed()), self.clean(detail));
        (self.events)(TestEvent::Step(StepEvent { facts, certificates, ..event }));
    }

    fn tell(&self, step: Step, state: StepState, took: Duration, detail: &str) {
        (self.events)(TestEvent::Step(StepEvent::new(step, state, millis(took), self.clean(detail))));
    }

    fn clean(&self, text: &str) -> String {
        cut(&self.masked(text), 500)
    }

    fn masked(&self, text: &str) -> String {
        self.mask.lock().unwrap_or_else(PoisonError::into_inner).clean(text)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn outcome(&self, fault: &Fault) -> Outcome {
        match fault.cause {
            // The server's own refusal, or ours to send: certainly not delivered.
            Cause::MessageRefused | Cause::ServiceRefused => Outcome::Failed,
            _ if self.committing => Outcome::Unknown,
            Cause::Cancelled => Outcome::Cancelled,
            _ => Outcome::Failed,
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

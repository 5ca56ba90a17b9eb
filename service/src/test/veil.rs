//! What somebody learns who may test and save nothing, of a place that no account leads to: whether a mail server answers
//! there. Until one has, every end looks the same and comes at the same time, so that nobody learns of ports from it.

use super::{Run, Seen, Watched};
use crate::Service;
use domain::{
    diagnosis::Diagnosis,
    session_test::{DoneStep, Outcome, Step, StepState, TestDone, TestEvent},
};
use mailer::Outgoing;
use std::{
    mem,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// How long a mail server has for its greeting, and how long the absence of one takes to tell.
const PATIENCE: Duration = Duration::from_secs(12);

enum Veil {
    /// What has happened, but for the first step that began: that is the draft's own.
    Down(Vec<TestEvent>),
    /// A mail server has greeted: what follows is an ordinary test.
    Lifted,
    /// It is too late for that.
    Shut,
}

impl Service {
    /// A session whose events are held back until the server has greeted.
    pub(super) async fn veiled_session(
        &self,
        run: &Run,
        outgoing: &Outgoing,
        seen: &Seen,
        events: &Watched<'_>,
        cancel: &CancellationToken,
    ) -> TestDone {
        let told_at = Instant::now() + PATIENCE;
        let veil = Mutex::new(Veil::Down(Vec::new()));
        let watch = |event: TestEvent| watch(&mut veil.lock().unwrap_or_else(PoisonError::into_inner), event, events);
        let session_cancel = cancel.child_token();
        let session = self.session(&run.plan, outgoing, run.test.mode, seen, &watch, &session_cancel);
        tokio::pin!(session);
        let ended = tokio::select! {
            done = &mut session => Some(done),
            () = sleep_until(told_at) => None,
        };
        if veil.lock().unwrap_or_else(PoisonError::into_inner).shut() {
            session_cancel.cancel();
            if ended.is_none() {
                session.await;
            }
            let stopped = cancel.run_until_cancelled(sleep_until(told_at)).await.is_none();
            let done = nobody(stopped);
            events(TestEvent::Done(done.clone()));
            return done;
        }
        match ended {
            Some(done) => done,
            None => session.await,
        }
    }
}

impl Veil {
    /// Whether nobody has greeted; then nothing is told any more.
    fn shut(&mut self) -> bool {
        let lifted = matches!(self, Self::Lifted);
        if !lifted {
            *self = Self::Shut;
        }
        !lifted
    }
}

fn watch(veil: &mut Veil, event: TestEvent, events: &Watched<'_>) {
    match veil {
        Veil::Lifted => events(event),
        Veil::Shut => {}
        Veil::Down(held) => {
            let greeted = matches!(&event, TestEvent::Step(step) if (step.step, step.state) == (Step::Greeting, StepState::Passed));
            let is_first =
                held.is_empty() && matches!(&event, TestEvent::Step(step) if step.state == StepState::Running);
            // Kept too, as a sign that the first has been.
            held.push(event.clone());
            if is_first {
                events(event);
            }
            if greeted {
                let held = mem::take(held);
                *veil = Veil::Lifted;
                held.into_iter().skip(1).for_each(events);
            }
        }
    }
}

/// The same whatever it was that did not greet.
fn nobody(stopped: bool) -> TestDone {
    let diagnosis = (!stopped).then(|| Diagnosis::of_settings("no_mail_server", Step::Greeting, Vec::new()));
    TestDone {
        step: DoneStep::Done,
        outcome: if stopped { Outcome::Cancelled } else { Outcome::Failed },
        ms: if stopped { 0 } else { u64::try_from(PATIENCE.as_millis()).unwrap_or_default() },
        stage: Some(Step::Greeting),
        reply: String::new(),
        diagnosis,
    }
}

//! One message over one connection: composed, marked, sent, and what is to be recorded of it.

use crate::{
    Service,
    compose::{self, Letter},
    error::{Inside, ServiceError, refused},
    outbox::{
        MEMORY_KB,
        decide::{Tried, decide, reason},
        way::Way,
        writer::Note,
    },
    random,
};
use domain::{
    EmailAddress, UnixMillis,
    message::{AttemptOutcome, MessageStatus, Reason, RecipientState},
    notification::NewNotification,
    session_test::{Step, StepState, TestEvent},
};
use mailer::{Delivery, KeptSession, Outgoing};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use store::{AttemptRecord, Claimed, MessageChange, MessageResult};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// A try that has ended and is not recorded yet.
pub(super) struct Ended {
    pub result: MessageResult,
    pub attempt: Option<AttemptRecord>,
    /// What it says of the account.
    pub account: OfAccount,
}

pub(super) enum OfAccount {
    /// The server took part: nothing is wrong with the way there.
    Well,
    /// Nothing can be said.
    Nothing,
    /// The way there failed.
    Failed(Reason),
    /// Somebody must change something.
    Halted(Reason),
}

/// Claimed, composed, and marked if that was done ahead.
pub(super) struct Prepared {
    pub claimed: Claimed,
    pub way: Arc<Way>,
    letter: Result<Ready, Reason>,
    /// The answer to the mark, once it is asked for: whether the claim is current and the mark on the disk.
    marked: Option<oneshot::Receiver<bool>>,
}

/// Ready to be sent.
struct Ready {
    outgoing: Outgoing,
    before: Vec<RecipientState>,
    _memory: OwnedSemaphorePermit,
}

impl Service {
    /// Waits for room in memory: whoever asks must hold none.
    pub(super) async fn prepare(&self, claimed: Claimed, way: Arc<Way>) -> Result<Prepared, (ServiceError, Claimed)> {
        let memory = Arc::clone(&self.inner.outbox.memory).acquire_many_owned(kilobytes(&claimed)).await;
        let letter = match memory {
            Ok(memory) => self.composed(&claimed, &way, memory).await,
            Err(_) => Ok(Err(Reason::new("internal").with("memory"))),
        };
        match letter {
            Ok(letter) => Ok(Prepared { claimed, way, letter, marked: None }),
            Err(error) => Err((error, claimed)),
        }
    }

    /// The same ahead of its turn, with its mark: only of what needs no waiting, on a way that works. Gives the claim
    /// back where that is not so.
    pub(super) async fn prepare_ahead(&self, claimed: Claimed, way: Arc<Way>) -> Result<Prepared, Claimed> {
        let outbox = &self.inner.outbox;
        if claimed.content.is_none() || claimed.attempt > 1 {
            return Err(claimed);
        }
        let Ok(memory) = Arc::clone(&outbox.memory).try_acquire_many_owned(kilobytes(&claimed)) else {
            return Err(claimed);
        };
        let Ok(letter) = self.composed(&claimed, &way, memory).await else { return Err(claimed) };
        let marked =
            if letter.is_ok() { outbox.writer.note(Note::Mark(self.mark(&claimed, &way))).await } else { None };
        Ok(Prepared { claimed, way, letter, marked })
    }

    /// `kept` is the connection, before and after.
    pub(super) async fn send(&self, prepared: &mut Prepared, kept: &mut Option<KeptSession>) -> Inside<Ended> {
        let Prepared { claimed, way, letter, marked } = prepared;
        let ready = match letter {
            Ok(ready) => ready,
            Err(reason) => return Ok(unsendable(claimed, way, reason.clone(), self.inner.clock.now())),
        };
        let times = Mutex::new(Vec::new());
        let listen = |event: TestEvent| {
            if let TestEvent::Step(step) = event
                && matches!(step.state, StepState::Passed | StepState::Failed)
            {
                times.lock().unwrap_or_else(PoisonError::into_inner).push((step.step, step.ms));
            }
        };
        let outbox = &self.inner.outbox;
        let unwritten = AtomicBool::new(false);
        let before_dot = async {
            let answered = match marked.take() {
                Some(answered) => Some(answered),
                None => outbox.writer.note(Note::Mark(self.mark(claimed, way))).await,
            };
            let answer = match answered {
                Some(answered) => answered.await.ok(),
                None => None,
            };
            unwritten.store(answer.is_none(), Ordering::Relaxed);
            let current = answer.unwrap_or(false);
            // Frozen for so long that another may have it by now.
            current && self.inner.clock.now() < claimed.lease
        };
        let budget = outbox.budget();
        let delivery = self
            .inner
            .mailer
            .deliver_kept(&way.route, &ready.outgoing, budget, &listen, &outbox.cutting, before_dot, kept)
            .await;
        // Neither this message's doing nor the server's: it waits as if it had never been claimed.
        if unwritten.into_inner() {
            return Err(refused("stopping", []).into());
        }
        let stages = times.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.ended(claimed, way, &ready.before, &delivery, stages)
    }

    fn ended(
        &self,
        claimed: &Claimed,
        way: &Way,
        before: &[RecipientState],
        delivery: &Delivery,
        stages: Vec<(Step, u64)>,
    ) -> Inside<Ended> {
        let dice = u32::from_le_bytes(random::bytes::<4>()?);
        let decision = decide(&Tried {
            now: self.inner.clock.now(),
            own: claimed.account_id,
            through: way.account.id,
            failover: way.failover,
            tries: claimed.tries,
            before,
            delivery,
            dice,
        });
        let why = reason(delivery);
        let verdict = delivery.verdict;
        let account = match verdict.outcome {
            AttemptOutcome::Config => OfAccount::Halted(why.clone()),
            _ if verdict.way => OfAccount::Failed(why.clone()),
            AttemptOutcome::Delivered => OfAccount::Well,
            _ if delivery.done.stage.is_some_and(|stage| stage >= Step::Mail) => OfAccount::Well,
            _ => OfAccount::Nothing,
        };
        let mut attempt = self.attempt(claimed, way, Some(decision.outcome), delivery.done.stage);
        attempt.reason = why;
        attempt.ms = delivery.done.ms;
        attempt.stages = stages;
        if attempt.reason.reply.is_empty() {
            attempt.reason.reply.clone_from(&delivery.done.reply);
        }
        let result = MessageResult {
            id: claimed.id,
            attempt: claimed.attempt,
            change: decision.change,
            possible_duplicate: decision.possible_duplicate,
            recipients: decision.recipients,
        };
        Ok(Ended { result, attempt: Some(attempt), account })
    }

    fn mark(&self, claimed: &Claimed, way: &Way) -> AttemptRecord {
        self.attempt(claimed, way, None, Some(Step::Data))
    }

    fn attempt(
        &self,
        claimed: &Claimed,
        way: &Way,
        outcome: Option<AttemptOutcome>,
        stage: Option<Step>,
    ) -> AttemptRecord {
        AttemptRecord {
            message: claimed.id,
            number: claimed.attempt,
            at: self.inner.clock.now(),
            account_id: way.account.id,
            account: way.account.settings.name.to_string(),
            outcome,
            stage,
            reason: Reason::default(),
            ms: 0,
            stages: Vec::new(),
        }
    }

    /// The message as octets for whoever still waits for it, or why it can't be made.
    async fn composed(
        &self,
        claimed: &Claimed,
        way: &Way,
        memory: OwnedSemaphorePermit,
    ) -> Inside<Result<Ready, Reason>> {
        let loaded;
        let content = if let Some(content) = &claimed.content {
            content
        } else {
            loaded = self.inner.store.read().await?.message_content(claimed.id).await?.unwrap_or_default();
            &loaded
        };
        let Ok(new) = serde_json::from_slice::<NewNotification>(content) else {
            return Ok(Err(Reason::new("content_unreadable")));
        };
        let before = if claimed.attempt > 1 {
            self.inner.store.read().await?.message_recipients(claimed.id).await?
        } else {
            Vec::new()
        };
        let settings = &way.account.settings;
        let letter = Letter::of(&new, settings);
        let waits = |address: &&EmailAddress| {
            let state = before.iter().find(|state| state.address == **address);
            state.is_none_or(|state| state.status == MessageStatus::Waiting)
        };
        let rcpt_to: Vec<_> = new.to.iter().filter(waits).cloned().collect();
        let composed = compose::octets(settings, &way.parameters, &letter, &claimed.message_id, claimed.created_at);
        Ok(match composed {
            Ok(message) => Ok(Ready {
                outgoing: Outgoing { mail_from: letter.mail_from(settings), rcpt_to, message },
                before,
                _memory: memory,
            }),
            Err(error) => Err(Reason::new("cannot_compose").with(error)),
        })
    }
}

/// Content, parsed and composed: four times its size, or all there is.
fn kilobytes(claimed: &Claimed) -> u32 {
    u32::try_from(claimed.size / 256).unwrap_or(u32::MAX).clamp(1, MEMORY_KB)
}

/// A message that no server will ever see.
fn unsendable(claimed: &Claimed, way: &Way, reason: Reason, now: UnixMillis) -> Ended {
    Ended {
        result: MessageResult {
            id: claimed.id,
            attempt: claimed.attempt,
            change: MessageChange::Error { reason: reason.clone() },
            possible_duplicate: false,
            recipients: vec![],
        },
        attempt: Some(AttemptRecord {
            message: claimed.id,
            number: claimed.attempt,
            at: now,
            account_id: way.account.id,
            account: way.account.settings.name.to_string(),
            outcome: Some(AttemptOutcome::Dead),
            stage: None,
            reason,
            ms: 0,
            stages: vec![],
        }),
        account: OfAccount::Nothing,
    }
}

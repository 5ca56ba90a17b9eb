//! One message over one connection: composed, sent with a mark before its final dot, and what is to be recorded of it.

use crate::{
    Service,
    compose::{self, Letter},
    error::Inside,
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
use std::sync::{Arc, Mutex, PoisonError};
use store::{AttemptRecord, Claimed, MessageChange, MessageResult};
use tokio::sync::OwnedSemaphorePermit;

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

/// Ready to be sent.
struct Ready {
    outgoing: Outgoing,
    before: Vec<RecipientState>,
    _memory: OwnedSemaphorePermit,
}

impl Service {
    /// `kept` is the connection, before and after.
    pub(super) async fn send(&self, claimed: &Claimed, way: &Way, kept: &mut Option<KeptSession>) -> Inside<Ended> {
        let now = self.inner.clock.now();
        let ready = match self.made_ready(claimed, way).await? {
            Ok(ready) => ready,
            Err(reason) => return Ok(unsendable(claimed, way, reason, now)),
        };
        let times = Mutex::new(Vec::new());
        let listen = |event: TestEvent| {
            if let TestEvent::Step(step) = event
                && matches!(step.state, StepState::Passed | StepState::Failed)
            {
                times.lock().unwrap_or_else(PoisonError::into_inner).push((step.step, step.ms));
            }
        };
        let mark = self.attempt(claimed, way, None, Some(Step::Data));
        let outbox = &self.inner.outbox;
        let before_dot = async {
            match outbox.writer.note(Note::Mark(mark)).await {
                Some(answered) => answered.await.unwrap_or(false),
                None => false,
            }
        };
        let budget = outbox.budget();
        let delivery = self
            .inner
            .mailer
            .deliver_kept(&way.route, &ready.outgoing, budget, &listen, &outbox.cutting, before_dot, kept)
            .await;
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
    async fn made_ready(&self, claimed: &Claimed, way: &Way) -> Inside<Result<Ready, Reason>> {
        // Content, parsed and composed: four times its size, or all there is.
        let kilobytes = u32::try_from(claimed.size / 256).unwrap_or(u32::MAX).clamp(1, MEMORY_KB);
        let memory = Arc::clone(&self.inner.outbox.memory);
        let Ok(memory) = memory.acquire_many_owned(kilobytes).await else {
            return Ok(Err(Reason::new("internal").with("memory")));
        };
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

//! The steps of a running test, in the order in which they happen, and how it ended.

use crate::{
    locales::use_words,
    ui::{
        icon::{Glyph, Icon},
        notice::Notice,
    },
};
use domain::session_test::{DoneStep, FaultClass, Outcome, Step, StepEvent, StepState, TestDone};
use leptos::prelude::*;

/// What is known so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    pub steps: Vec<StepEvent>,
    pub done: Option<TestDone>,
}

impl Progress {
    /// A step began or ended: a step is one line, however often it is told of.
    pub fn tell(&mut self, event: StepEvent) {
        match self.steps.iter_mut().find(|step| step.step == event.step) {
            Some(step) => {
                let detail =
                    if event.detail.is_empty() { std::mem::take(&mut step.detail) } else { event.detail.clone() };
                *step = StepEvent { detail, ..event };
            }
            None => self.steps.push(event),
        }
    }

    /// Stopped here: what was running has not ended well, and what took how long is known to the server alone.
    pub fn cancel(&mut self) {
        let stage = self.steps.last().map(|event| event.step);
        for event in &mut self.steps {
            if event.state == StepState::Running {
                event.state = StepState::Skipped;
            }
        }
        let ms = self.steps.iter().map(|event| event.ms).sum();
        self.done = Some(TestDone {
            step: DoneStep::Done,
            outcome: Outcome::Cancelled,
            ms,
            stage,
            reply: String::new(),
            diagnosis: None,
        });
    }
}

#[component]
pub fn Steps(progress: Signal<Progress>) -> impl IntoView {
    let words = use_words();
    let lines = move || {
        progress.with(|progress| {
            let mut all: Vec<(Step, Option<StepEvent>)> =
                progress.steps.iter().map(|event| (event.step, Some(event.clone()))).collect();
            if progress.done.is_none() {
                let told = |step: Step| progress.steps.iter().any(|event| event.step == step);
                all.extend(Step::ALL.into_iter().filter(|step| !told(*step)).map(|step| (step, None)));
            }
            all.into_iter().map(|(step, event)| line(step, event)).collect_view()
        })
    };
    view! { <ol class="steps" aria-label=words.later().test.steps>{lines}</ol> }.into_any()
}

fn line(step: Step, event: Option<StepEvent>) -> AnyView {
    let words = use_words();
    let state = match event.as_ref().map(|event| event.state) {
        None => "pending",
        Some(StepState::Running) => "running",
        Some(StepState::Passed) => "passed",
        Some(StepState::Failed) => "failed",
        Some(StepState::Skipped) => "skipped",
    };
    let icon = match state {
        "passed" => Some(view! { <Glyph icon=Icon::Check /> }),
        "failed" => Some(view! { <Glyph icon=Icon::Cross /> }),
        _ => None,
    };
    let ms = event.as_ref().filter(|e| matches!(e.state, StepState::Passed | StepState::Failed)).map(|e| e.ms);
    let ms = ms.map(|ms| (words.row.ms)(ms));
    let detail = event.map(|event| event.detail).filter(|detail| !detail.is_empty());
    view! {
        <li class="step" data-step=step.code() data-state=state>
            <span class="step-mark">{icon}</span>
            <span>{(words.later().step)(step)}</span>
            <span class="step-ms">{ms}</span>
            <span class="step-state">{(words.later().test.state)(state)}</span>
            {detail.map(|detail| view! { <span class="step-detail">{detail}</span> })}
        </li>
    }
    .into_any()
}

/// Delivered, failed, unknown or cancelled; the server's words, and ours.
pub fn outcome(done: TestDone) -> AnyView {
    let words = use_words();
    let w = &words.later().test;
    let code = done.outcome.code();
    let kind = match code {
        "delivered" | "passed" => "success",
        "failed" => "danger",
        _ => "warning",
    };
    let class = |class: FaultClass| match class {
        FaultClass::Temporary => "temporary",
        FaultClass::Permanent => "permanent",
        FaultClass::Settings => "settings",
    };
    let reached = if done.outcome.is_good() { None } else { done.stage };
    let why = done.diagnosis.as_ref().map(|diagnosis| {
        let code = diagnosis.code.clone();
        view! {
            <p data-diagnosis=code>{(words.later().diagnosis)(diagnosis)}</p>
            <p>{(w.class)(class(diagnosis.class))}</p>
        }
    });
    let from_diagnosis = done.diagnosis.as_ref().map(|d| d.reply.clone()).filter(|reply| !reply.is_empty());
    let reply = from_diagnosis.or_else(|| Some(done.reply.clone()).filter(|reply| !reply.is_empty()));
    view! {
        <div class="outcome" role="status" data-outcome=code>
            <Notice kind>
                <p>
                    <strong>{(words.later().outcome)(done.outcome)}</strong>
                    " · "
                    {(words.row.ms)(done.ms)}
                </p>
                <p>{(w.outcome_text)(code)}</p>
                {reached.map(|step| view! { <p>{(w.reached)((words.later().step)(step))}</p> })}
                {why}
                {reply
                    .map(|reply| {
                        view! {
                            <p>{w.reply}</p>
                            <pre class="reply">{reply}</pre>
                        }
                    })}
            </Notice>
        </div>
    }
    .into_any()
}

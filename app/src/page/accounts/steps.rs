//! The steps of a running test, in the order in which they happen: state, time, what was learnt, every line that was said.

use super::certificates::certificates;
use crate::{
    locales::use_words,
    ui::icon::{Glyph, Icon},
};
use domain::session_test::{
    DoneStep, Outcome, Speaker, Step, StepEvent, StepState, TestDone, TestEvent, TranscriptLine,
};
use leptos::prelude::*;
use std::fmt::Write;

/// What is known so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    pub steps: Vec<Told>,
    pub done: Option<TestDone>,
}

/// A step that has begun, and what was said in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub event: StepEvent,
    pub lines: Vec<TranscriptLine>,
}

impl Progress {
    pub fn tell(&mut self, event: TestEvent) {
        match event {
            TestEvent::Step(step) => self.step(step),
            TestEvent::Line(line) => {
                let place = self.steps.iter_mut().rev().find(|told| told.event.step == line.during);
                if let Some(told) = place {
                    told.lines.push(line);
                }
            }
            TestEvent::Done(done) => self.done = Some(done),
            TestEvent::Beat(_) => {}
        }
    }

    /// A step that begins is a line of its own, also where it has been there before: EHLO is said again behind TLS.
    fn step(&mut self, event: StepEvent) {
        let running = self.steps.iter_mut().rev().find(|told| told.event.step == event.step && is_running(told));
        match running {
            Some(told) => {
                let before = std::mem::take(&mut told.event.detail);
                let detail = if event.detail.is_empty() { before } else { event.detail.clone() };
                told.event = StepEvent { detail, ..event };
            }
            None => self.steps.push(Told { event, lines: Vec::new() }),
        }
    }

    /// Stopped here: what was running has not ended well, and what took how long is known to the server alone.
    pub fn cancel(&mut self) {
        let stage = self.steps.last().map(|told| told.event.step);
        for told in &mut self.steps {
            if is_running(told) {
                told.event.state = StepState::Skipped;
            }
        }
        let ms = self.steps.iter().map(|told| told.event.ms).sum();
        self.done = Some(TestDone {
            step: DoneStep::Done,
            outcome: Outcome::Cancelled,
            ms,
            stage,
            reply: String::new(),
            diagnosis: None,
        });
    }

    /// The whole conversation as text, as it is pasted into a ticket.
    pub fn transcript(&self) -> String {
        let words = use_words();
        let mut text = String::new();
        for told in &self.steps {
            let StepEvent { step, state, ms, detail, .. } = &told.event;
            let state = (words.later().test.state)(code(Some(*state)));
            // Writing to a String does not fail.
            let _ = writeln!(text, "== {} ({state}, {ms} ms) {detail}", (words.later().step)(*step));
            for line in &told.lines {
                let _ = write!(text, "{:>7} ms  {}", line.ms, spoken(line));
            }
        }
        text
    }
}

fn is_running(told: &Told) -> bool {
    told.event.state == StepState::Running
}

#[component]
pub fn Steps(progress: Signal<Progress>) -> impl IntoView {
    let words = use_words();
    // Each event draws the list anew; what was unfolded stays so.
    let unfolded = StoredValue::new(Vec::<(usize, &'static str)>::new());
    let lines = move || {
        progress.with(|progress| {
            let begun = !progress.steps.is_empty();
            let mut all = vec![settings(begun)];
            for (index, told) in progress.steps.iter().enumerate() {
                let again = progress.steps[..index].iter().any(|before| before.event.step == told.event.step);
                all.push(line(told.event.step, Some(told), again, Fold { unfolded, index }));
            }
            if progress.done.is_none() {
                let told = |step: Step| progress.steps.iter().any(|told| told.event.step == step);
                let pending = Step::ALL.into_iter().filter(|step| !told(*step));
                all.extend(pending.map(|step| line(step, None, false, Fold { unfolded, index: usize::MAX })));
            }
            all
        })
    };
    view! { <ol class="steps" aria-label=words.later().test.steps>{lines}</ol> }.into_any()
}

/// What can be unfolded in a line, and whether it is.
#[derive(Clone, Copy)]
pub struct Fold {
    unfolded: StoredValue<Vec<(usize, &'static str)>>,
    index: usize,
}

impl Fold {
    /// `what` is the same each time the line is drawn.
    pub fn view(self, what: &'static str, summary: String, content: AnyView) -> AnyView {
        let key = (self.index, what);
        let open = self.unfolded.with_value(|all| all.contains(&key));
        let toggle = move |event: leptos::ev::Event| {
            let open = event_target::<web_sys::Element>(&event).has_attribute("open");
            self.unfolded.update_value(|all| {
                all.retain(|other| *other != key);
                if open {
                    all.push(key);
                }
            });
        };
        view! {
            <details class="step-fold" open=open on:toggle=toggle>
                <summary>{summary}</summary>
                {content}
            </details>
        }
        .into_any()
    }
}

const fn code(state: Option<StepState>) -> &'static str {
    match state {
        None => "pending",
        Some(StepState::Running) => "running",
        Some(StepState::Passed) => "passed",
        Some(StepState::Failed) => "failed",
        Some(StepState::Skipped) => "skipped",
    }
}

/// Before anything is dialled: the account, its credential and its connector are read.
fn settings(read: bool) -> AnyView {
    let words = use_words();
    let state = code(Some(if read { StepState::Passed } else { StepState::Running }));
    view! {
        <li class="step" data-step="settings" data-state=state>
            <span class="step-mark">{read.then(|| view! { <Glyph icon=Icon::Check /> })}</span>
            <span>{words.later().test.settings_read}</span>
            <span class="step-ms"></span>
            <span class="step-state">{(words.later().test.state)(state)}</span>
        </li>
    }
    .into_any()
}

fn line(step: Step, told: Option<&Told>, again: bool, fold: Fold) -> AnyView {
    let words = use_words();
    let w = &words.later().test;
    let event = told.map(|told| &told.event);
    let state = code(event.map(|event| event.state));
    let icon = match state {
        "passed" => Some(view! { <Glyph icon=Icon::Check /> }),
        "failed" => Some(view! { <Glyph icon=Icon::Cross /> }),
        _ => None,
    };
    let ms = event.filter(|e| matches!(e.state, StepState::Passed | StepState::Failed)).map(|e| e.ms);
    let ms = ms.map(|ms| (words.row.ms)(ms));
    let detail = event.map(|event| event.detail.clone()).filter(|detail| !detail.is_empty());
    let facts = event.map(|event| event.facts.iter().map(w.fact).filter(|text| !text.is_empty()).collect::<Vec<_>>());
    let facts = facts.filter(|facts| !facts.is_empty());
    let shown = event.map(|event| event.certificates.clone()).filter(|chain| !chain.is_empty());
    let said = told.map(|told| told.lines.clone()).filter(|lines| !lines.is_empty());
    let label = (words.later().step)(step);
    view! {
        <li class="step" data-step=step.code() data-state=state>
            <span class="step-mark">{icon}</span>
            <span>{label} {again.then(|| view! { " " {w.again} })}</span>
            <span class="step-ms">{ms}</span>
            <span class="step-state">{(w.state)(state)}</span>
            {detail.map(|detail| view! { <span class="step-detail">{detail}</span> })}
            {facts
                .map(|facts| {
                    let facts = facts.into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view();
                    view! { <ul class="step-facts">{facts}</ul> }
                })}
            {shown.map(|chain| fold.view("certificates", (w.certificates)(chain.len()), certificates(chain)))}
            {said.map(|lines| fold.view("transcript", (w.lines)(lines.len()), transcript(&lines)))}
        </li>
    }
    .into_any()
}

fn transcript(lines: &[TranscriptLine]) -> AnyView {
    let one = |line: &TranscriptLine| {
        let who = match line.line {
            Speaker::Client => "client",
            Speaker::Server => "server",
            Speaker::Message => "message",
        };
        view! {
            <span class="said" data-who=who>
                {spoken(line)}
            </span>
        }
    };
    view! { <pre class="transcript">{lines.iter().map(one).collect_view()}</pre> }.into_any()
}

/// `C: EHLO client.example`, as transcripts in RFC 5321 are written; with its line end.
fn spoken(line: &TranscriptLine) -> String {
    match line.line {
        Speaker::Client => format!("C: {}\n", line.text),
        Speaker::Server => format!("S: {}\n", line.text),
        Speaker::Message => format!("C: {}\n", (use_words().later().test.message_octets)(&line.text)),
    }
}

//! A test's time as a bar: the steps that belong together in one colour, as long as they took.

use crate::locales::use_words;
use domain::{
    history::StepTime,
    session_test::{Step, StepState},
};
use leptos::prelude::*;

/// Few enough that a bar is read at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Reach,
    Greeting,
    Tls,
    Auth,
    Envelope,
    Data,
}

impl Group {
    const ALL: [Self; 6] = [Self::Reach, Self::Greeting, Self::Tls, Self::Auth, Self::Envelope, Self::Data];

    const fn of(step: Step) -> Self {
        match step {
            Step::Dns | Step::Connector | Step::Tcp => Self::Reach,
            Step::Greeting | Step::Ehlo => Self::Greeting,
            Step::Tls => Self::Tls,
            Step::Auth => Self::Auth,
            Step::Mail | Step::Rcpt => Self::Envelope,
            Step::Data | Step::Quit => Self::Data,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Greeting => "greeting",
            Self::Tls => "tls",
            Self::Auth => "auth",
            Self::Envelope => "envelope",
            Self::Data => "data",
        }
    }
}

/// What the colours stand for.
pub fn legend() -> AnyView {
    let w = &use_words().later().history;
    let item = |group: Group| {
        view! {
            <li>
                <svg viewBox="0 0 10 10" width="10" height="10">
                    <rect class="bar" data-group=group.code() width="10" height="10" />
                </svg>
                {(w.group)(group.code())}
            </li>
        }
    };
    view! {
        <ul class="legend" aria-hidden="true">
            {Group::ALL.map(item)}
        </ul>
    }
    .into_any()
}

/// `longest` fills the width.
pub fn bar(steps: &[StepTime], longest: u64) -> AnyView {
    let words = use_words();
    let later = words.later();
    let spent = steps.iter().filter(|step| step.state != StepState::Skipped);
    let said: Vec<_> = spent.map(|step| format!("{} {}", (later.step)(step.step), (words.row.ms)(step.ms))).collect();
    let mut x = 0;
    let parts = Group::ALL.map(|group| {
        let ms: u64 = steps.iter().filter(|step| Group::of(step.step) == group).map(|step| step.ms).sum();
        let at = x;
        x += ms;
        let title = format!("{}: {}", (later.history.group)(group.code()), (words.row.ms)(ms));
        (ms > 0).then(|| {
            view! {
                <rect class="bar" data-group=group.code() x=at.to_string() width=ms.to_string() height="8">
                    <title>{title}</title>
                </rect>
            }
        })
    });
    view! {
        <svg
            class="bars"
            viewBox=format!("0 0 {longest} 8")
            preserveAspectRatio="none"
            role="img"
            aria-label=said.join(", ")
        >
            {parts}
        </svg>
    }
    .into_any()
}

//! An account's latest tests: how each ended, who asked, and a bar of where its time went.

mod bar;

use crate::{
    api::accounts::account_history,
    locales::use_words,
    page::{
        access::{may, role},
        list::closer,
        places,
    },
    ui::{
        icon::{Glyph, Icon},
        notice::Notice,
        time::Moment,
        window::{Window, WindowWait},
    },
};
use bar::{bar, legend};
use domain::{
    AccountId, Action,
    history::{LastCertificate, PastTest, TestHistory},
    report::ReportName,
    session_test::TestMode,
};
use leptos::prelude::*;

pub fn history_window(id: i64) -> AnyView {
    view! { <History id=AccountId(id) /> }.into_any()
}

#[component]
fn History(id: AccountId) -> impl IntoView {
    let words = use_words();
    let found = Resource::new_blocking(move || id, account_history);
    let close = closer(ReportName::Accounts, places::ACCOUNTS);
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let tests = may(role().await, Action::AccountsTest);
                let (subtitle, body) = match found.await {
                    Ok(history) => (history.account.clone(), content(id, history, tests)),
                    Err(failure) => {
                        let text = (words.failure)(&failure.0);
                        let sorry = view! {
                            <Notice kind="danger" alert=true>
                                <p>{text}</p>
                            </Notice>
                        };
                        (String::new(), sorry.into_any())
                    }
                };
                view! {
                    <Window id="history" title=words.row.history subtitle close>
                        <div class="window-body">{body}</div>
                    </Window>
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn content(id: AccountId, history: TestHistory, may_test: bool) -> AnyView {
    let w = &use_words().later().history;
    let TestHistory { tests, certificate, .. } = history;
    let link = may_test.then(|| {
        view! {
            <a class="link" href=places::account_test(id.0)>
                {w.test_now}
            </a>
        }
    });
    if tests.is_empty() {
        return view! { <p>{w.none} " " {link}</p> }.into_any();
    }
    let longest = tests.iter().map(PastTest::took).max().unwrap_or(1).max(1);
    let passed = tests.iter().filter(|test| test.outcome.is_good()).count();
    let sum = (w.sum)(passed, tests.len());
    view! {
        <p>{sum} " " {link}</p>
        {certificate.map(last_certificate)}
        {legend()}
        <ol class="history">{tests.into_iter().map(|test| row(test, longest)).collect_view()}</ol>
    }
    .into_any()
}

fn last_certificate(certificate: LastCertificate) -> AnyView {
    let words = use_words();
    let w = &words.later().history;
    view! {
        <dl class="facts">
            <dt>{w.seen_last}</dt>
            <dd>{certificate.subject} ", " {w.valid_until} " " <Moment at=certificate.not_after /></dd>
            <dt>{words.later().test.certificate_fingerprint}</dt>
            <dd>{certificate.fingerprint}</dd>
        </dl>
    }
    .into_any()
}

fn row(test: PastTest, longest: u64) -> AnyView {
    let words = use_words();
    let later = words.later();
    let good = test.outcome.is_good();
    let icon = if good { Icon::Check } else { Icon::Cross };
    let happened = test.diagnosis.as_ref().map(later.diagnosis);
    let stage = test.stage.filter(|_| !good).map(|step| (later.test.reached)((later.step)(step)));
    let reply = test.diagnosis.map(|diagnosis| diagnosis.reply).filter(|reply| !reply.is_empty());
    view! {
        <li class="past" data-outcome=test.outcome.code()>
            <p class="past-head">
                <span class="step-mark" data-good=good.to_string()>
                    <Glyph icon />
                </span>
                <strong>{(later.outcome)(test.outcome)}</strong>
                <Moment at=test.at />
                <span class="step-ms">{(words.row.ms)(test.ms)}</span>
                <span class="past-who">{(later.history.by)(&test.actor, test.mode == TestMode::Check)}</span>
            </p>
            {(!test.steps.is_empty()).then(|| bar(&test.steps, longest))}
            {happened.map(|text| view! { <p>{text}</p> })}
            {stage.map(|text| view! { <p class="faint">{text}</p> })}
            {reply.map(|reply| view! { <code class="reply-line">{reply}</code> })}
        </li>
    }
    .into_any()
}

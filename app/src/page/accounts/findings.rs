//! What was found about a sender: how it stands in all, then each domain and address, check by check, with the records it rests on.

use crate::{
    locales::use_words,
    ui::{
        browser,
        button::Button,
        icon::{Glyph, Icon},
        notice::Notice,
        toast::use_toasts,
    },
};
use domain::arrival::{ArrivalReport, Check, Finding, Record, Told, ToldReport, Verdict};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Findings(report: ToldReport) -> impl IntoView {
    let w = &use_words().later().arrival;
    let ToldReport { report, told } = report;
    let kind = match report.verdict {
        Verdict::Good => "success",
        Verdict::Unknown => "info",
        Verdict::Warning => "warning",
        Verdict::Bad => "danger",
    };
    let silent = report.findings.iter().any(|finding| finding.code.ends_with("_no_answer"));
    let overall = (w.overall)(report.verdict);
    let from = (w.looked_from)(&report.sending_addresses.join(", "), report.basis);
    let took = (use_words().row.ms)(report.ms);
    let groups: Vec<_> = groups(&report).into_iter().map(|group| group_view(&group, &report, &told)).collect();
    view! {
        <div class="outcome arrival-found" data-verdict=report.verdict.code()>
            <Notice kind alert=true>
                <p>
                    <strong>{overall}</strong>
                    " · "
                    {took}
                </p>
                <p>{from}</p>
            </Notice>
            {silent
                .then(|| {
                    view! {
                        <Notice kind="warning">
                            <p>{w.no_resolver}</p>
                        </Notice>
                    }
                })}
            {groups}
        </div>
    }
    .into_any()
}

/// A domain or an address, and what was found about it.
struct Group<'a> {
    subject: &'a str,
    checks: Vec<(Check, Vec<usize>)>,
}

/// The sender's domain, the envelope sender's, whoever else signs, the addresses.
fn groups(report: &ArrivalReport) -> Vec<Group<'_>> {
    let mut subjects: Vec<&str> = vec![&report.sender_domain, &report.envelope_domain];
    let addresses_last = |ptr: bool| report.findings.iter().filter(move |f| (f.check == Check::Ptr) == ptr);
    subjects.extend(addresses_last(false).chain(addresses_last(true)).map(|finding| finding.subject.as_str()));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for subject in subjects {
        if !groups.iter().any(|group| group.subject == subject) {
            let checks = Check::ALL.into_iter().filter_map(|check| {
                let is = |finding: &Finding| finding.check == check && finding.subject == subject;
                let found: Vec<usize> = (0..).zip(&report.findings).filter(|(_, f)| is(f)).map(|(at, _)| at).collect();
                (!found.is_empty()).then_some((check, found))
            });
            groups.push(Group { subject, checks: checks.collect() });
        }
    }
    groups.retain(|group| !group.checks.is_empty());
    groups
}

fn group_view(group: &Group<'_>, report: &ArrivalReport, told: &[Told]) -> AnyView {
    let w = &use_words().later().arrival;
    let role = match group.subject {
        _ if group.checks.iter().all(|(check, _)| *check == Check::Ptr) => w.sending_address,
        subject if subject == report.sender_domain && subject == report.envelope_domain => w.both_domains,
        subject if subject == report.sender_domain => w.sender_domain,
        subject if subject == report.envelope_domain => w.envelope_domain,
        _ => w.signing_domain,
    };
    let subject = if group.subject.is_empty() { w.no_address } else { group.subject }.to_owned();
    let checks = group.checks.iter().map(|(check, found)| check_view(*check, found, report, told)).collect_view();
    view! {
        <section class="arrival-group">
            <h3>
                <span class="arrival-role">{role}</span>
                " "
                <span class="arrival-subject">{subject}</span>
            </h3>
            {checks}
        </section>
    }
    .into_any()
}

/// One check, unfolded unless all is good.
fn check_view(check: Check, found: &[usize], report: &ArrivalReport, told: &[Told]) -> AnyView {
    let w = &use_words().later().arrival;
    let findings = found.iter().filter_map(|at| Some((report.findings.get(*at)?, told.get(*at)?)));
    let worst = findings.clone().map(|(finding, _)| finding.verdict).max().unwrap_or(Verdict::Unknown);
    let several = found.len() > 1;
    let all = findings
        .clone()
        .enumerate()
        .map(|(at, (finding, told))| {
            let before = |of: fn(&Finding) -> &Vec<Record>| {
                findings.clone().take(at).any(|(earlier, _)| of(earlier) == of(finding))
            };
            let shown = Shown { records: before(|f| &f.records), publish: before(|f| &f.publish) };
            finding_view(finding, told, several, shown)
        })
        .collect_view();
    view! {
        <details class="check" data-check=check.code() data-verdict=worst.code() open=worst != Verdict::Good>
            <summary>
                {mark(worst)} <span class="check-name">{(w.subject)(check)}</span>
                <span class="check-about">{(w.about)(check)}</span>
                <span class="check-verdict">{(w.verdict)(worst)}</span> <span class="check-fold">
                    <Glyph icon=Icon::Chevron />
                </span>
            </summary>
            <ul class="findings">{all}</ul>
        </details>
    }
    .into_any()
}

/// Which of them it is, by shape as well as by colour.
fn mark(verdict: Verdict) -> AnyView {
    let icon = match verdict {
        Verdict::Good => Icon::Check,
        Verdict::Unknown => Icon::Info,
        Verdict::Warning => Icon::Warning,
        Verdict::Bad => Icon::Cross,
    };
    view! {
        <span class="verdict-mark" data-verdict=verdict.code()>
            <Glyph icon />
        </span>
    }
    .into_any()
}

/// What an earlier finding of the same check has shown: it stands there once.
struct Shown {
    records: bool,
    publish: bool,
}

fn finding_view(finding: &Finding, told: &Told, several: bool, shown: Shown) -> AnyView {
    let w = &use_words().later().arrival;
    let which = several.then(|| {
        let word = (w.verdict)(finding.verdict);
        view! {
            {mark(finding.verdict)}
            <span class="visually-hidden">{word} ": "</span>
        }
    });
    let advice = Some(told.advice.clone()).filter(|text| !text.is_empty());
    let publish = (!finding.publish.is_empty()).then(|| {
        if shown.publish {
            return view! { <p class="records-title">{w.publish_above}</p> }.into_any();
        }
        let all = finding.publish.iter().map(publish_view).collect_view();
        view! {
            <p class="records-title">{w.publish}</p>
            <dl class="records">{all}</dl>
        }
        .into_any()
    });
    let records = (!shown.records && !finding.records.is_empty()).then(|| {
        let all = finding.records.iter().map(|record| record_view(record, None)).collect_view();
        view! {
            <p class="records-title">{(w.rests_on)(finding.records.len())}</p>
            <dl class="records">{all}</dl>
        }
    });
    view! {
        <li class="finding" data-code=finding.code.clone() data-verdict=finding.verdict.code()>
            <p class="finding-happened">{which} {told.happened.clone()}</p>
            {records}
            {advice.map(|advice| view! { <p class="finding-advice">{advice}</p> })}
            {publish}
        </li>
    }
    .into_any()
}

fn publish_view(record: &Record) -> AnyView {
    let words = use_words();
    let w = &words.later().arrival;
    let toasts = use_toasts();
    let value = record.value.clone();
    let copy = Callback::new(move |()| {
        let value = value.clone();
        spawn_local(async move {
            if browser::copy(&value).await {
                toasts.good(w.copied.to_owned());
            } else {
                toasts.bad(w.not_copied.to_owned());
            }
        });
    });
    let button = view! { <Button label=w.copy_value on_click=copy variant="quiet" icon=Icon::Copy /> };
    record_view(record, Some(button.into_any()))
}

fn record_view(record: &Record, button: Option<AnyView>) -> AnyView {
    let w = &use_words().later().arrival;
    let value = if record.value.is_empty() {
        view! { <span class="faint">{w.nothing_there}</span> }.into_any()
    } else {
        view! { <code>{record.value.trim_end().to_owned()}</code> }.into_any()
    };
    view! {
        <div class="record">
            <dt>
                <code>{record.name.clone()}</code>
                " "
                <span class="record-kind">{record.kind.clone()}</span>
            </dt>
            <dd>{value} {button}</dd>
        </div>
    }
    .into_any()
}

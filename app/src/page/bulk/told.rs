//! How a deed goes, and how it went: what was not done, and why.

use super::job::{End, Job, Progress};
use crate::{
    locales::use_words,
    page::places,
    ui::{browser, button::Button, notice::Notice, report::with_query, toast::use_toasts, window::Window},
};
use domain::{
    bulk::{BulkRow, Deed, Scope},
    report::ReportName,
};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};

/// More than are read; *Copy* has all of them.
const SHOWN: usize = 200;

#[component]
pub fn Told(job: Job) -> impl IntoView {
    view! { {move || job.open.get().then(|| view! { <Telling job /> })} }.into_any()
}

#[component]
fn Telling(job: Job) -> impl IntoView {
    let words = use_words();
    let w = &words.later().bulk;
    let close = Callback::new(move |()| job.close());
    let deed = Memo::new(move |_| job.progress.with(|p| p.as_ref().map(|p| p.task.deed)));
    let end = Memo::new(move |_| job.progress.with(|p| p.as_ref().and_then(|p| p.end.clone())));
    let numbers = Memo::new(move |_| {
        job.progress.with(|p| p.as_ref().map(|p| (p.done(), p.all, p.good, p.bad.len() as u64)).unwrap_or_default())
    });
    let progress = move || {
        let (done, all, ..) = numbers.get();
        (w.progress)(done, all)
    };
    let rows = move || {
        job.progress
            .with(|p| p.as_ref().map(|p| p.bad.iter().take(SHOWN).cloned().collect::<Vec<_>>()))
            .unwrap_or_default()
    };
    let summary = move || {
        end.get()?;
        let (_, _, good, bad) = numbers.get();
        Some(if deed.get() == Some(Deed::Test) { (w.tested)(good, bad) } else { (w.summary)(good, bad) })
    };
    Effect::new(move |before: Option<bool>| {
        // It may have been closed in the same turn.
        let ended = end.try_with(Option::is_some).unwrap_or(false);
        if ended && before == Some(false) {
            // The button that stopped it is gone.
            browser::focus_soon("dialog:modal .window-foot .button");
        }
        ended
    });
    view! {
        {move || {
            let deed = deed.get()?;
            Some(
                view! {
                    <Window id="bulk" title=(w.button)(deed) close>
                        <div class="window-body">
                            <div class="bulk-progress">
                                <progress
                                    max=move || numbers.get().1.max(1).to_string()
                                    value=move || numbers.get().0.to_string()
                                    aria-label=(w.button)(deed)
                                ></progress>
                                <span>{progress}</span>
                            </div>
                            <p class="bulk-summary" role="status">
                                {summary}
                            </p>
                            {move || end.get().map(|end| remark(job, &end))}
                            <ul class="bulk-rows">
                                <For each=rows key=|row| row.id children=move |row| not_done(job, row) />
                            </ul>
                            {move || {
                                let more = numbers.get().3.saturating_sub(SHOWN as u64);
                                (more > 0).then(|| view! { <p>{(w.more_not)(more)}</p> })
                            }}
                            {move || end.with(Option::is_none).then(|| view! { <p class="field-hint">{w.closing}</p> })}
                        </div>
                        <footer class="window-foot">
                            {move || if end.with(Option::is_some) { after(job) } else { stop(job) }}
                        </footer>
                    </Window>
                },
            )
        }}
    }
    .into_any()
}

fn stop(job: Job) -> AnyView {
    let stop = Callback::new(move |()| job.stop());
    view! { <Button label=use_words().later().bulk.stop on_click=stop /> }.into_any()
}

/// What follows when it has ended.
fn after(job: Job) -> AnyView {
    let words = use_words();
    let w = &words.later().bulk;
    let Some(progress) = job.progress.get_untracked() else { return ().into_any() };
    let bad = progress.bad.len() as u64;
    let is_back = matches!(progress.task.scope, Scope::Versions { .. });
    let undo = progress.task.deed.inverse().is_some() && !progress.changed.is_empty() && !is_back;
    let close = Callback::new(move |()| job.close());
    view! {
        {(bad > 0).then(|| view! { <Copy progress=progress /> })}
        {undo
            .then(|| {
                view! { <Button label=words.common.undo on_click=Callback::new(move |()| job.undo()) /> }
            })}
        // What has a version that is not there any more has none now.
        {(bad > 0 && !is_back)
            .then(|| {
                view! { <Button label=(w.again)(bad) on_click=Callback::new(move |()| job.again()) /> }
            })}
        <Button label=words.common.close on_click=close variant="primary" />
    }
    .into_any()
}

/// Where it did not come to its end.
fn remark(job: Job, end: &End) -> Option<AnyView> {
    let words = use_words();
    let w = &words.later().bulk;
    let (kind, text) = match end {
        End::Whole => return None,
        End::Stopped => ("warning", w.stopped.to_owned()),
        End::Broken(failure) => ("danger", (words.failure)(failure)),
    };
    let left = job.progress.with_untracked(|p| p.as_ref().map_or(0, |p| p.all.saturating_sub(p.done())));
    Some(
        view! {
            <Notice kind alert=true>
                <p>{text}</p>
                {(left > 0).then(|| view! { <p>{(w.unfinished)(left)}</p> })}
            </Notice>
        }
        .into_any(),
    )
}

fn not_done(job: Job, row: BulkRow) -> AnyView {
    let report = job.state().name;
    let list = places::list(report);
    let tested = row.diagnosis.is_some();
    let path = match report {
        ReportName::Outbox => places::read(list, row.id),
        ReportName::Accounts if tested => places::account_history(row.id),
        _ => places::edit(list, row.id),
    };
    let why = why(&row);
    let href = job.state().query.with_untracked(|query| with_query(&path, query));
    let to = href.clone();
    let open = move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            job.close();
            job.state().address.open(&to);
        }
    };
    view! {
        <li>
            <a href=href on:click=open>
                {name(&row)}
            </a>
            <span>{why}</span>
        </li>
    }
    .into_any()
}

fn name(row: &BulkRow) -> String {
    if row.name.is_empty() { format!("#{}", row.id) } else { row.name.clone() }
}

/// Why it was not done, as everywhere.
fn why(row: &BulkRow) -> String {
    let words = use_words();
    match (&row.failure, &row.diagnosis) {
        (Some(failure), _) => (words.failure)(failure),
        (None, Some(diagnosis)) => {
            let said = (words.later().diagnosis)(diagnosis);
            if diagnosis.reply.is_empty() { said } else { format!("{said} {}", diagnosis.reply) }
        }
        (None, None) => String::new(),
    }
}

/// Puts what was not done, and why, where it can be pasted from.
#[component]
fn Copy(progress: Progress) -> impl IntoView {
    let w = &use_words().later().arrival;
    let toasts = use_toasts();
    let copy = Callback::new(move |()| {
        let lines: Vec<_> = progress.bad.iter().map(|row| format!("{}: {}", name(row), why(row))).collect();
        spawn_local(async move {
            if browser::copy(&lines.join("\n")).await {
                toasts.good(w.copied.to_owned());
            } else {
                toasts.bad(w.not_copied.to_owned());
            }
        });
    });
    view! { <Button label=w.copy_value on_click=copy /> }.into_any()
}

//! The fields of a schedule's window: what is sent, to whom, when, through which account.

use super::{coming::next_runs, result};
use crate::{
    locales::use_words,
    page::{draft::Draft, places},
    ui::{
        browser,
        field::{Checks, Choice, SelectField, TextArea, TextField, YesNo},
        report::shown,
        report::with_query,
        time::Moment,
    },
};
use domain::{
    AccountId,
    report::{Query, ReportName},
    schedule::{Choices, Date, Format, Rhythm, Run, Schedule, ScheduleDraft, Weekday},
};
use leptos::prelude::*;

const ZONES: &str = "schedule-zones";

pub fn fields(draft: Draft<ScheduleDraft>, stored: RwSignal<Option<Schedule>>, given: Choices) -> AnyView {
    let all = use_words();
    let words = &all.later().schedule;
    let state = draft.state;
    begin(draft, &given);
    view! {
        <div class="fields">
            <TextField
                id="schedule-name"
                label=all.common.name
                required=true
                value=draft.read(|d| d.name.clone())
                on_input=draft.write("name", |d, text| d.name = text)
                error=state.error("name")
            />
            <YesNo
                id="schedule-enabled"
                label=all.later().account.enabled
                value=draft.read(|d| d.enabled)
                on_change=draft.write("enabled", |d, yes| d.enabled = yes)
            />
        </div>
        <h3 class="section-title">{words.details}</h3>
        {details(draft, stored, given.accounts)}
        <TextArea
            id="schedule-recipients"
            label=words.recipients
            required=true
            rows=2
            hint=words.recipients_hint
            value=draft.read(|d| d.recipients.clone())
            on_input=draft.write("recipients", |d, text| d.recipients = text)
            error=state.error("recipients")
        />
        <h3 class="section-title">{words.schedule}</h3>
        {timing(draft, given.zones)}
        {move || stored.with(|stored| stored.as_ref().and_then(|stored| stored.last_run.clone()).map(last_run))}
    }
    .into_any()
}

/// A new one begins today, in the time zone of whoever makes it.
fn begin(draft: Draft<ScheduleDraft>, given: &Choices) {
    let is_new = draft.value.with_untracked(|d| d.start.is_empty());
    if !is_new {
        return;
    }
    let today = Date::of(given.now).map(|date| date.to_string()).unwrap_or_default();
    let mut start = draft.value.get_untracked();
    start.start = today;
    draft.restart(start);
    let zones = StoredValue::new(given.zones.clone());
    let localize = move || {
        let Some((zone, today)) = browser::zone_and_day() else { return };
        let known = zones.try_with_value(|zones| zones.contains(&zone)).unwrap_or(false);
        // Whoever was faster than the page has typed something already.
        if let Some(mut start) = draft.value.try_get_untracked().filter(|_| known && !draft.state.dirty.get_untracked())
        {
            (start.time_zone, start.start) = (zone, today);
            draft.restart(start);
        }
    };
    // After the controls have handed on what was typed before the page was taken over.
    Effect::new(move |_| set_timeout(localize, std::time::Duration::ZERO));
}

fn details(
    draft: Draft<ScheduleDraft>,
    stored: RwSignal<Option<Schedule>>,
    accounts: Vec<(AccountId, String)>,
) -> AnyView {
    let all = use_words();
    let words = &all.later().schedule;
    let state = draft.state;
    let named = |code: &str| (code.to_owned(), (all.code)(code).unwrap_or_default().to_owned());
    let formats: Vec<_> = Format::ALL.into_iter().map(|format| named(format.code())).collect();
    let reports: Vec<_> = ReportName::ALL.into_iter().map(|report| named(report.code())).collect();
    let set_report = draft.write("report", |d, code: String| {
        let report = ReportName::parse(&code).unwrap_or(d.report);
        if report != d.report {
            // Search fields are each report's own.
            d.report = report;
            d.filter.clear();
            d.sort.clear();
            d.columns.clear();
        }
    });
    // Made over a report, or stored: it is that report's.
    let chosen = draft.value.with_untracked(|d| !d.filter.is_empty() || !d.sort.is_empty() || !d.columns.is_empty());
    let fixed = stored.with_untracked(Option::is_some) || chosen;
    view! {
        <div class="fields">
            <SelectField
                id="schedule-report"
                label=words.report
                options=reports
                value=draft.read(|d| d.report.code().to_owned())
                on_change=set_report
                error=state.error("report")
                disabled=fixed
            />
            <SelectField
                id="schedule-format"
                label=words.format
                options=formats
                value=draft.read(|d| d.format.code().to_owned())
                on_change=draft.write("format", |d, code: String| d.format = Format::parse(&code).unwrap_or_default())
                error=state.error("format")
            />
            {account(draft, accounts)}
        </div>
        {move || draft.value.with(in_words)}
        <p class="field-error">{state.error("filter")}</p>
    }
    .into_any()
}

/// What is asked of the report, with a link to see it.
fn in_words(draft: &ScheduleDraft) -> AnyView {
    let all = use_words();
    let words = &all.later().schedule;
    let (report, spec) = (draft.report, draft.report.spec());
    let pairs = draft.filter.iter().map(|(key, text)| (key.as_str(), text.as_str()));
    let beside = [("sort", draft.sort.as_str()), ("columns", draft.columns.as_str())];
    let query = Query::from_pairs(report, pairs.chain(beside));
    let filter = words::filter_in_words(all, report, &query);
    let filter = if filter.is_empty() { words.no_filter.to_owned() } else { filter };
    let label = |key: &str| (all.column)(report, key);
    let key = |(column, down): (usize, bool)| Some((words.sorted)(label(spec.columns.get(column)?.key), down));
    let sort: Vec<_> = query.sort_columns(spec).into_iter().filter_map(key).collect();
    let columns = query.shown_columns(spec).into_iter().filter_map(|index| spec.columns.get(index));
    let columns: Vec<_> = columns.map(|column| label(column.key)).collect();
    let href = with_query(&places::at(places::list(report)), &query);
    view! {
        <dl class="facts">
            <dt>{words.filter}</dt>
            <dd>{filter} " " <a href=href>{words.show}</a></dd>
            <dt>{words.sort}</dt>
            <dd>{sort.join("; ")}</dd>
            <dt>{words.columns}</dt>
            <dd>{columns.join(", ")}</dd>
        </dl>
    }
    .into_any()
}

fn timing(draft: Draft<ScheduleDraft>, zones: Vec<String>) -> AnyView {
    let all = use_words();
    let words = &all.later().schedule;
    let state = draft.state;
    let word = |code: &'static str| (code, (all.code)(code).unwrap_or_default());
    let weekdays: Vec<_> = Weekday::ALL.into_iter().map(|day| word(day.code())).collect();
    let days_of_month: Vec<_> = (1..=31).map(|day: u32| (day.to_string(), day.to_string())).collect();
    let weekly = draft.read(|d| d.repeat == Rhythm::Weekly);
    let set_days = draft
        .write("days", |d, codes: Vec<&'static str>| d.days = codes.into_iter().filter_map(Weekday::parse).collect());
    let set_repeat = draft.write("repeat", |d, code: &'static str| {
        d.repeat = Rhythm::ALL.into_iter().find(|rhythm| rhythm.code() == code).unwrap_or_default();
    });
    let which = move || {
        if weekly.get() {
            view! {
                <Checks
                    id="schedule-days"
                    label=words.days
                    all=words.all_days
                    options=weekdays.clone()
                    value=draft.read(|d| d.days.iter().map(|day| day.code()).collect::<Vec<_>>())
                    on_change=set_days
                    error=state.error("days")
                />
            }
            .into_any()
        } else {
            view! {
                <SelectField
                    id="schedule-day"
                    label=words.day_of_month
                    hint=words.day_of_month_hint
                    options=days_of_month.clone()
                    value=draft.read(|d| d.day_of_month.to_string())
                    on_change=draft
                        .write("day_of_month", |d, day: String| d.day_of_month = day.parse().unwrap_or(d.day_of_month))
                    error=state.error("day_of_month")
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="fields">
            <TextField
                id="schedule-start"
                label=words.start
                kind="date"
                required=true
                value=draft.read(|d| d.start.clone())
                on_input=draft.write("start", |d, text| d.start = text)
                error=state.error("start")
            />
            <TextField
                id="schedule-end"
                label=words.end
                kind="date"
                hint=words.end_hint
                value=draft.read(|d| d.end.clone())
                on_input=draft.write("end", |d, text| d.end = text)
                error=state.error("end")
            />
        </div>
        <Choice
            id="schedule-repeat"
            label=words.repeat
            options=vec![word("weekly"), word("monthly")]
            value=draft.read(|d| d.repeat.code())
            on_change=set_repeat
            error=state.error("repeat")
        />
        {which}
        <div class="fields">
            <TextField
                id="schedule-time"
                label=words.time
                kind="time"
                required=true
                hint=words.time_hint
                value=draft.read(|d| d.time.clone())
                on_input=draft.write("time", |d, text| d.time = text)
                error=state.error("time")
            />
            <TextField
                id="schedule-zone"
                label=words.zone
                list=ZONES
                required=true
                hint=words.zone_hint
                value=draft.read(|d| d.time_zone.clone())
                on_input=draft.write("time_zone", |d, text| d.time_zone = text)
                error=state.error("time_zone")
            />
            <datalist id=ZONES>
                {zones.into_iter().map(|zone| view! { <option value=zone></option> }).collect_view()}
            </datalist>
        </div>
        {next_runs(draft)}
    }
    .into_any()
}

fn account(draft: Draft<ScheduleDraft>, accounts: Vec<(AccountId, String)>) -> AnyView {
    let words = &use_words().later().schedule;
    let mut options = vec![(String::new(), words.default_account.to_owned())];
    options.extend(accounts.into_iter().map(|(id, name)| (id.to_string(), name)));
    view! {
        <SelectField
            id="schedule-account"
            label=words.account
            options
            value=draft.read(|d| d.account_id.map(|id| id.to_string()).unwrap_or_default())
            on_change=draft.write("account_id", |d, id: String| d.account_id = id.parse().ok())
            error=draft.state.error("account_id")
        />
    }
    .into_any()
}

fn last_run(run: Run) -> AnyView {
    let words = &use_words().later().schedule;
    let by_hand = run.due.is_none().then_some(words.by_hand);
    view! {
        <dl class="facts">
            <dt>{words.last_run}</dt>
            <dd>
                <Moment at=run.at /> " " {by_hand} " "
                {shown(result(run.result.clone(), run.message_id.map(|id| id.0), run.missed))}
            </dd>
        </dl>
    }
    .into_any()
}

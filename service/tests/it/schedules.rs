//! Scheduled reports: saved, due, made once, and what is in the mail.

use crate::{
    harness::{MOMENT, World, account_draft, actor, errors, refusal, settings},
    outbox::{at, header, options},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    Failure, Role, ScheduleId, UnixMillis,
    account::AccountDraft,
    message::MessageStatus,
    report::{Query, ReportName},
    schedule::{Format, Rhythm, Schedule, ScheduleDraft, Weekday},
};
use jiff::{Timestamp, tz::TimeZone};
use service::Service;
use std::collections::BTreeSet;
use testkit::SmtpSink;

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

pub fn schedule_draft(name: &str) -> ScheduleDraft {
    ScheduleDraft {
        name: name.into(),
        recipients: "ann@example.org, bob@example.org".into(),
        start: "2026-11-01".into(),
        ..ScheduleDraft::default()
    }
}

impl World {
    async fn schedule(&self, draft: ScheduleDraft) -> Schedule {
        self.service.schedule_create(&self.admin, draft).await.expect("a schedule")
    }

    async fn scheduled(&self, id: ScheduleId) -> Schedule {
        self.service.schedule_get(&self.admin, id).await.expect("there")
    }

    async fn tick(&self) -> Option<UnixMillis> {
        self.service.schedules_tick().await.expect("ticks")
    }

    /// To a moment, forwards or backwards.
    fn to(&self, moment: UnixMillis) {
        self.clock.advance(moment.0 - self.clock.now().0);
    }

    async fn messages(&self) -> u64 {
        let page = self.service.report_page(&self.admin, ReportName::Outbox, Query::default()).await.expect("a page");
        page.all
    }

    /// Result of the last run, and how many were missed before it.
    async fn last(&self, id: ScheduleId) -> (String, u32) {
        let run = self.scheduled(id).await.last_run.expect("a run");
        (run.result, run.missed)
    }
}

/// When its local clock shows the time on a day that it is for: found by looking at each quarter of an hour, and not as
/// the scheduler does.
fn by_looking(draft: &ScheduleDraft, from: UnixMillis, to: UnixMillis) -> BTreeSet<i64> {
    let zone = TimeZone::get(&draft.time_zone).expect("a zone");
    let mut found = BTreeSet::new();
    let mut days_done = BTreeSet::new();
    let quarter = 15 * MINUTE_MS;
    let first = from.0.div_euclid(quarter) * quarter;
    let mut before: Option<jiff::Zoned> = None;
    for moment in (first..=to.0).step_by(usize::try_from(quarter).expect("positive")) {
        let local = Timestamp::from_millisecond(moment).expect("a moment").to_zoned(zone.clone());
        let date = local.date();
        let fits = match draft.repeat {
            Rhythm::Weekly => draft
                .days
                .iter()
                .any(|day| day.index() == usize::try_from(date.weekday().to_monday_zero_offset()).expect("0 to 6")),
            Rhythm::Monthly => {
                u32::from(date.day().unsigned_abs()) == draft.day_of_month
                    || (date.tomorrow().expect("a day").day() == 1
                        && draft.day_of_month > u32::from(date.day().unsigned_abs()))
            }
        };
        let wanted = |clock: &jiff::Zoned| clock.strftime("%H:%M").to_string() == draft.time;
        // Clocks were set forward over it: as much later.
        let jumped = before.as_ref().and_then(|before| {
            let gap = i64::from(local.offset().seconds()) - i64::from(before.offset().seconds());
            (gap > 0).then_some(gap)
        });
        if let (Some(gap), true) = (jumped, fits) {
            for step in 0..gap / 900 {
                let skipped =
                    local.datetime().checked_sub(jiff::Span::new().seconds(gap - step * 900)).expect("a time");
                if skipped.strftime("%H:%M").to_string() == draft.time && days_done.insert(date) {
                    found.insert(moment + step * 900_000);
                }
            }
        }
        if fits && wanted(&local) && days_done.insert(date) {
            found.insert(moment);
        }
        before = Some(local);
    }
    found.retain(|moment| *moment > from.0 && *moment <= to.0);
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn s29_three_years_in_five_zones_have_no_missing_and_no_double_run() {
    let w = World::new().await;
    w.account(account_draft("Alerts")).await;
    let zone = |name: &str, zone: &str, time: &str| ScheduleDraft {
        time: time.into(),
        time_zone: zone.into(),
        start: "2026-11-21".into(),
        ..schedule_draft(name)
    };
    let weekdays = vec![Weekday::Monday, Weekday::Wednesday, Weekday::Sunday];
    let monthly = |draft: ScheduleDraft, day| ScheduleDraft { repeat: Rhythm::Monthly, day_of_month: day, ..draft };
    let drafts = [
        zone("gap and fold", "Europe/Berlin", "02:30"),
        ScheduleDraft { days: weekdays, ..zone("some days", "America/New_York", "01:15") },
        monthly(zone("last days", "Pacific/Auckland", "02:45"), 31),
        zone("half an hour", "Australia/Lord_Howe", "02:15"),
        monthly(zone("the 29th", "Asia/Kathmandu", "23:45"), 29),
    ];
    let mut ids = Vec::new();
    for draft in &drafts {
        ids.push(w.schedule(draft.clone()).await.id);
    }
    let end = UnixMillis(MOMENT.0 + 3 * 365 * DAY_MS + DAY_MS);
    let mut runs: Vec<Vec<i64>> = vec![Vec::new(); ids.len()];
    let mut turn = 0_i64;
    while w.clock.now() < end {
        let next = w.tick().await.expect("they never end");
        for (id, runs) in ids.iter().zip(&mut runs) {
            let last = w.scheduled(*id).await.last_run;
            let due = last.and_then(|run| {
                assert_eq!((run.result.as_str(), run.missed), ("waiting", 0));
                run.due
            });
            if let Some(due) = due.filter(|due| runs.last() != Some(&due.0)) {
                runs.push(due.0);
            }
        }
        // The clock is set back by an hour now and then, and what is due comes a little late.
        turn += 1;
        if turn % 7 == 0 {
            w.clock.advance(-60 * MINUTE_MS);
            w.tick().await;
        }
        w.to(UnixMillis(next.0 + turn % 3 * 250));
    }
    let mut all = 0;
    for ((draft, runs), id) in drafts.iter().zip(&runs).zip(&ids) {
        let (from, last) = (MOMENT, *runs.last().expect("ran"));
        let wanted = by_looking(draft, from, UnixMillis(last));
        let got: BTreeSet<i64> = runs.iter().copied().collect();
        assert_eq!(got.len(), runs.len(), "{}: twice", draft.name);
        let show = |set: Vec<&i64>| set.into_iter().map(|at| UnixMillis(*at).to_utc_text()).collect::<Vec<_>>();
        assert_eq!(show(wanted.difference(&got).collect()), [""; 0], "{}: missing", draft.name);
        assert_eq!(show(got.difference(&wanted).collect()), [""; 0], "{}: too many", draft.name);
        assert!(end.0 - last < 32 * DAY_MS && w.scheduled(*id).await.next_run.is_some());
        all += runs.len();
    }
    assert_eq!(w.messages().await, all as u64, "a message for each run");
    assert!(all > 2600, "{all}");
}

#[tokio::test]
async fn s29_a_clock_that_is_set_back_or_forward_doubles_nothing() {
    let w = World::new().await;
    w.account(account_draft("Alerts")).await;
    let id = w.schedule(schedule_draft("Daily")).await.id;
    let due = w.scheduled(id).await.next_run.expect("due");
    w.to(due);
    w.tick().await;
    assert_eq!(w.messages().await, 1);
    w.clock.advance(-60 * MINUTE_MS);
    for _ in 0..8 {
        w.tick().await;
        w.clock.advance(15 * MINUTE_MS);
    }
    assert_eq!(w.messages().await, 1, "back by an hour, and through it again");
    w.clock.advance(DAY_MS);
    w.tick().await;
    assert_eq!(w.messages().await, 2, "forward by a day");
    w.clock.advance(-DAY_MS);
    w.tick().await;
    // What is saved meanwhile does not bring back what is done with.
    let stored = w.scheduled(id).await;
    let draft = ScheduleDraft { name: "Renamed".into(), ..stored.draft };
    let saved = w.service.schedule_update(&w.admin, id, stored.version, draft).await.expect("saves");
    assert_eq!(saved.next_run, Some(UnixMillis(due.0 + 2 * DAY_MS)));
    for _ in 0..24 {
        w.clock.advance(60 * MINUTE_MS);
        w.tick().await;
    }
    assert_eq!(w.messages().await, 2, "and back again: the day's report has gone out");
}

#[tokio::test]
async fn s29_what_was_missed_is_made_once_and_says_that_it_is_late() {
    let mut w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let id = w.schedule(schedule_draft("Daily")).await.id;
    w.reopen().await.expect("reopens");
    w.clock.advance(3 * DAY_MS + 60 * MINUTE_MS);
    w.tick().await;
    w.tick().await;
    assert_eq!(w.last(id).await, ("waiting".to_owned(), 2));
    w.pump().await;
    assert_eq!(w.last(id).await, ("sent".to_owned(), 2));
    let mails = sink.messages();
    assert_eq!(mails.len(), 1);
    let text = String::from_utf8_lossy(&mails[0].message).into_owned();
    assert!(text.contains("It is late: it was due at 2026-11-24 08:00 (UTC)"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_on_one_database_make_one() {
    let w = World::new().await;
    w.account(account_draft("Alerts")).await;
    let id = w.schedule(schedule_draft("Daily")).await.id;
    let other = Service::open(settings(&w.directory), w.clock.clone()).await.expect("opens");
    for day in 1..=10 {
        w.to(w.scheduled(id).await.next_run.expect("due"));
        let (one, two, three) =
            tokio::join!(w.service.schedules_tick(), other.schedules_tick(), w.service.schedules_tick());
        assert!(one.is_ok() && two.is_ok() && three.is_ok());
        assert_eq!(w.messages().await, day);
    }
    other.close().await;
}

#[tokio::test]
async fn the_mail_has_the_report_as_it_was_asked_for() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(AccountDraft { read_receipt: true, force_settings: true, ..at("Alerts", &sink) }).await;
    w.account(AccountDraft { sender: "other@example.com".into(), ..at("=Other", &sink) }).await;
    let id = w
        .schedule(ScheduleDraft {
            filter: [("name".to_owned(), "other".to_owned())].into(),
            sort: "-name".into(),
            ..schedule_draft("Überblick")
        })
        .await
        .id;
    w.to(w.scheduled(id).await.next_run.expect("due"));
    w.tick().await;
    w.pump().await;
    let mail = &sink.messages()[0];
    assert_eq!(mail.rcpt_to.len(), 2);
    let text = String::from_utf8_lossy(&mail.message).into_owned();
    assert_eq!(header(&mail.message, "Disposition-Notification-To").as_deref(), Some("read@example.com"));
    for wanted in [
        "Filter: Name =E2=80=9Cother=E2=80=9D",
        "Rows: 1 of 2 accounts",
        "filename=\"smtp-accounts-20261122-0800.csv\"",
        "Content-Type: text/csv",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    let run = w.scheduled(id).await.last_run.expect("a run");
    let message = w.message(run.message_id.expect("a message")).await;
    assert_eq!((message.created_by.as_str(), message.status), ("schedule Überblick", MessageStatus::Sent));
    assert_eq!(message.attachments[0].media_type, "text/csv");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_format_is_what_it_says() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Ωmega Жук", &sink)).await;
    for (format, begins, has_html) in [
        (Format::Csv, &b"\xef\xbb\xbfID,Name"[..], false),
        (Format::Html, b"<!DOCTYPE html>", true),
        (Format::Pdf, b"%PDF-", false),
    ] {
        let draft = ScheduleDraft { format, ..schedule_draft(format.code()) };
        let id = w.service.schedule_send_draft(&w.admin, None, draft).await.expect("sent");
        let message = w.message(id).await;
        assert_eq!(!message.html.is_empty(), has_html);
        let file = &message.attachments[0];
        assert_eq!(file.media_type, format.media_type());
        assert!(file.name.ends_with(&format!(".{}", format.code())), "{}", file.name);
        w.pump().await;
        let mail = String::from_utf8_lossy(&sink.messages().pop().expect("a mail").message).into_owned();
        let whole = STANDARD.encode(&begins[..begins.len() / 3 * 3]);
        assert!(mail.contains(&format!("\r\n\r\n{whole}")), "{format:?}: {mail}");
    }
}

#[tokio::test]
async fn what_cant_be_sent_says_why_and_the_next_time_is_kept() {
    let w = World::new().await;
    let id = w.schedule(schedule_draft("Daily")).await.id;
    let due = w.scheduled(id).await.next_run.expect("due");
    w.to(due);
    w.tick().await;
    assert_eq!(w.last(id).await, ("no_default_account".to_owned(), 0));
    assert_eq!(w.scheduled(id).await.next_run, Some(UnixMillis(due.0 + DAY_MS)));
    let sent = w.service.schedule_send(&w.admin, id).await;
    assert_eq!(refusal(sent).0, "no_default_account");
    let account = w.account(account_draft("Alerts")).await;
    let other = w.account(account_draft("Other")).await;
    let named = ScheduleDraft { account_id: Some(other.id), ..schedule_draft("Named") };
    let named = w.schedule(named).await;
    assert_eq!(refusal(w.service.account_delete(&w.admin, other.id).await), ("in_use".into(), vec!["Named".into()]));
    w.service.account_set_enabled(&w.admin, other.id, false).await.expect("disables");
    w.to(UnixMillis(due.0 + DAY_MS));
    w.tick().await;
    assert_eq!(w.last(id).await.0, "waiting");
    assert_eq!(w.last(named.id).await.0, "account_disabled");
    w.service.schedule_delete(&w.admin, named.id).await.expect("deletes");
    w.service.account_delete(&w.admin, other.id).await.expect("deletes");
    drop(account);
}

#[tokio::test]
async fn saved_refused_and_compared() {
    let w = World::new().await;
    let first = w.schedule(schedule_draft("Daily")).await;
    assert_eq!(errors(w.service.schedule_create(&w.admin, schedule_draft("DAILY")).await), ["name:name_taken"]);
    let nowhere =
        ScheduleDraft { time_zone: "Mars/Base".into(), account_id: Some(domain::AccountId(9)), ..schedule_draft("x") };
    assert_eq!(
        errors(w.service.schedule_create(&w.admin, nowhere.clone()).await),
        ["time_zone:time_zone", "account_id:not_found"]
    );
    assert_eq!(errors(w.service.schedule_coming(&w.admin, &nowhere).await), ["time_zone:time_zone"]);
    let coming = w.service.schedule_coming(&w.admin, &schedule_draft("x")).await.expect("three");
    assert_eq!(
        coming.iter().map(|c| c.local.as_str()).collect::<Vec<_>>(),
        ["2026-11-22 08:00", "2026-11-23 08:00", "2026-11-24 08:00"]
    );
    let disabled = ScheduleDraft { enabled: false, ..first.draft.clone() };
    let second = w.service.schedule_update(&w.admin, first.id, first.version, disabled).await.expect("saves");
    assert_eq!(second.next_run, None);
    let late = w.service.schedule_update(&w.admin, first.id, first.version, first.draft.clone()).await;
    assert_eq!(late, Err(Failure::Conflict { version: second.version }));
    let third = w.service.schedule_set_enabled(&w.admin, first.id, true, None).await.expect("enables");
    let late = w.service.schedule_set_enabled(&w.admin, first.id, false, Some(second.version)).await;
    assert_eq!(late, Err(Failure::Conflict { version: third.expect("it changed") }));
    assert!(w.scheduled(first.id).await.next_run.is_some());
    let gone = w.service.schedule_delete_version(&w.admin, first.id, Some(first.version)).await;
    assert!(matches!(gone, Err(Failure::Conflict { .. })));
    w.service.schedule_delete(&w.admin, first.id).await.expect("deletes");
    assert_eq!(w.tick().await, None);
    let log: Vec<_> = w.log().await.into_iter().map(|(line, _)| line).collect();
    let kinds = log.iter().filter(|line| line.contains("schedule.")).count();
    assert_eq!(kinds, 4, "{log:?}");
}

#[tokio::test]
async fn by_hand_it_goes_out_at_once_and_its_time_stays() {
    let w = World::new().await;
    w.account(account_draft("Alerts")).await;
    let stored = w.schedule(schedule_draft("Daily")).await;
    let sent = w.service.schedule_send(&actor(Role::Operator), stored.id).await.expect("sent");
    let now = w.scheduled(stored.id).await;
    let run = now.last_run.expect("a run");
    assert_eq!((run.due, run.message_id, now.next_run), (None, Some(sent), stored.next_run));
    let typed = ScheduleDraft { recipients: "eve@example.org".into(), ..stored.draft };
    let other = w.service.schedule_send_draft(&w.admin, Some(stored.id), typed).await.expect("sent");
    assert_eq!(w.message(other).await.recipients.len(), 1);
    assert_eq!(w.scheduled(stored.id).await.version, stored.version, "nothing was saved");
    assert!(w.log().await.iter().any(|(line, detail)| line.contains("schedule.sent") && detail.contains("eve@")));
}

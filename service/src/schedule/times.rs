//! When a schedule runs: its days and time in its zone as moments in UTC. Pure; the zones come with the program.

use domain::{
    UnixMillis,
    schedule::{Coming, Date, Repeat, Timing, Weekday},
};
use jiff::{Timestamp, ToSpan as _, Zoned, civil, tz::TimeZone};

/// No month is further from the last day that fits than this.
const DAYS_AHEAD: usize = 64;

/// Whether there is such a zone.
pub(crate) fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// The zones that people choose from: a region and a place, and UTC.
pub(crate) fn zones() -> Vec<String> {
    let told = |name: &String| {
        name == "UTC"
            || (name.contains('/')
                && !["posix/", "right/", "Etc/", "SystemV/", "US/"].iter().any(|p| name.starts_with(p)))
    };
    jiff::tz::db().available().map(|name| name.as_str().to_owned()).filter(told).collect()
}

/// The first time after that moment; `None` where it is over, or the zone is not known (any more).
///
/// Where clocks are set forward over the time it runs as much later, where they are set back over it the first time.
pub(crate) fn next_after(timing: &Timing, after: UnixMillis) -> Option<UnixMillis> {
    let zone = TimeZone::get(timing.zone.as_str()).ok()?;
    let after = Timestamp::from_millisecond(after.0).ok()?;
    let start = civil(timing.start)?;
    let end = timing.end.map(civil);
    // A day earlier: where a day is left out of the calendar, the time of the day before falls on the next.
    let today = after.to_zoned(zone.clone()).date().checked_sub(1.day()).ok()?;
    let first = today.max(start);
    for date in first.series(1.day()).take(DAYS_AHEAD) {
        if end.flatten().is_some_and(|end| date > end) {
            return None;
        }
        if !falls_on(&timing.repeat, date) {
            continue;
        }
        let at = date.at(timing.time.hour, timing.time.minute, 0, 0).to_zoned(zone.clone()).ok()?.timestamp();
        if at > after {
            return Some(UnixMillis(at.as_millisecond()));
        }
    }
    None
}

/// The times after that moment, so many at most, as they are on the clocks there.
pub(crate) fn coming(timing: &Timing, after: UnixMillis, count: usize) -> Vec<Coming> {
    let times = std::iter::successors(next_after(timing, after), |at| next_after(timing, *at));
    times.take(count).filter_map(|at| on_the_clock(timing, at)).collect()
}

/// The latest time that has come, of those from `due` on, and how many before it have passed.
pub(crate) fn latest(timing: &Timing, due: UnixMillis, now: UnixMillis) -> (UnixMillis, u32) {
    let (mut latest, mut missed) = (due, 0);
    while let Some(next) = next_after(timing, latest).filter(|next| *next <= now) {
        (latest, missed) = (next, missed + 1);
    }
    (latest, missed)
}

pub(crate) fn on_the_clock(timing: &Timing, at: UnixMillis) -> Option<Coming> {
    let zone = TimeZone::get(timing.zone.as_str()).ok()?;
    let local: Zoned = Timestamp::from_millisecond(at.0).ok()?.to_zoned(zone);
    Some(Coming {
        at,
        weekday: weekday(local.date()),
        local: local.strftime("%Y-%m-%d %H:%M").to_string(),
        offset: local.strftime("%:z").to_string(),
    })
}

fn falls_on(repeat: &Repeat, date: civil::Date) -> bool {
    match repeat {
        Repeat::Weekly(days) => days.contains(&weekday(date)),
        Repeat::Monthly(day) => date.day() == (*day).min(date.days_in_month()),
    }
}

fn weekday(date: civil::Date) -> Weekday {
    let index = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    Weekday::ALL.get(index).copied().unwrap_or(Weekday::Monday)
}

fn civil(date: Date) -> Option<civil::Date> {
    civil::Date::new(date.year, date.month, date.day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::schedule::{Rhythm, ScheduleDraft};

    fn timing(change: impl FnOnce(&mut ScheduleDraft)) -> Timing {
        let mut draft = ScheduleDraft { start: "2023-01-01".into(), ..ScheduleDraft::default() };
        change(&mut draft);
        draft.parse_timing().expect("valid")
    }

    fn moment(text: &str) -> UnixMillis {
        UnixMillis(text.parse::<Timestamp>().expect("a moment").as_millisecond())
    }

    /// The times after a moment, as on the clocks there.
    fn check(timing: &Timing, after: &str, expected: &[&str]) {
        let got: Vec<_> = coming(timing, moment(after), expected.len().max(1))
            .into_iter()
            .map(|coming| format!("{} {} {}", &coming.weekday.code()[..3], coming.local, coming.offset))
            .collect();
        assert_eq!(got, expected, "after {after}");
    }

    #[test]
    fn days_of_the_week_and_of_the_month() {
        let weekly = timing(|d| d.days = vec![Weekday::Friday, Weekday::Monday]);
        check(&weekly, "2026-11-22T12:00:00Z", &["mon 2026-11-23 08:00 +00:00", "fri 2026-11-27 08:00 +00:00"]);
        check(&weekly, "2026-11-23T08:00:00Z", &["fri 2026-11-27 08:00 +00:00"]);
        check(&weekly, "2026-11-23T07:59:59.999Z", &["mon 2026-11-23 08:00 +00:00"]);
        let monthly = timing(|d| (d.repeat, d.day_of_month) = (Rhythm::Monthly, 31));
        check(
            &monthly,
            "2024-01-31T08:00:00Z",
            &["thu 2024-02-29 08:00 +00:00", "sun 2024-03-31 08:00 +00:00", "tue 2024-04-30 08:00 +00:00"],
        );
        check(&monthly, "2025-02-01T00:00:00Z", &["fri 2025-02-28 08:00 +00:00"]);
    }

    #[test]
    fn from_its_start_to_its_end() {
        let bounded = timing(|d| (d.start, d.end) = ("2026-12-30".into(), "2027-01-01".into()));
        check(
            &bounded,
            "2020-01-01T00:00:00Z",
            &["wed 2026-12-30 08:00 +00:00", "thu 2026-12-31 08:00 +00:00", "fri 2027-01-01 08:00 +00:00"],
        );
        assert_eq!(coming(&bounded, moment("2026-12-31T08:00:00Z"), 9).len(), 1);
        check(&bounded, "2027-01-01T08:00:00Z", &[]);
        // Its days are days there: at Kiritimati the year has ended long before it has in UTC.
        let east = timing(|d| (d.end, d.time_zone) = ("2026-12-31".into(), "Pacific/Kiritimati".into()));
        check(&east, "2026-12-30T17:00:00Z", &["thu 2026-12-31 08:00 +14:00"]);
        check(&east, "2026-12-30T18:00:00Z", &[]);
    }

    #[test]
    fn clocks_that_are_set_forward_and_back() {
        let berlin = |time: &str| timing(|d| (d.time, d.time_zone) = (time.into(), "Europe/Berlin".into()));
        check(
            &berlin("02:30"),
            "2026-03-28T00:00:00Z",
            &["sat 2026-03-28 02:30 +01:00", "sun 2026-03-29 03:30 +02:00", "mon 2026-03-30 02:30 +02:00"],
        );
        check(
            &berlin("02:30"),
            "2026-10-24T22:00:00Z",
            &["sun 2026-10-25 02:30 +02:00", "mon 2026-10-26 02:30 +01:00"],
        );
        // On Lord Howe Island by half an hour.
        let howe = timing(|d| (d.time, d.time_zone) = ("02:15".into(), "Australia/Lord_Howe".into()));
        check(&howe, "2026-10-03T00:00:00Z", &["sun 2026-10-04 02:45 +11:00", "mon 2026-10-05 02:15 +11:00"]);
        // Samoa has not had this day.
        let apia = timing(|d| (d.start, d.time_zone) = ("2011-12-29".into(), "Pacific/Apia".into()));
        check(
            &apia,
            "2011-12-29T00:00:00Z",
            &["thu 2011-12-29 08:00 -10:00", "sat 2011-12-31 08:00 +14:00", "sun 2012-01-01 08:00 +14:00"],
        );
    }

    #[test]
    fn what_was_missed_is_one() {
        let daily = timing(|_| {});
        let latest = |due: &str, now: &str| latest(&daily, moment(due), moment(now));
        assert_eq!(latest("2026-11-20T08:00:00Z", "2026-11-20T08:00:01Z"), (moment("2026-11-20T08:00:00Z"), 0));
        assert_eq!(latest("2026-11-20T08:00:00Z", "2026-11-22T12:00:00Z"), (moment("2026-11-22T08:00:00Z"), 2));
        assert_eq!(latest("2023-11-20T08:00:00Z", "2026-11-20T07:00:00Z").1, 1095);
    }

    #[test]
    fn zones_are_known_by_their_names() {
        let zones = zones();
        for known in ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "America/Argentina/Buenos_Aires"] {
            assert!(zones.iter().any(|zone| zone == known) && is_zone(known), "{known}");
        }
        for unknown in ["Mars/Base", "europe", "posix/UTC/x", ""] {
            assert!(!is_zone(unknown), "{unknown}");
        }
        assert!(zones.iter().all(|zone| domain::schedule::ZoneName::parse(zone).is_ok()));
    }
}

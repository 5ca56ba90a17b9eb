//! A moment, as milliseconds since 1970 in UTC. Written by the server; the browser only formats it.
//!
//! The calendar is written out: a date library would be a tenth of what the browser downloads, for two formats.

use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// `2026-11-21 22:12:40`, in UTC; empty outside the years 0 to 9999.
    pub fn to_utc_text(self) -> String {
        self.parts().map(|(date, time)| format!("{date} {time}")).unwrap_or_default()
    }

    /// `2026-11-21T22:12:40Z`, as a `datetime` attribute wants it.
    pub fn to_rfc3339(self) -> String {
        self.parts().map(|(date, time)| format!("{date}T{time}Z")).unwrap_or_default()
    }

    /// `20261121-2212`, in UTC, for the name of a file.
    pub fn to_file_text(self) -> String {
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
        self.parts().map(|(date, time)| format!("{}-{}", digits(&date), digits(&time[..5]))).unwrap_or_default()
    }

    /// What [`UnixMillis::to_rfc3339`] writes, and nothing else.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let (first, _) = Self::day(date)?;
        let mut parts = time.split(':').map(|part| part.parse::<i64>().ok());
        let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
        let fits = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
        (fits && parts.next().is_none()).then(|| first.plus_ms(((hour * 60 + minute) * 60 + second) * 1000))
    }

    /// The moment so many milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// First and last millisecond of a date `YYYY-MM-DD`, in UTC.
    pub fn day(text: &str) -> Option<(Self, Self)> {
        let mut parts = text.trim().splitn(3, '-');
        let mut number = |length: usize| {
            let part = parts.next()?;
            let digits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse::<i64>().ok() } else { None }
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let first = days_from_civil(year, month, day);
        // A date that does not exist comes back as another one.
        if civil_from_days(first) != (year, month, day) {
            return None;
        }
        Some((Self(first * DAY_MS), Self(first * DAY_MS + DAY_MS - 1)))
    }

    fn parts(self) -> Option<(String, String)> {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY_MS));
        if !(0..=9999).contains(&year) {
            return None;
        }
        let seconds = self.0.rem_euclid(DAY_MS) / 1000;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        Some((format!("{year:04}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}:{second:02}")))
    }
}

/// Days since 1970-01-01 of a date in the Gregorian calendar. Years begin in March here, so that the leap day is the last.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse: year, month, day.
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + if month <= 2 { 1 } else { 0 }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_are_utc() {
        assert_eq!(UnixMillis(0).to_rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(UnixMillis(-1).to_utc_text(), "1969-12-31 23:59:59");
        assert_eq!(UnixMillis(1_795_299_160_123).to_utc_text(), "2026-11-21 22:12:40");
        assert_eq!(UnixMillis(1_795_299_160_123).to_file_text(), "20261121-2212");
        assert_eq!(UnixMillis(951_782_400_000).to_utc_text(), "2000-02-29 00:00:00");
        assert_eq!(UnixMillis(i64::MAX).to_utc_text(), "", "beyond the calendar is empty, not a panic");
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for (typed, start) in [
            ("1970-01-01", Some(0)),
            (" 2024-02-29 ", Some(1_709_164_800_000)),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("2026-00-10", None),
            ("2026-1-1", None),
            ("26-01-01", None),
            ("2026-01", None),
            ("tomorrow", None),
        ] {
            assert_eq!(UnixMillis::day(typed).map(|(first, _)| first.0), start, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back_as_itself(day in 0_i64..2_932_896) {
            let text = UnixMillis(day * DAY_MS).to_utc_text();
            let (first, last) = UnixMillis::day(&text[..10]).expect("a date");
            prop_assert_eq!(first.0, day * DAY_MS);
            prop_assert_eq!(last.0, (day + 1) * DAY_MS - 1);
        }
    }

    #[test]
    fn moments_read_back() {
        let moment = UnixMillis(1_795_300_360_000);
        assert_eq!(UnixMillis::from_rfc3339(&moment.to_rfc3339()), Some(moment));
        for text in [
            "",
            "2026-11-21",
            "2026-11-21T22:12:40",
            "2026-13-21T22:12:40Z",
            "2026-11-21T25:12:40Z",
            "2026-11-21T22:12Z",
        ] {
            assert_eq!(UnixMillis::from_rfc3339(text), None, "{text}");
        }
    }
}

//! When a schedule runs, in the terms of its own time zone.

use crate::UnixMillis;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the calendar that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

impl Date {
    /// `YYYY-MM-DD`, from 1970 on.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let read = || {
            let (first, _) = UnixMillis::day(text)?;
            let mut parts = text.split('-');
            let date = Self {
                year: parts.next()?.parse().ok()?,
                month: parts.next()?.parse().ok()?,
                day: parts.next()?.parse().ok()?,
            };
            (first.0 >= 0).then_some(date)
        };
        if text.is_empty() { Err("required") } else { read().ok_or("date") }
    }

    /// The day in UTC.
    pub fn of(at: UnixMillis) -> Option<Self> {
        Self::parse(at.to_utc_text().get(..10)?).ok()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time on the clock, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    pub hour: i8,
    pub minute: i8,
}

impl TimeOfDay {
    /// `HH:MM`, 24 hours.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let number = |text: &str, most: i8| {
            let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|number| digits && *number <= most)
        };
        let read = || {
            let (hour, minute) = text.split_once(':')?;
            let minute = Some(minute).filter(|minute| minute.len() == 2)?;
            Some(Self { hour: number(hour, 23)?, minute: number(minute, 59)? })
        };
        if text.is_empty() { Err("required") } else { read().ok_or("time_of_day") }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// A name as the IANA time zone database has them (`Europe/Berlin`). Whether there is such a zone, the service knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ZoneName(String);

impl ZoneName {
    const MAX: usize = 64;

    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let fits = text.len() <= Self::MAX
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b));
        if text.is_empty() {
            Err("required")
        } else if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err("time_zone")
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! weekdays {
    ($($name:ident = $code:literal),+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Weekday { $(#[serde(rename = $code)] $name),+ }

        impl Weekday {
            pub const ALL: [Self; 7] = [$(Self::$name),+];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}
weekdays!(
    Monday = "monday",
    Tuesday = "tuesday",
    Wednesday = "wednesday",
    Thursday = "thursday",
    Friday = "friday",
    Saturday = "saturday",
    Sunday = "sunday"
);

impl Weekday {
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.code() == code)
    }

    /// Monday is 0.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// On which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// At least one, in the order of the week, each once.
    Weekly(Vec<Weekday>),
    /// From 1 to 31; in a shorter month its last day.
    Monthly(i8),
}

/// When a schedule runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    pub start: Date,
    /// The last day on which it may run.
    pub end: Option<Date>,
    pub repeat: Repeat,
    /// Where clocks are set forward over it, as much later; where they are set back over it, the first time.
    pub time: TimeOfDay,
    pub zone: ZoneName,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_times_and_zones_are_read_or_refused() {
        let date = |text: &str| Date::parse(text).map(|date| date.to_string());
        assert_eq!(date(" 2024-02-29 "), Ok("2024-02-29".to_owned()));
        assert_eq!(date(""), Err("required"));
        for bad in ["2023-02-29", "29.2.2024", "1969-12-31", "2024-2-9", "2024-02-29T00:00", "+024-02-02"] {
            assert_eq!(date(bad), Err("date"), "{bad}");
        }
        let time = |text: &str| TimeOfDay::parse(text).map(|time| time.to_string());
        assert_eq!(time("7:05"), Ok("07:05".to_owned()));
        assert_eq!(time("23:59"), Ok("23:59".to_owned()));
        assert_eq!(time(" "), Err("required"));
        for bad in ["24:00", "12:60", "12", "12:5", "+1:00", "1:+5", "07:00:00", "7.00"] {
            assert_eq!(time(bad), Err("time_of_day"), "{bad}");
        }
        for good in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"] {
            assert_eq!(ZoneName::parse(good).map(|zone| zone.as_str().to_owned()), Ok(good.to_owned()));
        }
        for bad in ["../../etc/passwd", "Europe Berlin", "+02:00", "/Europe"] {
            assert_eq!(ZoneName::parse(bad), Err("time_zone"), "{bad}");
        }
    }

    #[test]
    fn a_date_of_a_moment() {
        assert_eq!(Date::of(UnixMillis(1_795_299_160_123)), Date::parse("2026-11-21").ok());
        assert_eq!(Date::of(UnixMillis(i64::MAX)), None);
    }
}

//! A moment, as milliseconds since 1970 in UTC. Written by the server; the browser only formats it.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// `2026-11-21 22:12:40`, in UTC.
    pub fn to_utc_text(self) -> String {
        self.format("%Y-%m-%d %H:%M:%S")
    }

    /// `2026-11-21T22:12:40Z`, as a `datetime` attribute wants it.
    pub fn to_rfc3339(self) -> String {
        self.format("%Y-%m-%dT%H:%M:%SZ")
    }

    /// The moment so many milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    fn format(self, pattern: &str) -> String {
        Timestamp::from_millisecond(self.0)
            .map(|t| t.to_zoned(TimeZone::UTC).strftime(pattern).to_string())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_utc() {
        assert_eq!(UnixMillis(0).to_rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(UnixMillis(1_795_299_160_123).to_utc_text(), "2026-11-21 22:12:40");
        assert_eq!(UnixMillis(i64::MAX).to_utc_text(), "", "beyond the calendar is empty, not a panic");
    }
}

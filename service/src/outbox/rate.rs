//! Messages for each minute: a bucket that fills up with time. Pure: the time is an argument.

use domain::UnixMillis;

/// Holds at most a tenth of a minute's messages, so that a quiet hour does not become a burst.
#[derive(Debug, Default)]
pub(super) struct Bucket {
    /// Thousandths of messages.
    held: i64,
    filled_at: Option<UnixMillis>,
}

impl Bucket {
    /// Takes up to so many; 0 for each minute is no limit.
    pub(super) fn take(&mut self, wanted: u32, per_minute: u32, now: UnixMillis) -> u32 {
        if per_minute == 0 {
            return wanted;
        }
        self.fill(per_minute, now);
        let taken = u32::try_from(self.held / 1000).unwrap_or(0).min(wanted);
        self.held -= i64::from(taken) * 1000;
        taken
    }

    fn fill(&mut self, per_minute: u32, now: UnixMillis) {
        let most = (i64::from(per_minute) * 100).max(1000);
        let since = self.filled_at.map_or(i64::MAX / 2_000_000, |at| (now.0 - at.0).max(0));
        self.held = (self.held + since.min(60_000) * i64::from(per_minute) / 60).min(most);
        self.filled_at = Some(now);
    }

    /// What was taken and not used.
    pub(super) fn give_back(&mut self, count: u32) {
        self.held += i64::from(count) * 1000;
    }

    /// Milliseconds until the next one; 0 where there is one.
    pub(super) fn wait_ms(&mut self, per_minute: u32, now: UnixMillis) -> i64 {
        if per_minute == 0 {
            return 0;
        }
        self.fill(per_minute, now);
        let missing = (1000 - self.held).max(0);
        (missing * 60 + i64::from(per_minute) - 1) / i64::from(per_minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_so_many() {
        let mut bucket = Bucket::default();
        let mut taken = 0;
        for second in 0..120 {
            taken += bucket.take(100, 60, UnixMillis(second * 1000));
        }
        assert!((120..=126).contains(&taken), "{taken}");
        assert_eq!(bucket.take(100, 60, UnixMillis(119_000)), 0);
        assert!((1..=1000).contains(&bucket.wait_ms(60, UnixMillis(119_000))));
        assert_eq!(bucket.take(100, 0, UnixMillis(0)), 100, "no limit");
        bucket.give_back(2);
        assert_eq!(bucket.take(100, 60, UnixMillis(119_000)), 2);
    }

    #[test]
    fn a_clock_that_goes_back_takes_nothing_away() {
        let mut bucket = Bucket::default();
        assert!(bucket.take(1, 60, UnixMillis(10_000_000)) > 0);
        bucket.take(100, 60, UnixMillis(0));
        assert_eq!(bucket.take(1, 60, UnixMillis(1000)), 1);
    }
}

//! The texts of an account's latest tests.

/// The window of an account's latest tests.
pub struct History {
    pub none: &'static str,
    pub test_now: &'static str,
    /// So many passed of so many.
    pub sum: fn(usize, usize) -> String,
    pub seen_last: &'static str,
    /// A moment follows.
    pub valid_until: &'static str,
    pub group: fn(&str) -> &'static str,
    /// Who asked, and whether nothing was to be sent.
    pub by: fn(&str, bool) -> String,
}

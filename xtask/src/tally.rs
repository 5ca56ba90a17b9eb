//! Counts tests from what the test programs print; running them is the job of `suites`.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Reads the lines of `cargo test`, in the order they were printed.
#[derive(Debug, Default)]
pub struct CargoLog {
    tally: Tally,
    /// A test program has started and not told its result.
    open: bool,
}

impl CargoLog {
    pub fn line(&mut self, line: &str) {
        let line = plain(line);
        let line = line.trim_end();
        if let Some(result) = result(line) {
            self.tally += result;
            self.open = false;
        } else if starts_program(line) {
            self.close();
            self.open = true;
        }
    }

    /// The totals, given whether cargo was content. Whatever went wrong uncounted is one failure.
    pub fn finish(mut self, success: bool) -> Tally {
        self.close();
        if !success && self.tally.failed == 0 {
            self.tally.failed = 1;
        }
        self.tally
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.tally.failed += 1;
        }
    }
}

/// Reads Playwright's JSON report: a test that needed a second try has failed.
pub fn browser_report(report: &str, success: bool) -> Tally {
    let report: serde_json::Value = serde_json::from_str(report).unwrap_or_default();
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
    let mut tally = Tally { passed: count("expected"), failed: count("unexpected") + count("flaky") };
    if !success && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

/// `     Running unittests src/lib.rs (…)` and `   Doc-tests domain`.
fn starts_program(line: &str) -> bool {
    let Some(indented) = line.strip_prefix("   ") else { return false };
    let words = indented.trim_start();
    words.starts_with("Running ") || words.starts_with("Doc-tests ")
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; …`
fn result(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |what: &str| {
        let field = counts.split("; ").find_map(|field| field.strip_suffix(what))?;
        field.trim().parse().ok()
    };
    Some(Tally { passed: count(" passed")?, failed: count(" failed")? })
}

/// The line without colours.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        text.push_str(before);
        let end = after.find(|c: char| c.is_ascii_alphabetic()).map_or(after.len(), |end| end + 1);
        rest = &after[end..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(log: &str, success: bool, passed: u64, failed: u64) {
        let mut read = CargoLog::default();
        log.lines().for_each(|line| read.line(line));
        assert_eq!(read.finish(success), Tally { passed, failed }, "{log}");
    }

    const RESULT: &str =
        "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";

    #[test]
    fn results_of_all_programs_are_added() {
        let failed =
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        check("", true, 0, 0);
        check(RESULT, true, 12, 0);
        check(
            &format!("     Running unittests src/lib.rs (target/a)\n{RESULT}\n   Doc-tests domain\n{failed}"),
            false,
            15,
            2,
        );
        check(&format!("   Doc-tests domain\n{RESULT}\n{RESULT}"), true, 24, 0);
        check(
            "\u{1b}[1m\u{1b}[92m     Running\u{1b}[0m tests/it.rs (target/it)\ntest result: \u{1b}[32mok\u{1b}[m. 1 passed; 0 failed; 0 ignored",
            true,
            1,
            0,
        );
    }

    #[test]
    fn a_program_that_never_tells_its_result_failed_once() {
        let dead = "     Running tests/it.rs (target/it)\nrunning 3 tests\nSIGSEGV";
        check(dead, false, 0, 1);
        check(&format!("{dead}\n     Running unittests src/lib.rs (target/a)\n{RESULT}"), false, 12, 1);
        check("error: could not compile `domain`", false, 0, 1);
    }

    #[test]
    fn what_a_test_prints_about_itself_does_not_count() {
        check("Running late\n said: test result: ok. 5 passed; 0 failed\ntest result: nonsense", true, 0, 0);
    }

    #[test]
    fn the_browser_report_is_counted_strictly() {
        let report = r#"{"stats":{"expected":10,"skipped":2,"unexpected":1,"flaky":3}}"#;
        assert_eq!(browser_report(report, false), Tally { passed: 10, failed: 4 });
        let report = r#"{"errors":[{}],"stats":{"expected":0,"skipped":0,"unexpected":0,"flaky":0}}"#;
        assert_eq!(browser_report(report, false), Tally { passed: 0, failed: 1 });
        assert_eq!(browser_report("", false), Tally { passed: 0, failed: 1 });
    }
}

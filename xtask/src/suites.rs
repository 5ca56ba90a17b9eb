//! Runs every test suite, one after another whatever happens, and adds up their results.

use std::fs;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::process::{Command, ExitCode};

use crate::failure::{Doing as _, Outcome};
use crate::place;
use crate::process::{program, say};
use crate::tally::{CargoLog, Tally, browser_report};

/// Nothing, where there is no such suite yet.
type Suite = fn() -> Outcome<Option<Tally>>;

pub fn test() -> ExitCode {
    let mut total = Tally::default();
    let mut lines = Vec::new();
    let suites: [(&str, Suite); 3] = [("Rust", workspace), ("build tool", build_tool), ("browser", browser)];
    for (name, suite) in suites {
        match suite() {
            Ok(None) => {}
            Ok(Some(tally)) => {
                total += tally;
                lines.push(format!("{name} tests: {} good, {} bad", tally.passed, tally.failed));
            }
            Err(failure) => {
                total.failed += 1;
                lines.push(format!("{name} tests: {failure}"));
            }
        }
    }
    println!();
    for line in lines {
        say(line);
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Counts a log that `cargo test` wrote earlier.
pub fn tally(file: &str) -> Outcome<ExitCode> {
    let text = fs::read_to_string(file).doing(file)?;
    let mut log = CargoLog::default();
    text.lines().for_each(|line| log.line(line));
    let total = log.finish(true);
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn workspace() -> Outcome<Option<Tally>> {
    say("Testing the Rust crates; compiling them takes several minutes the first time");
    cargo_test(program("cargo").args(["test", "--release", "--no-fail-fast"])).map(Some)
}

/// Apart from the others, with the features it has when it runs: so nothing is compiled twice.
fn build_tool() -> Outcome<Option<Tally>> {
    say("Testing the build tool");
    cargo_test(program("cargo").args(["test", "--release", "--no-fail-fast", "--package", "xtask"])).map(Some)
}

/// Passes the output on while counting. Both streams share one pipe: that keeps them in order.
fn cargo_test(command: &mut Command) -> Outcome<Tally> {
    let (reader, writer) = std::io::pipe().doing("making a pipe")?;
    let mut out = std::io::stdout();
    if out.is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let errors = writer.try_clone().doing("making a pipe")?;
    let mut child = command.stdout(writer).stderr(errors).spawn().doing("starting cargo test")?;
    // The command still holds the pipe's other end; without this the reader would wait for ever.
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());

    let mut log = CargoLog::default();
    for line in BufReader::new(reader).split(b'\n') {
        let line = line.doing("reading the tests' output")?;
        // Nobody listening any more is no reason to stop counting.
        let _ = out.write_all(&line).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
        log.line(&String::from_utf8_lossy(&line));
    }
    let status = child.wait().doing("waiting for cargo test")?;
    Ok(log.finish(status.success()))
}

fn browser() -> Outcome<Option<Tally>> {
    let folder = place::root().join("end2end");
    if !folder.join("package.json").exists() {
        say("No browser tests yet");
        return Ok(None);
    }
    say("Testing in the browser");
    let report = place::target().join("browser-report.json");
    // An old report must not be counted when the run dies before writing one.
    let _ = fs::remove_file(&report);
    let status = program("npx")
        .current_dir(&folder)
        .args(["--no-install", "playwright", "test", "--reporter=list,json"])
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .status()
        .doing("starting Playwright")?;
    let text = fs::read_to_string(&report).unwrap_or_default();
    Ok(Some(browser_report(&text, status.success())))
}

//! The workspace's build tool: reads the command line and calls one job.

mod check;
mod failure;
mod module;
mod pack;
mod place;
mod process;
mod serve;
mod setup;
mod site;
mod sizes;
mod snip;
mod style;
mod suites;
mod tally;
mod toolchain;
mod wasm;
mod watch;

use std::process::ExitCode;

use failure::{Failure, Outcome};
use wasm::Profile;

const HELP: &str = "cargo xtask <command>

  setup [--wasm] [--browser]   install what building (--wasm) or the browser tests (--browser) need
  site [--profile wasm-dev]    build what browsers load, into target/site
  build                        setup --wasm, site, and the server
  run [ARGUMENTS]              build, then become the server
  watch [ARGUMENTS]            rebuild and restart on every change
  test                         run every test suite and count
  tally FILE                   count the log of a `cargo test`
  check                        format and lints
  sizes                        what a first visit downloads";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome<ExitCode> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["setup", options @ ..] => setup(options)?,
        ["site"] => site::build(Profile::Small)?,
        ["site", "--profile", name] => site::build(Profile::parse(name)?)?,
        ["build"] => serve::build()?,
        ["run", ..] => serve::serve(&arguments[1..])?,
        ["watch", ..] => watch::watch(&arguments[1..])?,
        ["test"] => return Ok(suites::test()),
        ["tally", file] => return suites::tally(file),
        ["check"] => check::all()?,
        ["sizes"] => sizes::print()?,
        ["help" | "--help" | "-h"] => println!("{HELP}"),
        _ => return Err(Failure::new(format!("unknown command\n\n{HELP}"))),
    }
    Ok(ExitCode::SUCCESS)
}

fn setup(options: &[&str]) -> Outcome {
    if let Some(other) = options.iter().find(|option| !["--wasm", "--browser"].contains(option)) {
        return Err(Failure::new(format!("setup knows --wasm and --browser, not {other}")));
    }
    let wanted = |name| options.is_empty() || options.contains(&name);
    if wanted("--wasm") {
        setup::wasm()?;
    }
    if wanted("--browser") {
        setup::browser()?;
    }
    Ok(())
}

//! The `postroom` binary: reads its settings, opens the service, answers HTTP. Assembly only.

mod api;
mod assets;
mod bulk;
mod command;
mod config;
mod csp;
mod document;
mod downloads;
mod embed;
mod language;
mod lines;
mod live;
mod log;
mod metrics;
mod mount;
mod oidc;
mod pages;
mod peer;
mod people;
mod problem;
mod router;
mod security;
mod serve;
mod taste;
mod theme;
mod transfer;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("could not start the runtime: {error}")),
    };
    match runtime.block_on(command::run(config::Cli::parse())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(line) => fail(&line),
    }
}

/// A start that can't go on says why in one line.
fn fail(line: &str) -> ExitCode {
    eprintln!("postroom: {line}");
    ExitCode::FAILURE
}

//! The inner loop: rebuild what changed, restart the server.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::failure::{Doing as _, Outcome};
use crate::process::{program, run, say};
use crate::wasm::Profile;
use crate::{place, setup, site};

const PAUSE: Duration = Duration::from_millis(500);

/// What the server is made of. Editors' and tests' folders are left out.
const SOURCES: [&str; 12] = [
    "app",
    "domain",
    "frontend",
    "mailer",
    "migrations",
    "public",
    "server",
    "service",
    "store",
    "style",
    "Cargo.toml",
    "Cargo.lock",
];

/// Runs until it is stopped.
pub fn watch(arguments: &[String]) -> Outcome {
    setup::wasm()?;
    let mut server: Option<Child> = None;
    loop {
        let state = snapshot();
        match rebuild() {
            Ok(()) => {
                if let Some(mut old) = server.take() {
                    stop(&mut old);
                }
                let mut command = program(place::server_binary());
                server = Some(command.args(arguments).spawn().doing("starting the server")?);
                say("Running; waiting for changes");
            }
            // What runs keeps running until the next attempt.
            Err(failure) => say(format!("{failure}; waiting for changes")),
        }
        while snapshot() == state {
            sleep(PAUSE);
        }
        say("Something changed");
    }
}

fn rebuild() -> Outcome {
    site::build(Profile::Quick)?;
    run(program("cargo").env("CARGO_INCREMENTAL", "1").args(["build", "--release", "--package", "postroom"]))
}

/// Asks politely, so that the server can finish what it does.
fn stop(server: &mut Child) {
    let asked = Command::new("kill").arg(server.id().to_string()).status().is_ok_and(|status| status.success());
    for _ in 0..if asked { 20 } else { 0 } {
        if matches!(server.try_wait(), Ok(Some(_))) {
            return;
        }
        sleep(PAUSE / 2);
    }
    // It may have ended by itself in between; either way it is gone afterwards.
    let _ = server.kill();
    let _ = server.wait();
}

/// How many files there are, and when the last of them changed.
fn snapshot() -> (usize, Option<SystemTime>) {
    let mut state = (0, None);
    for source in SOURCES {
        look(&place::root().join(source), &mut state);
    }
    state
}

fn look(path: &Path, state: &mut (usize, Option<SystemTime>)) {
    let Ok(data) = fs::metadata(path) else { return };
    if data.is_dir() {
        let Ok(entries) = path.read_dir() else { return };
        entries.flatten().for_each(|entry| look(&entry.path(), state));
    } else {
        state.0 += 1;
        state.1 = state.1.max(data.modified().ok());
    }
}

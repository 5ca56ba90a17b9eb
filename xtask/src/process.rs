//! Starting other programs; what they are for is decided by the callers.

use std::ffi::OsStr;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::failure::{Doing as _, Failure, Outcome};
use crate::place;

/// Announces a step, before it starts.
pub fn say(text: impl AsRef<str>) {
    let mut out = std::io::stdout().lock();
    // A closed pipe is the reader's choice, not a failed build.
    let _ = writeln!(out, "==> {}", text.as_ref());
    let _ = out.flush();
}

/// A program to be started in the workspace's root.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(place::root());
    command
}

/// Runs to the end with our own input and output; anything but success is a failure.
pub fn run(command: &mut Command) -> Outcome {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().doing(format_args!("starting {name}"))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{name} ended with {status}"))) }
}

/// The trimmed output of a program, if it exists and succeeds.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

pub fn exists(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // A user's PATH often lacks the folders where daemons are installed.
    let daemons = ["/usr/sbin", "/usr/local/sbin"].map(Into::into);
    std::env::split_paths(&folders).chain(daemons).any(|folder| folder.join(name).is_file())
}

/// The same program with the rights to change the system.
pub fn as_root(name: &str) -> Outcome<Command> {
    if answer(program("id").arg("-u")).as_deref() == Some("0") {
        return Ok(program(name));
    }
    if !exists("sudo") {
        return Err(Failure::new(format!("{name} must run as root here, and there is no sudo")));
    }
    let mut command = program("sudo");
    command.arg(name);
    Ok(command)
}

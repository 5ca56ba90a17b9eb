//! Builds all there is and becomes the server.

use std::os::unix::process::CommandExt as _;

use crate::failure::{Failure, Outcome};
use crate::process::{program, run, say};
use crate::wasm::Profile;
use crate::{place, setup, site};

pub fn build() -> Outcome {
    setup::wasm()?;
    site::build(Profile::Small)?;
    if !place::server_binary().exists() {
        say("Compiling the server: about 6 minutes the first time");
    }
    run(program("cargo").args(["build", "--release", "--package", "postroom"]))
}

/// Returns only if the server could not be started.
pub fn serve(arguments: &[String]) -> Outcome {
    build()?;
    let binary = place::server_binary();
    say("Starting the server; stop it with Ctrl-C");
    let cause = program(&binary).args(arguments).exec();
    Err(Failure::new(format!("starting {}: {cause}", binary.display())))
}

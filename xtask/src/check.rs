//! Formatting and lints, for the server's half and the browser's half apart.

use crate::failure::{Failure, Outcome};
use crate::process::{program, run, say};
use crate::toolchain::{TARGET, Toolchain};

const STRICT: [&str; 3] = ["--", "-D", "warnings"];

pub fn all() -> Outcome {
    say("Checking the format");
    run(program("cargo").args(["fmt", "--all", "--check"]))?;
    say("Linting the server and its crates: several minutes the first time");
    run(program("cargo").args(["clippy", "--all-targets"]).args(STRICT))?;
    run(program("cargo").args(["clippy", "--all-targets", "--package", "xtask"]).args(STRICT))?;
    say("Linting the browser's part");
    let Some(toolchain) = Toolchain::for_wasm() else {
        return Err(Failure::new("no Rust toolchain here compiles for the browser; run `cargo xtask setup --wasm`"));
    };
    run(toolchain.cargo().args(["clippy", "--package", "postroom-frontend", "--target", TARGET]).args(STRICT))
}

//! Brings what the build or the tests need onto the machine; silent where all is there.

mod browser;
mod wasm;

pub use browser::prepare as browser;
pub use wasm::prepare as wasm;

use crate::failure::{Failure, Outcome};
use crate::place;
use crate::process::{exists, program, run, say};

/// Installs Debian packages; other distributions get told what is missing.
fn install(packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    if !exists("apt-get") {
        return Err(Failure::new(format!("please install what Debian calls: {names}")));
    }
    say(format!("Installing {names}: a minute or two"));
    run(program(place::root().join("scripts/apt-install.sh")).args(packages))
}

//! Which Rust toolchain can compile for the browser; installing one is the job of `setup`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{answer, program};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// The name under which the distribution's compiler is known to rustup.
pub const LINKED: &str = "postroom-wasm";

/// Where the distribution installs its compiler.
pub const LINKED_PREFIX: &str = "/usr";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The one cargo uses anyway.
    Active,
    /// The distribution's, linked by `setup`.
    Linked,
}

impl Toolchain {
    /// The toolchain that has the browser target, if any has.
    pub fn for_wasm() -> Option<Self> {
        if active_is_ready() {
            Some(Self::Active)
        } else if linked_is_ready() {
            Some(Self::Linked)
        } else {
            None
        }
    }

    pub fn cargo(self) -> Command {
        self.tool("cargo")
    }

    fn tool(self, name: &str) -> Command {
        let mut command = program(name);
        if self == Self::Linked {
            // `cargo xtask` was started by another toolchain, which left its traces in the environment.
            for trace in ["CARGO", "RUSTC", "RUSTDOC", "LD_LIBRARY_PATH"] {
                command.env_remove(trace);
            }
            command.env("RUSTUP_TOOLCHAIN", LINKED);
        }
        command
    }
}

/// Where the linked toolchain looks for the browser's standard library.
pub fn linked_target() -> PathBuf {
    Path::new(LINKED_PREFIX).join("lib/rustlib").join(TARGET)
}

/// Says for which compiler the library was built: an upgraded compiler needs it anew.
pub fn linked_stamp() -> PathBuf {
    linked_target().join("built-for")
}

pub fn linked_version() -> Option<String> {
    answer(Toolchain::Linked.tool("rustc").arg("-vV"))
}

fn active_is_ready() -> bool {
    let sysroot = answer(program("rustc").args(["--print", "sysroot"]));
    sysroot.is_some_and(|sysroot| holds_core(&Path::new(&sysroot).join("lib/rustlib").join(TARGET)))
}

fn linked_is_ready() -> bool {
    let Ok(stamp) = std::fs::read_to_string(linked_stamp()) else { return false };
    holds_core(&linked_target()) && linked_version().is_some_and(|version| version == stamp.trim())
}

fn holds_core(target: &Path) -> bool {
    let Ok(entries) = target.join("lib").read_dir() else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let path = Path::new(&name);
        name.to_string_lossy().starts_with("libcore-") && path.extension().is_some_and(|end| end == "rlib")
    })
}

//! Makes the browser target usable: from rustup, else from the distribution's own compiler.

use std::fs;
use std::path::{Path, PathBuf};

use super::install;
use crate::failure::{Doing as _, Failure, Outcome};
use crate::place;
use crate::process::{as_root, exists, program, run, say};
use crate::toolchain::{self, LINKED, LINKED_PREFIX, TARGET, Toolchain};

/// Debian's compiler for its browsers: newer than its ordinary one, and with its library's source.
/// The last one holds the link to a linker.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

pub fn prepare() -> Outcome {
    if Toolchain::for_wasm().is_some() {
        return Ok(());
    }
    say("Adding the WebAssembly target to Rust: a few seconds");
    let added = run(program("rustup").env("RUST_BACKTRACE", "0").args(["target", "add", TARGET]));
    if added.is_ok() && Toolchain::for_wasm().is_some() {
        return Ok(());
    }
    if !exists("apt-get") {
        return Err(Failure::new(format!(
            "rustup could not add the target {TARGET}. Check the network and try again, or install the target from your distribution"
        )));
    }
    say("rustup can't reach its server; taking the target from the distribution instead: about 3 minutes, once");
    install_compiler()?;
    link()?;
    let libraries = build_library()?;
    copy_library(&libraries)?;
    match Toolchain::for_wasm() {
        Some(_) => Ok(()),
        None => Err(Failure::new("the WebAssembly target was built but the compiler does not find it")),
    }
}

fn install_compiler() -> Outcome {
    let bin = Path::new(LINKED_PREFIX).join("bin");
    let linker = bin.join("rust-lld");
    let source = Path::new(LINKED_PREFIX).join("lib/rustlib/src/rust/library");
    let there = bin.join("rustc").exists() && bin.join("cargo").exists() && source.exists();
    if !there || !linker.is_symlink() {
        install(&PACKAGES)?;
    }
    // The package names the linker's version by that link and leaves installing it to us.
    if !linker.exists() {
        let named = fs::read_link(&linker).doing("finding the compiler's linker")?;
        let package = named.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        install(&[&package])?;
    }
    if !bin.join("cargo-clippy").exists() && install(&["rust-web-clippy"]).is_err() {
        say("No clippy for this compiler; only `make check` would use it");
    }
    Ok(())
}

fn link() -> Outcome {
    run(program("rustup").args(["toolchain", "link", LINKED, LINKED_PREFIX]))
}

/// Compiles the standard library with bitcode, without which the real build could not optimise across crates.
fn build_library() -> Outcome<Vec<PathBuf>> {
    say("Building Rust's standard library for the browser: about a minute");
    let scratch = place::target().join("wasm-std");
    let source = scratch.join("src");
    // What another compiler left there must not be copied along.
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&source).doing("making a scratch crate")?;
    let manifest = "[package]\nname = \"scratch\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n";
    fs::write(scratch.join("Cargo.toml"), manifest).doing("writing a scratch crate")?;
    fs::write(source.join("lib.rs"), "").doing("writing a scratch crate")?;

    let output = scratch.join("target");
    run(Toolchain::Linked
        .cargo()
        .current_dir(&scratch)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", &output)
        .args(["build", "--quiet", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,panic_unwind"]))?;

    let folder = output.join(TARGET).join("release/deps");
    let entries = folder.read_dir().doing("reading the built library")?;
    let paths = entries.flatten().map(|entry| entry.path());
    Ok(paths.filter(|path| path.extension().is_some_and(|end| end == "rlib")).collect())
}

fn copy_library(libraries: &[PathBuf]) -> Outcome {
    let Some(version) = toolchain::linked_version() else {
        return Err(Failure::new("the distribution's compiler does not start"));
    };
    let stamp = place::target().join("wasm-std/built-for");
    fs::write(&stamp, version).doing("noting the compiler's version")?;
    let folder = toolchain::linked_target().join("lib");
    // Crates of an earlier compiler beside the new ones would be ambiguous.
    run(as_root("rm")?.args(["-rf"]).arg(&folder))?;
    run(as_root("install")?.args(["-d", "-m", "755"]).arg(&folder))?;
    run(as_root("install")?.args(["-m", "644", "-t"]).arg(&folder).args(libraries))?;
    run(as_root("install")?.args(["-m", "644"]).arg(&stamp).arg(toolchain::linked_stamp()))
}

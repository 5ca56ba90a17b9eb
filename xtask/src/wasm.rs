//! Compiles the browser's half of the program and binds it to JavaScript; packing is done elsewhere.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::failure::{Doing as _, Failure, Outcome};
use crate::place;
use crate::process::{run, say};
use crate::toolchain::{TARGET, Toolchain};

/// How the WebAssembly is compiled; the names are the workspace's cargo profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    Small,
    Quick,
}

/// What a browser loads.
pub struct Bound {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
    /// Scripts that the main one imports, by their path beside it.
    pub snippets: BTreeMap<String, Vec<u8>>,
}

impl Profile {
    pub fn parse(name: &str) -> Outcome<Self> {
        match name {
            "wasm" => Ok(Self::Small),
            "wasm-dev" => Ok(Self::Quick),
            other => Err(Failure::new(format!("there is no profile `{other}`; use wasm or wasm-dev"))),
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Small => "wasm",
            Self::Quick => "wasm-dev",
        })
    }
}

/// Lets cargo decide what must be compiled anew, and names the file it wrote.
pub fn compile(profile: Profile) -> Outcome<PathBuf> {
    let Some(toolchain) = Toolchain::for_wasm() else {
        return Err(Failure::new("no Rust toolchain here compiles for the browser; run `cargo xtask setup --wasm`"));
    };
    let name = profile.to_string();
    let file = place::target().join(TARGET).join(&name).join("postroom_frontend.wasm");
    if !file.exists() {
        say("Compiling the browser's part: about 3 minutes the first time");
    }
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", "postroom-frontend", "--target", TARGET, "--profile", &name]);
    run(&mut cargo)?;
    Ok(file)
}

pub fn bind(file: &Path, profile: Profile) -> Outcome<Bound> {
    let scratch = place::target().join("bound");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).doing("clearing the last binding")?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.web(true).doing("binding for the web")?;
    bindgen
        .input_path(file)
        .out_name("postroom")
        .typescript(false)
        // The page names the file itself: it knows the hash.
        .omit_default_module_path(true)
        .remove_name_section(profile == Profile::Small)
        .remove_producers_section(true)
        .generate(&scratch)
        .doing("binding the WebAssembly to JavaScript")?;

    let read = |name: &str| fs::read(scratch.join(name)).doing(format_args!("reading {name}"));
    let mut snippets = BTreeMap::new();
    collect(&scratch, &scratch.join("snippets"), &mut snippets)?;
    Ok(Bound { js: read("postroom.js")?, wasm: read("postroom_bg.wasm")?, snippets })
}

fn collect(base: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) -> Outcome {
    let Ok(entries) = folder.read_dir() else { return Ok(()) };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(base, &path, found)?;
        } else if let Ok(name) = path.strip_prefix(base) {
            let bytes = fs::read(&path).doing(path.display())?;
            found.insert(name.to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(())
}

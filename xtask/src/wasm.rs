//! Compiles the browser's half of the program and binds it to JavaScript; packing is done elsewhere.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::failure::{Doing as _, Failure, Outcome};
use crate::module::without_names;
use crate::place;
use crate::process::{run, say};
use crate::snip::{shrink, snip};
use crate::toolchain::{TARGET, Toolchain};

/// The script that fetches chunks, by the name that the `#[lazy]` macro imports it.
pub const LINK: &str = "__wasm_split.______________________.js";

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
    /// What the main script imports, and what is fetched when a window needs it: by path beside the script.
    pub parts: BTreeMap<String, Vec<u8>>,
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
    let chunks = scratch.join("chunks");
    fs::create_dir_all(&chunks).doing(chunks.display())?;
    let main = scratch.join("main.wasm");
    let linked = fs::read(file).doing(file.display())?;
    let linked = if profile == Profile::Small { snip(&linked)? } else { linked };
    split(&linked, &chunks, &main)?;

    let web = scratch.join("web");
    let mut bindgen = Bindgen::new();
    bindgen.web(true).doing("binding for the web")?;
    bindgen
        .input_path(&main)
        .out_name("postroom")
        .typescript(false)
        // The page names the file itself: it knows the folder.
        .omit_default_module_path(true)
        // The chunks use the main module's memory and function table.
        .keep_lld_exports(true)
        .remove_name_section(profile == Profile::Small)
        .remove_producers_section(true)
        .generate(&web)
        .doing("binding the WebAssembly to JavaScript")?;

    let read = |name: &str| fs::read(web.join(name)).doing(format_args!("reading {name}"));
    let mut parts = BTreeMap::new();
    collect(&web, &web.join("snippets"), &mut parts)?;
    collect(&chunks, &chunks, &mut parts)?;
    let link = parts.get_mut(LINK).ok_or_else(|| Failure::new(format!("the splitter made no {LINK}")))?;
    *link = patient(link)?;
    if profile == Profile::Small {
        for (name, bytes) in &mut parts {
            if is_wasm(name) {
                *bytes = shrink(&without_names(bytes)?)?;
            }
        }
    }
    Ok(Bound { js: read("postroom.js")?, wasm: read("postroom_bg.wasm")?, parts })
}

/// Is the file a module, rather than the JavaScript beside it?
pub fn is_wasm(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "wasm")
}

/// What the splitter's script does when a chunk does not come …
const GIVES_UP: &str = "\
            await callee();
            success = true;
        } catch (e) {
            console.error(e);
            success = false;
        }";

/// … and what it is to do. A page that is being left fails what it is fetching before it ends: whoever is still there
/// a second later tries once more. Whose connection is lost, or whose portal lets nothing through any more, is told so and
/// waits: the program goes on where it is, and loses nothing.
const TRIES_AGAIN: &str = "\
            for (let pause = 1000; !success; pause = Math.min(2 * pause, 30000)) {
                await callee().then(() => success = true, () => new Promise((done) => setTimeout(done, pause)));
                const late = document.getElementById('late');
                if (late) late.hidden = success || pause === 1000;
            }
        } catch (e) {
            console.error(e);
            success = false;
        }";

fn patient(script: &[u8]) -> Outcome<Vec<u8>> {
    let text = String::from_utf8_lossy(script);
    if text.matches(GIVES_UP).count() != 1 {
        return Err(Failure::new(format!("{LINK} is not as it was: look at how it waits for a chunk")));
    }
    Ok(text.replace(GIVES_UP, TRIES_AGAIN).into_bytes())
}

/// Which files each `#[lazy]` function needs, by its name, as the splitter's script has it.
pub fn needs(script: &[u8]) -> Outcome<BTreeMap<String, Vec<String>>> {
    let text = String::from_utf8_lossy(script);
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    let mut needs = BTreeMap::new();
    let mut at = "";
    for line in text.lines() {
        let defined = line.strip_prefix("export ").unwrap_or(line).strip_prefix("const __");
        if let Some((name, _)) = defined.and_then(|rest| rest.split_once(" = ")) {
            at = name;
        }
        if let Some((_, file)) = line.split_once("new URL(\"./") {
            files.insert(at, file.split('"').next().unwrap_or_default());
        }
        if let (Some(list), Some(function)) = (line.strip_prefix(", ["), at.strip_prefix("wasm_split_load_")) {
            let list = list.split(']').next().unwrap_or_default();
            let chunks = list.split(", ").filter_map(|chunk| chunk.strip_prefix("__"));
            let needed = [at].into_iter().chain(chunks);
            let needed = needed.map(|name| files.get(name).map(|file| (*file).to_owned()));
            let needed = needed.collect::<Option<Vec<_>>>();
            let name = function.rsplit_once('_').map_or(function, |(name, _)| name);
            let known = needed.is_none_or(|needed| needs.insert(name.to_owned(), needed).is_some());
            if known {
                return Err(Failure::new(format!("{LINK}: two functions called {name}, or a chunk without a file")));
            }
        }
    }
    if needs.is_empty() {
        return Err(Failure::new(format!("{LINK} is not as it was: look at how it names what a function needs")));
    }
    Ok(needs)
}

/// Takes what the `#[lazy]` functions alone need out of the module, into files of their own.
fn split(wasm: &[u8], chunks: &Path, main: &Path) -> Outcome {
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = chunks;
    options.main_out_path = main;
    options.main_module = "./postroom.js";
    let link = format!("./{LINK}");
    options.link_name = &link;
    wasm_split_cli_support::transform(options).map(drop).doing("splitting the WebAssembly")
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

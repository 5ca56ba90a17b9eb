//! Puts the built site (`cargo xtask site`) into the binary: one file to install, nothing to mislay.

use std::{env, fmt::Write as _, fs, io, path::Path};

#[expect(clippy::disallowed_methods, reason = "this is how cargo tells a build script where things are")]
fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let site = Path::new(&root).join("../target/site");
    println!("cargo::rerun-if-changed={}", site.join("assets.json").display());
    println!("cargo::rerun-if-changed={}", site.display());
    let mut table = String::from("&[\n");
    if site.is_dir() {
        let site = site.canonicalize()?;
        list(&site, &site, &mut table)?;
    }
    table.push(']');
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("site.rs"), table)
}

fn list(root: &Path, folder: &Path, table: &mut String) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            list(root, &path, table)?;
        } else {
            let name = path.strip_prefix(root).map_err(io::Error::other)?;
            let _ = writeln!(
                table,
                "({:?}, include_bytes!({:?}) as &[u8]),",
                name.display().to_string(),
                path.display().to_string()
            );
        }
    }
    Ok(())
}

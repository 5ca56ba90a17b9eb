//! Puts the site together: compile, bind, bundle, pack, then swap the finished folder in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs, process};

use serde_json::json;

use crate::failure::{Doing as _, Outcome};
use crate::pack::{self, Asset, Effort};
use crate::process::say;
use crate::wasm::{self, Profile};
use crate::{place, style};

/// Names the first page's three files for the server, and those that come later.
pub const ASSETS: &str = "assets.json";
/// What every page looks like. It stands in the documents, so nothing asks for it.
pub const STYLE: &str = "style.css";
/// What the site was made from; equal means nothing to do.
const FINGERPRINT: &str = ".fingerprint";

pub fn build(profile: Profile) -> Outcome {
    let file = wasm::compile(profile)?;
    let css = style::bundle()?;
    let public = read_public()?;
    let fingerprint = fingerprint(&file, profile, &css, &public)?;
    let site = place::site();
    if fs::read_to_string(site.join(FINGERPRINT)).is_ok_and(|old| old == fingerprint) {
        return Ok(());
    }

    say("Packing the site: a few seconds");
    let bound = wasm::bind(&file, profile)?;
    // Script and chunks import each other by name, so one hash names their folder.
    let mut content: Vec<&[u8]> = vec![&bound.js, &bound.wasm];
    content.extend(bound.parts.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes]));
    let folder = pack::digest(&content);
    let within = |name: &str, bytes| Asset { name: format!("{folder}/{name}"), bytes };
    let js = within("postroom.js", bound.js);
    let needs: BTreeMap<_, Vec<_>> = wasm::needs(bound.parts.get(wasm::LINK).map_or(&[], Vec::as_slice))?
        .into_iter()
        .map(|(name, files)| (name, files.into_iter().map(|file| format!("{folder}/{file}")).collect()))
        .collect();
    let wasm = within("postroom.wasm", bound.wasm);
    let parts: Vec<Asset> = bound.parts.into_iter().map(|(name, bytes)| within(&name, bytes)).collect();

    let fresh = beside(&site, "new");
    fs::create_dir_all(&fresh).doing(fresh.display())?;
    let effort = if profile == Profile::Small { Effort::Best } else { Effort::Quick };
    let all: Vec<&Asset> = [&js, &wasm].into_iter().chain(&parts).collect();
    pack::write_all(&fresh.join("pkg"), &all, effort)?;
    pack::write_all(&fresh, &public.iter().collect::<Vec<_>>(), effort)?;
    let later: Vec<_> = parts.iter().map(|part| &part.name).filter(|name| wasm::is_wasm(name)).collect();
    let link = parts.iter().map(|part| &part.name).find(|name| name.ends_with(wasm::LINK));
    let names = json!({
        "js": js.name, "link": link, "wasm": wasm.name, "later": later, "needs": needs,
    });
    fs::write(fresh.join(STYLE), css).doing(STYLE)?;
    fs::write(fresh.join(ASSETS), format!("{names}\n")).doing(ASSETS)?;
    fs::write(fresh.join(FINGERPRINT), fingerprint).doing(FINGERPRINT)?;
    swap(&fresh, &site)
}

/// Everything that decides what the site looks like, this program included.
fn fingerprint(file: &Path, profile: Profile, css: &str, public: &[Asset]) -> Outcome<String> {
    let wasm = fs::read(file).doing(file.display())?;
    let name = profile.to_string();
    let program = built_at();
    let mut parts: Vec<&[u8]> = vec![name.as_bytes(), program.as_bytes(), &wasm, css.as_bytes()];
    for asset in public {
        parts.extend([asset.name.as_bytes(), &asset.bytes]);
    }
    Ok(pack::digest(&parts))
}

fn built_at() -> String {
    let changed = env::current_exe().and_then(fs::metadata).and_then(|data| data.modified()).ok();
    let age = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    age.as_nanos().to_string()
}

fn read_public() -> Outcome<Vec<Asset>> {
    let folder = place::root().join("public");
    let mut found = Vec::new();
    collect(&folder, &folder, &mut found)?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn collect(base: &Path, folder: &Path, found: &mut Vec<Asset>) -> Outcome {
    let Ok(entries) = folder.read_dir() else { return Ok(()) };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(base, &path, found)?;
        } else if let Ok(name) = path.strip_prefix(base) {
            let mut bytes = fs::read(&path).doing(path.display())?;
            if path.extension().is_some_and(|end| end == "js") {
                bytes = without_comments(&bytes);
            }
            found.push(Asset { name: name.to_string_lossy().into_owned(), bytes });
        }
    }
    Ok(())
}

/// A script without the lines that hold a comment and nothing else: they are for us, not for who downloads it.
fn without_comments(script: &[u8]) -> Vec<u8> {
    let lines = script.split_inclusive(|byte| *byte == b'\n');
    lines.filter(|line| !line.trim_ascii_start().starts_with(b"//")).flatten().copied().collect()
}

/// A name of our own on the same disk, so that it can be renamed into place.
fn beside(site: &Path, what: &str) -> PathBuf {
    site.with_file_name(format!(".site-{what}-{}", process::id()))
}

fn swap(fresh: &Path, site: &Path) -> Outcome {
    let stale = beside(site, "old");
    if site.exists() {
        fs::rename(site, &stale).doing("moving the old site away")?;
    }
    fs::rename(fresh, site).doing("moving the new site in")?;
    if stale.exists() {
        fs::remove_dir_all(&stale).doing("removing the old site")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_keeps_all_but_its_comments() {
        let script = b"// one\nconst a = 'https://b';\n  // two\n  a();\n";
        assert_eq!(without_comments(script), b"const a = 'https://b';\n  a();\n");
    }
}

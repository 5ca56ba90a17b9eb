//! Tells what a first visit downloads.

use std::fs;

use crate::failure::{Doing as _, Failure, Outcome};
use crate::pack::{self, Effort};
use crate::{place, site};

pub fn print() -> Outcome {
    let folder = place::site();
    let text =
        fs::read_to_string(folder.join(site::ASSETS)).doing("reading the site (run `cargo xtask site` first)")?;
    let names: serde_json::Value = serde_json::from_str(&text).doing(site::ASSETS)?;
    let mut total = 0;
    println!("{:8}{:>12}{:>12}{:>12}", "", "raw", "gzip", "brotli");
    for kind in ["wasm", "js", "link"] {
        let Some(name) = names[kind].as_str() else {
            return Err(Failure::new(format!("{} names no {kind}", site::ASSETS)));
        };
        let size = |end: &str| {
            let path = folder.join("pkg").join(format!("{name}{end}"));
            fs::metadata(&path).map(|data| data.len()).doing(path.display())
        };
        let packed = size(".br")?;
        total += packed;
        println!("{kind:8}{:>12}{:>12}{packed:>12}", size("")?, size(".gz")?);
    }
    // It travels within the document.
    let style = fs::read(folder.join(site::STYLE)).doing(site::STYLE)?;
    let packed = pack::brotli(&style, Effort::Best)?.len();
    total += packed as u64;
    println!("{:8}{:>12}{:>12}{packed:>12}", "style", style.len(), pack::gzip(&style, Effort::Best)?.len());
    println!("{:8}{:>36}", "total", total);
    Ok(())
}

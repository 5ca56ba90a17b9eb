//! Who may know whom: the table in ARCHITECTURE.md, held against what cargo says and what the sources do.

use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// Crate, and what it must never use.
const FORBIDDEN: [(&str, &[&str]); 10] = [
    ("postroom-domain", &["tokio", "sqlx", "lettre", "leptos", "getrandom", "rand"]),
    ("postroom-words", &["tokio", "sqlx", "lettre", "leptos", "postroom-store", "postroom-service"]),
    ("postroom-paper", &["tokio", "sqlx", "lettre", "leptos", "postroom-store", "postroom-service"]),
    ("postroom-press", &["tokio", "sqlx", "lettre", "leptos", "postroom-store", "postroom-service"]),
    (
        "postroom-arrival",
        &["tokio", "sqlx", "lettre", "leptos", "postroom-store", "postroom-service", "postroom-mailer"],
    ),
    (
        "postroom-passport",
        &["tokio", "sqlx", "lettre", "leptos", "postroom-store", "postroom-service", "postroom-mailer"],
    ),
    ("postroom-store", &["postroom-mailer", "postroom-service", "postroom-app", "axum"]),
    ("postroom-mailer", &["postroom-store", "postroom-service", "postroom-app"]),
    ("postroom-service", &["postroom-app", "axum", "leptos", "sqlx", "lettre"]),
    ("postroom-app", &["postroom-store", "postroom-mailer", "sqlx", "lettre"]),
];

const FOLDERS: [&str; 14] = [
    "domain", "words", "paper", "press", "arrival", "passport", "store", "mailer", "service", "app", "server",
    "frontend", "testkit", "xtask",
];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("in the workspace")
}

#[test]
fn crates_know_only_whom_they_may() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("json");
    let table = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("readable");
    for (name, forbidden) in FORBIDDEN {
        let packages = metadata["packages"].as_array().expect("packages");
        let package = packages.iter().find(|package| package["name"] == name).expect(name);
        let uses: Vec<&str> = package["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
            .filter_map(|dependency| dependency["name"].as_str())
            .collect();
        for word in forbidden {
            assert!(!uses.iter().any(|used| used == word), "{name} uses {word}");
        }
        let short = name.trim_start_matches("postroom-");
        let row = table.lines().find(|line| line.starts_with(&format!("| {short} |"))).expect("a row in the table");
        for word in forbidden.iter().map(|word| word.trim_start_matches("postroom-")) {
            if !["getrandom", "rand"].contains(&word) {
                assert!(row.contains(word), "the table's row for {short} does not name {word}");
            }
        }
    }
}

#[test]
fn app_has_one_server_only_place() {
    let mut count = 0;
    each_source("app/src", &mut |_, text| count += text.matches("cfg(feature = \"ssr\")").count());
    assert_eq!(count, 1);
}

#[test]
fn every_file_says_what_lives_in_it() {
    for folder in FOLDERS {
        each_source(folder, &mut |path, text| assert!(text.starts_with("//! "), "{}", path.display()));
    }
}

/// A style sheet can't say it once: who chose it, and whose system asks for it.
#[test]
fn high_contrast_is_the_same_both_times() {
    let tokens = fs::read_to_string(root().join("style/tokens.css")).expect("the tokens");
    let block = |selector: &str| -> Vec<String> {
        let (_, rest) = tokens.split_once(selector).expect(selector);
        let (inside, _) = rest.split_once('}').expect("its end");
        inside.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    assert_eq!(block(":root[data-theme=\"contrast\"] {"), block(":root:not([data-theme]) {"));
}

#[test]
fn no_room_is_crowded() {
    for folder in FOLDERS {
        each_source(folder, &mut |path, text| {
            let lines = text.lines().count();
            assert!(lines <= 500, "{} has {lines} lines", path.display());
        });
    }
}

/// The compiler finds what a language forgets; what nobody says any more, it can't see across crates.
#[test]
fn no_word_is_unused() {
    let shape: String = ["words/src/shape.rs", "words/src/shape/conflict.rs", "words/src/shape/later.rs"]
        .map(|file| fs::read_to_string(root().join(file)).expect("readable"))
        .concat();
    let mut sources = String::new();
    for folder in ["words/src", "paper/src", "press/src", "service/src", "app/src", "server/src"] {
        each_source(folder, &mut |_, text| sources += text);
    }
    let names = shape.lines().filter_map(|line| line.strip_prefix("    pub ")?.split_once(':'));
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let used = |name: &str| sources.split(&format!(".{name}")).skip(1).any(ends);
    let unused: Vec<_> = names.filter(|(name, _)| !used(name)).map(|(name, _)| name).collect();
    assert_eq!(unused, [""; 0]);
}

pub fn each_source(folder: &str, check: &mut dyn FnMut(&Path, &str)) {
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                check(&path, &fs::read_to_string(&path).expect("readable"));
            }
        }
    }
}

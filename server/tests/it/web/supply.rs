//! W58: what the product is built from, and that pages load nothing from anywhere else.

use crate::{
    harness::Server,
    house::{each_source, root},
};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// Every source file below a crate's `src`.
pub(super) fn each_file(folder: &str, check: &mut dyn FnMut(&Path, &str)) {
    each_source(&format!("{folder}/src"), check);
}

#[test]
fn w58_every_crate_is_from_one_registry_with_its_checksum() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("a lock file");
    let packages: Vec<_> = lock.split("[[package]]").skip(1).collect();
    assert!(packages.len() > 300, "{}", packages.len());
    let mut ours = 0;
    let mut registry = None;
    for package in packages {
        let field = |name: &str| package.lines().find_map(|line| line.strip_prefix(&format!("{name} = ")));
        let name = field("name").expect("a name").trim_matches('"');
        if let Some(source) = field("source") {
            assert!(source.starts_with("\"registry+"), "{name}: {source}");
            assert_eq!(*registry.get_or_insert(source), source, "{name} comes from elsewhere");
            assert!(field("checksum").is_some_and(|sum| sum.len() == 66), "{name}");
        } else {
            ours += 1;
            assert!(name.starts_with("postroom") || name == "xtask" || name == "testkit", "{name}");
        }
        assert!(!["openssl-sys", "native-tls", "aws-lc-sys"].contains(&name), "{name}");
    }
    assert!(ours > 10, "{ours}");
    let deny = fs::read_to_string(root().join("deny.toml")).expect("a policy");
    for part in
        ["[advisories]", "yanked = \"deny\"", "ignore = []", "unknown-registry = \"deny\"", "unknown-git = \"deny\""]
    {
        assert!(deny.contains(part), "{part}: an exception needs a date, and this test its reason");
    }
}

#[test]
fn w58_the_list_of_what_is_inside_names_every_crate_of_the_binary() {
    let made = Command::new("sh").arg(root().join("scripts/sbom.sh")).current_dir(root()).output().expect("runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let list: Value = serde_json::from_slice(&made.stdout).expect("json");
    assert_eq!((list["bomFormat"].as_str(), list["specVersion"].as_str()), (Some("CycloneDX"), Some("1.5")));
    let parts = list["components"].as_array().expect("components");
    for name in ["tokio", "axum", "rustls", "ring", "sqlx-core", "leptos", "argon2", "typst"] {
        let part = parts.iter().find(|part| part["name"] == name).unwrap_or_else(|| panic!("{name} is not in it"));
        let (purl, version) = (part["purl"].as_str().expect("a purl"), part["version"].as_str().expect("a version"));
        assert_eq!(purl, format!("pkg:cargo/{name}@{version}"));
        assert_eq!(part["hashes"][0]["content"].as_str().map(str::len), Some(64), "{name}");
        assert!(!part["licenses"].as_array().expect("licences").is_empty(), "{name}");
    }
    assert!(parts.iter().all(|part| part["name"] != "proptest"), "what only tests need is not in the binary");
}

#[tokio::test]
async fn w58_a_page_loads_nothing_from_elsewhere() {
    let (_server, session) = Server::with_administrator().await;
    for path in ["/settings/email/smtp", "/sign-in", "/setup", "/no-such-page", "/reports/accounts/print"] {
        let html = session.get(path).await.text().await.expect("html");
        for attribute in ["src=", "href=", "action=", "url(", "import("] {
            for rest in html.split(attribute).skip(1) {
                let target: String = rest.trim_start_matches(['"', '\'']).chars().take(8).collect();
                assert!(!target.starts_with("http") && !target.starts_with("//"), "{path}: {attribute}{target}");
            }
        }
    }
}

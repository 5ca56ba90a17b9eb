//! Installs what the tests need: a browser, Node, and real mail servers that stay switched off.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::install;
use crate::failure::{Failure, Outcome};
use crate::place;
use crate::process::{answer, exists, program, run, say};

/// A package, and the program that shows that it is there; libraries have none.
const PACKAGES: [(&str, Option<&str>); 12] = [
    ("chromium", Some("chromium")),
    ("fonts-liberation", None),
    ("postfix", Some("postfix")),
    ("sasl2-bin", Some("saslpasswd2")),
    ("libsasl2-modules", None),
    ("dovecot-core", Some("dovecot")),
    ("dovecot-submissiond", None),
    ("openssl", Some("openssl")),
    ("microsocks", Some("microsocks")),
    ("tinyproxy", Some("tinyproxy")),
    ("nginx-light", Some("nginx")),
    ("jq", Some("jq")),
];

const OLDEST_NODE: u32 = 18;

pub fn prepare() -> Outcome {
    let mut missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(package, program)| !is_there(package, *program))
        .map(|(package, _)| *package)
        .collect();
    if !node_is_new_enough() {
        missing.push("nodejs");
    }
    if !exists("npm") {
        missing.push("npm");
    }
    if !missing.is_empty() {
        install(&missing)?;
        if !node_is_new_enough() {
            return Err(Failure::new(format!("the browser tests need Node {OLDEST_NODE} or newer")));
        }
    }
    unpack_exim()?;
    install_node_modules()
}

/// The mailer's tests start it from there.
fn unpack_exim() -> Outcome {
    let folder = place::target().join("peers/exim");
    if folder.join("usr/sbin/exim4").exists() {
        return Ok(());
    }
    if !exists("apt-get") {
        return Err(Failure::new("the mailer's tests need Debian's Exim, unpacked into target/peers/exim"));
    }
    say("Unpacking a second mail server for the tests: a few seconds");
    run(program(place::root().join("scripts/unpack-exim.sh")).arg(folder))
}

fn is_there(package: &str, program_name: Option<&str>) -> bool {
    if let Some(name) = program_name {
        return exists(name);
    }
    let state = answer(program("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]));
    // Without dpkg nobody can tell; the tests will.
    state.map_or_else(|| !exists("dpkg-query"), |state| state == "installed")
}

fn node_is_new_enough() -> bool {
    answer(program("node").arg("--version"))
        .and_then(|text| node_major(&text))
        .is_some_and(|major| major >= OLDEST_NODE)
}

fn node_major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn install_node_modules() -> Outcome {
    let folder = place::root().join("end2end");
    if !folder.join("package.json").exists() {
        return Ok(());
    }
    let lock = changed(&folder.join("package-lock.json"));
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= lock {
        return Ok(());
    }
    say("Installing the browser tests' packages: under a minute");
    // Without a lock file yet, `install` writes one.
    let verb = if lock.is_some() { "ci" } else { "install" };
    run(program("npm").current_dir(&folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").args([
        verb,
        "--no-audit",
        "--no-fund",
    ]))
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::node_major;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(node_major("v20.20.2"), Some(20));
        assert_eq!(node_major("20.1"), None);
    }
}

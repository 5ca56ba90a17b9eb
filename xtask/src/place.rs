//! Where things lie in the checkout; nothing here reads or writes them.

use std::env;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo writes: its default, or `CARGO_TARGET_DIR`.
pub fn target() -> PathBuf {
    let chosen = env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty());
    chosen.map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// What the server hands to browsers. Its place is fixed: the server's settings name it.
pub fn site() -> PathBuf {
    root().join("target/site")
}

pub fn server_binary() -> PathBuf {
    target().join("release/postroom")
}

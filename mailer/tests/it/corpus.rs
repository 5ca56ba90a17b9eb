//! The fuzzer's corpus: what once broke something, and what comes close to doing so.

use crate::hostile::check;
use std::{fs, path::Path};

#[test]
fn nothing_in_the_corpus_breaks_anything() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files: Vec<_> =
        fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    assert!(files.len() >= 20, "{}", files.len());
    for file in files {
        check(&fs::read(file).expect("a file"));
    }
}

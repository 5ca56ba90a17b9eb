//! Names files after their content and compresses them; what the files are is decided elsewhere.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{fs, thread};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::failure::{Doing as _, Failure, Outcome};

/// How much time compressing may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    Best,
    Quick,
}

/// A file as it will be served.
pub struct Asset {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Sixteen hex digits that stand for these parts, in this order.
pub fn digest(parts: &[&[u8]]) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        // The length keeps "ab" + "c" apart from "a" + "bc".
        sha.update((part.len() as u64).to_le_bytes());
        sha.update(part);
    }
    sha.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes the files, and `.br` and `.gz` beside each.
pub fn write_all(folder: &Path, assets: &[&Asset], effort: Effort) -> Outcome {
    fs::create_dir_all(folder).doing(folder.display())?;
    thread::scope(|scope| {
        let threads: Vec<_> = assets.iter().map(|asset| scope.spawn(|| write_one(folder, asset, effort))).collect();
        threads.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|_| Err(Failure::new("compressing a file ended in a panic")))
        })
    })
}

fn write_one(folder: &Path, asset: &Asset, effort: Effort) -> Outcome {
    let write = |end: &str, bytes: &[u8]| {
        let path = folder.join(format!("{}{end}", asset.name));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).doing(parent.display())?;
        }
        fs::write(&path, bytes).doing(path.display())
    };
    write("", &asset.bytes)?;
    write(".br", &brotli(&asset.bytes, effort)?)?;
    write(".gz", &gzip(&asset.bytes, effort)?)
}

pub fn brotli(bytes: &[u8], effort: Effort) -> Outcome<Vec<u8>> {
    let quality = match effort {
        Effort::Best => 11,
        Effort::Quick => 3,
    };
    let parameters = brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters).doing("compressing with brotli")?;
    Ok(packed)
}

pub fn gzip(bytes: &[u8], effort: Effort) -> Outcome<Vec<u8>> {
    let level = match effort {
        Effort::Best => Compression::best(),
        Effort::Quick => Compression::fast(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).and_then(|()| encoder.finish()).doing("compressing with gzip")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn a_digest_depends_on_the_content_alone() {
        let of = |text: &str| digest(&[text.as_bytes()]);
        assert_eq!(of("a{}"), of("a{}"));
        assert_ne!(of("a{}"), of("b{}"));
        let hash = of("a{}");
        assert_eq!(hash.len(), 16);
        assert!(hash.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)));
    }

    #[test]
    fn where_a_part_ends_counts() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
    }

    #[test]
    fn packed_files_unpack_to_the_original() {
        let text = "postroom ".repeat(1000);
        for effort in [Effort::Best, Effort::Quick] {
            let mut unpacked = Vec::new();
            let packed = brotli(text.as_bytes(), effort).unwrap();
            brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).unwrap();
            assert_eq!(unpacked, text.as_bytes());

            let mut unpacked = String::new();
            let packed = gzip(text.as_bytes(), effort).unwrap();
            flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut unpacked).unwrap();
            assert_eq!(unpacked, text);
        }
    }
}

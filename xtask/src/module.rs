//! A WebAssembly module as a row of sections.

use std::ops::Range;

use crate::failure::{Failure, Outcome};

/// A module without the section that only debuggers read.
pub fn without_names(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let mut kept = wasm.get(..8).unwrap_or_default().to_vec();
    for section in sections(wasm)? {
        if !section.is_custom(wasm, "name") {
            kept.extend_from_slice(&wasm[section.whole]);
        }
    }
    Ok(kept)
}

/// One of a module's parts. (WebAssembly core specification, section 5.5.2)
pub struct Section {
    pub id: u8,
    /// With its head.
    pub whole: Range<usize>,
    pub content: Range<usize>,
}

impl Section {
    pub fn is_custom(&self, wasm: &[u8], name: &str) -> bool {
        let named = || {
            let (length, start) = number(wasm, self.content.start).ok()?;
            wasm.get(start..start + length)
        };
        self.id == 0 && named() == Some(name.as_bytes())
    }

    /// Puts the section there with another content.
    pub fn write(&self, to: &mut Vec<u8>, content: &[u8]) {
        to.push(self.id);
        put_number(to, content.len());
        to.extend_from_slice(content);
    }
}

pub fn sections(wasm: &[u8]) -> Outcome<Vec<Section>> {
    let mut found = Vec::new();
    let mut at = 8;
    while at < wasm.len() {
        let (length, start) = number(wasm, at + 1)?;
        let end = start + length;
        if end > wasm.len() {
            return Err(Failure::new("a module ends in the middle of a section"));
        }
        found.push(Section { id: wasm[at], whole: at..end, content: start..end });
        at = end;
    }
    Ok(found)
}

/// A LEB128 number and where it ends.
pub fn number(bytes: &[u8], mut at: usize) -> Outcome<(usize, usize)> {
    let mut value = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at).ok_or_else(|| Failure::new("a module ends in the middle of a number"))?;
        at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    Ok((value, at))
}

pub fn put_number(to: &mut Vec<u8>, mut value: usize) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        to.push(if value == 0 { low } else { low | 0x80 });
        if value == 0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_as_itself() {
        for value in [0, 1, 0x7f, 0x80, 300, 0x3fff, 0x4000, 1_000_000] {
            let mut bytes = Vec::new();
            put_number(&mut bytes, value);
            assert_eq!(number(&bytes, 0).expect("a number"), (value, bytes.len()), "{bytes:?}");
        }
    }

    #[test]
    fn only_names_are_left_out() {
        let other = b"\x00\x05\x03abcx";
        let module = [b"\0asm\x01\0\0\0".as_slice(), b"\x00\x06\x04namex", other].concat();
        assert_eq!(without_names(&module).expect("a module"), [&module[..8], other].concat());
        assert!(without_names(&module[..module.len() - 1]).is_err());
    }
}

//! One column's folded texts, one after the other in one piece of memory: a search is one pass over it.

use super::set::position;
use memchr::{memchr, memchr_iter, memmem::Finder};

/// Behind each text. No byte of UTF-8, so that nothing searched for reaches into the next text.
pub(super) const END: u8 = 0xFF;
/// While nothing is found, texts are counted by so many at once.
const STRIDE: usize = 16;

#[derive(Debug)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    /// Where each text begins, or each second, or so; in between, ends are counted.
    starts: Vec<u32>,
    step: usize,
    count: usize,
}

impl Texts {
    /// So many texts for each place that is known: 1 is quick, 4 is small. It divides [`STRIDE`].
    pub(super) const fn new(step: usize) -> Self {
        Self { bytes: Vec::new(), starts: Vec::new(), step, count: 0 }
    }

    /// `false` where there is no more room.
    pub(super) fn push(&mut self, text: &[u8]) -> bool {
        let Ok(start) = u32::try_from(self.bytes.len()) else { return false };
        if self.count.is_multiple_of(self.step) {
            self.starts.push(start);
        }
        self.bytes.extend_from_slice(text);
        self.bytes.push(END);
        self.count += 1;
        true
    }

    pub(super) fn get(&self, row: u32) -> &[u8] {
        let row = row as usize;
        let mut rest = self.known(row / self.step * self.step).map_or(&[][..], |start| &self.bytes[start..]);
        for _ in 0..row % self.step {
            rest = memchr(END, rest).map_or(&[][..], |end| &rest[end + 1..]);
        }
        let end = if self.step == 1 { self.known(row + 1) } else { None };
        match end {
            Some(end) => &rest[..rest.len() + end - self.bytes.len() - 1],
            None => memchr(END, rest).map_or(rest, |end| &rest[..end]),
        }
    }

    /// Where a row's text begins, if that is written down.
    fn known(&self, row: usize) -> Option<usize> {
        let start = row.is_multiple_of(self.step).then(|| self.starts.get(row / self.step));
        start.flatten().map(|start| *start as usize)
    }

    /// Each row in which the bytes are found, upwards. They may end with [`END`]: what a text ends with.
    pub(super) fn search(&self, sought: &[u8], mut found: impl FnMut(u32)) {
        let finder = Finder::new(sought);
        let (mut row, mut start) = (0, 0);
        while let Some(at) = self.bytes.get(start..).and_then(|rest| finder.find(rest)) {
            let at = start + at;
            while let Some(known) = self.known((row / STRIDE + 1) * STRIDE).filter(|known| *known <= at) {
                (row, start) = ((row / STRIDE + 1) * STRIDE, known);
            }
            row += memchr_iter(END, &self.bytes[start..at]).count();
            found(position(row));
            // One match tells all about a row.
            let Some(end) = memchr(END, &self.bytes[at..]) else { return };
            (row, start) = (row + 1, at + end + 1);
        }
    }

    /// Each row with the letters and digits in it, a bit for each as [`letter`] numbers them.
    pub(super) fn letters(&self, mut row: impl FnMut(u32, u64)) {
        let (mut at, mut letters) = (0, 0);
        for byte in &self.bytes {
            if *byte == END {
                row(position(at), letters);
                (at, letters) = (at + 1, 0);
            } else if let Some(number) = letter(*byte) {
                letters |= 1 << number;
            }
        }
    }

    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    pub(super) fn size(&self) -> usize {
        self.bytes.capacity() + self.starts.capacity() * 4
    }
}

/// Those that people begin to type with: `a` to `z`, then `0` to `9`.
pub(super) const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

const fn letter(byte: u8) -> Option<u8> {
    match byte {
        b'a'..=b'z' => Some(byte - b'a'),
        b'0'..=b'9' => Some(byte - b'0' + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_what_each_text_contains() {
        let words = ["", "a", "ab", "ba", "aab", "ção", "b", "abab"];
        let texts: Vec<String> = (0..200_usize).map(|n| words[n * n % 7].repeat(n % 3) + words[n % 8]).collect();
        for step in [1, 4, 16] {
            check(&texts, step);
        }
    }

    fn check(texts: &[String], step: usize) {
        let mut column = Texts::new(step);
        assert!(texts.iter().all(|text| column.push(text.as_bytes())));
        for (row, text) in texts.iter().enumerate() {
            assert_eq!(column.get(position(row)), text.as_bytes(), "{row}");
        }
        for sought in ["a", "ab", "bab", "ç", "ção", "zz", "ababab"] {
            let mut found = Vec::new();
            column.search(sought.as_bytes(), |row| found.push(row));
            let rows = |with: &dyn Fn(&str) -> bool| -> Vec<u32> {
                (0..).zip(texts).filter(|(_, text)| with(text)).map(|(row, _)| row).collect()
            };
            assert_eq!(found, rows(&|text| text.contains(sought)), "{sought}");
            found.clear();
            column.search(&[sought.as_bytes(), &[END]].concat(), |row| found.push(row));
            assert_eq!(found, rows(&|text| text.ends_with(sought)), "…{sought}");
        }
    }
}

//! Text as filters and uniqueness compare it: without regard to case or accents.
//!
//! The table is small because a browser downloads it before it can filter. `fold.bin` is written by this file's test.

use std::sync::LazyLock;

/// Compatibility decomposition, combining marks dropped, lower case; `ß` reads as `ss`, final sigma as sigma.
///
/// The store keeps this form beside the text, so that SQL and browser agree.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            TABLE.fold_into(c, &mut folded);
        }
    }
    folded
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_bytes!("fold.bin")));

/// Characters that follow each other and fold alike: to nothing, to one character at a fixed distance, or (one alone) to
/// several characters.
struct Run {
    first: u32,
    last: u32,
    /// Where in `to` the first one's characters stand, and how many they are.
    at: u32,
    count: u8,
}

struct Table {
    runs: Vec<Run>,
    to: Vec<u32>,
}

impl Table {
    /// Three columns, since that packs best: gaps between runs, shapes of runs, what they fold to. Each begins with its
    /// length; all numbers are LEB128.
    fn read(bytes: &[u8]) -> Self {
        let mut bytes = Numbers(bytes);
        let gaps = bytes.column();
        let mut shapes = bytes.column();
        let mut to = bytes.column();
        let mut table = Self { runs: Vec::new(), to: Vec::new() };
        let mut next = 0x80;
        let mut last_to = 0_u32;
        for gap in gaps {
            let shape = shapes.next().unwrap_or_default();
            let (longer, count) = (shape >> 2, shape & 3);
            let count = if count == 3 { shapes.next().unwrap_or_default() } else { count };
            let first = next + gap;
            let run = Run {
                first,
                last: first + longer,
                at: u32::try_from(table.to.len()).unwrap_or_default(),
                count: u8::try_from(count).unwrap_or_default(),
            };
            next = run.last + 1;
            for _ in 0..count {
                let step = to.next().unwrap_or_default();
                // Zigzag: small steps both ways are small numbers.
                last_to = last_to.wrapping_add((step >> 1) ^ (step & 1).wrapping_neg());
                table.to.push(last_to);
            }
            table.runs.push(run);
        }
        table
    }

    fn fold_into(&self, c: char, folded: &mut String) {
        let code = u32::from(c);
        if let Some(syllable) = code.checked_sub(HANGUL).filter(|syllable| *syllable < HANGUL_COUNT) {
            folded.extend(jamo(syllable).into_iter().filter_map(char::from_u32));
            return;
        }
        let at = self.runs.partition_point(|run| run.last < code);
        let Some(run) = self.runs.get(at).filter(|run| run.first <= code) else { return folded.push(c) };
        let (start, count) = (run.at as usize, usize::from(run.count));
        let to = self.to.get(start..start + count).unwrap_or_default();
        folded.extend(to.iter().filter_map(|to| char::from_u32(to + (code - run.first))));
    }
}

/// Korean syllables decompose by arithmetic (The Unicode Standard, section 3.12).
const HANGUL: u32 = 0xAC00;
const HANGUL_COUNT: u32 = 11_172;

fn jamo(syllable: u32) -> [u32; 3] {
    let (lead, vowel, trail) = (syllable / 588, syllable % 588 / 28, syllable % 28);
    // Without a trailing consonant the third is no character, and drops out.
    [0x1100 + lead, 0x1161 + vowel, if trail == 0 { u32::MAX } else { 0x11A7 + trail }]
}

struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn column(&mut self) -> Numbers<'a> {
        let length = self.next().unwrap_or_default() as usize;
        let (column, rest) = self.0.split_at_checked(length).unwrap_or((self.0, &[]));
        self.0 = rest;
        Numbers(column)
    }
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u32::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

    /// What the table stands for, by the library that knows all of Unicode.
    fn by_library(text: &str) -> String {
        // Upper then lower case folds what has several lower-case forms (final sigma, long s, sharp s).
        text.nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .collect()
    }

    fn all() -> impl Iterator<Item = char> {
        ('\u{80}'..=char::MAX).filter(|c| !(HANGUL..HANGUL + HANGUL_COUNT).contains(&u32::from(*c)))
    }

    fn number(mut value: u32, column: &mut Vec<u8>) {
        while value >= 0x80 {
            column.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
            value >>= 7;
        }
        column.push(u8::try_from(value).unwrap());
    }

    /// The bytes of `fold.bin`.
    fn write() -> Vec<u8> {
        let folded: Vec<(u32, Vec<u32>)> = all()
            .map(|c| (u32::from(c), by_library(&c.to_string()).chars().map(u32::from).collect()))
            .filter(|(c, to): &(u32, Vec<u32>)| *to != [*c])
            .collect();
        let [mut gaps, mut shapes, mut tos] = [Vec::new(), Vec::new(), Vec::new()];
        let (mut next, mut last_to, mut i) = (0x80, 0_u32, 0);
        while i < folded.len() {
            let (first, to) = &folded[i];
            let alike = |(c, other): &(u32, Vec<u32>), steps: u32| {
                *c == first + steps
                    && to.len() == other.len()
                    && to.len() <= 1
                    && to.iter().zip(other).all(|(to, other)| *other == to + steps)
            };
            let longer = (1..).zip(&folded[i + 1..]).take_while(|(n, f)| alike(f, *n)).count();
            let longer = u32::try_from(longer).unwrap();
            let count = u32::try_from(to.len()).unwrap();
            number(first - next, &mut gaps);
            number(longer << 2 | count.min(3), &mut shapes);
            if count >= 3 {
                number(count, &mut shapes);
            }
            for to in to {
                let step = to.wrapping_sub(last_to).cast_signed();
                number(((step << 1) ^ (step >> 31)).cast_unsigned(), &mut tos);
                last_to = *to;
            }
            next = first + longer + 1;
            i += longer as usize + 1;
        }
        let mut bytes = Vec::new();
        for column in [gaps, shapes, tos] {
            number(u32::try_from(column.len()).unwrap(), &mut bytes);
            bytes.extend(column);
        }
        bytes
    }

    #[test]
    fn every_character_folds_as_the_library_says() {
        if std::env::var_os("POSTROOM_WRITE_FOLD").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/value/fold.bin"), write()).unwrap();
        }
        assert!(
            write() == include_bytes!("fold.bin"),
            "fold.bin is out of date: run `POSTROOM_WRITE_FOLD=1 cargo test -p postroom-domain fold`, twice"
        );
        for c in '\0'..=char::MAX {
            assert_eq!(fold(&c.to_string()), by_library(&c.to_string()), "{c:?} U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn a_text_folds_as_the_library_says() {
        for text in ["Ação É ÜBER straße ΣΊΣΥΦΟΣ", "한국어 ﬁnanças Å Ⅳ ½", "ẛ̣ e\u{301}\u{327}", "Ĳsselmeer ŉ ǰ ΐ"]
        {
            assert_eq!(fold(text), by_library(text));
        }
    }
}

//! Where in a text as it is written a folded text was found, to be highlighted there.

use crate::value::fold;
use std::ops::Range;

/// What is looked for: folded, and something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle(String);

impl Needle {
    /// As typed into a search field; `None` where that asks for nothing.
    pub fn parse(typed: &str) -> Option<Self> {
        let folded = fold(typed.trim());
        (!folded.is_empty()).then_some(Self(folded))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// All places where the text reads as the needle, as ranges of its bytes between characters: upwards, and none over
/// another. A character that folds to several (`ß`, `ﬁ`) is marked whole, and with each the marks that combine with it.
pub fn marks(text: &str, needle: &Needle) -> Vec<Range<usize>> {
    let needle = needle.as_str();
    if text.is_ascii() {
        return found(&text.to_ascii_lowercase(), needle).collect();
    }
    let mut folded = String::with_capacity(text.len());
    // For each byte of the folded text, the character it was folded from: where it begins and where the next one does.
    let mut sources: Vec<Range<usize>> = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for (begin, c) in text.char_indices() {
        let end = begin + c.len_utf8();
        folded.push_str(&fold(c.encode_utf8(&mut buffer)));
        if folded.len() == sources.len() {
            // Folds to nothing: belongs to the character before.
            let last = sources.last().map(|last| last.start);
            sources
                .iter_mut()
                .rev()
                .take_while(|source| Some(source.start) == last)
                .for_each(|source| source.end = end);
        }
        sources.resize(folded.len(), begin..end);
    }
    let mut marks: Vec<Range<usize>> = Vec::new();
    for hit in found(&folded, needle) {
        let (Some(first), Some(last)) = (sources.get(hit.start), sources.get(hit.end - 1)) else { continue };
        // Two places within one character are one mark.
        if marks.last().is_none_or(|mark| mark.end <= first.start) {
            marks.push(first.start..last.end);
        }
    }
    marks
}

/// The same ranges as the browser counts: in units of UTF-16.
pub fn utf16(text: &str, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut at, mut units) = (0, 0);
    let mut place = |byte: usize| {
        units += text.get(at..byte).map_or(0, |passed| passed.encode_utf16().count());
        at = byte;
        units
    };
    marks.iter().map(|mark| place(mark.start)..place(mark.end)).collect()
}

fn found(folded: &str, needle: &str) -> impl Iterator<Item = Range<usize>> {
    folded.match_indices(needle).map(|(at, part)| at..at + part.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::select};

    fn check(text: &str, typed: &str, expected: &[&str]) {
        let needle = Needle::parse(typed).expect("something");
        let marks = marks(text, &needle);
        let found: Vec<_> = marks.iter().map(|mark| &text[mark.clone()]).collect();
        assert_eq!(found, expected, "{typed:?} in {text:?}");
    }

    #[test]
    fn places_are_marked_as_they_are_written() {
        check("SMTP relay smtp", "smtp", &["SMTP", "smtp"]);
        check("São Paulo", "SAO", &["São"]);
        check("Sa\u{303}o Paulo", "sa", &["Sa\u{303}"]);
        check("Sa\u{303}o Paulo", "o p", &["o P"]);
        check("e\u{301}\u{327}e", "e", &["e\u{301}\u{327}", "e"]);
        check("Straße", "s", &["S", "ß"]);
        check("Straße", "ss", &["ß"]);
        check("Straße", "as", &["aß"]);
        check("ﬁnanças", "fi", &["ﬁ"]);
        check("ﬁnanças", "inanc", &["ﬁnanç"]);
        check("aaaa", "aa", &["aa", "aa"]);
        check("\u{301}a", "a", &["a"]);
        check("ΣΊΣΥΦΟΣ", "ς", &["Σ", "Σ", "Σ"]);
        check("한국어", "한", &["한"]);
        check("plain", "x", &[]);
        assert_eq!(Needle::parse(" \u{301} "), None);
    }

    #[test]
    fn the_browser_counts_otherwise() {
        let text = "🜚 São 🜚a";
        let marks = marks(text, &Needle::parse("a").expect("something"));
        assert_eq!(marks, [6..8, 14..15]);
        assert_eq!(utf16(text, &marks), [4..5, 9..10]);
    }

    proptest! {
        #[test]
        fn a_mark_folds_to_what_was_looked_for(
            parts in prop::collection::vec(select(vec![
                "a", "A", "á", "s", "ß", "ſ", "ﬁ", "ffi", "ﬃ", "i", "\u{301}", "\u{327}", "한", "🜚", "½", "ǰ", "İ", " ",
            ]), 0..12),
            typed in select(vec!["a", "s", "ss", "f", "fi", "i", "한", "1", "j", "🜚", "ia", "as"]),
        ) {
            let text = parts.concat();
            let needle = Needle::parse(typed).expect("something");
            let marks = marks(&text, &needle);
            prop_assert_eq!(marks.is_empty(), !fold(&text).contains(needle.as_str()));
            let mut end = 0;
            for mark in &marks {
                prop_assert!(mark.start >= end, "{:?} in {:?}", marks, text);
                prop_assert!(fold(&text[mark.clone()]).contains(needle.as_str()));
                end = mark.end;
            }
            prop_assert_eq!(utf16(&text, &marks).len(), marks.len());
        }
    }
}

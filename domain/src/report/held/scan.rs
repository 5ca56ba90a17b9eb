//! Looks for a folded text in many texts that stand one behind the other, without stopping between them.

use super::{
    bits::Bits,
    lanes::{BLOCK, Letter, Pair, places},
};

/// Marks each text that holds the needle: texts end where `ends` says. The needle is in lower case and not empty;
/// capitals of ASCII in the texts count as their small letters.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
pub(super) fn scan(texts: &[u8], ends: &[u32], needle: &[u8], found: &mut Bits) {
    let Some(pair) = pair(needle) else { return };
    let (mut row, mut at) = (0, 0);
    while let Some(hit) = next(texts, at, needle, pair) {
        row = row_of(ends, row, hit);
        let end = ends.get(row).map_or(texts.len(), |end| *end as usize);
        // What begins in one text and ends in the next is in neither.
        if hit + needle.len() <= end {
            found.set(row);
            (row, at) = (row + 1, end);
        } else {
            at = hit + 1;
        }
    }
}

/// Does one text hold it?
pub(super) fn holds(text: &[u8], needle: &[u8]) -> bool {
    pair(needle).is_some_and(|pair| next(text, 0, needle, pair).is_some())
}

/// The first and the last byte: texts that are alike begin alike, and differ behind.
fn pair(needle: &[u8]) -> Option<Pair> {
    let (first, last) = (needle.first()?, needle.last()?);
    Some(Pair { first: Letter::new(*first), last: Letter::new(*last), apart: needle.len() - 1 })
}

/// The text that a place is in, from `row` on. Steps grow, since hits may be far apart.
fn row_of(ends: &[u32], row: usize, at: usize) -> usize {
    let ahead = ends.get(row..).unwrap_or_default();
    let behind = |end: &u32| (*end as usize) <= at;
    if !ahead.first().is_some_and(behind) {
        return row;
    }
    let mut step = 1;
    while ahead.get(step).is_some_and(behind) {
        step *= 2;
    }
    let near = ahead.get(step / 2..ahead.len().min(step + 1)).unwrap_or_default();
    row + step / 2 + near.partition_point(behind)
}

/// The first place from `at` on where the needle stands.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
fn next(texts: &[u8], at: usize, needle: &[u8], pair: Pair) -> Option<usize> {
    let stands = |at: usize| texts.get(at..at + needle.len()).is_some_and(|text| text.eq_ignore_ascii_case(needle));
    let here = texts.get(at..)?;
    let (firsts, lasts) = (here.as_chunks().0, here.get(pair.apart..).unwrap_or_default().as_chunks().0);
    let mut begin = at;
    for (first, last) in firsts.iter().zip(lasts) {
        let mut left = places(pair, first, last);
        while left != 0 {
            let place = begin + left.trailing_zeros() as usize;
            // The pair is all there is of one or two letters.
            if needle.len() <= 2 || stands(place) {
                return Some(place);
            }
            left &= left - 1;
        }
        begin += BLOCK;
    }
    let end = (texts.len() + 1).checked_sub(needle.len())?;
    let begins = |at: &usize| texts.get(*at).is_some_and(|byte| pair.first.is(*byte));
    (begin..end).filter(begins).find(|at| stands(*at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::select};

    fn text(most: usize) -> impl Strategy<Value = String> {
        let letters = select(vec!["a", "b", "B", "ab", "aab", "-", "é", "aaaaaaaaaaaaaaaaaaaaaaaa"]);
        prop::collection::vec(letters, 0..most).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_holds_it(texts in prop::collection::vec(text(9), 0..80), needle in text(5)) {
            let needle = needle.to_ascii_lowercase();
            prop_assume!(!needle.is_empty());
            let mut ends = Vec::new();
            let mut whole = String::new();
            for text in &texts {
                whole.push_str(text);
                ends.push(u32::try_from(whole.len()).unwrap());
            }
            let mut found = Bits::none(texts.len());
            scan(whole.as_bytes(), &ends, needle.as_bytes(), &mut found);
            for (row, text) in texts.iter().enumerate() {
                let expected = text.to_ascii_lowercase().contains(&needle);
                prop_assert_eq!(found.get(row), expected, "{} in {}", needle, text);
                prop_assert_eq!(holds(text.as_bytes(), needle.as_bytes()), expected);
            }
        }
    }
}

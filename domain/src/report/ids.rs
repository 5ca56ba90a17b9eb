//! A set of ids as typed: `3, 7, 10-20`.

/// Ids and ranges; matches exactly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IdSet(Vec<(i64, i64)>);

/// Not a list of numbers and ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdSetError;

impl IdSetError {
    pub const fn code(self) -> &'static str {
        "ids"
    }
}

impl IdSet {
    /// More than anybody types; a pasted file is refused, not cut.
    const MAX_PARTS: usize = 500;

    /// A comma or an open range at the end is somebody still typing: `10-` reads as `10`.
    pub fn parse(text: &str) -> Result<Self, IdSetError> {
        let mut ranges = Vec::new();
        for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let range = match part.split_once(['-', '–']) {
                Some((first, last)) if last.trim().is_empty() => (number(first)?, number(first)?),
                Some((first, last)) => (number(first)?, number(last)?),
                None => (number(part)?, number(part)?),
            };
            ranges.push((range.0.min(range.1), range.0.max(range.1)));
        }
        if ranges.len() > Self::MAX_PARTS { Err(IdSetError) } else { Ok(Self(ranges)) }
    }

    /// Ids, upwards, as they would be typed; `None` where that is more than can be.
    pub fn text_of(ids: &[i64]) -> Option<String> {
        let runs: Vec<_> = ids.chunk_by(|before, after| before.checked_add(1) == Some(*after)).collect();
        let text = |run: &&[i64]| match run {
            [first, .., last] => format!("{first}-{last}"),
            run => run.iter().map(ToString::to_string).collect(),
        };
        (runs.len() <= Self::MAX_PARTS).then(|| runs.iter().map(text).collect::<Vec<_>>().join(","))
    }

    /// All ids but these, upwards, as they would be typed; `None` where that is more than can be.
    pub fn text_without(ids: &[i64]) -> Option<String> {
        let mut next = 0;
        let mut parts = Vec::new();
        for id in ids {
            if *id > next {
                parts.push(format!("{next}-{}", id - 1));
            }
            next = id.checked_add(1)?;
        }
        parts.push(format!("{next}-{}", i64::MAX));
        (parts.len() <= Self::MAX_PARTS).then(|| parts.join(","))
    }

    pub fn contains(&self, id: i64) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&id))
    }

    /// The ranges, both ends included.
    pub fn ranges(&self) -> &[(i64, i64)] {
        &self.0
    }
}

fn number(text: &str) -> Result<i64, IdSetError> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(IdSetError);
    }
    text.parse().map_err(|_| IdSetError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges() {
        for (typed, ranges) in [
            ("3", Ok(vec![(3, 3)])),
            ("3, 7, 10-20", Ok(vec![(3, 3), (7, 7), (10, 20)])),
            ("20-10", Ok(vec![(10, 20)])),
            ("3,", Ok(vec![(3, 3)])),
            ("10-", Ok(vec![(10, 10)])),
            (" 1 - 2 ; 4 ", Ok(vec![(1, 2), (4, 4)])),
            ("x", Err(IdSetError)),
            ("-5", Err(IdSetError)),
            ("1-2-3", Err(IdSetError)),
            ("99999999999999999999", Err(IdSetError)),
        ] {
            assert_eq!(IdSet::parse(typed).map(|set| set.0), ranges, "{typed:?}");
        }
        for (ids, text) in [(&[][..], ""), (&[7], "7"), (&[3, 4], "3-4"), (&[1, 3, 7, 8, 9, 20], "1,3,7-9,20")] {
            assert_eq!(IdSet::text_of(ids).as_deref(), Some(text));
            assert!(ids.iter().all(|id| IdSet::parse(text).expect("valid").contains(*id)));
        }
        let apart: Vec<i64> = (0..1_001).step_by(2).collect();
        assert!(IdSet::text_of(&apart[1..]).is_some_and(|text| IdSet::parse(&text).is_ok()));
        assert_eq!(IdSet::text_of(&apart), None, "one more than can be read");
        for ids in [&[][..], &[0], &[1, 2], &[3, 7, 8, 1_000]] {
            let rest = IdSet::parse(&IdSet::text_without(ids).expect("few")).expect("valid");
            assert!((0..1_100).all(|id| rest.contains(id) != ids.contains(&id)), "{ids:?}");
            assert!(rest.contains(i64::MAX), "{ids:?}");
        }
        assert_eq!(IdSet::text_without(&apart), None);
        let set = IdSet::parse("3, 10-20").expect("valid");
        assert!(set.contains(3) && set.contains(10) && set.contains(20));
        assert!(!set.contains(4) && !set.contains(21) && !set.contains(30));
    }
}

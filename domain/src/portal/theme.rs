//! Theme properties that a portal may set, and the contrast that has to hold between them. Pure: colours come in as numbers.

/// What a property's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Colour,
    Length,
    Font,
}

/// Names without their prefix `--postroom-`. Documented in `docs/embedding.md`.
pub const PROPERTIES: [(&str, Kind); 26] = [
    ("canvas", Kind::Colour),
    ("surface", Kind::Colour),
    ("surface-raised", Kind::Colour),
    ("surface-sunken", Kind::Colour),
    ("surface-hover", Kind::Colour),
    ("surface-selected", Kind::Colour),
    ("line", Kind::Colour),
    ("line-strong", Kind::Colour),
    ("text", Kind::Colour),
    ("text-soft", Kind::Colour),
    ("text-faint", Kind::Colour),
    ("accent", Kind::Colour),
    ("accent-hover", Kind::Colour),
    ("accent-text", Kind::Colour),
    ("on-accent", Kind::Colour),
    ("focus", Kind::Colour),
    ("good", Kind::Colour),
    ("warn", Kind::Colour),
    ("bad", Kind::Colour),
    ("radius", Kind::Length),
    ("radius-large", Kind::Length),
    ("space", Kind::Length),
    ("control", Kind::Length),
    ("size", Kind::Length),
    ("font", Kind::Font),
    ("mono", Kind::Font),
];

/// A foreground, what it stands on, and the least contrast between them: 4.5 for text (WCAG 2.2, 1.4.3), 3 for what
/// has to be seen to be used (1.4.11).
pub const PAIRS: [(&str, &str, f64); 15] = [
    ("text", "surface", 4.5),
    ("text", "surface-raised", 4.5),
    ("text", "surface-hover", 4.5),
    ("text", "surface-selected", 4.5),
    ("text-soft", "surface", 4.5),
    ("text-soft", "surface-sunken", 4.5),
    ("text-faint", "surface", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    ("accent-text", "surface", 4.5),
    ("good", "surface", 4.5),
    ("bad", "surface", 4.5),
    ("warn", "surface", 4.5),
    ("line-strong", "surface", 3.0),
    ("focus", "surface", 3.0),
];

pub fn kind(name: &str) -> Option<Kind> {
    PROPERTIES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// What no value of a property may hold, whatever the browser makes of it: a file to fetch, or the end of a declaration.
pub fn is_plain(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    value.len() <= 200
        && !value.chars().any(|c| c.is_control() || matches!(c, ';' | '{' | '}' | '<' | '>' | '\\' | '@'))
        && !["url(", "image(", "image-set(", "attr(", "env("].iter().any(|call| lower.contains(call))
}

/// The contrast ratio of two opaque sRGB colours, 1 to 21. (WCAG 2.2, definition of contrast ratio)
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { power_2_4((part + 0.055) / 1.055) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// `x` to the power of 2.4, for 0.09 to 1. By Newton's method: the general power would be most of what a browser loads for this.
fn power_2_4(x: f64) -> f64 {
    let square = x * x;
    let mut fifth_root = 1.0;
    for _ in 0..12 {
        let fourth: f64 = fifth_root * fifth_root * fifth_root * fifth_root;
        fifth_root = (4.0 * fifth_root + square / fourth) / 5.0;
    }
    square * fifth_root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let check = |a, b, wanted: f64| {
            let got = contrast(a, b);
            assert!((got - wanted).abs() < 0.01, "{a:?} {b:?}: {got}");
        };
        check([0, 0, 0], [255, 255, 255], 21.0);
        check([255, 255, 255], [255, 255, 255], 1.0);
        check([0x77, 0x77, 0x77], [255, 255, 255], 4.48);
        check([255, 0, 0], [255, 255, 255], 4.0);
    }

    #[test]
    fn the_power_is_exact() {
        for byte in 11..=255_u8 {
            let x = (f64::from(byte) / 255.0 + 0.055) / 1.055;
            assert!((power_2_4(x) - x.powf(2.4)).abs() < 1e-12, "{byte}");
        }
    }

    #[test]
    fn every_pair_is_of_colours_that_can_be_set() {
        for (front, back, least) in PAIRS {
            assert_eq!((kind(front), kind(back)), (Some(Kind::Colour), Some(Kind::Colour)), "{front} on {back}");
            assert!(least >= 3.0);
        }
    }

    #[test]
    fn a_value_fetches_nothing_and_ends_nothing() {
        for fine in ["#a0f", "light-dark(#fff, #000)", "oklch(60% 0.2 30)", "4px", "\"Segoe UI\", sans-serif"] {
            assert!(is_plain(fine), "{fine}");
        }
        for wrong in [
            "url(//evil.example)",
            "URL(x)",
            "red; --x: 1",
            "red } body {",
            "\\75rl(x)",
            "a\nb",
            "@import",
            "image-set(x)",
        ] {
            assert!(!is_plain(wrong), "{wrong}");
        }
    }
}

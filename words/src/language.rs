//! The languages that texts are written in, and how a reader's wish is understood. No words.

/// A language with words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Everybody reads it who has not chosen.
    #[default]
    English,
    /// Of Brazil.
    Portuguese,
    Spanish,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::English, Self::Portuguese, Self::Spanish];

    /// BCP 47, as in an HTML `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Portuguese => "pt-BR",
            Self::Spanish => "es",
        }
    }

    /// As its readers call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Portuguese => "Português",
            Self::Spanish => "Español",
        }
    }

    /// Any region and any way to write it: the nearest that we have. `None` for a language that we have not.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.', '@']).next().unwrap_or_default();
        let languages =
            [("en", Self::English), ("pt", Self::Portuguese), ("por", Self::Portuguese), ("es", Self::Spanish)];
        languages.into_iter().find(|(code, _)| primary.eq_ignore_ascii_case(code)).map(|(_, language)| language)
    }

    /// The best of an `Accept-Language` (RFC 9110 section 12.5.4): the highest quality, the first among equals.
    pub fn of_accept_language(header: &str) -> Self {
        let mut best: Option<(u16, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::of_range) else { continue };
            let Some(quality) = parts.next().map_or(Some(1000), quality) else { continue };
            if quality > 0 && best.is_none_or(|(other, _)| quality > other) {
                best = Some((quality, language));
            }
        }
        best.map_or(Self::default(), |(_, language)| language)
    }

    fn of_range(range: &str) -> Option<Self> {
        if range.trim() == "*" { Some(Self::default()) } else { Self::parse(range) }
    }
}

/// `q=0.7` in thousandths. A weight that is none takes its range out: what was meant can't be known.
fn quality(weight: &str) -> Option<u16> {
    let (name, value) = weight.split_once('=')?;
    let (whole, decimals) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    if !name.trim().eq_ignore_ascii_case("q") || decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{decimals:0<3}").parse::<u16>().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Language::*, *};

    #[test]
    fn tags_are_understood_in_every_spelling() {
        let check = |tag: &str, expected: Option<Language>| assert_eq!(Language::parse(tag), expected, "{tag}");
        for tag in ["pt", "pt-BR", "pt-PT", "pt_BR", "PT-br", " pt ", "pt_BR.UTF-8", "por"] {
            check(tag, Some(Portuguese));
        }
        for tag in ["es", "es-419", "es-MX", "ES", "es_ES@euro"] {
            check(tag, Some(Spanish));
        }
        for tag in ["en", "en-GB", "EN_us"] {
            check(tag, Some(English));
        }
        for tag in ["", "-", "de", "est", "p", "ptx", "pt;q=1", "*", "\u{0}", "ñ"] {
            check(tag, None);
        }
        for language in Language::ALL {
            check(language.tag(), Some(language));
        }
    }

    #[test]
    fn the_best_of_what_a_browser_asks_for() {
        let check = |header: &str, expected: Language| {
            assert_eq!(Language::of_accept_language(header), expected, "{header}");
        };
        check("pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", Portuguese);
        check("en;q=0.5, es;q=0.8", Spanish);
        check("es;q=0.8, pt;q=0.8", Spanish);
        check("de, fr;q=0.9, es-419;q=0.1", Spanish);
        check("es;q=0, pt;q=0.001", Portuguese);
        check("ES-mx ; Q=1.000", Spanish);
        check("pt;q=0.8, *", English);
        check("*;q=0.5, es", Spanish);
        check("de, ja", English);
        // Nonsense is no wish.
        check("", English);
        check(",,;;==", English);
        check("es;q=2, pt;q=0.1", Portuguese);
        check("es;q=0.1234", English);
        check("es;q=-1", English);
        check("es;q=ñ.ñ", English);
        check("es;q=", English);
        check("es;q", English);
        check("es;q=1.001", English);
        check("es;level=1", English);
        check("es;q=18446744073709551616", English);
        check(&"es;q=0.9,".repeat(10_000), Spanish);
    }
}

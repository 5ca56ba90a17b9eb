//! A name that people give to a thing: account, credential, connector, user.

use super::{fold, has_control, serde_by_parse};

/// A name: trimmed, 1 to 100 characters, no control characters. Unique without regard to case or accents where the store says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelError {
    Empty,
    TooLong,
    ControlCharacter,
}

impl LabelError {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::TooLong => "too_long",
            Self::ControlCharacter => "control_character",
        }
    }
}

impl Label {
    pub const MAX_CHARS: usize = 100;

    pub fn parse(text: &str) -> Result<Self, LabelError> {
        let text = text.trim();
        if text.is_empty() {
            Err(LabelError::Empty)
        } else if has_control(text) {
            Err(LabelError::ControlCharacter)
        } else if text.chars().count() > Self::MAX_CHARS {
            Err(LabelError::TooLong)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which names are compared.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

serde_by_parse!(Label);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let long = "x".repeat(101);
        for (typed, result) in [
            ("  Alerts ", Ok("Alerts")),
            ("Ação №1", Ok("Ação №1")),
            ("", Err(LabelError::Empty)),
            (" \t ", Err(LabelError::Empty)),
            ("a\r\nb", Err(LabelError::ControlCharacter)),
            ("a\0", Err(LabelError::ControlCharacter)),
            (long.as_str(), Err(LabelError::TooLong)),
        ] {
            assert_eq!(Label::parse(typed).as_ref().map(Label::as_str).map_err(|e| *e), result, "{typed:?}");
        }
    }
}

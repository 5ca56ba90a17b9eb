//! What holds for the whole product and is set in the Parameters page.

use crate::FieldErrors;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Parameters {
    /// Appended to the body of messages of accounts with *Enable footnote*.
    pub footer: String,
}

impl Parameters {
    pub const MAX_FOOTER_CHARS: usize = 2000;

    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.footer.chars().count() > Self::MAX_FOOTER_CHARS {
            errors.add("footer", "too_long");
        }
        if self.footer.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            errors.add("footer", "control_character");
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

//! What holds for the whole product and is set in the Parameters page.

use crate::{AccountId, EmailAddress, FieldError, FieldErrors, recipients};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Parameters {
    /// Appended to the body of messages of accounts with *Enable footnote*.
    pub footer: String,
    /// The same for HTML bodies; empty: made from the text.
    pub footer_html: String,
    /// So many days after a message has come to its end it is deleted.
    pub retention_days: u32,
    /// Accounts are checked every so many hours; nothing: never.
    pub health_hours: Option<u32>,
    /// Whom changes are reported to: addresses, one a line.
    pub health_recipients: String,
    /// Through which account; the default one where none is named.
    pub health_account_id: Option<AccountId>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            footer: String::new(),
            footer_html: String::new(),
            retention_days: 180,
            health_hours: None,
            health_recipients: String::new(),
            health_account_id: None,
        }
    }
}

impl Parameters {
    pub const MAX_FOOTER_CHARS: usize = 2000;
    pub const MAX_FOOTER_HTML_CHARS: usize = 10_000;
    pub const MAX_RETENTION_DAYS: u32 = 3650;
    /// A week.
    pub const MAX_HEALTH_HOURS: u32 = 168;

    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        let footers = [
            ("footer", &self.footer, Self::MAX_FOOTER_CHARS),
            ("footer_html", &self.footer_html, Self::MAX_FOOTER_HTML_CHARS),
        ];
        for (field, text, most) in footers {
            if text.chars().count() > most {
                errors.add(field, "too_long");
            }
            if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
                errors.add(field, "control_character");
            }
        }
        if !(1..=Self::MAX_RETENTION_DAYS).contains(&self.retention_days) {
            errors.0.push(FieldError::new("retention_days", "range").with(1).with(Self::MAX_RETENTION_DAYS));
        }
        if self.health_hours.is_some_and(|hours| !(1..=Self::MAX_HEALTH_HOURS).contains(&hours)) {
            errors.0.push(FieldError::new("health_hours", "range").with(1).with(Self::MAX_HEALTH_HOURS));
        }
        if self.health_hours.is_some() || !self.health_recipients.trim().is_empty() {
            recipients::parse("health_recipients", &self.health_recipients, &mut errors);
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Those that are addresses.
    pub fn recipients(&self) -> Vec<EmailAddress> {
        recipients::parse("health_recipients", &self.health_recipients, &mut FieldErrors::default())
    }
}

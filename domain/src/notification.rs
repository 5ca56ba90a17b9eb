//! A message that a program hands over: as given ([`NotificationDraft`]) and as checked ([`NewNotification`]).

mod attachment;
mod draft;

pub use attachment::{Attachment, AttachmentDraft, MediaType};
pub use draft::{AccountRef, NotificationDraft, field};

use crate::{EmailAddress, FieldErrors, account::NewAccount};
use serde::{Deserialize, Serialize};

/// Which of the waiting messages goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    High,
    #[default]
    Normal,
    Low,
}

impl Priority {
    pub const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    pub const fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.code() == code)
    }
}

/// A notification whose every field has been checked. Also what the queue keeps of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNotification {
    /// At least one, each once.
    pub to: Vec<EmailAddress>,
    pub subject: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    /// The default account where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<EmailAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_path: Option<EmailAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<EmailAddress>,
    #[serde(default)]
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Seconds after which it is no longer worth sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u32>,
}

impl NewNotification {
    /// Content of all parts together, in octets.
    pub const MAX_OCTETS: usize = 32 * 1024 * 1024;
    pub const MAX_RECIPIENTS: usize = 100;
    pub const MAX_ATTACHMENTS: usize = 50;
    pub const MAX_SUBJECT_CHARS: usize = 500;

    /// Octets of content, attachments decoded.
    pub fn size(&self) -> usize {
        self.text.len() + self.html.len() + self.attachments.iter().map(Attachment::size).sum::<usize>()
    }

    /// Whether this account lets the message have its own addresses: not with *Force settings use*.
    pub fn check_against(&self, account: &NewAccount) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if account.force_settings {
            let own = [
                (field::REPLY_TO, &self.reply_to, &account.reply_to),
                (field::RETURN_PATH, &self.return_path, &account.return_path),
                (field::CONFIRMATION, &self.confirmation, &account.confirmation),
            ];
            for (name, asked, set) in own {
                if asked.as_ref().is_some_and(|asked| asked != set) {
                    errors.0.push(crate::FieldError::new(name, "force_settings").with(&account.name));
                }
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

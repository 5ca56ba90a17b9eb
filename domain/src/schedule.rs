//! A schedule: a report that goes out by mail by itself. As typed ([`ScheduleDraft`]), as checked ([`NewSchedule`]), as stored.
//!
//! When it runs is said in its own time zone; which moments those are is worked out in `service`, which knows the zones.

mod draft;
mod timing;

pub use draft::{Rhythm, ScheduleDraft, field};
pub use timing::{Date, Repeat, TimeOfDay, Timing, Weekday, ZoneName};

use crate::{
    AccountId, EmailAddress, Label, MessageId, ScheduleId, UnixMillis,
    message::Reason,
    report::{Query, ReportName},
};
use serde::{Deserialize, Serialize};

/// What the report is sent as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    #[default]
    Csv,
    Pdf,
    Html,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Pdf, Self::Html];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
        }
    }
}

/// A schedule whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchedule {
    pub name: Label,
    pub enabled: bool,
    pub report: ReportName,
    /// Filter and sort; the page is always the first.
    pub query: Query,
    pub format: Format,
    /// At least one, each once.
    pub recipients: Vec<EmailAddress>,
    pub timing: Timing,
    /// `None` is the default account at that time.
    pub account_id: Option<AccountId>,
}

/// A stored schedule. Over the wire it is its draft, with what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub id: ScheduleId,
    pub version: i64,
    #[serde(flatten)]
    pub draft: ScheduleDraft,
    pub last_run: Option<Run>,
    /// `None` where it is disabled or over.
    pub next_run: Option<UnixMillis>,
}

/// What became of one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// When it was to be; `None` where somebody sent it by hand.
    pub due: Option<UnixMillis>,
    pub at: UnixMillis,
    /// Earlier times that passed while nothing ran, and for which this one stands too.
    #[serde(default)]
    pub missed: u32,
    /// The message it became.
    pub message_id: Option<MessageId>,
    /// The message's status, or why there is none.
    pub result: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What the window offers to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Id and name of each account.
    pub accounts: Vec<(AccountId, String)>,
    /// All that are known, by their IANA names.
    pub zones: Vec<String>,
    pub now: UnixMillis,
}

impl From<&Schedule> for ScheduleDraft {
    fn from(schedule: &Schedule) -> Self {
        schedule.draft.clone()
    }
}

/// A time to come, as it will be on the clocks of the schedule's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    pub at: UnixMillis,
    pub weekday: Weekday,
    /// `2026-11-23 08:00`
    pub local: String,
    /// From UTC: `+01:00`.
    pub offset: String,
}

//! A message of the Outbox: its states, what became of each try, and what may be done with it.

use crate::{AccountId, EmailAddress, MessageId, UnixMillis, notification::Priority, session_test::Step};
use serde::{Deserialize, Serialize};

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum MessageStatus { $($(#[$doc])* #[serde(rename = $code)] $name),+ }

        impl MessageStatus {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            pub const CODES: &'static [&'static str] = &[$($code),+];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

statuses! {
    /// For its time, its account or its turn.
    Waiting = "waiting",
    Sending = "sending",
    /// The server took it.
    Sent = "sent",
    /// Given up; its cause says why.
    Error = "error",
    /// By somebody, until resumed.
    Paused = "paused",
    Canceled = "canceled",
    /// A newer message was made of it.
    Resent = "resent",
}

impl MessageStatus {
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.code() == code)
    }

    /// Nothing happens to it any more by itself.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Sent | Self::Error | Self::Canceled | Self::Resent)
    }
}

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    #[default]
    Notification,
    /// A report that a schedule sends.
    Schedule,
    /// What the health check found.
    Health,
}

impl MessageKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notification => "notification",
            Self::Schedule => "schedule",
            Self::Health => "health",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Notification, Self::Schedule, Self::Health].into_iter().find(|kind| kind.code() == code)
    }
}

/// Why a message, or an account, is as it is: words are made from it in `app`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reason {
    /// `auth_refused`, `expired`, `no_default_account`, …
    pub code: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<String>,
    /// The server's own words, where it said any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply: String,
}

impl Reason {
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::default() }
    }

    #[must_use]
    pub fn with(mut self, param: impl ToString) -> Self {
        self.params.push(param.to_string());
        self
    }
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    Delivered,
    /// Not delivered; the same way again later.
    Retry,
    /// Certainly not delivered; another account is tried at once.
    Failover,
    /// Will not succeed unchanged.
    Dead,
    /// May have been delivered.
    Unknown,
    /// The account needs somebody; its messages wait.
    Config,
}

impl AttemptOutcome {
    pub const ALL: [Self; 6] = [Self::Delivered, Self::Retry, Self::Failover, Self::Dead, Self::Unknown, Self::Config];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Retry => "retry",
            Self::Failover => "failover",
            Self::Dead => "dead",
            Self::Unknown => "unknown",
            Self::Config => "config",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// One try, or its moment before the final dot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub at: UnixMillis,
    /// Counts up from 1.
    pub number: u32,
    /// The account's name as it was.
    pub account: String,
    /// `None`: the final dot was about to be sent, and how it ended is in another line, or nobody knows.
    pub outcome: Option<AttemptOutcome>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    #[serde(default)]
    pub reason: Reason,
    pub ms: u64,
    /// How long each step of the session took.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<(Step, u64)>,
}

/// What became of the message for one of its recipients, where it differs from one to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientState {
    pub address: EmailAddress,
    /// `sent`, `error` or `waiting`.
    pub status: MessageStatus,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply: String,
}

/// A file of a message, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileInfo {
    pub name: String,
    pub media_type: String,
    pub octets: u64,
}

/// A message with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub id: MessageId,
    pub status: MessageStatus,
    pub kind: MessageKind,
    pub priority: Priority,
    pub subject: String,
    pub recipients: Vec<RecipientState>,
    pub from: String,
    /// `None` once the account is deleted.
    pub account_id: Option<AccountId>,
    pub account: String,
    pub created_at: UnixMillis,
    pub created_by: String,
    /// When it is tried next, while it waits.
    pub due: Option<UnixMillis>,
    pub expires_at: UnixMillis,
    /// The Message-ID header, without angle brackets: fixed when it was accepted.
    pub message_id: String,
    /// The server's reply that took it.
    pub mta: String,
    /// Why it waits or was given up.
    pub reason: Option<Reason>,
    pub attempts: u32,
    /// A try ended without anybody knowing whether it was delivered, and another one was made.
    pub possible_duplicate: bool,
    /// When somebody first opened it here.
    pub opened_at: Option<UnixMillis>,
    /// The message that this one was made of by *Resend*.
    pub resent_from: Option<MessageId>,
    pub text: String,
    pub html: String,
    pub attachments: Vec<FileInfo>,
    pub history: Vec<Attempt>,
}

/// How an account sends, and whether it does at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    pub account_id: AccountId,
    pub limits: SendingLimits,
    /// By somebody, until resumed.
    pub paused: bool,
    /// What is wrong with it, if anything.
    pub reason: Option<Reason>,
    /// Since then nothing is sent, until somebody changes the account or its credential, or resumes it.
    pub halted_at: Option<UnixMillis>,
    /// Connections that failed one after another.
    pub failures: u32,
    /// When the first of them did.
    pub failing_since: Option<UnixMillis>,
    /// After such failures: when the next single try is made.
    pub retry_at: Option<UnixMillis>,
}

/// How fast an account sends, and which one takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SendingLimits {
    /// At once.
    pub connections: u32,
    /// Messages; 0 is no limit.
    pub per_minute: u32,
    pub failover_id: Option<AccountId>,
}

impl Default for SendingLimits {
    fn default() -> Self {
        Self { connections: 10, per_minute: 0, failover_id: None }
    }
}

impl SendingLimits {
    pub const MAX_CONNECTIONS: u32 = 50;
    pub const MAX_PER_MINUTE: u32 = 1_000_000;

    /// What stands for a version: limits that say the same are the same, whoever set them.
    pub fn stamp(&self) -> i64 {
        let failover = self.failover_id.map_or(0, |id| id.0);
        (failover << 26) | (i64::from(self.per_minute) << 6) | i64::from(self.connections)
    }

    pub fn check(&self, account: AccountId) -> Result<(), crate::FieldErrors> {
        let mut errors = crate::FieldErrors::default();
        let mut range = |field: &str, value: u32, least: u32, most: u32| {
            if !(least..=most).contains(&value) {
                errors.0.push(crate::FieldError::new(field, "range").with(least).with(most));
            }
        };
        range("connections", self.connections, 1, Self::MAX_CONNECTIONS);
        range("per_minute", self.per_minute, 0, Self::MAX_PER_MINUTE);
        if self.failover_id == Some(account) {
            errors.add("failover_id", "failover_self");
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

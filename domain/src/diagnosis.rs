//! Why a session failed, as a value: what was observed, what it most likely means, and which settings would help.
//! Words are made from it in `words`; what a server's reply means stands in [`table`].

mod enhanced;
mod read;
mod remedy;
pub mod table;

pub use enhanced::Enhanced;
pub use read::{Evidence, Reading, read};
pub use remedy::{Remedy, remedies};

use crate::session_test::Step;
use serde::{Deserialize, Serialize};

/// Whose fault it is and whether waiting helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultClass {
    /// Later may work.
    Temporary,
    /// Will not work unchanged.
    Permanent,
    /// The account's own settings, or this server's surroundings.
    Settings,
}

impl FaultClass {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Temporary => "temporary",
            Self::Permanent => "permanent",
            Self::Settings => "settings",
        }
    }
}

/// Why a session failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// What it most likely means (`app_password_required`); where nothing finer is known, the same as the cause.
    pub code: String,
    /// What was observed (`auth_refused`).
    #[serde(default)]
    pub cause: String,
    /// Where.
    pub stage: Step,
    pub class: FaultClass,
    /// The server's own words, masked and cut to a sane length; empty where it said nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply: String,
    /// The enhanced status code in them (RFC 3463).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhanced: Option<Enhanced>,
    /// What the words need: a host, a date, a number of seconds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<String>,
    /// Settings that would help, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<Remedy>,
    /// The same in words, for whoever has none of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

impl Diagnosis {
    /// What was found out before anything was dialled.
    pub fn of_settings(code: &str, stage: Step, params: Vec<String>) -> Self {
        Self {
            code: code.to_owned(),
            cause: code.to_owned(),
            stage,
            class: FaultClass::Settings,
            reply: String::new(),
            enhanced: None,
            params,
            remedies: Vec::new(),
            explanation: None,
        }
    }
}

/// A diagnosis in the words of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// BCP 47.
    pub language: String,
    pub happened: String,
    /// The most likely cause first.
    pub why: Vec<String>,
    /// What to do, in this order.
    pub advice: Vec<String>,
}

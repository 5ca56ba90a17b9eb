//! Every text a person reads, by code: on the pages, on paper, in files and mails. Nothing else holds words; pure.
//!
//! One static [`Words`] a language; a field that a language forgets does not compile. The house test finds unused ones.
//! Diagnoses are told in every language: [`diagnosis`].

pub mod arrival;
pub mod diagnosis;
mod en;
mod filter;
mod language;
mod shape;

pub use filter::filter_in_words;
pub use language::Language;
pub use shape::{
    Account, AccountRow, Arrival, Audit, Common, Conflict, Connector, Credential, Discover, Embedding, Frame, Framed,
    HealthMail, History, Incident, Later, Outbox, Paper, Parameters, Password, People, Preset, Report, ReportTexts,
    Schedule, Sending, Test, Token, User, Words,
};

/// English, which everybody reads who has not chosen.
pub static ENGLISH: &Words = &en::EN;

/// What is said on paper only: apart from [`Words`], so that the browser need not download it.
pub static ENGLISH_ON_PAPER: &Paper = &en::PAPER;

//! Every text a person reads, by code: on the pages, on paper, in files and mails. Nothing else holds words; pure.
//!
//! One static [`Words`] a language; a field that a language forgets does not compile. The house test finds unused ones.
//! Diagnoses are told in every language: [`diagnosis`].

pub mod arrival;
#[cfg(test)]
mod counted;
pub mod diagnosis;
mod en;
mod es;
mod filter;
mod language;
mod number;
mod pt;
mod shape;
#[cfg(test)]
mod translated;

pub use filter::filter_in_words;
pub use language::Language;
pub use shape::{
    Account, AccountRow, Arrival, Audit, Bulk, Comforts, Common, Conflict, Connector, Credential, Discover, Embedding,
    Frame, Framed, HealthMail, History, Incident, Keys, Later, Outbox, Paper, Parameters, Password, People, Preset,
    Report, ReportTexts, Schedule, Sending, Test, Token, User, Words,
};

/// English, which everybody reads who has not chosen.
pub static ENGLISH: &Words = &en::EN;

/// In any language: the server's. A browser, which would download them all, has [`ENGLISH`] and fetches what it reads.
pub const fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &en::EN,
        Language::Portuguese => portuguese(),
        Language::Spanish => spanish(),
    }
}

/// Portuguese alone, whole: for the part of the browser's program that brings it.
pub const fn portuguese() -> &'static Words {
    &pt::PT
}

/// Spanish alone, whole.
pub const fn spanish() -> &'static Words {
    &es::ES
}

/// What is said on paper only: apart from [`Words`], so that the browser need not download it.
pub const fn on_paper(language: Language) -> &'static Paper {
    match language {
        Language::English => &en::PAPER,
        Language::Portuguese => &pt::PAPER,
        Language::Spanish => &es::PAPER,
    }
}

//! Every text a person reads, by code. Nothing else in `app` holds words.
//!
//! One static [`Words`] a language; a field that a language forgets does not compile.

mod en;
mod words;

pub use words::{
    Account, Audit, Common, Conflict, Connector, Credential, Frame, Parameters, Password, People, Report, ReportTexts,
    Test, Token, User, Words,
};

use leptos::prelude::use_context;

/// English words, for answers to programs.
pub fn english() -> &'static Words {
    &en::EN
}

/// The words in the reader's language.
pub fn use_words() -> &'static Words {
    use_context::<&'static Words>().unwrap_or(&en::EN)
}

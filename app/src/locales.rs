//! The reader's language. The words themselves stand in the crate `words`, which mails and files share.

use leptos::prelude::use_context;
use words::Words;

/// The words in the reader's language.
pub fn use_words() -> &'static Words {
    use_context::<&'static Words>().unwrap_or(words::ENGLISH)
}

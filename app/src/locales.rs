//! The reader's language. The words themselves stand in the crate `words`, which mails and files share.
//!
//! The server knows them all. A browser has English at hand; another language arrives whole, before the page is taken over.

use leptos::prelude::*;
use std::sync::OnceLock;
use words::{Language, Words};

/// In the browser, what was fetched for the document; the same for as long as it is there.
static FETCHED: OnceLock<&'static Words> = OnceLock::new();

/// The words in the reader's language.
#[inline(never)]
pub fn use_words() -> &'static Words {
    FETCHED.get().copied().or_else(use_context).unwrap_or(words::ENGLISH)
}

/// The `#[lazy]` function that a language arrives with; English has none.
pub const fn language_function(language: Language) -> Option<&'static str> {
    match language {
        Language::English => None,
        Language::Portuguese => Some("portuguese"),
        Language::Spanish => Some("spanish"),
    }
}

#[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_async, reason = "it awaits its arrival in a browser only"))]
#[lazy]
pub fn portuguese() -> &'static Words {
    words::portuguese()
}

#[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_async, reason = "it awaits its arrival in a browser only"))]
#[lazy]
pub fn spanish() -> &'static Words {
    words::spanish()
}

/// Fetches what the document is written in, in the browser.
#[cfg(feature = "hydrate")]
pub async fn fetch_words() {
    let root = document().document_element();
    let language = root.and_then(|root| root.get_attribute("lang")).and_then(|tag| Language::parse(&tag));
    let language = language.unwrap_or_default();
    crate::api::client::use_language(language.tag().to_owned());
    let fetched = match language {
        Language::English => return,
        Language::Portuguese => portuguese().await,
        Language::Spanish => spanish().await,
    };
    let _ = FETCHED.set(fetched);
}

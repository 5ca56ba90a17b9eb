//! Whom the last test mail went to: several accounts are tested without typing an address several times.

use leptos::prelude::*;

/// Kept for as long as the page is open, and nowhere else. A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct LastRecipient(StoredValue<String>);

impl LastRecipient {
    pub fn provide() {
        provide_context(Self(StoredValue::new(String::new())));
    }

    pub fn get(self) -> String {
        self.0.try_get_value().unwrap_or_default()
    }

    pub fn keep(self, address: &str) {
        self.0.try_update_value(|kept| address.clone_into(kept));
    }
}

pub fn use_last_recipient() -> LastRecipient {
    use_context().unwrap_or_else(|| LastRecipient(StoredValue::new(String::new())))
}

//! English: what a look at a sender found, and what to do about it. The sentences stand in `en/`.

pub(super) mod advice;
pub(super) mod found;
mod found_spf;
mod trouble;

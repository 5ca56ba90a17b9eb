//! Portuguese of Brazil: what a look at a sender found, and what to do about it. The sentences stand in `pt/`.

pub(super) mod advice;
pub(super) mod found;
mod found_spf;
mod trouble;

//! Every text a person reads, by code. Nothing else in `app` holds words.

//! DKIM (RFC 6376): the keys that signatures are checked with, and which signatures a copy bears.

mod key;
mod signature;

pub use signature::{Signature, signatures};

use crate::{
    found::{With, found, no_answer, record},
    lookup::Lookup,
};
use domain::arrival::{Check, Finding, Record, Verdict};
use key::{Key, KeyError, Material};

/// RFC 8301 section 3.2: below, receivers must not take it; below the second, signers should not use it.
const WEAK_BITS: usize = 1024;
const SHORT_BITS: usize = 2048;

/// A key's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selector {
    pub selector: String,
    pub domain: String,
}

impl Selector {
    /// `s1`, of this domain, or the whole name `s1._domainkey.example.net`.
    pub fn of(text: &str, domain: &str) -> Self {
        match text.split_once("._domainkey.") {
            Some((selector, domain)) => Self { selector: selector.to_owned(), domain: domain.to_owned() },
            None => Self { selector: text.to_owned(), domain: domain.to_owned() },
        }
    }

    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }
}

/// The findings about one key, and whether receivers can check a signature with it; `None` where nobody knows.
pub(crate) async fn dkim(lookup: &impl Lookup, selector: &Selector) -> (Vec<Finding>, Option<bool>) {
    let name = selector.name();
    let make = |verdict, code: &str| found(Check::Dkim, verdict, &selector.domain, code).param(&name);
    let texts = match lookup.txt(&name).await {
        Ok(texts) => texts,
        Err(why) if why.is_nothing() => {
            let missing = make(Verdict::Bad, "dkim_missing").record(record("TXT", &name, ""));
            return (vec![missing.fix("dkim_publish")], Some(false));
        }
        Err(why) => {
            return (vec![no_answer(Check::Dkim, &selector.domain, record("TXT", &name, ""), why)], None);
        }
    };
    let shown: Vec<Record> = texts.iter().map(|text| record("TXT", &name, text)).collect();
    if texts.len() > 1 {
        let many = make(Verdict::Warning, "dkim_many").records(shown).fix("one_record");
        return (vec![many], Some(texts.iter().any(|text| key::parse(text).is_ok())));
    }
    let key = match key::parse(texts.first().map_or("", String::as_str)) {
        Ok(key) => key,
        Err(KeyError::Revoked) => {
            let revoked = make(Verdict::Bad, "dkim_revoked").records(shown).fix("dkim_publish");
            return (vec![revoked], Some(false));
        }
        Err(KeyError::Malformed(tag)) => {
            let malformed = make(Verdict::Bad, "dkim_malformed").param(tag).records(shown).fix("dkim_publish");
            return (vec![malformed], Some(false));
        }
    };
    judged(&key, &make, &shown)
}

fn judged(key: &Key, make: &dyn Fn(Verdict, &str) -> Finding, shown: &[Record]) -> (Vec<Finding>, Option<bool>) {
    let make = |verdict, code: &str| make(verdict, code).records(shown.to_vec());
    let strength = match key.material {
        Material::Rsa(bits) if bits < WEAK_BITS => {
            make(Verdict::Bad, "dkim_weak").param(bits).param(SHORT_BITS).fix("dkim_longer_key")
        }
        Material::Rsa(bits) if bits < SHORT_BITS => {
            make(Verdict::Warning, "dkim_short").param(bits).param(SHORT_BITS).fix("dkim_longer_key")
        }
        Material::Rsa(bits) => make(Verdict::Good, "dkim_good").param(bits),
        Material::Ed25519 => make(Verdict::Warning, "dkim_ed25519").fix("dkim_rsa_too"),
    };
    let usable = strength.verdict != Verdict::Bad && key.sha256 && key.for_mail;
    let mut all = vec![strength];
    if !key.sha256 {
        all.push(make(Verdict::Bad, "dkim_sha1").fix("dkim_sha256"));
    }
    if !key.for_mail {
        all.push(make(Verdict::Bad, "dkim_not_for_mail").fix("dkim_service"));
    }
    if key.testing {
        all.push(make(Verdict::Warning, "dkim_testing").fix("dkim_stop_testing"));
    }
    (all, Some(usable))
}

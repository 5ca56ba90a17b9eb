//! DMARC (RFC 7489): what the From domain asks receivers to do, and whether this mail would stand the test.

use crate::{
    found::{With, found, no_answer, record},
    lookup::Lookup,
    organisation::{aligned, organisational_domain},
    tags::{is_version, tag, tags},
};
use domain::arrival::{Check, Finding, Record, Verdict};

/// What SPF and DKIM came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// `None`: nobody knows.
    pub spf_passes: Option<bool>,
    /// The domains of keys that signatures can be checked with.
    pub dkim_domains: Vec<String>,
    /// Whether any key was named, or could not be looked up.
    pub dkim_known: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Policy {
    None,
    Quarantine,
    Reject,
}

impl Policy {
    fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "none" => Some(Self::None),
            "quarantine" => Some(Self::Quarantine),
            "reject" => Some(Self::Reject),
            _ => None,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }
}

struct Published {
    policy: Policy,
    strict_spf: bool,
    strict_dkim: bool,
}

pub(crate) async fn dmarc(lookup: &impl Lookup, from: &str, envelope: &str, standing: &Standing) -> Vec<Finding> {
    let make = |verdict, code: &str| found(Check::Dmarc, verdict, from, code);
    let organisation = organisational_domain(from);
    let mut asked = Vec::new();
    let mut texts = Vec::new();
    let mut inherited = false;
    // Section 6.6.3: the domain itself and then, where it has none, its organisation.
    for domain in [from, organisation.as_str()] {
        let name = format!("_dmarc.{domain}");
        if !texts.is_empty() || asked.iter().any(|record: &Record| record.name == name) {
            continue;
        }
        match lookup.txt(&name).await {
            Ok(all) => texts = all.into_iter().filter(|text| is_version(text, "DMARC1")).collect(),
            Err(why) if why.is_nothing() => {}
            Err(why) => return vec![no_answer(Check::Dmarc, from, record("TXT", &name, ""), why)],
        }
        inherited = domain != from;
        if texts.is_empty() {
            asked.push(record("TXT", &name, ""));
        } else {
            asked.extend(texts.iter().map(|text| record("TXT", &name, text)));
        }
    }
    let published = match texts.as_slice() {
        [] => {
            let missing = make(Verdict::Warning, "dmarc_missing").records(asked).fix("dmarc_publish");
            return vec![missing, alignment(from, envelope, standing, None)];
        }
        [text] => read(text, inherited),
        // More than one is none.
        _ => {
            let many = make(Verdict::Warning, "dmarc_many").records(asked).fix("one_record");
            return vec![many, alignment(from, envelope, standing, None)];
        }
    };
    let published = match published {
        Ok(published) => published,
        Err(wrong) => {
            let malformed = make(Verdict::Warning, "dmarc_malformed").param(wrong).records(asked).fix("dmarc_correct");
            return vec![malformed, alignment(from, envelope, standing, None)];
        }
    };
    let about = match published.policy {
        Policy::None => make(Verdict::Warning, "dmarc_none").records(asked).fix("dmarc_tighten"),
        policy => make(Verdict::Good, "dmarc_policy").param(policy.code()).records(asked),
    };
    vec![about, alignment(from, envelope, standing, Some(&published))]
}

/// The record, or the tag that is wrong. With a wrong policy and an address for reports it still asks for reports: `none`.
fn read(text: &str, inherited: bool) -> Result<Published, String> {
    let tags = tags(text).ok_or("record")?;
    let own = tag(&tags, "p").and_then(Policy::parse);
    let for_below = tag(&tags, "sp").map(Policy::parse);
    let reports = tag(&tags, "rua").is_some_and(|rua| rua.split(',').any(|uri| uri.trim().contains(':')));
    let policy = match (own, for_below) {
        (Some(_), Some(None)) | (None, _) if reports => Policy::None,
        (None, _) => return Err("p".to_owned()),
        (Some(_), Some(None)) => return Err("sp".to_owned()),
        (Some(own), below) => below.flatten().filter(|_| inherited).unwrap_or(own),
    };
    let strict = |name| tag(&tags, name).is_some_and(|mode| mode.eq_ignore_ascii_case("s"));
    Ok(Published { policy, strict_spf: strict("aspf"), strict_dkim: strict("adkim") })
}

/// Whether SPF or DKIM passes for a domain that counts for the From domain (section 3.1).
fn alignment(from: &str, envelope: &str, standing: &Standing, published: Option<&Published>) -> Finding {
    let make = |verdict, code: &str| found(Check::Dmarc, verdict, from, code);
    let strict_spf = published.is_some_and(|p| p.strict_spf);
    let strict_dkim = published.is_some_and(|p| p.strict_dkim);
    let spf_aligned = aligned(envelope, from, strict_spf);
    let by_dkim = standing.dkim_domains.iter().find(|signer| aligned(signer, from, strict_dkim));
    let by_spf = spf_aligned && standing.spf_passes == Some(true);
    match (by_spf, by_dkim) {
        (true, Some(signer)) => make(Verdict::Good, "dmarc_aligned_both").param(envelope).param(signer),
        (true, None) => make(Verdict::Good, "dmarc_aligned_spf").param(envelope),
        (false, Some(signer)) => make(Verdict::Good, "dmarc_aligned_dkim").param(signer),
        (false, None) if !standing.dkim_known || spf_aligned && standing.spf_passes.is_none() => {
            let code = if spf_aligned { "dmarc_depends" } else { "dmarc_hangs_on_dkim" };
            make(Verdict::Unknown, code).param(envelope).fix("dkim_name_selector")
        }
        (false, None) => {
            let enforced = published.is_some_and(|p| p.policy != Policy::None);
            let verdict = if enforced { Verdict::Bad } else { Verdict::Warning };
            let policy = published.map_or("none", |p| p.policy.code());
            let fix = if spf_aligned { "dmarc_make_pass" } else { "dmarc_align" };
            make(verdict, "dmarc_unaligned").param(envelope).param(policy).fix(fix)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records() {
        let check = |text: &str, inherited: bool, wanted: Result<&str, &str>| {
            let got = read(text, inherited).map(|p| p.policy.code());
            assert_eq!(got, wanted.map_err(str::to_owned), "{text}");
        };
        check("v=DMARC1; p=reject", false, Ok("reject"));
        check("v=DMARC1; p=Reject; sp=none", false, Ok("reject"));
        check("v=DMARC1; p=reject; sp=none", true, Ok("none"));
        check("v=DMARC1; p=quarantine; pct=20; rua=mailto:a@b.example", true, Ok("quarantine"));
        check("v=DMARC1; rua=mailto:a@b.example", false, Ok("none"));
        check("v=DMARC1; p=monitor; rua=mailto:a@b.example", false, Ok("none"));
        check("v=DMARC1; p=monitor", false, Err("p"));
        check("v=DMARC1", false, Err("p"));
        check("v=DMARC1; p=none; sp=x", false, Err("sp"));
        check("v=DMARC1; p=none; p=reject", false, Err("record"));
    }
}

//! An SPF record as it should be: what is missing put in, what does harm taken out.

use crate::found::record;
use domain::arrival::{Finding, Record};
use std::net::IpAddr;

/// How a record ends that had no end: whoever is not named is suspect, and not yet refused.
const END: &str = "~all";

pub(super) fn proposed(finding: &Finding, senders: &[IpAddr]) -> Option<Record> {
    let named = || senders.iter().map(term).collect::<Vec<_>>();
    match finding.fix.as_str() {
        "spf_publish" if !senders.is_empty() => {
            let terms = [named(), vec!["-all".to_owned()]].concat();
            Some(made(&finding.subject, terms))
        }
        "spf_add_address" if !senders.is_empty() => {
            let first = finding.records.first()?;
            let known = terms(first)?;
            let missing = named().into_iter().filter(|term| !known.contains(term)).collect();
            Some(made(&first.name, [missing, known].concat()))
        }
        "spf_end" => {
            let first = finding.records.first()?;
            let all = terms(first)?;
            // Where another record takes over, the end stands in that one.
            if all.iter().any(|term| is_redirect(term)) && !all.iter().any(|term| is_all(term)) {
                return None;
            }
            let kept = all.into_iter().filter(|term| !is_all(term)).chain([END.to_owned()]);
            Some(made(&first.name, kept.collect()))
        }
        "spf_remove_ptr" => removed(finding, is_ptr),
        "spf_remove_include" => {
            let gone = finding.params.first()?.to_ascii_lowercase();
            removed(finding, |term| {
                let term = bare(term);
                term == format!("include:{gone}") || term == format!("redirect={gone}")
            })
        }
        "spf_one_record" => merged(finding),
        _ => None,
    }
}

fn term(ip: &IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => format!("ip4:{ip}"),
        IpAddr::V6(ip) => format!("ip6:{ip}"),
    }
}

fn made(name: &str, terms: Vec<String>) -> Record {
    let words = [vec!["v=spf1".to_owned()], terms].concat();
    record("TXT", name, &words.join(" "))
}

/// What stands behind the version.
fn terms(record: &Record) -> Option<Vec<String>> {
    let mut words = record.value.split_ascii_whitespace();
    words.next().filter(|version| version.eq_ignore_ascii_case("v=spf1"))?;
    Some(words.map(str::to_owned).collect())
}

/// Without what says how a match counts; in small letters.
fn bare(term: &str) -> String {
    term.trim_start_matches(['+', '-', '~', '?']).to_ascii_lowercase()
}

fn is_all(term: &str) -> bool {
    bare(term) == "all"
}

fn is_redirect(term: &str) -> bool {
    bare(term).starts_with("redirect=")
}

fn is_ptr(term: &str) -> bool {
    bare(term).split([':', '/']).next() == Some("ptr")
}

/// The first record with such a term, without it.
fn removed(finding: &Finding, is: impl Fn(&str) -> bool) -> Option<Record> {
    let has = |record: &&Record| terms(record).is_some_and(|terms| terms.iter().any(|term| is(term)));
    let found = finding.records.iter().find(has)?;
    let all = terms(found)?;
    let had_redirect = all.iter().any(|term| is_redirect(term));
    let mut kept: Vec<String> = all.into_iter().filter(|term| !is(term)).collect();
    if had_redirect && !kept.iter().any(|term| is_redirect(term) || is_all(term)) {
        kept.push(END.to_owned());
    }
    Some(made(&found.name, kept))
}

/// The terms of all records of one name, each once, and one end.
fn merged(finding: &Finding) -> Option<Record> {
    let name = &finding.records.last()?.name;
    let mut kept: Vec<String> = Vec::new();
    let mut end = None;
    for found in finding.records.iter().filter(|record| record.name == *name) {
        for term in terms(found)? {
            if is_redirect(&term) {
                return None;
            }
            if is_all(&term) {
                end = end.or(Some(term));
            } else if !kept.contains(&term) {
                kept.push(term);
            }
        }
    }
    kept.push(end.unwrap_or_else(|| END.to_owned()));
    Some(made(name, kept))
}

//! What an SPF evaluation means for the mail, as findings.

use super::check::{MAX_LOOKUPS, MAX_VOID, Mode, Outcome, Sender, SpfResult, evaluate};
use crate::{
    found::{With, found, record},
    lookup::Lookup,
};
use domain::arrival::{Check, Finding, Record, Verdict};
use std::net::{IpAddr, Ipv4Addr};

/// From here on one more `include` is one too many.
const NEAR: u32 = MAX_LOOKUPS - 1;

/// The findings, and whether mail from all of these addresses passes; `None` where nobody knows.
pub(crate) async fn spf(
    lookup: &impl Lookup,
    local: &str,
    domain: &str,
    helo: &str,
    addresses: &[IpAddr],
) -> (Vec<Finding>, Option<bool>) {
    let sender = |ip| Sender { ip, helo, local, domain };
    let mut all = Vec::new();
    let mut passes = Some(true);
    let mut readable = true;
    for ip in addresses {
        let outcome = evaluate(lookup, sender(*ip), Mode::Receiver).await;
        passes = match outcome.result {
            SpfResult::Pass => passes,
            SpfResult::TempError => passes.filter(|passes| !passes),
            _ => Some(false),
        };
        readable &= !matches!(outcome.result, SpfResult::None | SpfResult::PermError | SpfResult::TempError);
        let finding = judged(&outcome, *ip, domain);
        // What is wrong with the record is said once and not for each address.
        if !all.iter().any(|known: &Finding| (&known.code, &known.params) == (&finding.code, &finding.params)) {
            all.push(finding);
        }
    }
    let whole = evaluate(lookup, sender(addresses.first().copied().unwrap_or(NOBODY)), Mode::Whole).await;
    if addresses.is_empty() {
        passes = None;
        match whole.result {
            SpfResult::None | SpfResult::PermError | SpfResult::TempError => {
                readable = false;
                all.push(judged(&whole, NOBODY, domain));
            }
            _ => all.push(
                found(Check::Spf, Verdict::Unknown, domain, "spf_no_address")
                    .records(shown(&whole))
                    .fix("name_sending_address"),
            ),
        }
    }
    if readable {
        all.extend(about_record(&whole, domain));
    }
    (all, passes)
}

/// Of a network for documentation: no record is meant to cover it.
const NOBODY: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

fn judged(outcome: &Outcome, ip: IpAddr, domain: &str) -> Finding {
    let make = |verdict, code: &str| found(Check::Spf, verdict, domain, code);
    let (term, place) = outcome.decided_by.clone().unwrap_or_default();
    let finding = match outcome.result {
        SpfResult::Pass => {
            make(Verdict::Good, "spf_pass").param(ip).param(term).param(place).param(outcome.lookups).param(MAX_LOOKUPS)
        }
        SpfResult::Fail => make(Verdict::Bad, "spf_fail").param(ip).param(term).fix("spf_add_address"),
        SpfResult::SoftFail => make(Verdict::Bad, "spf_softfail").param(ip).param(term).fix("spf_add_address"),
        SpfResult::Neutral => make(Verdict::Warning, "spf_neutral").param(ip).fix("spf_add_address"),
        SpfResult::None => make(Verdict::Bad, "spf_missing").param(ip).fix("spf_publish"),
        SpfResult::PermError => return errored(outcome, domain).records(shown(outcome)),
        SpfResult::TempError => {
            let asked = outcome.why.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
            make(Verdict::Unknown, "spf_no_answer").param(asked).fix("ask_again")
        }
    };
    let mut records = shown(outcome);
    if records.is_empty() {
        records.push(record("TXT", domain, ""));
    }
    finding.records(records)
}

fn errored(outcome: &Outcome, domain: &str) -> Finding {
    let (why, what) = outcome.why.clone().unwrap_or(("syntax", String::new()));
    let (code, fix) = match why {
        "many_records" => ("spf_many_records", "spf_one_record"),
        "too_many_lookups" => ("spf_too_many_lookups", "spf_fewer_lookups"),
        "too_many_void" => ("spf_too_many_void", "spf_remove_void"),
        "too_many_mx" => ("spf_too_many_mx", "spf_name_addresses"),
        "include_of_nothing" => ("spf_include_of_nothing", "spf_remove_include"),
        "redirect_to_nothing" => ("spf_redirect_to_nothing", "spf_remove_include"),
        _ => ("spf_syntax", "spf_correct"),
    };
    let finding = found(Check::Spf, Verdict::Bad, domain, code);
    if why == "too_many_lookups" { finding.param(MAX_LOOKUPS) } else { finding.param(what) }.fix(fix)
}

/// What is true of the record, whoever sends.
fn about_record(whole: &Outcome, domain: &str) -> Vec<Finding> {
    let make = |verdict, code: &str| found(Check::Spf, verdict, domain, code).records(shown(whole));
    let mut all = Vec::new();
    let broken = whole.why.as_ref().map(|(why, _)| *why);
    match broken {
        Some("too_many_lookups") | None => {
            let (verdict, code) = match whole.lookups {
                0..NEAR => (Verdict::Good, "spf_lookups"),
                NEAR..=MAX_LOOKUPS => (Verdict::Warning, "spf_lookups_near"),
                _ => (Verdict::Warning, "spf_lookups_over"),
            };
            let finding = found(Check::Spf, verdict, domain, code).param(whole.lookups).param(MAX_LOOKUPS);
            all.push(if verdict == Verdict::Good { finding } else { finding.fix("spf_fewer_lookups") });
        }
        Some("no_answer") => {}
        // Behind the term that matches; other addresses meet it.
        Some(_) => all.push(Finding { verdict: Verdict::Warning, ..errored(whole, domain) }.records(shown(whole))),
    }
    if whole.void > MAX_VOID {
        all.push(make(Verdict::Warning, "spf_void_over").param(whole.void).param(MAX_VOID).fix("spf_remove_void"));
    }
    match whole.result {
        SpfResult::Pass => all.push(make(Verdict::Bad, "spf_everybody").fix("spf_end")),
        SpfResult::Neutral if whole.open_ended => all.push(make(Verdict::Warning, "spf_open_ended").fix("spf_end")),
        SpfResult::Neutral => all.push(make(Verdict::Warning, "spf_neutral_end").fix("spf_end")),
        _ => {}
    }
    if whole.has_ptr {
        all.push(make(Verdict::Warning, "spf_ptr").fix("spf_remove_ptr"));
    }
    all
}

fn shown(outcome: &Outcome) -> Vec<Record> {
    outcome.records.iter().map(|(domain, text)| record("TXT", domain, text)).collect()
}

//! What should stand there instead, where that can be told from what was found. Nothing is guessed: no host, no key.

mod spf;

use crate::{Subject, found::record, ptr::is_private, tags::tags};
use domain::arrival::{Check, Finding, Record};
use std::{collections::BTreeMap, net::IpAddr};

/// Puts into each finding what its owner can publish. Two findings may be about one record: what is proposed for it has the
/// changes of both, so that publishing it ends both.
pub(crate) fn propose(findings: &mut [Finding], subject: &Subject) {
    let key = |record: &Record| (record.kind.clone(), record.name.clone());
    let mut changed: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut all = Vec::new();
    for finding in findings.iter() {
        let mut seen = finding.clone();
        // Of several records under one name, none was changed by itself.
        let alone: Vec<bool> = seen
            .records
            .iter()
            .map(|one| seen.records.iter().filter(|other| key(other) == key(one)).count() == 1)
            .collect();
        for (record, _) in seen.records.iter_mut().zip(alone).filter(|(_, alone)| *alone) {
            if let Some(value) = changed.get(&key(record)) {
                record.value.clone_from(value);
            }
        }
        let publish = proposed(&seen, findings, subject);
        changed.extend(publish.iter().map(|record| (key(record), record.value.clone())));
        all.push(publish);
    }
    for (finding, mut publish) in findings.iter_mut().zip(all) {
        for record in &mut publish {
            if let Some(value) = changed.get(&key(record)) {
                record.value.clone_from(value);
            }
        }
        finding.publish = publish;
    }
}

fn proposed(finding: &Finding, all: &[Finding], subject: &Subject) -> Vec<Record> {
    // Of a record that was cut, nobody knows the rest.
    if finding.records.iter().any(|record| record.value.ends_with('…')) {
        return Vec::new();
    }
    let domain = finding.subject.as_str();
    let txt = |name: &str, value: &str| vec![record("TXT", name, value)];
    let one = |record: Option<Record>| record.into_iter().collect();
    match finding.fix.as_str() {
        "spf_publish" | "spf_add_address" | "spf_end" | "spf_remove_ptr" | "spf_remove_include" | "spf_one_record" => {
            one(spf::proposed(finding, &senders(finding, all, subject)))
        }
        "dkim_stop_testing" => one(without(finding, "t")),
        "dkim_service" => one(without(finding, "s")),
        "dkim_sha256" => one(without(finding, "h")),
        "dmarc_publish" => {
            txt(&format!("_dmarc.{domain}"), &format!("v=DMARC1; p=none; rua=mailto:dmarc-reports@{domain}"))
        }
        "dmarc_tighten" => one(tighter(finding)),
        "mx_publish" if finding.code == "mx_implicit" => vec![record("MX", domain, &format!("10 {domain}."))],
        "ptr_confirm" => one(back(finding)),
        "mta_sts_publish" => match policy(domain, all) {
            Some(file) => [txt(&format!("_mta-sts.{domain}"), "v=STSv1; id=1"), vec![file]].concat(),
            None => Vec::new(),
        },
        "mta_sts_id" => txt(&format!("_mta-sts.{domain}"), "v=STSv1; id=1"),
        "mta_sts_serve" | "mta_sts_correct" => one(policy(domain, all)),
        "mta_sts_list_mx" => one(file(finding).map(|policy| with_hosts(policy, finding))),
        "mta_sts_enforce" => one(file(finding).map(|policy| with_line(policy, "mode", "enforce"))),
        "mta_sts_longer" => one(file(finding).map(|policy| with_line(policy, "max_age", "604800"))),
        "tls_rpt_publish" => {
            txt(&format!("_smtp._tls.{domain}"), &format!("v=TLSRPTv1; rua=mailto:tls-reports@{domain}"))
        }
        _ => Vec::new(),
    }
}

/// The addresses that a record has to name: those that it refuses, or all where there is none. A private one is nobody's.
fn senders(finding: &Finding, all: &[Finding], subject: &Subject) -> Vec<IpAddr> {
    let refused = all.iter().filter(|other| other.fix == "spf_add_address").filter_map(|other| other.params.first());
    let addresses = match finding.fix.as_str() {
        "spf_add_address" => refused.filter_map(|ip| ip.parse().ok()).collect(),
        _ => subject.addresses.clone(),
    };
    if addresses.iter().copied().any(is_private) { Vec::new() } else { addresses }
}

/// A key record without one of its tags; of `t`, what else it says may stay.
fn without(finding: &Finding, name: &str) -> Option<Record> {
    let found = finding.records.first()?;
    let parts = tags(&found.value)?.into_iter().filter_map(|(tag, value)| match tag {
        "t" if name == "t" => {
            let rest: Vec<_> = value.split(':').map(str::trim).filter(|flag| *flag != "y").collect();
            (!rest.is_empty()).then(|| format!("t={}", rest.join(":")))
        }
        tag => (tag != name).then(|| format!("{tag}={value}")),
    });
    Some(record("TXT", &found.name, &parts.collect::<Vec<_>>().join("; ")))
}

/// The policy that counts for this domain, one step up from `none`.
fn tighter(finding: &Finding) -> Option<Record> {
    let found = finding.records.last()?;
    let tags = tags(&found.value)?;
    let inherited = found.name != format!("_dmarc.{}", finding.subject);
    let counts = if inherited && tags.iter().any(|(tag, _)| *tag == "sp") { "sp" } else { "p" };
    let (version, rest) = tags.split_first()?;
    let others = rest.iter().filter(|(tag, _)| *tag != counts).map(|(tag, value)| format!("{tag}={value}"));
    let mut parts = vec![format!("{}={}", version.0, version.1)];
    parts.push(format!("{counts}=quarantine"));
    parts.extend(others);
    if counts == "sp" {
        // The policy itself comes first (RFC 7489 section 6.3).
        parts.swap(1, 2);
    }
    Some(record("TXT", &found.name, &parts.join("; ")))
}

/// The name of an address, leading back to it.
fn back(finding: &Finding) -> Option<Record> {
    let name = finding.params.first()?.split(", ").next().filter(|name| name.contains('.'))?;
    let ip: IpAddr = finding.subject.parse().ok()?;
    Some(record(if ip.is_ipv4() { "A" } else { "AAAA" }, name, &finding.subject))
}

fn file(finding: &Finding) -> Option<&Record> {
    finding.records.iter().find(|record| record.kind == "HTTPS" && !record.value.is_empty())
}

/// A policy to begin with, for a domain whose hosts are known.
fn policy(domain: &str, all: &[Finding]) -> Option<Record> {
    let good = all.iter().find(|f| f.check == Check::Mx && f.subject == domain && f.code == "mx_good")?;
    // Between them, a line's end and the next one's beginning.
    let hosts = good.params.first()?.replace(", ", "\nmx: ");
    let text = format!("version: STSv1\nmode: testing\nmx: {hosts}\nmax_age: 604800\n");
    Some(record("HTTPS", &format!("https://mta-sts.{domain}/.well-known/mta-sts.txt"), &text))
}

fn with_hosts(policy: &Record, finding: &Finding) -> Record {
    let hosts = finding.params.first().map(String::as_str).unwrap_or_default().replace(", ", "\nmx: ");
    record("HTTPS", &policy.name, &format!("{}\nmx: {hosts}\n", tidy(&policy.value)))
}

/// With another value in the lines of this key.
fn with_line(policy: &Record, key: &str, value: &str) -> Record {
    let of = |line: &str| line.split_once(':').is_some_and(|(name, _)| name == key);
    let text = tidy(&policy.value);
    let lines = text.lines().map(|line| if of(line) { format!("{key}: {value}\n") } else { format!("{line}\n") });
    record("HTTPS", &policy.name, &lines.collect::<String>())
}

/// Lines as they are typed: their carriage returns are shown as signs of their own.
fn tidy(text: &str) -> String {
    text.lines()
        .map(|line| line.trim_end_matches(['\u{fffd}', ' ']))
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .to_owned()
}

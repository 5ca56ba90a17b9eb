//! MX: where replies and bounces go (RFC 5321 section 5.1, RFC 7505). A domain that takes no mail is no good sender.

use crate::{
    found::{With, found, no_answer, record},
    lookup::{Lookup, Missing, Mx, addresses},
};
use domain::arrival::{Check, Finding, Record, Verdict};
use futures::future::join_all;
use std::net::IpAddr;

/// More hosts are listed and not looked up.
const MAX_HOSTS: usize = 10;

/// The findings, and the hosts.
pub(crate) async fn mx(lookup: &impl Lookup, domain: &str) -> (Vec<Finding>, Vec<String>) {
    let make = |verdict, code: &str| found(Check::Mx, verdict, domain, code);
    let mut hosts = match lookup.mx(domain).await {
        Ok(hosts) => hosts,
        Err(Missing::NoSuchName) => {
            let finding = make(Verdict::Bad, "mx_no_such_domain").record(record("MX", domain, ""));
            return (vec![finding.fix("mx_register")], Vec::new());
        }
        Err(Missing::NoData) => return (vec![implicit(lookup, domain).await], vec![domain.to_owned()]),
        Err(why) => return (vec![no_answer(Check::Mx, domain, record("MX", domain, ""), why)], Vec::new()),
    };
    hosts.sort();
    let records: Vec<Record> = hosts.iter().take(MAX_HOSTS).map(|mx| shown(domain, mx)).collect();
    let names: Vec<String> = hosts.iter().map(|mx| mx.host.to_ascii_lowercase()).collect();
    if names.iter().all(String::is_empty) {
        return (vec![make(Verdict::Bad, "mx_null").records(records).fix("mx_publish")], Vec::new());
    }
    let real: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).take(MAX_HOSTS).collect();
    let answers = join_all(real.iter().map(|host| addresses(lookup, host))).await;
    let mut all = Vec::new();
    let (mut reachable, mut unknown) = (0, 0);
    for (host, answer) in real.iter().zip(answers) {
        match answer {
            _ if host.parse::<IpAddr>().is_ok() => {
                all.push(make(Verdict::Bad, "mx_is_address").param(host).records(records.clone()).fix("mx_name"));
            }
            Ok(_) => reachable += 1,
            Err(why) if why.is_nothing() => {
                let finding = make(Verdict::Warning, "mx_host_without_address").param(host);
                all.push(finding.record(record("A", host, "")).fix("mx_host"));
            }
            Err(why) => {
                unknown += 1;
                all.push(no_answer(Check::Mx, domain, record("A", host, ""), why));
            }
        }
    }
    if reachable > 0 {
        all.insert(0, make(Verdict::Good, "mx_good").param(real.join(", ")).records(records));
    } else if unknown == 0 {
        for finding in &mut all {
            finding.verdict = Verdict::Bad;
        }
    }
    (all, names)
}

/// Without MX records, the domain's own address is where mail goes.
async fn implicit(lookup: &impl Lookup, domain: &str) -> Finding {
    let asked = record("MX", domain, "");
    match addresses(lookup, domain).await {
        Ok(found_there) => {
            let kind = |ip: &IpAddr| if ip.is_ipv4() { "A" } else { "AAAA" };
            let records = found_there.iter().map(|ip| record(kind(ip), domain, &ip.to_string())).collect();
            found(Check::Mx, Verdict::Warning, domain, "mx_implicit").record(asked).records(records).fix("mx_publish")
        }
        Err(why) if why.is_nothing() => {
            found(Check::Mx, Verdict::Bad, domain, "mx_nowhere").record(asked).fix("mx_publish")
        }
        Err(why) => no_answer(Check::Mx, domain, record("A", domain, ""), why),
    }
}

fn shown(domain: &str, mx: &Mx) -> Record {
    record("MX", domain, &format!("{} {}.", mx.preference, mx.host))
}

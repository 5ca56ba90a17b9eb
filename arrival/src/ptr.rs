//! PTR: whether the sending address has a name that leads back to it. Many receivers take no mail from one that has none.

use crate::{
    found::{With, found, no_answer, record, records},
    lookup::{Lookup, addresses_like},
};
use domain::arrival::{Check, Finding, Verdict};
use std::net::IpAddr;

/// More names are not followed.
const MAX_NAMES: usize = 10;

pub(crate) async fn ptr(lookup: &impl Lookup, ip: IpAddr) -> Finding {
    let subject = ip.to_string();
    let make = |verdict, code: &str| found(Check::Ptr, verdict, &subject, code);
    if is_private(ip) {
        return make(Verdict::Unknown, "ptr_private").fix("name_sending_address");
    }
    let answer = lookup.ptr(ip).await;
    let shown = records("PTR", &subject, &answer);
    let names = match answer {
        Ok(names) => names,
        Err(why) if why.is_nothing() => {
            return make(Verdict::Bad, "ptr_missing").records(shown).fix("ptr_publish");
        }
        Err(why) => return no_answer(Check::Ptr, &subject, record("PTR", &subject, ""), why),
    };
    let mut unanswered = None;
    for name in names.iter().take(MAX_NAMES) {
        match addresses_like(lookup, name, ip).await {
            Ok(back) if back.contains(&ip) => {
                let kind = if ip.is_ipv4() { "A" } else { "AAAA" };
                let finding = make(Verdict::Good, "ptr_good").param(name);
                return finding.records(shown).record(record(kind, name, &subject));
            }
            Err(why) if !why.is_nothing() => unanswered = Some((name, why)),
            _ => {}
        }
    }
    match unanswered {
        Some((name, why)) => no_answer(Check::Ptr, &subject, record("A", name, ""), why),
        None => make(Verdict::Bad, "ptr_unconfirmed").param(names.join(", ")).records(shown).fix("ptr_confirm"),
    }
}

/// Not what the world sees: something translates it on the way.
pub(crate) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_private() || ip.is_loopback() || ip.is_link_local() || a == 100 && (64..128).contains(&b)
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

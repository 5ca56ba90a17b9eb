//! English: what was found, but of SPF.

use super::{found_spf, trouble::trouble};
use crate::{
    arrival::param,
    number::{digits, with_commas},
};
use domain::arrival::{Check, Finding};

pub(in crate::arrival) fn found(finding: &Finding) -> String {
    let of_check = match finding.check {
        Check::Mx => mx(finding),
        Check::Spf => found_spf::spf(finding),
        Check::Dkim => dkim(finding),
        Check::Dmarc => dmarc(finding),
        Check::Ptr => ptr(finding),
        Check::MtaSts => mta_sts(finding),
        Check::TlsRpt => tls_rpt(finding),
    };
    of_check.unwrap_or_else(|| match finding.code.strip_suffix("_no_answer") {
        Some(_) if param(finding, 1) == "timeout" => {
            format!("No name server answered in time when asked for {}.", param(finding, 0))
        }
        Some(_) => format!("The name server could not say what stands under {}.", param(finding, 0)),
        None => format!("{} was found.", finding.code),
    })
}

fn mx(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "mx_good" => format!("Replies and bounces have somewhere to go: {first}."),
        "mx_host_without_address" => format!("The mail host {first} has no address: nothing can be delivered to it."),
        "mx_is_address" => {
            format!("The MX record has the address {first} where a host name belongs. Senders pass over such a record.")
        }
        "mx_implicit" => {
            format!(
                "{domain} has no MX record. Its mail goes to the domain's own address; some receivers hold that against it."
            )
        }
        "mx_null" => {
            format!(
                "{domain} says that it takes no mail (a null MX). Receivers refuse a sender that can't be answered."
            )
        }
        "mx_nowhere" => {
            format!(
                "{domain} has neither an MX record nor an address: no reply and no bounce can reach it. Receivers refuse such senders."
            )
        }
        "mx_no_such_domain" => format!("There is no domain {domain}. Receivers refuse mail from it."),
        _ => return None,
    })
}

fn dkim(finding: &Finding) -> Option<String> {
    let (domain, name, second) = (&finding.subject, param(finding, 0), param(finding, 1));
    Some(match finding.code.as_str() {
        "dkim_good" => format!("Receivers can check signatures with the key at {name} (RSA, {second} bits)."),
        "dkim_short" => {
            format!(
                "The key at {name} has {second} bits. It counts, and {} are what is asked for today.",
                param(finding, 2)
            )
        }
        "dkim_weak" => {
            format!("The key at {name} has {second} bits. Under 1024, receivers take a signature for none at all.")
        }
        "dkim_ed25519" => {
            format!(
                "The key at {name} is an Ed25519 key, which not every receiver knows. To those the mail is unsigned."
            )
        }
        "dkim_missing" => format!("No key stands at {name}: what is signed with this selector can't be checked."),
        "dkim_revoked" => {
            format!("The key at {name} is empty: it has been revoked, and its signatures count for nothing.")
        }
        "dkim_malformed" => format!("The key record at {name} can't be read: {}.", malformed(second)),
        "dkim_sha1" => {
            format!(
                "The key at {name} is for SHA-1 alone (h=), which receivers don't take any more. SHA-256 is refused by it."
            )
        }
        "dkim_not_for_mail" => format!("The key at {name} is for other services than e-mail (s=)."),
        "dkim_many" => {
            format!(
                "Several records stand at {name}. Receivers take any of them, or none, so that signatures fail by chance."
            )
        }
        "dkim_testing" => {
            format!("The key at {name} says that it is being tested (t=y): receivers may treat the mail as unsigned.")
        }
        "dkim_signed_sha1" => {
            format!(
                "A signature by {domain} (selector {name}) is made with SHA-1. Receivers must not take it any more."
            )
        }
        "dkim_unsigned" => "The copy that came back bears no DKIM signature.".to_owned(),
        "dkim_unnamed" => {
            "Nobody can list a domain's DKIM keys: each is found by its selector alone, and none is named yet."
                .to_owned()
        }
        _ => return None,
    })
}

fn malformed(tag: &str) -> String {
    match tag {
        "record" => "it is not a list of tag=value, apart by semicolons".to_owned(),
        tag => format!("its tag {tag}= is missing or wrong"),
    }
}

fn dmarc(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "dmarc_policy" if first == "reject" => {
            "Receivers are asked to reject mail in this domain's name that passes neither SPF nor DKIM.".to_owned()
        }
        "dmarc_policy" => {
            format!("Receivers are asked to treat as spam ({first}) what comes in this domain's name and passes neither SPF nor DKIM.")
        }
        "dmarc_none" => {
            "The record asks for reports only (p=none): anybody can send in this domain's name, and receivers give it less credit.".to_owned()
        }
        "dmarc_missing" => {
            format!("Neither {domain} nor its organisation has a DMARC record. Large receivers ask for one.")
        }
        "dmarc_many" => "There is more than one DMARC record, which counts as none.".to_owned(),
        "dmarc_malformed" => format!("The DMARC record can't be read, and counts as none: {}.", malformed(first)),
        "dmarc_aligned_both" => {
            format!("This mail stands the test twice: SPF passes for {first}, and DKIM can for {}.", param(finding, 1))
        }
        "dmarc_aligned_spf" => format!("This mail stands the test by SPF, which passes for {first}."),
        "dmarc_aligned_dkim" => format!("This mail stands the test if it is signed for {first}, whose key is in order."),
        "dmarc_unaligned" => {
            let follows = match param(finding, 1) {
                "reject" => "Receivers are asked to reject it.",
                "quarantine" => "Receivers are asked to treat it as spam.",
                _ => "Today nothing follows from that, since no policy asks for more.",
            };
            format!("This mail fails DMARC: neither SPF (for {first}) nor a DKIM key vouches for {domain}. {follows}")
        }
        "dmarc_hangs_on_dkim" => {
            format!("SPF is asked about {first}, which does not count for {domain}. So DMARC hangs on DKIM, and no key is known.")
        }
        "dmarc_depends" => {
            format!("SPF does not pass for {first}, or is not known to. So DMARC hangs on DKIM, and no key is known.")
        }
        _ => return None,
    })
}

fn ptr(finding: &Finding) -> Option<String> {
    let (ip, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "ptr_good" => format!("The address has the name {first}, which leads back to it."),
        "ptr_missing" => format!("{ip} has no name (no PTR record). Many receivers refuse mail from such an address."),
        "ptr_unconfirmed" => {
            format!(
                "{ip} has the name {first}, which does not lead back to it. Many receivers refuse mail from such an address."
            )
        }
        "ptr_private" => {
            format!("{ip} is a private address: it is translated on the way, and receivers see another.")
        }
        "ptr_no_address" => "No address is known that mail leaves from, so its name can't be looked up.".to_owned(),
        _ => return None,
    })
}

fn mta_sts(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "mta_sts_good" => {
            let days = if first == "1" { "1 day".to_owned() } else { format!("{} days", digits(first, with_commas)) };
            format!("Mail to {domain} must travel encrypted; senders remember that for {days}.")
        }
        "mta_sts_testing" => {
            format!(
                "Mail to {domain} should travel encrypted. The policy is being tested: failures are reported, not refused."
            )
        }
        "mta_sts_none" => "There is a policy, and it asks for nothing (mode: none).".to_owned(),
        "mta_sts_missing" => {
            format!(
                "{domain} has no MTA-STS policy. Mail arrives without one; it protects replies from being read on their way."
            )
        }
        "mta_sts_mx_unlisted" => {
            format!("The policy does not list {first}: senders that keep to it can't deliver there.")
        }
        "mta_sts_no_file" => {
            let why = trouble(param(finding, 1), param(finding, 2));
            format!(
                "The record announces a policy, and {first} can't be fetched: {why}. Senders go on without a policy."
            )
        }
        "mta_sts_policy_malformed" => {
            let what = match first {
                field @ ("version" | "mode" | "mx" | "max_age") => format!("the field {field} is missing or wrong"),
                line => format!("this line is wrong: {line}"),
            };
            format!("The policy can't be read, and counts as none: {what}.")
        }
        "mta_sts_malformed" => "The record's id is missing, or not 1 to 32 letters and digits.".to_owned(),
        "mta_sts_many" => "There is more than one MTA-STS record, which counts as none.".to_owned(),
        "mta_sts_short" => {
            let unit = if first == "1" { "second" } else { "seconds" };
            let seconds = format!("{} {unit}", digits(first, with_commas));
            format!("Senders remember the policy for {seconds} only. An attacker has to wait no longer than that.")
        }
        _ => return None,
    })
}

fn tls_rpt(finding: &Finding) -> Option<String> {
    Some(match finding.code.as_str() {
        "tls_rpt_good" => format!("Failures of TLS are reported to {}.", param(finding, 0)),
        "tls_rpt_missing" => {
            "Nobody is told when TLS to the domain's mail hosts fails. Mail arrives without that.".to_owned()
        }
        "tls_rpt_malformed" => "The record's rua= is missing, or neither mailto: nor https:.".to_owned(),
        "tls_rpt_many" => "There is more than one TLS-RPT record, which counts as none.".to_owned(),
        _ => return None,
    })
}

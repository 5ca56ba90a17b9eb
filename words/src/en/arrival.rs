//! English: the window that looks at an account's sender.

use crate::{Arrival, number::with_commas};
use domain::arrival::{Basis, Check, Verdict};

pub const ARRIVAL: Arrival = Arrival {
    intro: "Looks at the sender's domain as receivers do: what the DNS says of it. Nothing is sent, and what you enter here is not kept.",
    addresses: "Sending addresses",
    addresses_hint: "IP addresses that receivers see, apart by commas. Empty: those of the account's host.",
    selectors: "DKIM selectors",
    selectors_hint: "The s= of the DKIM-Signature line in a message that arrived: s1, or s1._domainkey.example.com.",
    copy_fold: "Read the selectors from a message that arrived",
    copy: "The message, or its header",
    copy_hint: "As the mail program's “show original” has it. Its signatures name their selectors.",
    check: "Check",
    check_again: "Check again",
    checking: "Asking the name servers. This takes up to 20 seconds.",
    canceled: "Canceled: nothing was found out.",
    operators_only: "Operators and administrators can check this.",
    overall: |verdict| match verdict {
        Verdict::Good => "Nothing speaks against this mail.",
        Verdict::Unknown => "Nothing speaks against this mail, as far as is known.",
        Verdict::Warning => "This mail may arrive, and some receivers will hold something against it.",
        Verdict::Bad => "Receivers will refuse this mail, or take it for spam.",
    },
    looked_from: |addresses, basis| match basis {
        Basis::Typed => format!("Looked at as mail from {addresses}, as entered."),
        Basis::Host => {
            format!(
                "Looked at as mail from {addresses}: the account's host, which is an assumption. A provider may send from other addresses."
            )
        }
        Basis::HostBehindConnector => {
            format!(
                "Looked at as mail from {addresses}: the account's host as it is known here. The account's connector may know another host under that name."
            )
        }
        Basis::None => {
            "No sending address is known: the account's host has none here. Enter one for SPF and PTR.".to_owned()
        }
    },
    no_resolver: "Some questions have no answer: the name servers that this server asks (--resolver, or those of /etc/resolv.conf) failed or did not answer in time. What is unknown below says nothing about your domain.",
    verdict: |verdict| match verdict {
        Verdict::Good => "Good",
        Verdict::Unknown => "Unknown",
        Verdict::Warning => "Warning",
        Verdict::Bad => "Bad",
    },
    subject: |check| match check {
        Check::Mx => "MX",
        Check::Spf => "SPF",
        Check::Dkim => "DKIM",
        Check::Dmarc => "DMARC",
        Check::Ptr => "PTR",
        Check::MtaSts => "MTA-STS",
        Check::TlsRpt => "TLS-RPT",
    },
    about: |check| match check {
        Check::Mx => "where replies and bounces go",
        Check::Spf => "who may send",
        Check::Dkim => "whether signatures can be checked",
        Check::Dmarc => "what receivers are asked to do, and whether this mail passes",
        Check::Ptr => "the address's name",
        Check::MtaSts => "replies travel encrypted",
        Check::TlsRpt => "who is told when that fails",
    },
    sender_domain: "Domain of the sender",
    envelope_domain: "Domain of the envelope sender (Return-Path)",
    both_domains: "Domain of the sender and of the envelope sender",
    signing_domain: "Domain that signs",
    sending_address: "Sending address",
    no_address: "Not known",
    rests_on: |count| {
        if count == 1 {
            "Rests on 1 record".to_owned()
        } else {
            format!("Rests on {} records", with_commas(count as u64))
        }
    },
    nothing_there: "nothing stands there",
    publish: "To publish",
    publish_above: "The record to publish above has this change too.",
    copy_value: "Copy",
    copied: "Copied.",
    not_copied: "The browser did not allow copying. Select the text instead.",
};

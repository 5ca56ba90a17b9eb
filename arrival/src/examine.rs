//! The whole look at a sender: every check, side by side where one needs nothing of the other.

use crate::{
    Signature,
    dkim::{Selector, dkim},
    dmarc::{Standing, dmarc},
    found::{With, found},
    lookup::Lookup,
    memo::Memo,
    mta_sts::mta_sts,
    mx::mx,
    propose::propose,
    ptr::ptr,
    spf::spf,
    tls_rpt::tls_rpt,
};
use domain::arrival::{Check, Finding, Verdict};
use futures::{future::join_all, join};
use std::net::IpAddr;

/// Who sends what from where. Domains are ASCII.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// Of the From address.
    pub from: String,
    /// The envelope sender's, and what stands before its `@`.
    pub envelope: String,
    pub local: String,
    /// What the sending server says its name is, as far as is known.
    pub helo: String,
    pub addresses: Vec<IpAddr>,
    /// As typed: a selector, or a whole name.
    pub selectors: Vec<String>,
    /// Of a copy that came back; `None` where none was given.
    pub signatures: Option<Vec<Signature>>,
}

/// All that is found, check by check, in their order.
pub async fn examine(lookup: impl Lookup + Send, subject: &Subject) -> Vec<Finding> {
    let lookup = &Memo::new(lookup);
    let domains: Vec<&str> =
        if subject.envelope == subject.from { vec![&subject.from] } else { vec![&subject.from, &subject.envelope] };
    let (receiving, spf, dkim, ptr) = join!(
        join_all(domains.iter().map(|domain| receiving(lookup, domain))),
        spf(lookup, &subject.local, &subject.envelope, &subject.helo, &subject.addresses),
        signing(lookup, subject),
        pointing(lookup, &subject.addresses),
    );
    let (spf, spf_passes) = spf;
    let (dkim, mut standing) = dkim;
    standing.spf_passes = spf_passes;
    let dmarc = dmarc(lookup, &subject.from, &subject.envelope, &standing).await;
    let mut all: Vec<Finding> =
        receiving.into_iter().flatten().chain(spf).chain(dkim).chain(dmarc).chain(ptr).collect();
    // Stable: within a check, what was found first stays first.
    all.sort_by_key(|finding| finding.check);
    propose(&mut all, subject);
    all
}

/// What the domain does for the mail that comes back.
async fn receiving(lookup: &impl Lookup, domain: &str) -> Vec<Finding> {
    let (mut all, hosts) = mx(lookup, domain).await;
    let exists = !all.iter().any(|finding| finding.code == "mx_no_such_domain");
    if exists {
        let (sts, reports) = join!(mta_sts(lookup, domain, &hosts), tls_rpt(lookup, domain));
        all.extend([sts, reports]);
    }
    all
}

async fn signing(lookup: &impl Lookup, subject: &Subject) -> (Vec<Finding>, Standing) {
    let mut all = Vec::new();
    let mut standing = Standing::default();
    let mut selectors: Vec<Selector> = subject.selectors.iter().map(|text| Selector::of(text, &subject.from)).collect();
    match subject.signatures.as_deref() {
        Some([]) => {
            let unsigned = found(Check::Dkim, Verdict::Bad, &subject.from, "dkim_unsigned");
            all.push(unsigned.fix("dkim_sign"));
            standing.dkim_known = true;
        }
        Some(signatures) => {
            for signature in signatures {
                if signature.algorithm == "rsa-sha1" {
                    let old = found(Check::Dkim, Verdict::Bad, &signature.domain, "dkim_signed_sha1");
                    all.push(old.param(&signature.selector).fix("dkim_sha256"));
                }
                let selector = Selector { selector: signature.selector.clone(), domain: signature.domain.clone() };
                if !selectors.contains(&selector) {
                    selectors.push(selector);
                }
            }
        }
        None => {}
    }
    if selectors.is_empty() && all.is_empty() {
        let unnamed = found(Check::Dkim, Verdict::Unknown, &subject.from, "dkim_unnamed");
        all.push(unnamed.fix("dkim_name_selector"));
        return (all, standing);
    }
    let keys = join_all(selectors.iter().map(|selector| dkim(lookup, selector))).await;
    let mut unanswered = false;
    for (selector, (findings, usable)) in selectors.into_iter().zip(keys) {
        all.extend(findings);
        unanswered |= usable.is_none();
        if usable == Some(true) {
            standing.dkim_domains.push(selector.domain);
        }
    }
    standing.dkim_known = !unanswered;
    (all, standing)
}

async fn pointing(lookup: &impl Lookup, addresses: &[IpAddr]) -> Vec<Finding> {
    if addresses.is_empty() {
        let unknown = found(Check::Ptr, Verdict::Unknown, "", "ptr_no_address");
        return vec![unknown.fix("name_sending_address")];
    }
    join_all(addresses.iter().map(|ip| ptr(lookup, *ip))).await
}

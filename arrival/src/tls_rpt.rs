//! TLS-RPT (RFC 8460): whether anybody is told when TLS to the domain's servers fails.

use crate::{
    found::{With, found, no_answer, record},
    lookup::Lookup,
    tags::{is_version, tag, tags},
};
use domain::arrival::{Check, Finding, Verdict};

pub(crate) async fn tls_rpt(lookup: &impl Lookup, domain: &str) -> Finding {
    let name = format!("_smtp._tls.{domain}");
    let make = |verdict, code: &str| found(Check::TlsRpt, verdict, domain, code);
    let texts = match lookup.txt(&name).await {
        Ok(texts) => texts,
        Err(why) if why.is_nothing() => Vec::new(),
        Err(why) => return no_answer(Check::TlsRpt, domain, record("TXT", &name, ""), why),
    };
    let found_there: Vec<&String> = texts.iter().filter(|text| is_version(text, "TLSRPTv1")).collect();
    let shown = found_there.iter().map(|text| record("TXT", &name, text)).collect();
    match found_there.as_slice() {
        [] => make(Verdict::Good, "tls_rpt_missing").record(record("TXT", &name, "")).fix("tls_rpt_publish"),
        [text] => {
            let rua = tags(text).and_then(|tags| tag(&tags, "rua").map(str::to_owned)).unwrap_or_default();
            let is_uri = |uri: &str| uri.trim().starts_with("mailto:") || uri.trim().starts_with("https://");
            if rua.split(',').all(is_uri) {
                make(Verdict::Good, "tls_rpt_good").param(rua).records(shown)
            } else {
                make(Verdict::Warning, "tls_rpt_malformed").records(shown).fix("tls_rpt_publish")
            }
        }
        _ => make(Verdict::Warning, "tls_rpt_many").records(shown).fix("one_record"),
    }
}

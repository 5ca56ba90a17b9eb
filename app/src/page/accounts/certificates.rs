//! The certificates that a server showed, as people compare them.

use crate::locales::use_words;
use domain::session_test::CertificateInfo;
use leptos::prelude::*;

pub fn certificates(chain: Vec<CertificateInfo>) -> AnyView {
    chain.into_iter().map(certificate).collect_view().into_any()
}

fn certificate(info: CertificateInfo) -> AnyView {
    let w = &use_words().later().test;
    let rows = [
        (w.certificate_subject, info.subject),
        (w.certificate_names, info.names.join(", ")),
        (w.certificate_issuer, if info.self_signed { w.certificate_self.to_owned() } else { info.issuer }),
        (w.certificate_valid, format!("{} – {}", day(&info.not_before), day(&info.not_after))),
        (w.certificate_key, info.key),
        (w.certificate_fingerprint, info.fingerprint),
    ];
    let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
    let row = |(label, text): (&'static str, String)| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{text}</dd>
            </div>
        }
    };
    view! { <dl class="certificate">{rows.map(row).collect_view()}</dl> }.into_any()
}

/// The day of an RFC 3339 moment.
fn day(moment: &str) -> String {
    moment.get(..10).unwrap_or(moment).to_owned()
}

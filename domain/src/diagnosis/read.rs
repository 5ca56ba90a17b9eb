//! What an observation most likely means: the rows of the table, asked in their order.

use super::{
    Enhanced, FaultClass,
    table::{ROWS, Row},
};
use crate::{account::Security, session_test::Step};

/// Everything that a reading may rest on.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The code of what was observed.
    pub cause: &'a str,
    pub stage: Step,
    pub reply_code: Option<u16>,
    /// The server's words, or a library's.
    pub reply: &'a str,
    pub params: &'a [String],
    pub host: &'a str,
    pub port: u16,
    pub security: Security,
    /// The account logs in.
    pub login: bool,
}

/// What the evidence comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub code: &'static str,
    pub class: FaultClass,
}

/// `None` where no row knows it: stage, class and enhanced code still say something.
pub fn read(evidence: &Evidence<'_>) -> Option<Reading> {
    if evidence.reply_code.is_none() {
        return local(evidence);
    }
    let text = evidence.reply.to_ascii_lowercase();
    let enhanced = Enhanced::find(evidence.reply);
    let row = ROWS.iter().find(|row| fits(row, evidence, &text, enhanced))?;
    Some(Reading { code: row.code, class: row.class })
}

fn fits(row: &Row, evidence: &Evidence<'_>, text: &str, enhanced: Option<Enhanced>) -> bool {
    let stage = row.stages.is_empty() || row.stages.contains(&evidence.stage);
    let code = row.codes.is_empty() || evidence.reply_code.is_some_and(|code| row.codes.contains(&code));
    let status =
        row.enhanced.is_empty() || enhanced.is_some_and(|found| row.enhanced.iter().any(|range| range.holds(found)));
    let words = row.words.is_empty() || row.words.iter().any(|words| text.contains(words));
    stage && code && status && words
}

/// Failures of our own side: nothing was said, but where and how it went wrong says more.
fn local(evidence: &Evidence<'_>) -> Option<Reading> {
    use FaultClass::Settings;
    let first = evidence.params.first().map_or("", String::as_str);
    let second = evidence.params.get(1).map_or("", String::as_str);
    let (code, class) = match evidence.cause {
        "connect_timeout" if evidence.port == 25 => ("port_25_blocked", Settings),
        "connect_timeout" if matches!(evidence.port, 465 | 587) => ("egress_blocked", Settings),
        "connection_reset" | "connection_closed" if evidence.stage == Step::Greeting => {
            ("closed_before_greeting", Settings)
        }
        "greeting_timeout" if evidence.port == 465 && evidence.security != Security::ImplicitTls => {
            ("port_expects_tls", Settings)
        }
        "certificate_unknown_issuer" if second == "self_signed_ca" => ("certificate_self_signed_ca", Settings),
        "certificate_unknown_issuer" if second == "self_signed" => ("certificate_self_signed", Settings),
        "tls_failed" if matches!(first, "ProtocolVersion" | "Tls12NotOfferedOrEnabled") => ("tls_too_old", Settings),
        "tls_failed" if first == "HandshakeFailure" => ("tls_no_common_cipher", Settings),
        "tls_failed" if matches!(first, "CertificateRequired" | "NoCertificatesPresented") => {
            ("tls_client_certificate", Settings)
        }
        _ => return None,
    };
    Some(Reading { code, class })
}

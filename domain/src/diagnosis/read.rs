//! What an observation most likely means: the rows of the table, asked in their order.

use super::{
    Enhanced, FaultClass,
    table::{ENDPOINT_ROWS, ROWS, Row, TOKEN_ROWS},
};
use crate::{
    account::Security,
    session_test::{CertificateInfo, Step},
};

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
    pub port: u16,
    pub security: Security,
    /// The account logs in.
    pub login: bool,
    /// The server offers a login.
    pub login_offered: bool,
    /// What the server showed, its own certificate first.
    pub certificates: &'a [CertificateInfo],
}

/// What the evidence comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub code: &'static str,
    pub class: FaultClass,
}

/// `None` where no row knows it: stage, class and enhanced code still say something.
pub fn read(evidence: &Evidence<'_>) -> Option<Reading> {
    let rows = match evidence.cause {
        // The other side's words, and no reply of SMTP.
        "token_refused" => ENDPOINT_ROWS,
        _ if evidence.reply_code.is_none() => return local(evidence),
        "oauth_token_refused" => TOKEN_ROWS,
        _ => ROWS,
    };
    let text = evidence.reply.to_ascii_lowercase();
    let enhanced = Enhanced::find(evidence.reply);
    let row = rows.iter().find(|row| fits(row, evidence, &text, enhanced))?;
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
        "tls_failed"
            if matches!(first, "ProtocolVersion" | "Tls12NotOfferedOrEnabled" | "ServerDoesNotSupportTls12Or13") =>
        {
            ("tls_too_old", Settings)
        }
        "tls_failed" if first == "HandshakeFailure" => ("tls_no_common_cipher", Settings),
        "tls_failed" if matches!(first, "CertificateRequired" | "NoCertificatesPresented") => {
            ("tls_client_certificate", Settings)
        }
        "auth_not_offered" if first == "starttls" => ("auth_only_after_tls", Settings),
        "starttls_not_offered" if first == "stripped" => ("starttls_stripped", Settings),
        "certificate_invalid" => match first {
            "key_too_short" => ("certificate_key_too_short", Settings),
            "signed_with_sha1" => ("certificate_signed_with_sha1", Settings),
            "outdated_format" => ("certificate_outdated_format", Settings),
            "not_for_servers" => ("certificate_not_for_servers", Settings),
            "unknown_extension" => ("certificate_unknown_extension", Settings),
            "name_constraint" => ("certificate_name_constraint", Settings),
            _ => return None,
        },
        _ => return None,
    };
    Some(Reading { code, class })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::remedies;

    #[test]
    fn failures_of_our_own_side() {
        use Security::{ImplicitTls, None, StartTls};
        let check = |cause: &str, stage, (port, security), params: &[&str], code: &str, helps: &[&str]| {
            let params: Vec<String> = params.iter().map(|param| (*param).to_owned()).collect();
            let evidence = Evidence {
                cause,
                stage,
                reply_code: Option::None,
                reply: "",
                params: &params,
                port,
                security,
                login: true,
                login_offered: true,
                certificates: &[],
            };
            let read = read(&evidence).map_or(cause, |reading| reading.code);
            assert_eq!(read, code, "{cause} {port}");
            let found: Vec<_> = remedies(read, &evidence).into_iter().map(|remedy| remedy.code).collect();
            assert_eq!(found, helps, "{cause} {port}");
        };
        let both = ["use_implicit_tls", "use_starttls"];
        check("connect_timeout", Step::Tcp, (25, None), &[], "port_25_blocked", &both);
        check("connect_timeout", Step::Tcp, (465, ImplicitTls), &[], "egress_blocked", &["use_starttls"]);
        check("connect_timeout", Step::Tcp, (587, StartTls), &[], "egress_blocked", &["use_implicit_tls"]);
        check("connect_timeout", Step::Tcp, (2525, StartTls), &[], "connect_timeout", &[]);
        check("connection_refused", Step::Tcp, (465, ImplicitTls), &[], "connection_refused", &["use_starttls"]);
        check("connection_reset", Step::Greeting, (25, None), &[], "closed_before_greeting", &[]);
        check("connection_reset", Step::Data, (25, None), &[], "connection_reset", &[]);
        check("greeting_timeout", Step::Greeting, (465, StartTls), &[], "port_expects_tls", &["use_implicit_tls"]);
        let unknown = "certificate_unknown_issuer";
        let tls = (465, ImplicitTls);
        check(unknown, Step::Tls, tls, &["CN=x"], unknown, &[]);
        check(unknown, Step::Tls, tls, &["CN=x", "self_signed"], "certificate_self_signed", &[]);
        check(unknown, Step::Tls, tls, &["CN=x", "self_signed_ca"], "certificate_self_signed_ca", &[]);
        check("certificate_wrong_name", Step::Tls, tls, &["*.a.example"], "certificate_wrong_name", &[]);
        check("certificate_wrong_name", Step::Tls, tls, &["a.example"], "certificate_wrong_name", &["use_host"]);
        check("certificate_invalid", Step::Tls, tls, &["key_too_short"], "certificate_key_too_short", &[]);
        check(
            "auth_not_offered",
            Step::Auth,
            (587, None),
            &[],
            "auth_not_offered",
            &["use_starttls", "use_implicit_tls"],
        );
        let both = ["use_starttls", "use_implicit_tls"];
        check("auth_not_offered", Step::Auth, (587, None), &["starttls"], "auth_only_after_tls", &both);
        check("tls_failed", Step::Tls, tls, &["ProtocolVersion"], "tls_too_old", &[]);
        check("tls_failed", Step::Tls, tls, &["HandshakeFailure"], "tls_no_common_cipher", &[]);
        check(
            "password_in_clear",
            Step::Auth,
            (587, None),
            &[],
            "password_in_clear",
            &["use_starttls", "use_implicit_tls"],
        );
    }

    #[test]
    fn what_token_endpoints_say() {
        let check = |cause: &str, reply: &str, code: Option<&str>| {
            let evidence = Evidence {
                cause,
                stage: Step::Auth,
                reply_code: reply[..3].parse().ok().filter(|_| cause != "token_refused"),
                reply,
                params: &[],
                port: 587,
                security: Security::StartTls,
                login: true,
                login_offered: true,
                certificates: &[],
            };
            assert_eq!(read(&evidence).map(|reading| reading.code), code, "{reply}");
        };
        for (reply, code) in [
            ("400 AADSTS7000215: Invalid client secret provided.", "token_client_secret"),
            ("401 invalid_client: AADSTS7000222: The provided client secret keys are expired.", "token_client_secret"),
            ("400 AADSTS700016: Application was not found in the directory", "token_unknown_app"),
            ("400 AADSTS90002: Tenant not found", "token_unknown_app"),
            ("400 invalid_grant: AADSTS65001: The user or administrator has not consented", "token_consent"),
            ("400 invalid_grant: Token has been expired or revoked.", "token_revoked"),
            ("400 invalid_grant: Invalid JWT Signature.", "token_assertion"),
            ("401 invalid_client", "token_client_refused"),
            ("403 unauthorized_client", "token_grant_refused"),
            ("400 unsupported_grant_type", "token_grant_refused"),
            ("400 invalid_scope", "token_scope"),
        ] {
            check("token_refused", reply, Some(code));
        }
        // A status of HTTP is no reply of SMTP.
        check("token_refused", "503 invalid_request", None);
        check(
            "oauth_token_refused",
            r#"535 5.7.3 no {"status":"400","schemes":"Bearer"}"#,
            Some("oauth_token_refused"),
        );
        check("oauth_token_refused", "535 5.7.3 Authentication unsuccessful", Some("oauth_mailbox_denied"));
        check("auth_refused", "535 5.7.3 Authentication unsuccessful", Some("exchange_login_refused"));
        check("oauth_token_refused", "550 no", None);
    }
}

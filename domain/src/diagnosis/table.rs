//! What servers say and what they mean by it. Data only; the order matters: a provider's own words before a code that many share.

mod tokens;

pub use tokens::{ENDPOINT_ROWS, TOKEN_ROWS};

use super::{Enhanced, FaultClass};
use crate::session_test::Step;
use FaultClass::{Permanent, Settings, Temporary};
use Step::{Auth, Data, Ehlo, Greeting, Mail, Rcpt, Tls};

/// All conditions of a row must hold; an empty one always does.
#[derive(Debug)]
pub struct Row {
    pub stages: &'static [Step],
    /// Reply codes (RFC 5321 section 4.2).
    pub codes: &'static [u16],
    pub enhanced: &'static [Range],
    /// Fragments in lower case, one of which is in the reply.
    pub words: &'static [&'static str],
    pub code: &'static str,
    pub class: FaultClass,
}

/// Enhanced codes of either failing class with a subject and details from one to another.
#[derive(Debug)]
pub struct Range(pub u16, pub u16, pub u16);

impl Range {
    pub const fn holds(&self, code: Enhanced) -> bool {
        code.class != 2 && code.subject == self.0 && self.1 <= code.detail && code.detail <= self.2
    }
}

const fn row(
    stages: &'static [Step],
    codes: &'static [u16],
    enhanced: &'static [Range],
    words: &'static [&'static str],
    code: &'static str,
    class: FaultClass,
) -> Row {
    Row { stages, codes, enhanced, words, code, class }
}

const fn one(subject: u16, detail: u16) -> Range {
    Range(subject, detail, detail)
}

pub static ROWS: &[Row] = &[
    // Microsoft 365 and Exchange.
    row(&[], &[], &[], &["smtpclientauthentication is disabled"], "smtp_auth_disabled", Permanent),
    row(
        &[],
        &[],
        &[],
        &["basic authentication is disabled", "basic authentication is not supported"],
        "basic_auth_retired",
        Permanent,
    ),
    row(&[], &[], &[], &["did not meet the criteria", "security defaults"], "security_defaults", Permanent),
    row(&[Auth], &[], &[one(7, 139)], &[], "security_defaults", Permanent),
    row(&[Auth], &[], &[one(7, 30)], &[], "basic_auth_retired", Permanent),
    row(&[Auth], &[535], &[one(7, 3)], &[], "exchange_login_refused", Permanent),
    row(&[Auth], &[504], &[one(7, 4)], &[], "auth_mechanism_disabled", Settings),
    row(&[], &[], &[], &["unrecognized authentication type"], "auth_mechanism_disabled", Settings),
    row(&[], &[], &[one(7, 57)], &[], "o365_not_authenticated", Settings),
    row(
        &[],
        &[],
        &[],
        &["anonymous mail during mail from", "client not authenticated to send mail"],
        "o365_not_authenticated",
        Settings,
    ),
    row(&[], &[], &[one(7, 60)], &[], "send_as_denied", Permanent),
    row(&[], &[], &[one(2, 252)], &[], "send_as_denied", Permanent),
    row(&[], &[], &[], &["sendasdenied", "permissions to send as this sender"], "send_as_denied", Permanent),
    row(&[], &[], &[], &["bad outbound sender"], "o365_sender_blocked", Permanent),
    row(&[], &[], &[one(7, 750)], &[], "o365_unregistered_domain", Permanent),
    row(&[], &[], &[], &["unregistered domains"], "o365_unregistered_domain", Permanent),
    row(&[], &[], &[one(7, 64)], &[], "o365_attribution", Permanent),
    row(&[], &[], &[], &["tenantattribution"], "o365_attribution", Permanent),
    row(&[Rcpt], &[550], &[one(4, 1)], &[], "o365_recipient_unknown", Permanent),
    row(&[], &[], &[one(7, 506)], &[], "helo_bad", Settings),
    row(&[Ehlo, Mail, Rcpt], &[], &[], &["bad helo"], "helo_bad", Settings),
    row(&[], &[], &[one(7, 509)], &[], "dmarc_failed", Permanent),
    row(&[], &[], &[], &["does not pass dmarc"], "dmarc_failed", Permanent),
    row(&[], &[], &[one(7, 512)], &[], "from_header_invalid", Settings),
    row(&[], &[], &[], &["rfc 5322 section 3.6.2"], "from_header_invalid", Settings),
    row(&[], &[], &[one(6, 11)], &[], "bare_line_feed", Settings),
    row(&[], &[], &[Range(7, 606, 649)], &[], "o365_address_banned", Permanent),
    row(&[], &[], &[], &["banned sending ip"], "o365_address_banned", Permanent),
    row(&[], &[], &[one(7, 705), one(7, 708)], &[], "o365_tenant_blocked", Permanent),
    row(
        &[],
        &[],
        &[],
        &["tenant has exceeded threshold", "traffic not accepted from this ip"],
        "o365_tenant_blocked",
        Permanent,
    ),
    row(&[], &[], &[], &["submission quota exceeded"], "o365_quota", Temporary),
    row(&[], &[432], &[], &[], "o365_concurrency", Temporary),
    row(&[], &[], &[], &["thread limit exceeded", "concurrent connections limit"], "o365_concurrency", Temporary),
    row(&[], &[], &[one(7, 54)], &[], "exchange_relay_denied", Permanent),
    row(&[], &[], &[], &["unable to relay"], "exchange_relay_denied", Permanent),
    // Gmail and Google Workspace.
    row(
        &[],
        &[],
        &[],
        &["application-specific password required", "invalidsecondfactor"],
        "app_password_required",
        Permanent,
    ),
    row(&[Auth], &[], &[one(7, 9)], &[], "app_password_required", Permanent),
    row(&[], &[], &[], &["log in via your web browser", "webloginrequired"], "web_login_required", Permanent),
    row(&[Auth], &[], &[one(7, 14)], &[], "web_login_required", Permanent),
    row(&[], &[], &[], &["username and password not accepted", "badcredentials"], "gmail_password_refused", Permanent),
    row(&[], &[], &[], &["too many login attempts", "too many auth commands"], "auth_too_many_attempts", Temporary),
    row(&[], &[], &[], &["mail relay denied", "invalid credentials for relay"], "gmail_relay_denied", Permanent),
    row(&[], &[], &[], &["daily user sending limit"], "gmail_daily_limit", Temporary),
    row(&[], &[550, 552], &[one(4, 5)], &[], "gmail_daily_limit", Temporary),
    row(&[], &[], &[], &["receiving mail too quickly"], "recipient_throttled", Temporary),
    row(&[Rcpt], &[450], &[one(2, 1)], &[], "recipient_throttled", Temporary),
    row(&[], &[], &[one(7, 26)], &[], "unauthenticated_mail", Permanent),
    row(&[Data], &[], &[one(7, 27), one(7, 30)], &[], "spf_or_dkim_failed", Permanent),
    row(&[], &[], &[], &["unusual rate of unsolicited mail"], "sending_reputation", Temporary),
    row(&[Greeting, Ehlo], &[421], &[one(7, 0)], &["try again later, closing"], "helo_refused_for_now", Settings),
    // Amazon SES.
    row(&[], &[], &[], &["authentication credentials invalid"], "ses_credentials", Permanent),
    row(&[], &[], &[], &["not subscribed to ses"], "ses_not_enabled", Permanent),
    row(&[], &[], &[], &["email address is not verified"], "ses_identity_unverified", Permanent),
    row(&[], &[], &[], &["ses:sendrawemail"], "ses_not_authorized", Permanent),
    row(&[], &[], &[], &["maximum sending rate exceeded"], "ses_rate", Temporary),
    // SendGrid, Brevo, Yahoo.
    row(&[Auth], &[], &[], &["bad username / password"], "sendgrid_user_apikey", Permanent),
    row(&[], &[], &[], &["maximum credits exceeded"], "sendgrid_credits", Temporary),
    row(
        &[],
        &[],
        &[],
        &["verified sender identity", "not authorized to send from that email"],
        "sendgrid_sender_unverified",
        Permanent,
    ),
    row(&[Auth], &[525], &[], &[], "brevo_address", Permanent),
    row(&[], &[], &[], &["unauthorized ip address"], "brevo_address", Permanent),
    row(&[Auth], &[535], &[one(7, 0)], &["invalid login or password"], "brevo_smtp_key", Permanent),
    row(&[], &[], &[], &["auth005", "too many bad auth attempts"], "yahoo_app_password", Permanent),
    row(&[], &[], &[], &["tss04", "unexpected volume or user complaints"], "sending_reputation", Temporary),
    // Protection.
    row(
        &[],
        &[],
        &[],
        &[
            "must issue a starttls command first",
            "session encryption is required",
            "encryption required",
            "tls required",
        ],
        "encryption_required",
        Settings,
    ),
    row(&[Tls], &[454], &[], &[], "starttls_server_broken", Temporary),
    row(&[], &[], &[], &["no client certificate presented"], "tls_client_certificate", Settings),
    row(&[], &[], &[], &["smtp synchronization error"], "synchronization_error", Settings),
    // Who we are.
    row(&[], &[], &[], &["need fully-qualified hostname"], "helo_not_fqdn", Settings),
    row(&[], &[], &[], &["reverse hostname", "cannot find your hostname"], "reverse_dns_missing", Permanent),
    row(&[], &[], &[one(7, 25)], &[], "reverse_dns_missing", Permanent),
    row(&[], &[], &[], &["blocked using", "spamhaus", "dnsbl"], "address_blocklisted", Permanent),
    row(&[Greeting, Ehlo], &[421], &[], &["too many"], "too_many_connections", Temporary),
    // Logins.
    row(
        &[],
        &[],
        &[],
        &["authentication not enabled", "auth command used when not advertised"],
        "auth_only_after_tls",
        Settings,
    ),
    row(&[Auth], &[503], &[], &[], "auth_only_after_tls", Settings),
    row(&[Auth], &[421, 450, 451, 452, 453, 454], &[], &[], "auth_temporary", Temporary),
    row(&[Auth], &[534, 535], &[], &[], "auth_refused", Permanent),
    row(&[Mail, Rcpt], &[], &[], &["not logged in"], "sender_login_required", Settings),
    row(&[Mail, Rcpt, Data], &[], &[], &["not owned by user"], "sender_not_owned", Permanent),
    row(&[Mail, Rcpt, Data], &[530], &[], &[], "authentication_required", Settings),
    row(
        &[Mail, Rcpt, Data],
        &[],
        &[],
        &["authentication required", "wantautherror", "smtp auth is required"],
        "authentication_required",
        Settings,
    ),
    // Sender and recipients.
    row(&[Mail, Rcpt], &[], &[one(1, 8)], &[], "sender_domain_unknown", Permanent),
    row(
        &[Mail, Rcpt],
        &[],
        &[],
        // The second comes with what was found out about the sender, which reads like a fault of the recipient.
        &["sender address rejected: domain not found", "sender verify failed"],
        "sender_domain_unknown",
        Permanent,
    ),
    row(
        &[],
        &[],
        &[],
        &["relay access denied", "relaying denied", "relay not permitted", "relaying not allowed"],
        "relay_denied",
        Permanent,
    ),
    row(
        &[Rcpt],
        &[],
        &[],
        &["greylist", "graylist", "try again later", "not yet authorized to deliver"],
        "greylisted",
        Temporary,
    ),
    row(&[Rcpt], &[452, 451, 450], &[one(5, 3)], &[], "too_many_recipients", Temporary),
    row(&[Rcpt], &[], &[], &["too many recipients"], "too_many_recipients", Temporary),
    row(&[Rcpt, Data], &[], &[one(1, 1), one(1, 10)], &[], "recipient_unknown", Permanent),
    row(
        &[Rcpt, Data],
        &[550, 551, 553],
        &[],
        &[
            "user unknown",
            "does not exist",
            "recipient not found",
            "no such user",
            "unknown user",
            "unrouteable address",
        ],
        "recipient_unknown",
        Permanent,
    ),
    row(&[Rcpt, Data], &[], &[one(2, 2)], &[], "mailbox_full", Temporary),
    row(&[Mail, Rcpt, Data], &[], &[one(3, 1)], &[], "server_full", Temporary),
    row(&[Mail, Rcpt, Data], &[], &[], &["insufficient system storage", "space shortage"], "server_full", Temporary),
    // The message.
    row(&[Mail, Data], &[552, 554, 550, 452], &[one(3, 4), one(2, 3)], &[], "message_too_large", Permanent),
    row(
        &[],
        &[],
        &[],
        &["message size exceeds", "message too large", "message too big"],
        "message_too_large",
        Permanent,
    ),
    row(&[], &[], &[one(6, 7)], &[], "smtputf8_not_offered", Settings),
    row(&[], &[], &[], &["declare smtputf8"], "smtputf8_not_offered", Settings),
    row(&[], &[421], &[one(4, 2)], &[], "idle_too_long", Temporary),
    row(&[], &[421, 451], &[], &["timeout exceeded", "timeout waiting for data"], "idle_too_long", Temporary),
];

/// Codes that are read from what happened on our own side.
pub static LOCAL: &[&str] = &[
    "port_25_blocked",
    "egress_blocked",
    "closed_before_greeting",
    "port_expects_tls",
    "certificate_self_signed",
    "certificate_self_signed_ca",
    "tls_too_old",
    "tls_no_common_cipher",
    "tls_client_certificate",
    "starttls_stripped",
    "certificate_key_too_short",
    "certificate_signed_with_sha1",
    "certificate_outdated_format",
    "certificate_not_for_servers",
    "certificate_unknown_extension",
    "certificate_name_constraint",
];

/// Codes of what a session can observe, in the mailer's order: the causes that a reading starts from.
pub static CAUSES: &[&str] = &[
    "host_not_found",
    "resolver_failed",
    "connection_refused",
    "connect_timeout",
    "unreachable",
    "connection_reset",
    "connection_closed",
    "destination_forbidden",
    "tunnel_unreachable",
    "tunnel_timeout",
    "tunnel_wants_credentials",
    "tunnel_credentials_refused",
    "tunnel_refused",
    "tunnel_protocol",
    "greeting_timeout",
    "port_expects_tls",
    "not_smtp",
    "reply_too_long",
    "reply_timeout",
    "protocol_error",
    "service_refused",
    "starttls_not_offered",
    "starttls_refused",
    "injected_before_tls",
    "tls_plaintext_port",
    "tls_timeout",
    "tls_failed",
    "certificate_unknown_issuer",
    "certificate_expired",
    "certificate_not_yet_valid",
    "certificate_wrong_name",
    "certificate_not_pinned",
    "certificate_invalid",
    "ehlo_refused",
    "auth_not_offered",
    "auth_no_mechanism",
    "password_in_clear",
    "auth_refused",
    "auth_temporary",
    "oauth_token_refused",
    "token_refused",
    "token_temporary",
    "token_unreachable",
    "token_timeout",
    "token_certificate",
    "token_protocol",
    "token_key",
    "sender_refused",
    "recipient_refused",
    "smtputf8_not_offered",
    "message_too_large",
    "data_refused",
    "message_refused",
    "no_confirmation",
    "deadline",
    "cancelled",
    "internal",
];

/// Every code that a reading can give, each once.
pub fn codes() -> Vec<&'static str> {
    let rows = [ROWS, TOKEN_ROWS, ENDPOINT_ROWS].into_iter().flatten();
    let mut all: Vec<_> = rows.map(|row| row.code).chain(LOCAL.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_can_be_met() {
        for row in [ROWS, TOKEN_ROWS, ENDPOINT_ROWS].into_iter().flatten() {
            assert!(row.words.iter().all(|words| *words == words.to_ascii_lowercase()), "{row:?}");
            assert!(!(row.codes.is_empty() && row.enhanced.is_empty() && row.words.is_empty()), "{row:?}");
        }
    }
}

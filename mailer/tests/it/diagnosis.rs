//! The table of replies, played row by row over a socket: where it fails, what it means, what would help.

use crate::{
    failures::{answer, greeted, reply},
    support::*,
};
use domain::{
    account::Security,
    diagnosis::{
        FaultClass::{self, Permanent, Settings, Temporary},
        table::ROWS,
    },
    session_test::{
        Outcome,
        Step::{self, Auth, Data, Ehlo, Greeting, Mail, Rcpt, Tls},
    },
};
use std::{collections::BTreeSet, io::Write};
use testkit::{Act, ScriptedServer};

/// A reply at a stage, and what it comes to. Remedies in their order.
type Row = (Step, &'static str, &'static str, FaultClass, &'static [&'static str]);

/// What servers were seen to say, as the reference table of replies has it.
const REPLIES: &[Row] = &[
    (Greeting, "554 SMTP synchronization error", "synchronization_error", Settings, &[]),
    (Tls, "454 4.7.0 TLS not available due to local problem", "starttls_server_broken", Temporary, &[]),
    (Tls, "454 TLS currently unavailable", "starttls_server_broken", Temporary, &[]),
    (
        Mail,
        "530 5.7.0 Must issue a STARTTLS command first",
        "encryption_required",
        Settings,
        &["use_starttls", "use_implicit_tls"],
    ),
    (
        Rcpt,
        "450 4.7.1 Session encryption is required",
        "encryption_required",
        Settings,
        &["use_starttls", "use_implicit_tls"],
    ),
    (
        Greeting,
        "421 Too many concurrent SMTP connections; please try again later.",
        "too_many_connections",
        Temporary,
        &[],
    ),
    (Greeting, "421 4.7.0 mx.test Error: too many connections from 192.0.2.1", "too_many_connections", Temporary, &[]),
    (
        Greeting,
        "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
        "address_blocklisted",
        Permanent,
        &[],
    ),
    (
        Rcpt,
        "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a DNSBL",
        "address_blocklisted",
        Permanent,
        &[],
    ),
    (
        Rcpt,
        "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]",
        "reverse_dns_missing",
        Permanent,
        &[],
    ),
    (
        Rcpt,
        "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]",
        "reverse_dns_missing",
        Permanent,
        &[],
    ),
    (
        Ehlo,
        "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
        "helo_not_fqdn",
        Settings,
        &[],
    ),
    (
        Rcpt,
        "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
        "helo_not_fqdn",
        Settings,
        &[],
    ),
    (Ehlo, "550 5.7.506 Access Denied, Bad HELO.", "helo_bad", Settings, &[]),
    (Ehlo, "421 4.7.0 Try again later, closing connection.", "helo_refused_for_now", Settings, &[]),
    (Auth, "535 5.7.8 Error: authentication failed: (reason unavailable)", "auth_refused", Permanent, &[]),
    (Auth, "535 Incorrect authentication data", "auth_refused", Permanent, &[]),
    (
        Auth,
        "503 5.5.1 Error: authentication not enabled",
        "auth_only_after_tls",
        Settings,
        &["use_starttls", "use_implicit_tls"],
    ),
    (
        Auth,
        "503 AUTH command used when not advertised",
        "auth_only_after_tls",
        Settings,
        &["use_starttls", "use_implicit_tls"],
    ),
    (Auth, "504 5.7.4 Unrecognized authentication type", "auth_mechanism_disabled", Settings, &[]),
    (Auth, "454 4.7.0 Temporary authentication failure: generic failure", "auth_temporary", Temporary, &[]),
    (Auth, "450 4.7.0 Error: too many AUTH commands from unknown[192.0.2.1]", "auth_too_many_attempts", Temporary, &[]),
    (Auth, "454 4.7.0 Too many login attempts, please try again later.", "auth_too_many_attempts", Temporary, &[]),
    (Auth, "534 5.7.9 Application-specific password required.", "app_password_required", Permanent, &[]),
    (Auth, "534 5.7.9 https://example.com/?p=InvalidSecondFactor - gsmtp", "app_password_required", Permanent, &[]),
    (
        Auth,
        "535 5.7.8 Username and Password not accepted. BadCredentials - gsmtp",
        "gmail_password_refused",
        Permanent,
        &[],
    ),
    (Auth, "534 5.7.14 Please log in via your web browser and then try again.", "web_login_required", Permanent, &[]),
    (
        Mail,
        "530 5.7.0 Authentication Required. WantAuthError - gsmtp",
        "authentication_required",
        Settings,
        &["enable_authentication"],
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        "smtp_auth_disabled",
        Permanent,
        &[],
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
        "basic_auth_retired",
        Permanent,
        &[],
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.",
        "security_defaults",
        Permanent,
        &[],
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.",
        "security_defaults",
        Permanent,
        &[],
    ),
    (
        Auth,
        "550 5.7.30 Basic authentication is not supported for Client Submission.",
        "basic_auth_retired",
        Permanent,
        &[],
    ),
    (Auth, "535 5.7.3 Authentication unsuccessful", "exchange_login_refused", Permanent, &[]),
    (Auth, "535 Authentication Credentials Invalid", "ses_credentials", Permanent, &[]),
    (Auth, "535 Account not subscribed to SES", "ses_not_enabled", Permanent, &[]),
    (Mail, "530 Authentication required", "authentication_required", Settings, &["enable_authentication"]),
    (Auth, "535 Authentication failed: Bad username / password", "sendgrid_user_apikey", Permanent, &[]),
    (Auth, "451 Authentication failed: Maximum credits exceeded", "sendgrid_credits", Temporary, &[]),
    (
        Mail,
        "530 5.7.57 Client not authenticated to send mail.",
        "o365_not_authenticated",
        Settings,
        &["enable_authentication"],
    ),
    (
        Mail,
        "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM",
        "o365_not_authenticated",
        Settings,
        &["enable_authentication"],
    ),
    (Auth, "535 5.7.0 Invalid login or password", "brevo_smtp_key", Permanent, &[]),
    (Auth, "525 5.7.1 Unauthorized IP address", "brevo_address", Permanent, &[]),
    (Auth, "535 5.7.0 (#AUTH005) Too many bad auth attempts.", "yahoo_app_password", Permanent, &[]),
    (
        Mail,
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
        "send_as_denied",
        Permanent,
        &[],
    ),
    (
        Data,
        "554 5.2.252 SendAsDenied; ann@example.com not allowed to send as info@example.com",
        "send_as_denied",
        Permanent,
        &[],
    ),
    (
        Mail,
        "553 5.7.1 <bounces@example.com>: Sender address rejected: not owned by user ann",
        "sender_not_owned",
        Permanent,
        &[],
    ),
    (
        Rcpt,
        "553 5.7.1 <bounces@example.com>: Sender address rejected: not owned by user ann",
        "sender_not_owned",
        Permanent,
        &[],
    ),
    (
        Mail,
        "553 5.7.1 <bounces@example.com>: Sender address rejected: not logged in",
        "sender_login_required",
        Settings,
        &["enable_authentication"],
    ),
    (Data, "554 Message rejected: Email address is not verified.", "ses_identity_unverified", Permanent, &[]),
    (
        Data,
        "554 Access denied: User is not authorized to perform ses:SendRawEmail",
        "ses_not_authorized",
        Permanent,
        &[],
    ),
    (
        Data,
        "550 The from address does not match a verified Sender Identity.",
        "sendgrid_sender_unverified",
        Permanent,
        &[],
    ),
    (Data, "550 You are not authorized to send from that email address", "sendgrid_sender_unverified", Permanent, &[]),
    (Mail, "550 5.1.8 Access denied, bad outbound sender", "o365_sender_blocked", Permanent, &[]),
    (
        Mail,
        "450 4.1.8 <a@nowhere.example>: Sender address rejected: Domain not found",
        "sender_domain_unknown",
        Permanent,
        &[],
    ),
    (
        Data,
        "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.",
        "o365_unregistered_domain",
        Permanent,
        &[],
    ),
    (Rcpt, "550 5.7.1 Mail relay denied [192.0.2.1].", "gmail_relay_denied", Permanent, &[]),
    (Rcpt, "550 5.7.1 Invalid credentials for relay [192.0.2.1].", "gmail_relay_denied", Permanent, &[]),
    (
        Rcpt,
        "554 5.7.1 <reader@example.com>: Relay access denied",
        "relay_denied",
        Permanent,
        &["enable_authentication"],
    ),
    (
        Rcpt,
        "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
        "exchange_relay_denied",
        Permanent,
        &["enable_authentication"],
    ),
    (Rcpt, "550 5.7.1 Unable to relay", "exchange_relay_denied", Permanent, &["enable_authentication"]),
    (Rcpt, "550 5.7.64 TenantAttribution; Relay Access Denied", "o365_attribution", Permanent, &[]),
    (Rcpt, "550 5.4.1 Recipient address rejected: Access denied.", "o365_recipient_unknown", Permanent, &[]),
    (
        Rcpt,
        "550 5.1.1 <reader@example.com>: Recipient address rejected: User unknown",
        "recipient_unknown",
        Permanent,
        &[],
    ),
    (Rcpt, "550 5.1.1 The email account that you tried to reach does not exist.", "recipient_unknown", Permanent, &[]),
    (
        Rcpt,
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "recipient_unknown",
        Permanent,
        &[],
    ),
    (Rcpt, "450 4.7.1 <reader@example.com>: Recipient address rejected: Greylisted", "greylisted", Temporary, &[]),
    (Rcpt, "451 4.7.1 Try again later", "greylisted", Temporary, &[]),
    (Rcpt, "452 4.5.3 Error: too many recipients", "too_many_recipients", Temporary, &[]),
    (
        Rcpt,
        "450 4.2.1 The user you are trying to contact is receiving mail too quickly.",
        "recipient_throttled",
        Temporary,
        &[],
    ),
    (
        Data,
        "550 5.7.26 This mail is unauthenticated, which poses a security risk.",
        "unauthenticated_mail",
        Permanent,
        &[],
    ),
    (Data, "550 5.7.27 This mail has been blocked because SPF failed.", "spf_or_dkim_failed", Permanent, &[]),
    (Data, "550 5.7.30 This mail has been blocked because DKIM failed.", "spf_or_dkim_failed", Permanent, &[]),
    (
        Data,
        "550 5.7.509 Access denied, sending domain does not pass DMARC verification",
        "dmarc_failed",
        Permanent,
        &[],
    ),
    (
        Data,
        "421 4.7.0 Our system has detected an unusual rate of unsolicited mail",
        "sending_reputation",
        Temporary,
        &[],
    ),
    (
        Mail,
        "421 4.7.0 [TSS04] Messages temporarily deferred due to unexpected volume or user complaints",
        "sending_reputation",
        Temporary,
        &[],
    ),
    (Data, "454 Throttling failure: Maximum sending rate exceeded.", "ses_rate", Temporary, &[]),
    (Data, "550 5.4.5 Daily user sending limit exceeded.", "gmail_daily_limit", Temporary, &[]),
    (Data, "550 5.2.2 Submission quota exceeded", "o365_quota", Temporary, &[]),
    (Data, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "o365_concurrency", Temporary, &[]),
    (Data, "432 4.3.2 Concurrent connections limit exceeded", "o365_concurrency", Temporary, &[]),
    (Mail, "452 4.3.1 Insufficient system storage", "server_full", Temporary, &[]),
    (Mail, "452 space shortage, please try later", "server_full", Temporary, &[]),
    (Greeting, "421 4.7.1 mx.test Error: No client certificate presented", "tls_client_certificate", Settings, &[]),
    (Rcpt, "550 Sender verify failed", "sender_domain_unknown", Permanent, &[]),
    (
        Rcpt,
        "451 192.0.2.1 is not yet authorized to deliver mail from <a@example.com> to <b@example.com>. Please try later.",
        "greylisted",
        Temporary,
        &[],
    ),
    (
        Rcpt,
        "550 SMTP AUTH is required for message submission on port 587",
        "authentication_required",
        Settings,
        &["enable_authentication"],
    ),
    (Mail, "530 5.7.0 TLS required.", "encryption_required", Settings, &["use_starttls", "use_implicit_tls"]),
    (Mail, "552 5.3.4 Message size exceeds fixed limit", "message_too_large", Permanent, &[]),
    (Data, "552 5.2.3 Message size exceeds maximum", "message_too_large", Permanent, &[]),
    (
        Data,
        "550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant",
        "from_header_invalid",
        Settings,
        &[],
    ),
    (Data, "550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; Invalid characters", "bare_line_feed", Settings, &[]),
    (Mail, "553 5.6.7 Must declare SMTPUTF8 to permit unicode address", "smtputf8_not_offered", Settings, &[]),
    (Rcpt, "550 5.7.606 Access denied, banned sending IP [192.0.2.1].", "o365_address_banned", Permanent, &[]),
    (Rcpt, "550 5.7.649 Access denied", "o365_address_banned", Permanent, &[]),
    (Mail, "421 4.4.2 mx.test Error: timeout exceeded", "idle_too_long", Temporary, &[]),
    (Mail, "451 4.4.2 Timeout waiting for data from client.", "idle_too_long", Temporary, &[]),
    (Data, "550 5.7.705 Access denied, tenant has exceeded threshold", "o365_tenant_blocked", Permanent, &[]),
    (
        Data,
        "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
        "o365_tenant_blocked",
        Permanent,
        &[],
    ),
    // What no row knows is told by stage and class.
    (Mail, "550 5.7.99 the moon is in the wrong house", "sender_refused", Permanent, &[]),
    (Rcpt, "450 4.3.99 the moon is in the wrong house", "recipient_refused", Temporary, &[]),
    (Data, "554 5.9.9 the moon is in the wrong house", "message_refused", Permanent, &[]),
    (Greeting, "554 the moon is in the wrong house", "service_refused", Permanent, &[]),
];

/// A rule against the sender, at a server that offers a login to an account that does not log in.
#[tokio::test]
async fn a_rule_that_a_login_may_lift() {
    for (offer, helps) in [("250 AUTH PLAIN", vec!["enable_authentication"]), ("250 SIZE 99999", vec![])] {
        let hello = format!("250-mx.test\r\n{offer}\r\n");
        let refusal = answer("MAIL", "554 5.7.1 <bounces@example.com>: Sender address rejected: Access denied\r\n");
        let server = ScriptedServer::start(greeted([reply(&hello), refusal].concat()), None).await;
        let ran = run(&route(server.port(), Security::None)).await.expect(Outcome::Failed, "sender_refused");
        assert_eq!(ran.remedies(), helps, "{offer}");
    }
}

/// A server that gets as far as the stage and then says this.
fn script(stage: Step, line: &str) -> Vec<Act> {
    let line = format!("{line}\r\n");
    let hello = |rest: Vec<Act>| greeted([reply("250-mx.test\r\n250 STARTTLS\r\n"), rest].concat());
    let mail = |rest: Vec<Act>| hello([answer("MAIL", "250 ok\r\n"), rest].concat());
    match stage {
        Greeting => reply(&line),
        // A server that does not know EHLO is asked with HELO.
        Ehlo => greeted([reply(&line), answer("HELO", &line)].concat()),
        Tls => hello(answer("STARTTLS", &line)),
        Auth => greeted([reply("250-mx.test\r\n250 AUTH PLAIN LOGIN\r\n"), answer("AUTH", &line)].concat()),
        Mail => hello(answer("MAIL", &line)),
        Rcpt => mail(answer("RCPT", &line)),
        _ => mail(
            [answer("RCPT", "250 ok\r\n"), answer("DATA", "354 go\r\n"), vec![Act::TakeMessage], reply(&line)].concat(),
        ),
    }
}

#[tokio::test]
async fn f75_every_reply_of_the_table() {
    let mut read = BTreeSet::new();
    for (stage, line, code, class, remedies) in REPLIES {
        let server = ScriptedServer::start(script(*stage, line), None).await;
        let security = if *stage == Tls { Security::StartTls } else { Security::None };
        let mut route = route(server.port(), security);
        route.login = (*stage == Auth).then(login);
        let ran = run(&route).await;
        assert_eq!((ran.meaning(), ran.stage()), (*code, Some(*stage)), "{line}: {ran:#?}");
        let diagnosis = ran.done.diagnosis.clone().expect("a diagnosis");
        assert_eq!((diagnosis.class, ran.done.outcome), (*class, Outcome::Failed), "{line}");
        assert_eq!(diagnosis.reply, *line, "shown verbatim");
        assert_eq!(ran.remedies(), *remedies, "{line}");
        assert!(ran.transcript().iter().any(|said| said.ends_with(line)), "{line}: {:?}", ran.transcript());
        read.insert(*code);
    }
    // What is said about tokens is played in `oauth`.
    let unplayed: Vec<_> = ROWS.iter().map(|row| row.code).filter(|code| !read.contains(code)).collect();
    assert_eq!(unplayed, ["mailbox_full"], "a row that nothing plays");
    // Past the harness's capture: the number belongs into the log of every run.
    let _ = writeln!(std::io::stderr(), "diagnosis: {} replies played over a socket", REPLIES.len());
}

#[tokio::test]
async fn a_device_that_crosses_starttls_out_is_named() {
    let server = ScriptedServer::start(greeted(reply("250-mx.test\r\n250 XXXXXXXA\r\n")), None).await;
    let ran = run(&route(server.port(), Security::StartTls)).await.expect(Outcome::Failed, "starttls_not_offered");
    assert_eq!((ran.meaning(), ran.remedies()), ("starttls_stripped", vec!["use_implicit_tls"]));
    let server = ScriptedServer::start(greeted(reply("250-mx.test\r\n250 SIZE 5\r\n")), None).await;
    let ran = run(&route(server.port(), Security::StartTls)).await.expect(Outcome::Failed, "starttls_not_offered");
    assert_eq!(ran.meaning(), "starttls_not_offered");
}

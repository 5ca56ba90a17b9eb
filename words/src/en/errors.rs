//! English: what is wrong with a field, and why a request was not carried out.

use super::columns;
use crate::number::{digits, with_commas};
use domain::{Failure, FieldError, account::Hint, report::ReportName, value::Label};

pub fn field_error(error: &FieldError) -> String {
    let param = |index: usize| error.params.get(index).map_or("", String::as_str);
    let number = |index: usize| digits(param(index), with_commas);
    match error.code.as_str() {
        "required" => "This field is required.".to_owned(),
        "too_long" if matches!(error.field.as_str(), "name") => {
            format!("At most {} characters.", Label::MAX_CHARS)
        }
        "too_long" => "This is too long.".to_owned(),
        "range" => format!("This is a number from {} to {}.", number(0), number(1)),
        "control_character" => "Line breaks and control characters can't stand here.".to_owned(),
        "name_taken" => "This name is taken. Names are compared without regard to case.".to_owned(),
        "port_range" => "A port is a number from 1 to 65535.".to_owned(),
        "host_space" => "A host name has no blanks.".to_owned(),
        "host_url" => "This is a web address. Only its host name belongs here.".to_owned(),
        "host_user" => "The part before the @ belongs into the credential.".to_owned(),
        "host_port" => "The port has a field of its own.".to_owned(),
        "host_ipv4" => "This looks like an IPv4 address and is none.".to_owned(),
        "host_ipv6" => "This looks like an IPv6 address and is none.".to_owned(),
        "host_zone" => "An IPv6 zone (%…) means something on one machine only.".to_owned(),
        "host_name" => "This is not a host name.".to_owned(),
        "host_too_long" => "This host name is too long.".to_owned(),
        "email_missing" => "An e-mail address has a part before and behind an @.".to_owned(),
        "email_not_bare" => "One bare address belongs here: no name, no list.".to_owned(),
        "email_local" => "The part before the @ has a character that can't stand there.".to_owned(),
        "email_local_too_long" => "The part before the @ is too long (64 at most).".to_owned(),
        "email_quoted_local" => "This quoted form can't be sent: no backslash or quotes inside, ASCII only.".to_owned(),
        "email_domain" => "The part behind the @ is not a domain.".to_owned(),
        "email_too_long" => "An e-mail address has at most 254 characters.".to_owned(),
        "default_must_be_enabled" => "The default account must be enabled.".to_owned(),
        "default_required" | "default_account" => {
            "There must be a default account. Make another account the default instead.".to_owned()
        }
        "secret_again" | "secret_needed" => {
            "Enter the secret again: it has not been used with this server and these settings before.".to_owned()
        }
        "secret_in_credential" => {
            "Enter the refresh token and the client secret in the credential's own window.".to_owned()
        }
        "secret_again_settings" => "What it is used with has changed: enter the secret again.".to_owned(),
        "tenant_form" => "A tenant is an id or a domain.".to_owned(),
        "https_url" => "An address that begins with https:// is needed.".to_owned(),
        "key_file" => "Paste the whole JSON file of the service account's key.".to_owned(),
        "credential_for_mail" => {
            "This credential is for mail servers: a connector needs a user name and password.".to_owned()
        }
        "certificate_missing" => {
            "There is no certificate in it. It begins with -----BEGIN CERTIFICATE-----.".to_owned()
        }
        "certificate_broken" => {
            "This certificate can't be read. Paste it whole, with its first and last line.".to_owned()
        }
        "certificate_too_many" => "Too many certificates: 10 at most.".to_owned(),
        "private_key" => "This is a private key. Only certificates belong here; keep the key where it is.".to_owned(),
        "fingerprint_form" => "A SHA-256 fingerprint has 64 hexadecimal digits, with or without colons.".to_owned(),
        "secret_again_user" => "Another user name needs its secret entered again.".to_owned(),
        "secret_nul" => "A secret can't contain a NUL character.".to_owned(),
        "secret_wrong" => "This is not the stored secret. To replace it, edit the credential.".to_owned(),
        "not_found" | "unknown" => "This does not exist any more. Choose another.".to_owned(),
        "disabled" => "This is disabled.".to_owned(),
        "password_short" => format!("At least {} characters.", domain::user::MIN_PASSWORD_CHARS),
        "password_repeat" => "This is not the same as the new password.".to_owned(),
        "password_wrong" => "The current password is not right.".to_owned(),
        "too_many" => format!("At most {} can stand here.", number(0)),
        "force_settings" => {
            format!("The account {} forces the use of its own settings: a message can't have another.", param(0))
        }
        "failover_self" => "An account can't take over from itself.".to_owned(),
        "attachment_name_required" => "Every file needs a name.".to_owned(),
        "attachment_name" => "This is not the name of a file.".to_owned(),
        "media_type" => "A media type is type/subtype, and neither multipart nor message.".to_owned(),
        "base64" => "The content of a file must be base64.".to_owned(),
        "message_too_large" => format!("The message has {} octets; {} are the most.", number(1), number(0)),
        "idempotency_key" => "A key has 1 to 255 visible ASCII characters.".to_owned(),
        "date" => "A date is YYYY-MM-DD, and one that exists.".to_owned(),
        "time_of_day" => "A time is HH:MM, from 00:00 to 23:59.".to_owned(),
        "time_zone" => "There is no such time zone. They have names like Europe/Berlin.".to_owned(),
        "end_before_start" => "The end is before the start.".to_owned(),
        "days_required" => "Choose at least one day.".to_owned(),
        "unknown_filter" => format!("This report has no search field {}.", label(columns::search, param(0))),
        "unreadable_filter" => format!("What the search field {} has can't be read.", label(columns::search, param(0))),
        "unknown_column" => format!("This report has no column {}.", label(columns::column, param(0))),
        "unknown_sort" => format!("This report can't be sorted by {}.", label(columns::column, param(0))),
        "ip_address" => "IP addresses belong here, apart by commas: 192.0.2.1, 2001:db8::1.".to_owned(),
        "selector" => "A selector is a part of a name, such as s1 or s1._domainkey.example.com.".to_owned(),
        "ids" => "Numbers, lists and ranges: 3, 7, 10-20.".to_owned(),
        "unreadable" => "This can't be read. A date is YYYY-MM-DD.".to_owned(),
        "forbidden" | "destination_forbidden" => {
            format!("The operator of this server does not allow this destination. {}", param(0)).trim_end().to_owned()
        }
        other => format!("This value is not accepted ({other})."),
    }
}

/// What a search field or a column is called, where it has a name. Which report it is about is not told; most call it the same.
fn label(named: fn(ReportName, &str) -> &'static str, key: &str) -> &str {
    match named(ReportName::Accounts, key) {
        "?" => key,
        name => name,
    }
}

pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::SignedOut => "Your session has ended. Sign in again in another tab, then try again here.".to_owned(),
        Failure::Forbidden => "Your role does not allow this.".to_owned(),
        Failure::NotFound => "This does not exist any more.".to_owned(),
        Failure::Invalid { errors } => errors.0.first().map_or_else(
            || "Some fields need a change.".to_owned(),
            |first| format!("Some fields need a change: {}", field_error(first)),
        ),
        Failure::Conflict { .. } => "Somebody else changed this meanwhile.".to_owned(),
        Failure::Refused { code, params } => refusal(code, &params.join(", ")),
        Failure::TooMany { retry_after_s: 1 } => "Too many tries. Try again in 1 second.".to_owned(),
        Failure::TooMany { retry_after_s } => {
            format!("Too many tries. Try again in {} seconds.", with_commas(*retry_after_s))
        }
        Failure::Full => "The server's disk is full. Nothing was saved.".to_owned(),
        Failure::Internal { reference } if reference.is_empty() => "Something went wrong on the server.".to_owned(),
        Failure::Internal { reference } => {
            format!("Something went wrong on the server. The log has it under {reference}.")
        }
        Failure::Unreachable => "The server can't be reached. Check the connection and try again.".to_owned(),
    }
}

fn refusal(code: &str, by: &str) -> String {
    let (state, number) = (columns::code(by).unwrap_or(by), digits(by, with_commas));
    match code {
        "default_account" | "default_delete" | "default_disable" => {
            "This is the default account: it can't be deleted or disabled. Make another account the default first."
                .to_owned()
        }
        "default_disabled" | "disabled" | "not_enabled" => {
            "A disabled account can't be the default. Enable it first.".to_owned()
        }
        "in_use" => format!("It is in use by {by}. Change that first."),
        "too_many_views" => format!("There are {number} views already, and no more are kept. Delete one first."),
        "last_administrator" => "At least one administrator must be able to sign in.".to_owned(),
        "own_account" | "self" | "yourself" => "You can't do this to the user you are signed in as.".to_owned(),
        "setup_closed" | "setup_token" | "token" => "This set-up link is not valid (any more).".to_owned(),
        "oidc_state" => {
            "This sign-in took too long, was used already or began in another browser. Start again.".to_owned()
        }
        "oidc_denied" => "The sign-in provider signed nobody in.".to_owned(),
        "oidc_provider" => "The sign-in provider can't be used at the moment. The server's log says why.".to_owned(),
        "oidc_token" => "What the sign-in provider sent can't be trusted. The server's log says why.".to_owned(),
        "oidc_role" => {
            "The sign-in provider knows you, but gives you no role in Postroom. Ask whoever manages it for one."
                .to_owned()
        }
        "no_default_account" => "There is no default account, and the message names none.".to_owned(),
        "account_disabled" => format!("The account {by} is disabled."),
        "idempotency_key_reused" => {
            format!("The key {by} has been used for another message. A new message needs a new key.")
        }
        "message_status" => format!("The message's state does not allow this ({state})."),
        "message_not_ended" => format!("The message has not come to its end ({state}). It can be sent again after."),
        "count_changed" => "Not as many rows match as when they were chosen. Nothing has been done.".to_owned(),
        "stopping" => "The server is being stopped. Try again soon.".to_owned(),
        "message_too_large" => format!("The report is too large to be sent: more than {number} MB. Filter it further."),
        "too_many_rows" => {
            format!("The report is too long for a PDF: more than {number} rows. Filter it, or choose CSV.")
        }
        "not_made" => "The report could not be made. The server's log says why.".to_owned(),
        "embed_token" => format!("The portal could not sign you in: {}", token(by)),
        "busy" => "This is running already.".to_owned(),
        other if by.is_empty() => format!("The server refused this ({other})."),
        other => format!("The server refused this ({other}: {by})."),
    }
}

/// Why a portal's token is refused: for whoever looks after the portal.
pub const fn token(reason: &str) -> &'static str {
    match reason.as_bytes() {
        b"malformed" => "its token can't be read.",
        b"algorithm" => "its token is not signed with the algorithm that the key is for.",
        b"key" => "the key that its token is signed with is not known here.",
        b"signature" => "its token is not signed with the key that is known here.",
        b"audience" => "its token is meant for somebody else.",
        b"issuer" => "its token was issued by somebody else.",
        b"expired" => "its token has expired.",
        b"not_yet" => "its token is from the future; one of the clocks is wrong.",
        b"too_long" => "its token is good for more than ten minutes.",
        b"claims" => "its token lacks a claim, or one is not what it has to be.",
        b"role" => "its token names a role that does not exist.",
        b"replayed" => "its token has been used before.",
        b"origin" => "the page that handed it over may not.",
        b"off" => "sign-in from a portal is not configured here.",
        _ => "its token was refused.",
    }
}

pub const fn hint(hint: Hint) -> &'static str {
    match hint {
        Hint::StartTlsOnImplicitPort => {
            "Port 465 expects SSL, encrypted from the first byte. With TLS this pairing will not work."
        }
        Hint::ImplicitTlsOnStartTlsPort => {
            "Port 587 begins in clear and expects TLS (STARTTLS). With SSL this pairing will not work."
        }
        Hint::ClearOnImplicitPort => {
            "Port 465 expects SSL, encrypted from the first byte. Without encryption this pairing will not work."
        }
        Hint::ImplicitTlsOnRelayPort => "Port 25 rarely speaks SSL. Choose TLS if the server offers STARTTLS there.",
        Hint::ImplicitTlsOnAlternatePort => {
            "Port 2525 mostly stands in for 587: it begins in clear and expects TLS (STARTTLS)."
        }
        Hint::LoginOnRelayPort => {
            "Port 25 is for mail between servers: many networks close it, and many servers take no login there. Logins belong on 465 or 587."
        }
        Hint::PasswordInClear => {
            "Nothing is encrypted: Postroom sends a password in clear only within this machine (a loopback address), so logging in to any other server will not work."
        }
        Hint::NothingEncrypted => "Nothing is encrypted: anyone on the way can read and change the messages.",
        Hint::CertificateIgnored => "The server's certificate is not checked.",
    }
}

//! The fields that each resource is written with: one table, by which bodies are checked and the document is made.
//!
//! Only shape is looked at here: names and types. What a value must be is the draft's own business, in `domain`.

use domain::{FieldError, FieldErrors};
use serde_json::{Map, Value};

pub type Object = Map<String, Value>;

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Text,
    YesNo,
    /// A number; nothing stands for the usual one.
    Port,
    /// Of another resource; nothing stands for none.
    Id,
    Choice(&'static [&'static str]),
    /// Written, never read.
    Secret,
    /// A whole number, not negative.
    Count,
    /// One address, or a list of them.
    Addresses,
    /// An account by its id or its name.
    Account,
    Attachments,
    /// Search fields with what is typed into them.
    Filter,
    /// Some of these.
    Choices(&'static [&'static str]),
}

#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// JSON, where the server has a default worth knowing.
    pub default: Option<&'static str>,
    pub about: &'static str,
}

const fn field(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: false, default: None, about }
}

impl Field {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    pub const fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret)
    }
}

const SECRET_AGAIN: &str =
    "The credential's secret, where it would be sent to a place it has not been sent to before. Never read back.";

pub const ACCOUNT: &[Field] = &[
    field("name", Kind::Text, "Unique, without regard to case or accents.").required(),
    field("enabled", Kind::YesNo, "May the platform send with it.").or("true"),
    field("sender", Kind::Text, "The From address.").required(),
    field("reply_to", Kind::Text, "The Reply-To address. Left out, it is the sender."),
    field("return_path", Kind::Text, "Where bounces go: the envelope sender. Left out, it is the sender."),
    field("confirmation", Kind::Text, "Where read confirmations go. Left out, it is the sender."),
    field(
        "is_default",
        Kind::YesNo,
        "The account the platform sends with. Moves by making another one it; the first account is it.",
    )
    .or("false"),
    field("read_receipt", Kind::YesNo, "Ask the reader's program for a confirmation (RFC 8098).").or("false"),
    field(
        "force_settings",
        Kind::YesNo,
        "A message can't replace the account's reply_to, return_path and confirmation.",
    )
    .or("false"),
    field("footnote", Kind::YesNo, "Append the footer text.").or("false"),
    field("host", Kind::Text, "DNS name or IP address.").required(),
    field("port", Kind::Port, "Nothing is the usual one: SSL 465, TLS 587, unprotected 25."),
    field("secure", Kind::YesNo, "Encrypt the connection.").or("true"),
    field("security_type", Kind::Choice(&["tls", "ssl"]), "tls is STARTTLS, demanded; ssl is TLS from the first byte.")
        .or("\"ssl\""),
    field("authentication", Kind::YesNo, "Log in with the credential.").or("false"),
    field("credential_id", Kind::Id, "The credential to log in with."),
    field("secret", Kind::Secret, SECRET_AGAIN),
    field("ignore_certificate_errors", Kind::YesNo, "Anybody on the way can pose as the server.").or("false"),
    field("trusted_ca", Kind::Text, "Certificates (PEM) of authorities to trust beside those the machine knows: 10 at most.")
        .or("\"\""),
    field(
        "pinned_certificate",
        Kind::Text,
        "SHA-256 fingerprint of the one certificate that the server may show; its issuer, names and dates do not matter then.",
    )
    .or("\"\""),
    field("use_connector", Kind::YesNo, "Go through the network connector.").or("false"),
    field("connector_id", Kind::Id, "The network connector to go through."),
];

const CREDENTIAL_KINDS: &[&str] = &[
    "password",
    "microsoft_client_credentials",
    "google_service_account",
    "google_refresh_token",
    "oauth_token_endpoint",
];

pub const CREDENTIAL: &[Field] = &[
    field("name", Kind::Text, "Unique, without regard to case or accents.").required(),
    field(
        "kind",
        Kind::Choice(CREDENTIAL_KINDS),
        "What is shown to the server: a password, or a token got by OAuth 2.0.",
    )
    .or("\"password\""),
    field("user_name", Kind::Text, "With OAuth the mailbox. Another one needs the secret again.").required(),
    field("tenant", Kind::Text, "Microsoft 365: the tenant's id or domain.").or("\"\""),
    field("client_id", Kind::Text, "The application that asks for tokens; Google's key file has its own.").or("\"\""),
    field("token_url", Kind::Text, "Where tokens are asked for, https. Left out, the provider's own.").or("\"\""),
    field("scope", Kind::Text, "What they are to be good for. Left out, the provider's own.").or("\"\""),
    field("grant", Kind::Choice(&["client_credentials", "refresh_token"]), "For oauth_token_endpoint (RFC 6749).")
        .or("\"client_credentials\""),
    field("client_secret", Kind::Secret, "The client's own, beside a refresh token. Never read back."),
    field(
        "secret",
        Kind::Secret,
        "A password, a client's secret, Google's key file or a refresh token. Needed for a new credential; left out, the \
         stored one stays. Never read back.",
    ),
];

pub const CONNECTOR: &[Field] = &[
    field("name", Kind::Text, "Unique, without regard to case or accents.").required(),
    field("kind", Kind::Choice(&["socks5", "http_connect"]), "The protocol it speaks.").or("\"socks5\""),
    field("host", Kind::Text, "DNS name or IP address.").required(),
    field("port", Kind::Port, "Nothing is the usual one: SOCKS5 1080, HTTP CONNECT 3128."),
    field("credential_id", Kind::Id, "The credential that the connector asks for."),
    field("secret", Kind::Secret, SECRET_AGAIN),
    field("enabled", Kind::YesNo, "Accounts may go through it.").or("true"),
];

/// What a test is asked for; a test of values not saved has an account's fields beside them.
pub const TEST: &[Field] = &[
    field("to", Kind::Text, "Where the test message goes.").required(),
    field("subject", Kind::Text, "The test message's subject."),
    field("message", Kind::Text, "The test message's text."),
    field("mode", Kind::Choice(&["send", "check"]), "check ends the session before anything is sent.").or("\"send\""),
];

/// What a look at an account's sender is told; all of it may be left out.
pub const ARRIVAL: &[Field] = &[
    field("sending_addresses", Kind::Text, "IP addresses that mail leaves from, apart by commas: 4 at most. Left out, those of the account's host.").or("\"\""),
    field("selectors", Kind::Text, "DKIM selectors, apart by commas: 5 at most; each a selector of the sender's domain, or a whole name with `._domainkey.` in it.").or("\"\""),
    field("returned_copy", Kind::Text, "A message that came back, or its header: 128 KiB at most. Its signatures are looked at, and nothing is kept.").or("\"\""),
];

pub const ACCOUNT_OF_TEST: Field = field("account_id", Kind::Id, "The stored account that the values are an edit of.");

/// What settings are asked for.
pub const DISCOVER: &[Field] =
    &[field("address", Kind::Text, "The sender's e-mail address: its domain is what is asked.").required()];

/// What a message is handed over with.
pub const NOTIFICATION: &[Field] = &[
    field("to", Kind::Addresses, "Whom it goes to: one address, or a list of up to 100.").required(),
    field("subject", Kind::Text, "At most 500 characters."),
    field("text", Kind::Text, "The plain text; may be left out where there is HTML."),
    field("html", Kind::Text, "The same as HTML."),
    field("account", Kind::Account, "The account to send with, by id or name. Left out, it is the default account."),
    field("reply_to", Kind::Text, "Instead of the account's, unless it has force_settings."),
    field("return_path", Kind::Text, "Instead of the account's, unless it has force_settings."),
    field("confirmation", Kind::Text, "Instead of the account's, unless it has force_settings."),
    field("priority", Kind::Choice(&["high", "normal", "low"]), "Which of the waiting messages goes first.")
        .or("\"normal\""),
    field("attachments", Kind::Attachments, "At most 50 files; all parts together have at most 32 MiB."),
    field(
        "expires_in",
        Kind::Count,
        "Seconds after which it is not worth sending any more: 60 to 2678400. Left out, 48 hours.",
    ),
];

/// How an account sends.
pub const SENDING: &[Field] = &[
    field("connections", Kind::Count, "At once: 1 to 50.").or("10"),
    field("per_minute", Kind::Count, "Messages; 0 is no limit.").or("0"),
    field("failover_id", Kind::Id, "The account that takes over where this one can't send."),
];

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

pub const REPORTS: &[&str] =
    &["accounts", "credentials", "connectors", "users", "tokens", "audit", "outbox", "schedules"];

/// A report that goes out by mail by itself.
pub const SCHEDULE: &[Field] = &[
    field("name", Kind::Text, "Unique, without regard to case or accents. The mail's subject begins with it.")
        .required(),
    field("enabled", Kind::YesNo, "Does it run.").or("true"),
    field("report", Kind::Choice(REPORTS), "Which report is sent.").or("\"accounts\""),
    field("filter", Kind::Filter, "The report's search fields, as in its address: `{\"name\": \"relay\"}`.").or("{}"),
    field(
        "sort",
        Kind::Text,
        "A column, with `-` before it for downwards, or up to three with commas between them; empty is the report's own order.",
    )
    .or("\"\""),
    field("columns", Kind::Text, "Which columns, with commas between them, in their order; empty is the report's own.")
        .or("\"\""),
    field("format", Kind::Choice(&["csv", "pdf", "html"]), "What is attached to the mail.").or("\"csv\""),
    field("recipients", Kind::Addresses, "Whom it goes to: one address, or a list of up to 100.").required(),
    field("start", Kind::Text, "The first day, YYYY-MM-DD, in its time zone.").required(),
    field("end", Kind::Text, "The last day; empty: it goes on.").or("\"\""),
    field("repeat", Kind::Choice(&["weekly", "monthly"]), "By days of the week or by a day of the month.")
        .or("\"weekly\""),
    field("days", Kind::Choices(WEEKDAYS), "Where it is weekly. Left out: all days."),
    field("day_of_month", Kind::Count, "Where it is monthly: 1 to 31; in a shorter month its last day.").or("1"),
    field("time", Kind::Text, "HH:MM in its time zone. Where clocks are set forward over it, as much later.")
        .or("\"08:00\""),
    field("time_zone", Kind::Text, "By its name in the IANA time zone database, such as Europe/Berlin.").or("\"UTC\""),
    field("account_id", Kind::Id, "The account to send with. Left out, it is the default account of that time."),
];

const IDENTITY: [&str; 2] = ["id", "version"];

/// The object with known fields of the right type alone, in the form that drafts have; or all that is wrong with it.
/// Null stands for "not there". What was read may be sent back: `read_only` fields are passed over, since they change without
/// anybody's edit, and id and version may stand there as they are in `current`.
pub fn check<'a>(
    fields: impl Iterator<Item = &'a Field> + Clone,
    body: Object,
    current: Option<&Object>,
    read_only: &[&str],
) -> Result<Object, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut checked = Object::new();
    for (name, value) in body {
        if let Some(field) = fields.clone().find(|field| field.name == name) {
            match shaped(field, value) {
                Ok(Some(value)) => drop(checked.insert(name, value)),
                Ok(None) => {}
                Err(error) => errors.0.push(error),
            }
        } else if IDENTITY.contains(&name.as_str()) {
            if current.and_then(|current| current.get(&name)) != Some(&value) {
                errors.add(&name, "read_only");
            }
        } else if !read_only.contains(&name.as_str()) {
            errors.add(&name, "unknown_field");
        }
    }
    if errors.is_empty() { Ok(checked) } else { Err(errors) }
}

/// The value as a draft has it, nothing for null, or what is wrong with its type. Never quotes it: it may be a secret.
fn shaped(field: &Field, value: Value) -> Result<Option<Value>, FieldError> {
    match (field.kind, value) {
        (_, Value::Null) => Ok(None),
        (Kind::Choice(codes), Value::String(code)) if !codes.contains(&code.as_str()) => Err(FieldError {
            params: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..FieldError::new(field.name, "choice")
        }),
        // Forms send a port as it was typed.
        (Kind::Text | Kind::Secret | Kind::Port | Kind::Choice(_), Value::String(text)) => {
            Ok(Some(Value::String(text)))
        }
        (Kind::YesNo, Value::Bool(yes)) => Ok(Some(Value::Bool(yes))),
        (Kind::Port, Value::Number(number)) if number.is_i64() || number.is_u64() => {
            Ok(Some(Value::String(number.to_string())))
        }
        (Kind::Count, Value::Number(number)) if number.is_u64() => {
            // Beyond all limits is refused by them.
            Ok(Some(number.as_u64().map_or(u32::MAX, |count| u32::try_from(count).unwrap_or(u32::MAX)).into()))
        }
        (Kind::Addresses | Kind::Account, Value::String(text)) => Ok(Some(Value::String(text))),
        (Kind::Addresses, Value::Array(all)) if all.iter().all(Value::is_string) => Ok(Some(Value::Array(all))),
        (Kind::Attachments, Value::Array(all)) if all.iter().all(is_attachment) => Ok(Some(Value::Array(all))),
        (Kind::Filter, Value::Object(typed)) if typed.values().all(Value::is_string) => Ok(Some(Value::Object(typed))),
        (Kind::Choices(codes), Value::Array(all)) if all.iter().all(|one| known(codes, one)) => {
            Ok(Some(Value::Array(all)))
        }
        (Kind::Id | Kind::Account, Value::Number(number)) if number.is_i64() => Ok(Some(Value::Number(number))),
        (kind, _) => Err(FieldError::new(field.name, "type").with(match kind {
            Kind::Text | Kind::Secret | Kind::Choice(_) => "a text",
            Kind::YesNo => "true or false",
            Kind::Port | Kind::Id => "a whole number",
            Kind::Count => "a whole number, not negative",
            Kind::Addresses => "an address or a list of addresses",
            Kind::Account => "an account's id or name",
            Kind::Filter => "an object of texts",
            Kind::Choices(_) => "a list of known words",
            Kind::Attachments => "a list of objects with the texts name, media_type and content, and nothing else",
        })),
    }
}

fn known(codes: &[&str], value: &Value) -> bool {
    value.as_str().is_some_and(|code| codes.contains(&code))
}

/// The names of an attachment's fields.
pub const ATTACHMENT: [&str; 3] = ["name", "media_type", "content"];

fn is_attachment(value: &Value) -> bool {
    let known = |(name, value): (&String, &Value)| ATTACHMENT.contains(&name.as_str()) && value.is_string();
    value.as_object().is_some_and(|file| file.iter().all(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{account::AccountDraft, connector::ConnectorDraft, credential::CredentialDraft};
    use serde_json::json;
    use std::collections::BTreeSet;

    /// A draft's fields are exactly those of the table, and its defaults are those the table speaks of.
    fn agree(fields: &[Field], draft: &Value) {
        let draft = draft.as_object().expect("an object");
        let named: BTreeSet<_> = fields.iter().filter(|f| !f.is_secret()).map(|f| f.name).collect();
        assert_eq!(draft.keys().map(String::as_str).collect::<BTreeSet<_>>(), named);
        for field in fields {
            if let Some(default) = field.default {
                let default: Value = serde_json::from_str(default).expect("json");
                assert_eq!(draft[field.name], default, "{}", field.name);
            }
        }
    }

    #[test]
    fn tables_and_drafts_agree() {
        agree(ACCOUNT, &json!(AccountDraft::default()));
        agree(CREDENTIAL, &json!(CredentialDraft::default()));
        agree(CONNECTOR, &json!(ConnectorDraft::default()));
        agree(TEST, &json!(domain::session_test::TestDraft::default()));
        agree(ARRIVAL, &json!(domain::arrival::ArrivalDraft::default()));
        agree(NOTIFICATION, &json!(domain::notification::NotificationDraft::default()));
        agree(SENDING, &json!(domain::message::SendingLimits::default()));
        agree(SCHEDULE, &json!(domain::schedule::ScheduleDraft::default()));
        assert_eq!(
            CREDENTIAL_KINDS,
            domain::credential::CredentialKind::ALL.map(domain::credential::CredentialKind::code)
        );
        assert_eq!(REPORTS, domain::report::ReportName::ALL.map(domain::report::ReportName::code));
        assert_eq!(WEEKDAYS, domain::schedule::Weekday::ALL.map(domain::schedule::Weekday::code));
        let file = json!(domain::notification::AttachmentDraft::default());
        assert!(is_attachment(&file) && file.as_object().map(Map::len) == Some(ATTACHMENT.len()));
    }

    #[test]
    fn all_wrong_fields_are_named_at_once_and_none_is_quoted() {
        let body = json!({
            "name": 5, "enabled": "yes", "port": 2.5, "credential_id": "7", "security_type": "none", "secret": ["needle"],
            "colour": "needle", "id": 8, "version": 3, "last_test": 1, "host": "ok", "sender": null,
        });
        let current = json!({ "id": 7, "version": 3 });
        let Value::Object(body) = body else { unreachable!() };
        let errors = check(ACCOUNT.iter(), body, current.as_object(), &["last_test"]).expect_err("wrong");
        let mut got: Vec<_> = errors.0.iter().map(|e| format!("{}:{}", e.field, e.code)).collect();
        got.sort();
        let wanted = "colour:unknown_field credential_id:type enabled:type id:read_only name:type port:type secret:type \
                      security_type:choice";
        assert_eq!(got.join(" "), wanted);
        assert!(!format!("{errors:?}").contains("needle"));
    }

    #[test]
    fn what_is_right_comes_in_the_draft_s_form() {
        let Value::Object(body) = json!({ "port": 2525, "connector_id": null, "secure": false }) else {
            unreachable!()
        };
        let checked = check(ACCOUNT.iter(), body, None, &[]).expect("right");
        assert_eq!(Value::Object(checked), json!({ "port": "2525", "secure": false }));
    }
}

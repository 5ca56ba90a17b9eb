//! What is said in windows and on the pages beside the first: apart, so that it arrives with the code that asks for it.

use super::{Bulk, Comforts, Conflict, Embedding, History};
use domain::{
    Role,
    account::Hint,
    arrival::{Basis, Check, Verdict},
    credential::CredentialKind,
    destination::Place,
    discovery::Found,
    message::{AttemptOutcome, Reason},
    provider::{Caveat, Offer, Provider},
    session_test::{Diagnosis, Fact, Outcome, Step},
};

/// The texts of windows and of the other pages: reached by a call and not by a pointer in [`Words`], so that they arrive
/// with the code that asks for them.
pub struct Later {
    pub comforts: Comforts,
    pub account: Account,
    pub preset: Preset,
    pub discover: Discover,
    pub conflict: Conflict,
    pub keys: Keys,
    pub test: Test,
    pub arrival: Arrival,
    pub outbox: Outbox,
    pub bulk: Bulk,
    pub schedule: Schedule,
    pub history: History,
    pub incident: Incident,
    pub sending: Sending,
    pub credential: Credential,
    pub connector: Connector,
    pub user: User,
    pub token: Token,
    pub audit: Audit,
    pub parameters: Parameters,
    pub password: Password,
    pub embedding: Embedding,
    pub hint: fn(Hint) -> &'static str,
    pub diagnosis: fn(&Diagnosis) -> String,
    /// Why a message waits or was given up, and why an account does not send.
    pub reason: fn(&Reason) -> String,
    pub step: fn(Step) -> &'static str,
    pub outcome: fn(Outcome) -> &'static str,
}

pub struct Account {
    pub window: &'static str,
    pub name: &'static str,
    pub enabled: &'static str,
    pub sender: &'static str,
    pub reply_to: &'static str,
    pub return_path: &'static str,
    pub confirmation: &'static str,
    pub is_default: &'static str,
    pub read_receipt: &'static str,
    pub force_settings: &'static str,
    pub footnote: &'static str,
    pub server: &'static str,
    pub host: &'static str,
    pub port: &'static str,
    pub secure: &'static str,
    pub security_type: &'static str,
    pub tls: &'static str,
    pub ssl: &'static str,
    pub authentication: &'static str,
    pub ignore_certificate: &'static str,
    pub use_connector: &'static str,
    pub connector: &'static str,
    pub credential: &'static str,
    pub secret: &'static str,
    pub sender_hint: &'static str,
    pub reply_hint: &'static str,
    pub return_hint: &'static str,
    pub confirmation_hint: &'static str,
    pub default_hint: &'static str,
    pub default_first: &'static str,
    pub default_fixed: &'static str,
    pub receipt_hint: &'static str,
    pub force_hint: &'static str,
    pub footnote_hint: &'static str,
    pub port_hint: &'static str,
    pub tls_hint: &'static str,
    pub ssl_hint: &'static str,
    pub ignore_hint: &'static str,
    pub trust: &'static str,
    pub trust_text: &'static str,
    pub trusted_ca: &'static str,
    pub trusted_ca_hint: &'static str,
    pub pinned: &'static str,
    pub pinned_hint: &'static str,
    pub confirm_ca: &'static str,
    pub confirm_ca_text: &'static str,
    pub confirm_pin: &'static str,
    pub confirm_pin_text: &'static str,
    pub confirm_yes: &'static str,
    pub secret_hint: &'static str,
    pub no_connectors: &'static str,
    pub new_connector: &'static str,
    pub no_credentials: &'static str,
    pub new_credential: &'static str,
    pub connector_disabled: fn(&str) -> String,
    pub save_and_test: &'static str,
    pub test_unsaved: &'static str,
    pub conflict_title: &'static str,
    pub gone: &'static str,
    /// What a proposal changed, by label.
    pub filled_in: fn(&str) -> String,
    pub copy_of: fn(&str) -> String,
}

/// What is known of the provider that the settings window speaks of.
pub struct Preset {
    pub this_is: fn(&Provider, Offer) -> String,
    /// The sender's provider, with its host.
    pub sent_by: fn(&Provider, Offer) -> String,
    /// What stays to be known once the settings are filled in.
    pub wants: fn(&Provider) -> String,
    pub caveat: fn(Caveat) -> &'static str,
    pub use_these: &'static str,
    pub filled: fn(&Provider) -> String,
    /// The host is this provider's, and it is not known to answer like that.
    pub unlisted: fn(&Provider, Offer) -> String,
}

/// Settings found by asking the sender's domain.
pub struct Discover {
    pub find: &'static str,
    pub find_hint: &'static str,
    pub stop: &'static str,
    pub sender_first: &'static str,
    pub asking: fn(&str) -> String,
    pub nothing: fn(&str) -> String,
    pub found: fn(&Found) -> String,
    pub outside: fn(&str) -> String,
    pub use_it: fn(&Found) -> String,
    pub in_use: &'static str,
    /// By the code of who did not answer.
    pub silent: fn(&str) -> &'static str,
}

/// Two versions of one thing, side by side.
/// The window of keys.
pub struct Keys {
    pub title: &'static str,
    pub search: &'static str,
    pub new: &'static str,
    pub rows: &'static str,
    pub edit: &'static str,
    pub test: &'static str,
    pub sheet: &'static str,
    pub sheet_always: &'static str,
    pub click: &'static str,
    pub sort: &'static str,
    pub close: &'static str,
    pub single: &'static str,
    pub single_hint: &'static str,
}

pub struct Test {
    pub window: &'static str,
    pub unsaved: &'static str,
    pub to: &'static str,
    pub subject: &'static str,
    pub message: &'static str,
    pub default_subject: &'static str,
    pub default_message: &'static str,
    pub send: &'static str,
    pub steps: &'static str,
    pub state: fn(&str) -> &'static str,
    pub reply: &'static str,
    pub reached: fn(&str) -> String,
    pub class: fn(&str) -> &'static str,
    pub outcome_text: fn(&str) -> &'static str,
    pub broken: &'static str,
    pub operators_only: &'static str,
    pub check_only: &'static str,
    pub settings_read: &'static str,
    /// Behind a step that comes a second time.
    pub again: &'static str,
    /// What a step learnt; empty where its detail says it.
    pub fact: fn(&Fact) -> String,
    pub certificates: fn(usize) -> String,
    pub certificate_subject: &'static str,
    pub certificate_names: &'static str,
    pub certificate_issuer: &'static str,
    pub certificate_self: &'static str,
    pub certificate_valid: &'static str,
    pub certificate_key: &'static str,
    pub certificate_fingerprint: &'static str,
    pub lines: fn(usize) -> String,
    pub message_octets: fn(&str) -> String,
    pub why: &'static str,
    pub advice: &'static str,
    pub language: &'static str,
    pub copy_transcript: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
}

/// The window that looks at an account's sender; what is found in it, [`crate::arrival`] says.
pub struct Arrival {
    pub intro: &'static str,
    pub addresses: &'static str,
    pub addresses_hint: &'static str,
    pub selectors: &'static str,
    pub selectors_hint: &'static str,
    /// Unfolds the field for a message that came back.
    pub copy_fold: &'static str,
    pub copy: &'static str,
    pub copy_hint: &'static str,
    pub check: &'static str,
    pub check_again: &'static str,
    pub checking: &'static str,
    pub canceled: &'static str,
    pub operators_only: &'static str,
    /// How it stands in all, by the worst verdict.
    pub overall: fn(Verdict) -> &'static str,
    /// From which addresses, how that is known, and how long it took.
    pub looked_from: fn(&str, Basis) -> String,
    pub no_resolver: &'static str,
    pub verdict: fn(Verdict) -> &'static str,
    pub subject: fn(Check) -> &'static str,
    /// What it is for, behind its name.
    pub about: fn(Check) -> &'static str,
    pub sender_domain: &'static str,
    pub envelope_domain: &'static str,
    pub both_domains: &'static str,
    pub signing_domain: &'static str,
    pub sending_address: &'static str,
    pub no_address: &'static str,
    pub rests_on: fn(usize) -> String,
    /// Stands where a record would.
    pub nothing_there: &'static str,
    pub publish: &'static str,
    /// The same as for an earlier finding.
    pub publish_above: &'static str,
    pub copy_value: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
}

/// The Outbox's page and window.
pub struct Outbox {
    pub intro: &'static str,
    pub window: &'static str,
    pub read: &'static str,
    pub resend: &'static str,
    pub cancel: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    pub resent: fn(i64) -> String,
    pub canceled: fn(i64) -> String,
    pub paused: fn(i64) -> String,
    pub resumed: fn(i64) -> String,
    pub possible_duplicate: &'static str,
    pub status: &'static str,
    pub accepted: &'static str,
    pub due: &'static str,
    pub message_id: &'static str,
    pub content: &'static str,
    pub tries: &'static str,
    pub no_tries: &'static str,
    pub tries_heads: [&'static str; 6],
    pub outcome: fn(AttemptOutcome) -> &'static str,
    /// The final dot was sent, and how it ended is not known.
    pub committing: &'static str,
}

/// The window of a scheduled report, and its list.
pub struct Schedule {
    pub new: &'static str,
    pub edit: &'static str,
    pub intro: &'static str,
    pub details: &'static str,
    pub report: &'static str,
    pub filter: &'static str,
    pub no_filter: &'static str,
    /// Leads to the report as it will be sent.
    pub show: &'static str,
    pub sort: &'static str,
    /// A column's label, and whether downwards.
    pub sorted: fn(&str, bool) -> String,
    pub columns: &'static str,
    pub format: &'static str,
    pub recipients: &'static str,
    pub recipients_hint: &'static str,
    pub schedule: &'static str,
    pub start: &'static str,
    pub end: &'static str,
    pub end_hint: &'static str,
    pub repeat: &'static str,
    pub days: &'static str,
    pub all_days: &'static str,
    pub day_of_month: &'static str,
    pub day_of_month_hint: &'static str,
    pub time: &'static str,
    pub time_hint: &'static str,
    pub zone: &'static str,
    pub zone_hint: &'static str,
    pub account: &'static str,
    pub default_account: &'static str,
    pub next_runs: &'static str,
    pub no_more_runs: &'static str,
    /// Weekday, date and time, offset from UTC.
    pub run: fn(&str, &str, &str) -> String,
    pub send_now: &'static str,
    pub sending: &'static str,
    pub sent: fn(i64) -> String,
    pub last_run: &'static str,
    pub by_hand: &'static str,
    pub missed: fn(u32) -> String,
    pub message: fn(i64) -> String,
}

/// The list of incidents in the header.
pub struct Incident {
    pub none: &'static str,
    pub no_default: &'static str,
    pub no_default_choose: &'static str,
    pub no_default_make: &'static str,
    pub choose_default: &'static str,
    pub new_account: &'static str,
    pub halted: fn(&str) -> String,
    pub failing: fn(&str) -> String,
    pub unhealthy: fn(&str) -> String,
    pub expiring: fn(&str, i64) -> String,
    /// A moment follows.
    pub valid_until: &'static str,
    pub tests: &'static str,
    pub test: &'static str,
    /// A moment follows.
    pub since: &'static str,
    /// So many messages wait, or at least so many.
    pub waiting: fn(u64, bool) -> String,
    pub edit: &'static str,
    pub look: &'static str,
    pub sending: &'static str,
    pub messages: &'static str,
}

/// The window of how an account sends.
pub struct Sending {
    /// What is said to be saved.
    pub what: &'static str,
    pub connections: &'static str,
    pub connections_hint: &'static str,
    pub per_minute: &'static str,
    pub per_minute_hint: &'static str,
    pub unlimited: &'static str,
    pub failover: &'static str,
    pub failover_hint: &'static str,
    pub account: fn(i64) -> String,
    pub pause: &'static str,
    pub resume: &'static str,
    pub try_now: &'static str,
    pub paused: fn(&str) -> String,
    pub resumed: fn(&str) -> String,
    pub is_well: &'static str,
    pub is_paused: &'static str,
    pub is_disabled: &'static str,
    pub is_halted: &'static str,
    pub halted_text: &'static str,
    pub is_failing: &'static str,
    pub failing_text: fn(u32) -> String,
    /// A moment follows.
    pub next_try: &'static str,
}

pub struct Credential {
    pub new: &'static str,
    pub edit: &'static str,
    pub kind: &'static str,
    pub user_name: &'static str,
    pub secret: &'static str,
    pub secret_new: &'static str,
    pub secret_keep: &'static str,
    pub tenant: &'static str,
    pub tenant_hint: &'static str,
    pub client_id: &'static str,
    pub token_url: &'static str,
    pub scope: &'static str,
    pub usual_hint: &'static str,
    pub grant: &'static str,
    pub client_secret: &'static str,
    pub key_file: &'static str,
    pub refresh_token: &'static str,
    /// How to come by it, for each kind.
    pub kind_text: fn(CredentialKind) -> &'static str,
    pub used_by: &'static str,
    pub bound_to: &'static str,
    pub bound_text: &'static str,
    /// Host, port, protection, certificate setting, and the connector's kind and address if there is one.
    pub place: fn(&Place<'_>) -> String,
}

pub struct Connector {
    pub new: &'static str,
    pub edit: &'static str,
    pub kind: &'static str,
    pub host: &'static str,
    pub port: &'static str,
    pub credential: &'static str,
    pub enabled: &'static str,
    pub credential_hint: &'static str,
    pub secret_hint: &'static str,
    pub host_hint: &'static str,
    pub used_by: &'static str,
    pub test: &'static str,
    pub testing: fn(&str) -> String,
    pub answered: fn(&str, u64) -> String,
    pub silent: fn(&str) -> String,
}

pub struct User {
    pub new: &'static str,
    pub edit: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    pub password: &'static str,
    pub password_new: &'static str,
    pub password_keep: &'static str,
    pub enabled: &'static str,
    pub role_hint: fn(Role) -> &'static str,
    pub never: &'static str,
}

pub struct Token {
    pub new: &'static str,
    /// What the two lists are together.
    pub tabs: &'static str,
    pub made: fn(&str) -> String,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_by_hand: &'static str,
    pub revoke: &'static str,
    pub revoked: fn(&str) -> String,
}

pub struct Audit {
    pub intro: &'static str,
    /// Opens the lines that are out of sight.
    pub more: fn(usize) -> String,
}

pub struct Parameters {
    pub title: &'static str,
    pub footer: &'static str,
    pub footer_hint: &'static str,
    pub footer_html: &'static str,
    pub footer_html_hint: &'static str,
    pub retention: &'static str,
    pub retention_hint: &'static str,
    pub health: &'static str,
    pub health_text: &'static str,
    pub health_hours: &'static str,
    pub health_hours_hint: &'static str,
    pub health_recipients: &'static str,
    pub health_recipients_hint: &'static str,
    pub health_account: &'static str,
    pub health_account_hint: &'static str,
    pub health_default: &'static str,
    pub saved: &'static str,
    pub left: fn(usize) -> String,
}

/// The page where one changes one's own password.
pub struct Password {
    pub title: &'static str,
    pub current: &'static str,
    pub new: &'static str,
    pub repeat: &'static str,
    pub saved: &'static str,
}

//! What a language has to say: the shape of every locale. No words here.

use crate::en;
use domain::{
    Failure, FieldError, Role,
    account::Hint,
    destination::Place,
    message::{AttemptOutcome, Reason},
    report::ReportName,
    session_test::{Diagnosis, Outcome, Step},
};

/// The texts that the first page needs, in one language.
pub struct Words {
    pub common: Common,
    pub frame: Frame,
    pub report: Report,
    pub row: AccountRow,
    pub people: People,
    /// What a report calls itself and says when it has nothing to show.
    pub texts: fn(ReportName) -> &'static ReportTexts,
    /// A column's heading.
    pub column: fn(ReportName, &str) -> &'static str,
    /// A search field's label.
    pub search: fn(ReportName, &str) -> &'static str,
    /// What a code in a column or a drop-down means; `None` shows the code itself.
    pub code: fn(&str) -> Option<&'static str>,
    pub role: fn(Role) -> &'static str,
    pub field_error: fn(&FieldError) -> String,
    pub failure: fn(&Failure) -> String,
}

/// The texts of windows and of the other pages: reached by a call and not by a pointer in [`Words`], so that they arrive
/// with the code that asks for them.
pub struct Later {
    pub account: Account,
    pub conflict: Conflict,
    pub test: Test,
    pub outbox: Outbox,
    pub schedule: Schedule,
    pub incident: Incident,
    pub sending: Sending,
    pub credential: Credential,
    pub connector: Connector,
    pub user: User,
    pub token: Token,
    pub audit: Audit,
    pub parameters: Parameters,
    pub password: Password,
    pub hint: fn(Hint) -> &'static str,
    pub diagnosis: fn(&Diagnosis) -> String,
    /// Why a message waits or was given up, and why an account does not send.
    pub reason: fn(&Reason) -> String,
    pub step: fn(Step) -> &'static str,
    pub outcome: fn(Outcome) -> &'static str,
}

impl Words {
    /// In the same language.
    pub fn later(&self) -> &'static Later {
        &en::LATER
    }
}

pub struct Common {
    pub yes: &'static str,
    pub no: &'static str,
    pub none: &'static str,
    pub save: &'static str,
    pub saving: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub new: &'static str,
    pub edit: &'static str,
    pub view: &'static str,
    pub delete: &'static str,
    pub actions: &'static str,
    pub more_actions: &'static str,
    pub retry: &'static str,
    pub loading: &'static str,
    pub reload: &'static str,
    pub crashed: &'static str,
    pub dismiss: &'static str,
    pub name: &'static str,
    pub choose: &'static str,
    pub discard_title: &'static str,
    pub discard_text: &'static str,
    pub discard: &'static str,
    pub keep_editing: &'static str,
    pub read_only: &'static str,
    pub row_gone: &'static str,
    pub unknown_option: fn(i64) -> String,
    pub deleted: fn(&str) -> String,
    pub saved: fn(&str) -> String,
}

pub struct Frame {
    pub product: &'static str,
    pub skip: &'static str,
    pub products: &'static str,
    pub settings: &'static str,
    pub email: &'static str,
    pub connections: &'static str,
    pub system: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub sign_out: &'static str,
    pub sign_in: &'static str,
    pub side: &'static str,
    pub not_found: &'static str,
    pub not_found_text: &'static str,
    pub to_start: &'static str,
    /// The pages of those names, and the button on the page of tokens.
    pub password: &'static str,
    pub parameters: &'static str,
    pub new_token: &'static str,
    /// What so many are called; the number stands before it.
    pub incidents: fn(usize) -> &'static str,
    pub incident_list: &'static str,
}

/// What every report says.
pub struct Report {
    pub search: &'static str,
    pub more: &'static str,
    pub less: &'static str,
    pub clear: &'static str,
    pub apply: &'static str,
    pub all: &'static str,
    pub rows_per_page: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub pages: &'static str,
    pub table: fn(&str) -> String,
    pub page_of: fn(u32, u32) -> String,
    pub range: fn(u64, u64, u64) -> String,
    pub matching: fn(u64, u64, &ReportTexts) -> String,
    pub no_match: &'static str,
    pub no_match_filter: fn(&str) -> String,
    /// Clears the filter; not called Clear, as the button beside the search fields is.
    pub show_all: &'static str,
    pub filter_part: fn(&str, &str) -> String,
    pub failed: &'static str,
    pub ids_hint: &'static str,
    pub since_hint: &'static str,
    pub utc: &'static str,
    pub print: &'static str,
    pub export_csv: &'static str,
    pub schedule: &'static str,
}

/// What a report says of itself on paper and in files.
pub struct Paper {
    /// Its language, as HTML names it.
    pub language: &'static str,
    pub printed_by: &'static str,
    pub printed_at: &'static str,
    /// A moment in UTC, and that all others are too.
    pub when: fn(&str) -> String,
    pub filter: &'static str,
    pub no_filter: &'static str,
    pub sorted_by: &'static str,
    /// A column's label, and whether downwards.
    pub sorted: fn(&str, bool) -> String,
    pub rows: &'static str,
    /// The same where counting was given up: so many, and more.
    pub at_least: fn(&str) -> String,
    pub no_rows: &'static str,
    /// Who asked for it, where a schedule of that name did.
    pub by_schedule: fn(&str) -> String,
    /// The schedule's name, and the report's title.
    pub mail_subject: fn(&str, &str) -> String,
    pub attached: fn(&str) -> String,
    /// When it was due, and how many times before it have passed.
    pub late: fn(&str, u32) -> String,
    /// A page's number and how many there are; as texts, since whoever asks may not know them yet.
    pub sheet_of: fn(&str, &str) -> String,
}

/// One report's own words.
pub struct ReportTexts {
    pub title: &'static str,
    pub one: &'static str,
    pub many: &'static str,
    pub empty: &'static str,
    pub empty_text: &'static str,
    pub delete_title: &'static str,
    pub delete_text: fn(&str) -> String,
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
    pub copy_of: fn(&str) -> String,
}

/// What a row of the accounts report says, and what can be done with it.
pub struct AccountRow {
    pub test_setting: &'static str,
    /// The action, and the window that it opens.
    pub sending: &'static str,
    pub duplicate: &'static str,
    pub set_default: &'static str,
    pub enable: &'static str,
    pub disable: &'static str,
    pub made_default: fn(&str) -> String,
    pub was_enabled: fn(&str) -> String,
    pub was_disabled: fn(&str) -> String,
    pub never_tested: &'static str,
    pub passed: &'static str,
    pub failed: &'static str,
    pub ms: fn(u64) -> String,
}

/// Two versions of one thing, side by side.
pub struct Conflict {
    pub title: &'static str,
    pub text: &'static str,
    pub same: &'static str,
    pub field: &'static str,
    pub mine: &'static str,
    pub theirs: &'static str,
    pub keep_mine: &'static str,
    pub take_theirs: &'static str,
    /// Stands for a secret that was typed, and for one that was not.
    pub entered: &'static str,
    pub kept: &'static str,
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

pub struct People {
    pub sign_in: &'static str,
    pub user_name: &'static str,
    pub password: &'static str,
    pub wrong: &'static str,
    pub too_many: fn(&str) -> String,
    pub failed: &'static str,
    pub setup: &'static str,
    pub setup_text: &'static str,
    pub setup_button: &'static str,
    pub setup_no_token: &'static str,
    pub password_hint: &'static str,
}

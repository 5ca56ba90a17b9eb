//! What a language has to say: the shape of every locale. No words here.

mod bulk;
mod comforts;
mod conflict;
mod embed;
mod history;
mod later;

pub use bulk::Bulk;
pub use comforts::Comforts;
pub use conflict::Conflict;
pub use embed::{Embedding, Framed};
pub use history::History;
pub use later::{
    Account, Arrival, Audit, Connector, Credential, Discover, Incident, Keys, Later, Outbox, Parameters, Password,
    Preset, Schedule, Sending, Test, Token, User,
};

use crate::{Language, en};
use domain::{Failure, FieldError, Role, report::ReportName};

/// The texts that the first page needs, in one language.
pub struct Words {
    pub language: Language,
    /// A date with or without its time, given as `2026-11-21 22:12`, as this language writes it.
    pub moment: fn(&str) -> String,
    /// What a language brings along that arrives whole; English comes in parts, with the code that asks.
    pub(crate) whole: Option<Whole>,
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

impl Words {
    /// In the same language.
    pub fn later(&self) -> &'static Later {
        self.whole.map_or(&en::LATER, |whole| whole.later)
    }

    /// What a page says in a portal's frame, in the same language: arrives with the frame's own code.
    pub fn framed(&self) -> &'static Framed {
        self.whole.map_or(&en::FRAMED, |whole| whole.framed)
    }
}

/// The rest of a language, by pointers: all of it arrives at once.
#[derive(Clone, Copy)]
pub(crate) struct Whole {
    pub later: &'static Later,
    pub framed: &'static Framed,
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
    /// A part of the program does not come.
    pub late: &'static str,
    pub dismiss: &'static str,
    pub name: &'static str,
    pub choose: &'static str,
    pub discard_title: &'static str,
    pub discard_text: &'static str,
    pub discard: &'static str,
    pub undo: &'static str,
    pub undone: &'static str,
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
    pub language: &'static str,
    pub settings: &'static str,
    pub email: &'static str,
    pub connections: &'static str,
    pub system: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub theme_contrast: &'static str,
    pub keys: &'static str,
    pub density: &'static str,
    pub density_comfortable: &'static str,
    pub density_compact: &'static str,
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
    /// The same where counting was given up: so many, and more.
    pub at_least: fn(&str) -> String,
    pub no_match: &'static str,
    pub no_match_filter: fn(&str) -> String,
    /// Clears the filter; not called Clear, as the button beside the search fields is.
    pub show_all: &'static str,
    /// The boxes that rows are chosen with.
    pub select_row: fn(&str) -> String,
    pub select_page: &'static str,
    /// What is filtered by, and what comes before each where it can be taken away: `Remove filter Name: a`.
    pub filters: &'static str,
    pub remove_filter: &'static str,
    pub columns: &'static str,
    pub views: &'static str,
    /// What is looked at is not what the view keeps any more.
    pub view_changed: &'static str,
    pub filter_part: fn(&str, &str) -> String,
    pub failed: &'static str,
    pub ids_hint: &'static str,
    pub since_hint: &'static str,
    pub utc: &'static str,
    /// What others change does not arrive at the moment.
    pub not_live: &'static str,
    /// So many rows were changed by somebody else.
    pub changed_elsewhere: fn(u64, &ReportTexts) -> String,
    pub print: &'static str,
    pub export_csv: &'static str,
    pub schedule: &'static str,
}

/// The mail that the health check writes.
pub struct HealthMail {
    /// So many fail, work again, have a certificate that ends soon.
    pub subject: fn(usize, usize, usize) -> String,
    pub intro: &'static str,
    pub failing: fn(&str) -> String,
    pub differently: fn(&str) -> String,
    pub recovered: fn(&str) -> String,
    pub since: fn(&str) -> String,
    pub ends: fn(&str, i64) -> String,
    pub certificate: fn(&str, &str) -> String,
    pub renew: &'static str,
    pub server_said: &'static str,
    pub more: fn(usize) -> String,
    pub foot: fn(u32) -> String,
}

/// What a report says of itself on paper and in files.
pub struct Paper {
    pub health: HealthMail,
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

/// What a row of the accounts report says, and what can be done with it.
pub struct AccountRow {
    pub test_setting: &'static str,
    /// The action, and the window that it opens.
    pub sending: &'static str,
    /// The action, and the window that it opens.
    pub history: &'static str,
    pub arrival: &'static str,
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

pub struct People {
    pub sign_in: &'static str,
    pub user_name: &'static str,
    pub password: &'static str,
    pub single_sign_on: &'static str,
    pub wrong: &'static str,
    pub too_many: fn(&str) -> String,
    pub failed: &'static str,
    pub setup: &'static str,
    pub setup_text: &'static str,
    pub setup_button: &'static str,
    pub setup_no_token: &'static str,
    pub password_hint: &'static str,
}

//! The reports there are: their columns and search fields, as closed lists. SQL is made from these and never from a client's string.

use crate::{Action, message::MessageStatus};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportName {
    Accounts,
    Credentials,
    Connectors,
    Users,
    Tokens,
    Audit,
    Outbox,
    Schedules,
}

/// How a column's values are read, shown and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Id,
    /// Compared without regard to case or accents.
    Text,
    YesNo,
    /// A word from a closed list, shown in the reader's language, compared as it is.
    Code,
    /// Milliseconds since 1970, or none.
    Time,
    Number,
}

#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    pub key: &'static str,
    pub kind: ColumnKind,
    pub sortable: bool,
    /// Auxiliary columns travel with the row for another cell or an action, and have no column of their own.
    pub shown: bool,
}

/// How a search field matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Exactly one of the ids typed.
    Ids,
    /// Anywhere in the text, without regard to case or accents.
    Text,
    /// One of these codes (`yes`, `no` for a [`ColumnKind::YesNo`]), or empty for all.
    Choice(&'static [&'static str]),
    /// At or after a date (UTC).
    Since,
    /// At or before the end of a date (UTC).
    Until,
}

#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// Its name in the address.
    pub key: &'static str,
    pub kind: FieldKind,
    /// The index of the column it searches.
    pub column: usize,
    /// Stands in sight; the others appear under *More*.
    pub in_sight: bool,
}

#[derive(Debug)]
pub struct ReportSpec {
    pub name: ReportName,
    pub columns: &'static [ColumnSpec],
    pub fields: &'static [FieldSpec],
    /// The column sorted by unless the address says otherwise, and whether downwards.
    pub default_sort: (usize, bool),
}

impl ReportName {
    pub const ALL: [Self; 8] = [
        Self::Accounts,
        Self::Credentials,
        Self::Connectors,
        Self::Users,
        Self::Tokens,
        Self::Audit,
        Self::Outbox,
        Self::Schedules,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Credentials => "credentials",
            Self::Connectors => "connectors",
            Self::Users => "users",
            Self::Tokens => "tokens",
            Self::Audit => "audit",
            Self::Outbox => "outbox",
            Self::Schedules => "schedules",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }

    /// What a file of it is called, before the date.
    pub const fn file_stem(self) -> &'static str {
        match self {
            Self::Accounts => "smtp-accounts",
            Self::Credentials => "credentials",
            Self::Connectors => "network-connectors",
            Self::Users => "users",
            Self::Tokens => "api-tokens",
            Self::Audit => "audit-log",
            Self::Outbox => "outbox",
            Self::Schedules => "scheduled-reports",
        }
    }

    /// What one must be allowed to do to read it, on screen or on paper.
    pub const fn read_action(self) -> Action {
        match self {
            Self::Accounts => Action::AccountsRead,
            Self::Credentials => Action::CredentialsRead,
            Self::Connectors => Action::ConnectorsRead,
            Self::Users => Action::UsersRead,
            Self::Tokens => Action::TokensRead,
            Self::Audit => Action::AuditRead,
            Self::Outbox => Action::OutboxRead,
            Self::Schedules => Action::SchedulesRead,
        }
    }

    pub const fn spec(self) -> &'static ReportSpec {
        match self {
            Self::Accounts => &ACCOUNTS,
            Self::Credentials => &CREDENTIALS,
            Self::Connectors => &CONNECTORS,
            Self::Users => &USERS,
            Self::Tokens => &TOKENS,
            Self::Audit => &AUDIT,
            Self::Outbox => &OUTBOX,
            Self::Schedules => &SCHEDULES,
        }
    }

    /// Nobody wants to hold these: they are as long as the server is old.
    pub const fn only_grows(self) -> bool {
        matches!(self, Self::Audit | Self::Outbox)
    }

    /// Whether rows alike in the sorted column follow its direction too, instead of always going up by id. For a
    /// million rows: an index can be walked from either end, but only as a whole.
    pub const fn ties_follow(self) -> bool {
        matches!(self, Self::Outbox)
    }
}

impl ReportSpec {
    pub fn column_index(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    pub fn field(&self, key: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// The codes in the accounts report's `badges` column, separated by blanks.
pub mod badge {
    pub const CERTIFICATE_IGNORED: &str = "certificate_ignored";
    pub const NOTHING_ENCRYPTED: &str = "nothing_encrypted";
    pub const SECRET_MISSING: &str = "secret_missing";
}

const YES_NO: FieldKind = FieldKind::Choice(&["yes", "no"]);

const fn column(key: &'static str, kind: ColumnKind) -> ColumnSpec {
    ColumnSpec { key, kind, sortable: true, shown: true }
}

const fn unsorted(key: &'static str, kind: ColumnKind) -> ColumnSpec {
    ColumnSpec { key, kind, sortable: false, shown: true }
}

const fn auxiliary(key: &'static str, kind: ColumnKind) -> ColumnSpec {
    ColumnSpec { key, kind, sortable: false, shown: false }
}

const fn field(key: &'static str, kind: FieldKind, column: usize, in_sight: bool) -> FieldSpec {
    FieldSpec { key, kind, column, in_sight }
}

static ACCOUNTS: ReportSpec = ReportSpec {
    name: ReportName::Accounts,
    columns: &[
        column("id", ColumnKind::Id),
        column("name", ColumnKind::Text),
        column("sender", ColumnKind::Text),
        column("reply_to", ColumnKind::Text),
        column("return_path", ColumnKind::Text),
        column("confirmation", ColumnKind::Text),
        column("enabled", ColumnKind::YesNo),
        column("is_default", ColumnKind::YesNo),
        column("secure", ColumnKind::YesNo),
        column("force_settings", ColumnKind::YesNo),
        column("read_receipt", ColumnKind::YesNo),
        column("footnote", ColumnKind::YesNo),
        column("last_test", ColumnKind::Code),
        auxiliary("last_test_at", ColumnKind::Time),
        auxiliary("last_test_ms", ColumnKind::Number),
        auxiliary("badges", ColumnKind::Code),
        auxiliary("version", ColumnKind::Number),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, true),
        field("name", FieldKind::Text, 1, true),
        field("enabled", YES_NO, 6, true),
        field("sender", FieldKind::Text, 2, false),
        field("reply_to", FieldKind::Text, 3, false),
        field("return_path", FieldKind::Text, 4, false),
        field("confirmation", FieldKind::Text, 5, false),
    ],
    default_sort: (0, false),
};

static CREDENTIALS: ReportSpec = ReportSpec {
    name: ReportName::Credentials,
    columns: &[
        column("id", ColumnKind::Id),
        column("name", ColumnKind::Text),
        column("kind", ColumnKind::Code),
        column("user_name", ColumnKind::Text),
        column("secret_set_at", ColumnKind::Time),
        unsorted("used_by", ColumnKind::Text),
        auxiliary("version", ColumnKind::Number),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, true),
        field("name", FieldKind::Text, 1, true),
        field("user_name", FieldKind::Text, 3, true),
    ],
    default_sort: (0, false),
};

static CONNECTORS: ReportSpec = ReportSpec {
    name: ReportName::Connectors,
    columns: &[
        column("id", ColumnKind::Id),
        column("name", ColumnKind::Text),
        column("kind", ColumnKind::Code),
        column("host", ColumnKind::Text),
        column("port", ColumnKind::Number),
        column("enabled", ColumnKind::YesNo),
        unsorted("used_by", ColumnKind::Text),
        auxiliary("version", ColumnKind::Number),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, true),
        field("name", FieldKind::Text, 1, true),
        field("enabled", YES_NO, 5, true),
        field("host", FieldKind::Text, 3, false),
        field("kind", FieldKind::Choice(&["socks5", "http_connect"]), 2, false),
    ],
    default_sort: (0, false),
};

static USERS: ReportSpec = ReportSpec {
    name: ReportName::Users,
    columns: &[
        column("id", ColumnKind::Id),
        column("name", ColumnKind::Text),
        column("role", ColumnKind::Code),
        column("enabled", ColumnKind::YesNo),
        column("last_sign_in", ColumnKind::Time),
        auxiliary("version", ColumnKind::Number),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, true),
        field("name", FieldKind::Text, 1, true),
        field("role", FieldKind::Choice(&["viewer", "operator", "administrator"]), 2, true),
        field("enabled", YES_NO, 3, false),
    ],
    default_sort: (0, false),
};

static TOKENS: ReportSpec = ReportSpec {
    name: ReportName::Tokens,
    columns: &[
        column("id", ColumnKind::Id),
        column("name", ColumnKind::Text),
        column("role", ColumnKind::Code),
        column("state", ColumnKind::Code),
        column("created_by", ColumnKind::Text),
        column("created_at", ColumnKind::Time),
        column("last_used_at", ColumnKind::Time),
        column("revoked_at", ColumnKind::Time),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, false),
        field("name", FieldKind::Text, 1, true),
        field("role", FieldKind::Choice(&["viewer", "operator", "administrator"]), 2, true),
        field("state", FieldKind::Choice(&["active", "revoked"]), 3, true),
        field("created_by", FieldKind::Text, 4, false),
    ],
    default_sort: (0, false),
};

static AUDIT: ReportSpec = ReportSpec {
    name: ReportName::Audit,
    columns: &[
        column("id", ColumnKind::Id),
        column("at", ColumnKind::Time),
        column("actor", ColumnKind::Text),
        column("origin", ColumnKind::Text),
        column("action", ColumnKind::Code),
        column("subject", ColumnKind::Text),
        unsorted("detail", ColumnKind::Text),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, false),
        field("actor", FieldKind::Text, 2, true),
        field("action", FieldKind::Text, 4, true),
        field("subject", FieldKind::Text, 5, true),
        field("origin", FieldKind::Text, 3, false),
        field("detail", FieldKind::Text, 6, false),
        field("since", FieldKind::Since, 1, false),
        field("until", FieldKind::Until, 1, false),
    ],
    default_sort: (0, true),
};

static OUTBOX: ReportSpec = ReportSpec {
    name: ReportName::Outbox,
    columns: &[
        column("id", ColumnKind::Id),
        column("subject", ColumnKind::Text),
        column("to", ColumnKind::Text),
        column("from", ColumnKind::Text),
        column("account", ColumnKind::Text),
        unsorted("type", ColumnKind::Code),
        column("at", ColumnKind::Time),
        column("status", ColumnKind::Code),
        unsorted("mta", ColumnKind::Text),
        unsorted("created_by", ColumnKind::Text),
        unsorted("opening", ColumnKind::Time),
        column("priority", ColumnKind::Code),
        auxiliary("reason", ColumnKind::Code),
        auxiliary("reason_params", ColumnKind::Code),
        auxiliary("due", ColumnKind::Time),
        auxiliary("possible_duplicate", ColumnKind::YesNo),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, true),
        field("subject", FieldKind::Text, 1, true),
        field("to", FieldKind::Text, 2, true),
        field("status", FieldKind::Choice(MessageStatus::CODES), 7, true),
        field("from", FieldKind::Text, 3, false),
        field("account", FieldKind::Text, 4, false),
        field("since", FieldKind::Since, 6, false),
        field("until", FieldKind::Until, 6, false),
    ],
    default_sort: (0, true),
};

static SCHEDULES: ReportSpec = ReportSpec {
    name: ReportName::Schedules,
    columns: &[
        column("id", ColumnKind::Id),
        column("name", ColumnKind::Text),
        column("enabled", ColumnKind::YesNo),
        column("last_run", ColumnKind::Time),
        column("last_result", ColumnKind::Code),
        column("next_run", ColumnKind::Time),
        column("report", ColumnKind::Code),
        column("format", ColumnKind::Code),
        column("recipients", ColumnKind::Text),
        column("repeat", ColumnKind::Code),
        column("time", ColumnKind::Text),
        column("account", ColumnKind::Text),
        auxiliary("missed", ColumnKind::Number),
        auxiliary("message_id", ColumnKind::Number),
        auxiliary("version", ColumnKind::Number),
    ],
    fields: &[
        field("id", FieldKind::Ids, 0, false),
        field("name", FieldKind::Text, 1, true),
        field("recipients", FieldKind::Text, 8, true),
        field("enabled", YES_NO, 2, true),
        field("format", FieldKind::Choice(&["csv", "pdf", "html"]), 7, false),
        field("account", FieldKind::Text, 11, false),
    ],
    default_sort: (0, false),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_begins_with_its_id_and_every_field_names_a_column() {
        for name in ReportName::ALL {
            let spec = name.spec();
            assert_eq!(spec.name, name);
            assert_eq!(ReportName::parse(name.code()), Some(name));
            assert_eq!(spec.columns[0].kind, ColumnKind::Id);
            for field in spec.fields {
                assert!(field.column < spec.columns.len(), "{name:?} {}", field.key);
                assert!(!["sort", "page", "size", "columns", "view"].contains(&field.key), "{name:?} {}", field.key);
            }
        }
    }

    #[test]
    fn the_accounts_report_has_the_columns_of_the_specification() {
        let shown: Vec<_> = ReportName::Accounts.spec().columns.iter().filter(|c| c.shown).map(|c| c.key).collect();
        assert_eq!(
            shown.join(" "),
            "id name sender reply_to return_path confirmation enabled is_default secure force_settings read_receipt footnote last_test"
        );
    }
}

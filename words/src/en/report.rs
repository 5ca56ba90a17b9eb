//! English: what a report says around its rows.

use crate::{
    Paper, Report, ReportTexts,
    number::{digits, with_commas},
};
use domain::report::ReportName;

pub const REPORT: Report = Report {
    search: "Search",
    more: "More",
    less: "Less",
    clear: "Clear",
    apply: "Search",
    all: "All",
    rows_per_page: "Rows per page",
    previous: "Previous",
    next: "Next",
    pages: "Pages",
    table: |title| format!("{title}, table"),
    page_of: |number, count| format!("Page {} of {}", with_commas(number.into()), with_commas(count.into())),
    range: |first, last, matching| {
        if matching == 0 {
            return "0 of 0".to_owned();
        }
        format!("{}–{} of {}", with_commas(first), with_commas(last), with_commas(matching))
    },
    matching: |matching, all, texts| {
        let noun = if all == 1 { texts.one } else { texts.many };
        let (some, all_of) = (with_commas(matching), with_commas(all));
        if matching == all { format!("{all_of} {noun}") } else { format!("{some} of {all_of} {noun}") }
    },
    at_least: |rows| format!("At least {rows}"),
    no_match: "Nothing matches",
    no_match_filter: |filter| format!("No row has {filter}."),
    show_all: "Show all",
    select_row: |name| format!("Select {name}"),
    select_page: "Select all on this page",
    filters: "Filters in force",
    remove_filter: "Remove filter",
    columns: "Columns",
    views: "Views",
    view_changed: "changed",
    filter_part: |field, text| format!("{field} “{text}”"),
    failed: "The report could not be loaded",
    ids_hint: "3, 7, 10-20",
    since_hint: "YYYY-MM-DD (UTC)",
    utc: "UTC",
    not_live: "Not live: trying again",
    changed_elsewhere: |count, texts| {
        format!("{} {} changed", with_commas(count), if count == 1 { texts.one } else { texts.many })
    },
    print: "Print Report",
    export_csv: "Export CSV",
    schedule: "Schedule Report",
};

pub const PAPER: Paper = Paper {
    health: super::health::HEALTH,
    language: "en",
    printed_by: "Printed by",
    printed_at: "Date/Time",
    when: |moment| format!("{moment} UTC, as all times here"),
    filter: "Filter",
    no_filter: "None: all rows",
    sorted_by: "Sorted by",
    sorted: super::schedule::SCHEDULE.sorted,
    rows: "Rows",
    no_rows: "No row matches.",
    by_schedule: |name| format!("Scheduled report “{name}”"),
    mail_subject: |name, title| if name == title { name.to_owned() } else { format!("{name} – {title}") },
    attached: |file| format!("The report is attached: {file}"),
    late: |when, missed| {
        let others = match missed {
            0 => String::new(),
            1 => " One earlier time passed meanwhile; it is not made up for.".to_owned(),
            count => {
                format!(" {} earlier times passed meanwhile; they are not made up for.", with_commas(count.into()))
            }
        };
        format!("It is late: it was due at {when}, when Postroom was not running.{others}")
    },
    sheet_of: |number, count| format!("Page {} of {}", digits(number, with_commas), digits(count, with_commas)),
};

pub const fn texts(report: ReportName) -> &'static ReportTexts {
    match report {
        ReportName::Accounts => &ACCOUNTS,
        ReportName::Credentials => &CREDENTIALS,
        ReportName::Connectors => &CONNECTORS,
        ReportName::Users => &USERS,
        ReportName::Tokens => &TOKENS,
        ReportName::Audit => &AUDIT,
        ReportName::Outbox => &OUTBOX,
        ReportName::Schedules => &SCHEDULES,
    }
}

static ACCOUNTS: ReportTexts = ReportTexts {
    title: "SMTP Configuration",
    one: "account",
    many: "accounts",
    empty: "No SMTP account yet",
    empty_text: "Register the account your platform sends its mail with. The first one becomes the default; a test mail then shows that it works.",
    delete_title: "Delete account?",
    delete_text: |name| format!("The account “{name}” will be deleted. This can't be undone."),
};

static OUTBOX: ReportTexts = ReportTexts {
    title: "Outbox",
    one: "message",
    many: "messages",
    empty: "No message yet",
    empty_text: "What programs hand over to be sent, and what became of it, stands here.",
    delete_title: "",
    delete_text: |_| String::new(),
};

static SCHEDULES: ReportTexts = ReportTexts {
    title: "Scheduled reports",
    one: "scheduled report",
    many: "scheduled reports",
    empty: "No scheduled report yet",
    empty_text: "A report can go out by mail by itself, as CSV, PDF or HTML: filter it as you need it, then choose Actions, Schedule Report.",
    delete_title: "Delete scheduled report?",
    delete_text: |name| format!("“{name}” will not be sent any more. This can't be undone."),
};

static CREDENTIALS: ReportTexts = ReportTexts {
    title: "Credentials",
    one: "credential",
    many: "credentials",
    empty: "No credential yet",
    empty_text: "A credential is the user name and secret that an account logs in with. The secret is stored encrypted and never shown again.",
    delete_title: "Delete credential?",
    delete_text: |name| format!("The credential “{name}” and its secret will be deleted. This can't be undone."),
};

static CONNECTORS: ReportTexts = ReportTexts {
    title: "Network Connectors",
    one: "connector",
    many: "connectors",
    empty: "No network connector yet",
    empty_text: "A connector is a way into a network that this server does not reach by itself: a SOCKS5 or HTTP CONNECT proxy.",
    delete_title: "Delete connector?",
    delete_text: |name| format!("The connector “{name}” will be deleted. This can't be undone."),
};

static USERS: ReportTexts = ReportTexts {
    title: "Users",
    one: "user",
    many: "users",
    empty: "No user yet",
    empty_text: "Users sign in with a name and a password. What they may do is their role.",
    delete_title: "Delete user?",
    delete_text: |name| format!("The user “{name}” will be deleted and signed out everywhere. This can't be undone."),
};

static TOKENS: ReportTexts = ReportTexts {
    title: "API tokens",
    one: "token",
    many: "tokens",
    empty: "No API token yet",
    empty_text: "A program that calls Postroom over HTTP shows a token in place of a user name and password. What it may do is the token's role.",
    delete_title: "Revoke token?",
    delete_text: |name| format!("Programs that use the token “{name}” are refused from now on. This can't be undone."),
};

static AUDIT: ReportTexts = ReportTexts {
    title: "Audit log",
    one: "entry",
    many: "entries",
    empty: "Nothing has happened yet",
    empty_text: "Every change and every test is written down here: who, when, from where, what was and what is.",
    delete_title: "",
    delete_text: |_| String::new(),
};

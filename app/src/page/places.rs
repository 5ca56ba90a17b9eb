//! Addresses of the pages and windows: written here, and nowhere else.
//!
//! The constants are addresses as the application knows them; what the functions make is where a link leads.

pub use crate::mount::at;
use crate::mount::beside;
use domain::report::ReportName;

pub const ACCOUNTS: &str = "/settings/email/smtp";
pub const OUTBOX: &str = "/settings/email/outbox";
pub const SCHEDULES: &str = "/settings/email/schedules";
pub const CREDENTIALS: &str = "/settings/credentials";
pub const CONNECTORS: &str = "/settings/connectors";
pub const USERS: &str = "/settings/users";
pub const TOKENS: &str = "/settings/users/tokens";
pub const AUDIT: &str = "/settings/audit";
pub const PARAMETERS: &str = "/settings/parameters";
pub const PASSWORD: &str = "/settings/password";
pub const SETTINGS: &str = "/settings";

pub fn sign_in() -> String {
    beside("/sign-in")
}

pub fn single_sign_on() -> String {
    beside("/sign-in/oidc")
}

pub fn sign_out() -> String {
    beside("/sign-out")
}

pub fn language() -> String {
    beside("/language")
}

pub fn setup() -> String {
    beside("/setup")
}

pub fn new(list: &str) -> String {
    at(&format!("{list}/new"))
}

pub fn edit(list: &str, id: i64) -> String {
    at(&format!("{list}/{id}/edit"))
}

pub fn read(list: &str, id: i64) -> String {
    at(&format!("{list}/{id}/read"))
}

/// The window in which a list's report is scheduled.
pub fn schedule(list: &str) -> String {
    at(&format!("{list}/schedule"))
}

/// The page that shows a report.
pub const fn list(report: ReportName) -> &'static str {
    match report {
        ReportName::Accounts => ACCOUNTS,
        ReportName::Credentials => CREDENTIALS,
        ReportName::Connectors => CONNECTORS,
        ReportName::Users => USERS,
        ReportName::Tokens => TOKENS,
        ReportName::Audit => AUDIT,
        ReportName::Outbox => OUTBOX,
        ReportName::Schedules => SCHEDULES,
    }
}

pub fn account_test(id: i64) -> String {
    at(&format!("{ACCOUNTS}/{id}/test"))
}

pub fn account_arrival(id: i64) -> String {
    at(&format!("{ACCOUNTS}/{id}/arrival"))
}

pub fn account_history(id: i64) -> String {
    at(&format!("{ACCOUNTS}/{id}/history"))
}

pub fn account_sending(id: i64) -> String {
    at(&format!("{ACCOUNTS}/{id}/sending"))
}

/// The Outbox with the messages of an account.
pub fn messages_of(account: &str) -> String {
    at(&format!("{OUTBOX}?account={}", domain::report::encode_component(account)))
}

/// The window for a new account that starts as a copy of another.
pub fn account_copy(id: i64) -> String {
    at(&format!("{ACCOUNTS}/new?copy={id}"))
}

/// Where one arrives.
pub fn home() -> String {
    at(ACCOUNTS)
}

/// A report as a file, and as a page that is printed; the server answers both, not the application.
pub fn csv(report: ReportName) -> String {
    beside(&format!("/reports/{}.csv", report.code()))
}

pub fn print(report: ReportName) -> String {
    beside(&format!("/reports/{}/print", report.code()))
}

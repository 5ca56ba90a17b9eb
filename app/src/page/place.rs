//! What an address names: a page, and the window that may be open over it. Pure; the server asks it too.

use super::places;
use domain::report::ReportName;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub page: Page,
    pub window: Option<Window>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Accounts,
    Outbox,
    Schedules,
    Credentials,
    Connectors,
    Tokens,
    Users,
    Audit,
    Parameters,
    Password,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    New,
    Edit(i64),
    Test(i64),
    Arrival(i64),
    History(i64),
    Sending(i64),
    Read(i64),
    /// Of the page's report.
    Schedule,
    /// What keys there are; it has no address.
    Keys,
}

/// A longer address before the one that it begins with.
const PAGES: [(&str, Page); 10] = [
    (places::ACCOUNTS, Page::Accounts),
    (places::OUTBOX, Page::Outbox),
    (places::SCHEDULES, Page::Schedules),
    (places::CREDENTIALS, Page::Credentials),
    (places::CONNECTORS, Page::Connectors),
    (places::TOKENS, Page::Tokens),
    (places::USERS, Page::Users),
    (places::AUDIT, Page::Audit),
    (places::PARAMETERS, Page::Parameters),
    (places::PASSWORD, Page::Password),
];

impl Place {
    /// `None` where nothing is.
    pub fn of(path: &str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        PAGES.into_iter().find_map(|(address, page)| {
            let rest = path.strip_prefix(address)?;
            let window = if rest.is_empty() { None } else { Some(page.window(rest.strip_prefix('/')?)?) };
            Some(Self { page, window })
        })
    }
}

impl Page {
    /// The report that it shows.
    pub const fn report(self) -> Option<ReportName> {
        match self {
            Self::Accounts => Some(ReportName::Accounts),
            Self::Outbox => Some(ReportName::Outbox),
            Self::Schedules => Some(ReportName::Schedules),
            Self::Credentials => Some(ReportName::Credentials),
            Self::Connectors => Some(ReportName::Connectors),
            Self::Tokens => Some(ReportName::Tokens),
            Self::Users => Some(ReportName::Users),
            Self::Audit => Some(ReportName::Audit),
            Self::Parameters | Self::Password => None,
        }
    }

    fn window(self, rest: &str) -> Option<Window> {
        let lists =
            matches!(self, Self::Accounts | Self::Credentials | Self::Connectors | Self::Users | Self::Schedules);
        if rest == "schedule" {
            return self.report().map(|_| Window::Schedule);
        }
        if rest == "new" {
            return (lists || self == Self::Tokens).then_some(Window::New);
        }
        let (id, what) = rest.split_once('/')?;
        let id = id.parse().ok()?;
        match what {
            "edit" if lists => Some(Window::Edit(id)),
            "test" if self == Self::Accounts => Some(Window::Test(id)),
            "arrival" if self == Self::Accounts => Some(Window::Arrival(id)),
            "history" if self == Self::Accounts => Some(Window::History(id)),
            "sending" if self == Self::Accounts => Some(Window::Sending(id)),
            "read" if self == Self::Outbox => Some(Window::Read(id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_page_and_its_window() {
        let check = |path: &str, place: Option<(Page, Option<Window>)>| {
            assert_eq!(Place::of(path), place.map(|(page, window)| Place { page, window }), "{path}");
        };
        check("/settings/email/smtp", Some((Page::Accounts, None)));
        check("/settings/email/smtp/", Some((Page::Accounts, None)));
        check("/settings/email/smtp/new", Some((Page::Accounts, Some(Window::New))));
        check("/settings/email/smtp/7/edit", Some((Page::Accounts, Some(Window::Edit(7)))));
        check("/settings/email/smtp/7/test", Some((Page::Accounts, Some(Window::Test(7)))));
        check("/settings/email/smtp/7/arrival", Some((Page::Accounts, Some(Window::Arrival(7)))));
        check("/settings/email/smtp/7/history", Some((Page::Accounts, Some(Window::History(7)))));
        check("/settings/email/smtp/7/sending", Some((Page::Accounts, Some(Window::Sending(7)))));
        check("/settings/email/outbox/3/read", Some((Page::Outbox, Some(Window::Read(3)))));
        check("/settings/email/smtp/schedule", Some((Page::Accounts, Some(Window::Schedule))));
        check("/settings/audit/schedule", Some((Page::Audit, Some(Window::Schedule))));
        check("/settings/email/schedules/new", Some((Page::Schedules, Some(Window::New))));
        check("/settings/email/schedules/4/edit", Some((Page::Schedules, Some(Window::Edit(4)))));
        check("/settings/users/3/edit", Some((Page::Users, Some(Window::Edit(3)))));
        check("/settings/users/tokens", Some((Page::Tokens, None)));
        check("/settings/users/tokens/new", Some((Page::Tokens, Some(Window::New))));
        check("/settings/audit", Some((Page::Audit, None)));
        check("/settings/password", Some((Page::Password, None)));
        for nothing in [
            "",
            "/",
            "/settings",
            "/settings/",
            "/settings/email/smtpx",
            "/settings/email/smtp/7",
            "/settings/email/smtp/7/open",
            "/settings/email/smtp/x/edit",
            "/settings/email/smtp/7/edit/more",
            "/settings/users/3/test",
            "/settings/users/3/arrival",
            "/settings/connectors/3/sending",
            "/settings/users/tokens/3/edit",
            "/settings/audit/new",
            "/settings/parameters/schedule",
            "/settings/email/outbox/new",
            "/settings/email/outbox/3/edit",
            "/settings/parameters/1/edit",
        ] {
            check(nothing, None);
        }
    }
}

//! One deed done to many rows of a report: what is asked for, and what is told of each row while it is done.
//!
//! One JSON object a line; the first says how many rows there are, the last is always `end`.

use crate::{
    Action, Failure,
    diagnosis::Diagnosis,
    report::{Query, ReportName},
};
use serde::{Deserialize, Serialize};

/// What can be done to many rows at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Enable,
    Disable,
    /// A check of each account: nothing is sent.
    Test,
    Resend,
    Pause,
    Resume,
    Cancel,
    Delete,
}

impl Deed {
    pub const ALL: [Self; 8] =
        [Self::Enable, Self::Disable, Self::Test, Self::Resend, Self::Pause, Self::Resume, Self::Cancel, Self::Delete];

    /// Those that a report has, in the order in which they are offered.
    pub const fn of(report: ReportName) -> &'static [Self] {
        match report {
            ReportName::Accounts => &[Self::Enable, Self::Disable, Self::Test, Self::Delete],
            ReportName::Connectors | ReportName::Schedules => &[Self::Enable, Self::Disable, Self::Delete],
            ReportName::Credentials => &[Self::Delete],
            ReportName::Users => &[Self::Enable, Self::Disable],
            ReportName::Outbox => &[Self::Resend, Self::Pause, Self::Resume, Self::Cancel],
            ReportName::Tokens | ReportName::Audit => &[],
        }
    }

    /// What one must be allowed to do for it; `None` where a report does not have it.
    pub fn action(self, report: ReportName) -> Option<Action> {
        Self::of(report).contains(&self).then_some(match (report, self) {
            (ReportName::Accounts, Self::Test) => Action::AccountsTest,
            (ReportName::Accounts, _) => Action::AccountsChange,
            (ReportName::Connectors, _) => Action::ConnectorsChange,
            (ReportName::Schedules, _) => Action::SchedulesChange,
            (ReportName::Credentials, _) => Action::CredentialsChange,
            (ReportName::Users | ReportName::Tokens | ReportName::Audit, _) => Action::UsersChange,
            (ReportName::Outbox, _) => Action::OutboxSend,
        })
    }

    /// What takes it back, where something does.
    pub const fn inverse(self) -> Option<Self> {
        match self {
            Self::Enable => Some(Self::Disable),
            Self::Disable => Some(Self::Enable),
            _ => None,
        }
    }
}

/// Whether rows of a report can be chosen: where all that can be done is a file of them, a filter says it better.
pub const fn selects(report: ReportName) -> bool {
    !Deed::of(report).is_empty()
}

/// Which rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// These.
    Rows { ids: Vec<i64> },
    /// These, each only if it is still of that version: what is taken back must be what was done.
    Versions { rows: Vec<(i64, i64)> },
    /// All that match but some. `shown` is how many matched where it was asked for; if that has changed, nothing is done.
    Matching { query: Query, shown: u64, except: Vec<i64> },
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkDraft {
    pub report: ReportName,
    pub deed: Deed,
    pub scope: Scope,
    /// Whom a test asks about.
    #[serde(default)]
    pub to: String,
}

/// One line of what is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkEvent {
    /// So many rows there are to do.
    All(u64),
    Row(Box<BulkRow>),
    End(BulkEnd),
    /// Nothing has ended for a while; whoever listens learns that the line is alive.
    Beat,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRow {
    pub id: i64,
    /// What it is called; empty where it is gone.
    pub name: String,
    /// The version it has now, where the deed has changed it: who takes it back says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Why it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// Why a test failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
}

impl BulkRow {
    pub const fn is_good(&self) -> bool {
        self.failure.is_none() && self.diagnosis.is_none()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkEnd {
    /// Each row has been told of.
    Whole,
    /// It was stopped; what had not begun was not done.
    Stopped,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_deed_of_a_report_is_asked_for_and_no_other() {
        for report in ReportName::ALL {
            for deed in Deed::ALL {
                assert_eq!(deed.action(report).is_some(), Deed::of(report).contains(&deed), "{report:?} {deed:?}");
            }
        }
        assert_eq!(Deed::Test.action(ReportName::Accounts), Some(Action::AccountsTest));
        assert_eq!(Deed::Delete.action(ReportName::Users), None);
        assert_eq!(Deed::Cancel.action(ReportName::Outbox), Some(Action::OutboxSend));
        assert!(!selects(ReportName::Audit) && selects(ReportName::Credentials));
    }

    #[test]
    fn what_takes_a_deed_back_is_taken_back_by_it() {
        for deed in Deed::ALL {
            if let Some(inverse) = deed.inverse() {
                assert_eq!(inverse.inverse(), Some(deed));
            }
        }
    }

    #[test]
    fn a_line_reads_back_as_itself() {
        let row = BulkRow {
            id: 7,
            name: "Alerts".to_owned(),
            version: None,
            failure: Some(Failure::Refused { code: "in_use".to_owned(), params: vec!["Weekly".to_owned()] }),
            diagnosis: None,
        };
        for event in
            [BulkEvent::All(3), BulkEvent::Row(Box::new(row)), BulkEvent::Beat, BulkEvent::End(BulkEnd::Stopped)]
        {
            let line = serde_json::to_string(&event).expect("writes");
            assert_eq!(serde_json::from_str::<BulkEvent>(&line).expect("reads"), event, "{line}");
        }
    }
}

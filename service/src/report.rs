//! Reports: a page of one, or all its rows where the browser can hold them.

use crate::{Actor, Answer, Service, error::answer};
use domain::{
    Action,
    report::{HELD_ROWS_MAX, Page, Query, ReportName, Row},
};

impl Service {
    pub async fn report_page(&self, actor: &Actor, report: ReportName, query: Query) -> Answer<Page> {
        actor.must(action_of(report))?;
        answer(async { Ok(self.inner.store.read().await?.report_page(report, &query).await?) }).await
    }

    /// `None` where there are too many, and for those that only ever grow (audit log, Outbox): ask for pages.
    pub async fn report_rows(&self, actor: &Actor, report: ReportName) -> Answer<Option<Vec<Row>>> {
        actor.must(action_of(report))?;
        answer(async {
            if matches!(report, ReportName::Audit | ReportName::Outbox) {
                return Ok(None);
            }
            let mut tx = self.inner.store.read().await?;
            if tx.report_count(report).await? > HELD_ROWS_MAX {
                return Ok(None);
            }
            Ok(Some(tx.report_rows(report).await?))
        })
        .await
    }
}

const fn action_of(report: ReportName) -> Action {
    match report {
        ReportName::Accounts => Action::AccountsRead,
        ReportName::Credentials => Action::CredentialsRead,
        ReportName::Connectors => Action::ConnectorsRead,
        ReportName::Users => Action::UsersRead,
        ReportName::Audit => Action::AuditRead,
        ReportName::Outbox => Action::OutboxRead,
    }
}

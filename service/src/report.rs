//! Reports: a page of one, or all its rows where the browser can hold them.

use crate::{Actor, Answer, Service, error::answer};
use domain::report::{HELD_ROWS_MAX, Page, Query, ReportName, Row};

impl Service {
    pub async fn report_page(&self, actor: &Actor, report: ReportName, query: Query) -> Answer<Page> {
        actor.must(report.read_action())?;
        answer(async { Ok(self.inner.store.read().await?.report_page(report, &query).await?) }).await
    }

    /// `None` where there are too many, and for the audit log, which only ever grows: ask for pages.
    pub async fn report_rows(&self, actor: &Actor, report: ReportName) -> Answer<Option<Vec<Row>>> {
        actor.must(report.read_action())?;
        answer(async {
            if report == ReportName::Audit {
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

//! Reports.

use crate::{Actor, Answer, Service};
use domain::{
    Failure,
    report::{Page, Query, ReportName, Row},
};

impl Service {
    pub async fn report_page(&self, actor: &Actor, report: ReportName, query: Query) -> Answer<Page> {
        let _ = (actor, report, query);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn report_rows(&self, actor: &Actor, report: ReportName) -> Answer<Option<Vec<Row>>> {
        let _ = (actor, report);
        Err(Failure::Internal { reference: String::new() })
    }
}

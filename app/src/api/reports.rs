//! Every report's rows.

use super::Answer;
use domain::report::{Page, Query, ReportName, Row};
use leptos::{prelude::*, server_fn::codec::Json};

/// One page, filtered and sorted by the server.
#[server(prefix = "/api/ui", endpoint = "report_page", input = Json, client = super::client::WithSession)]
pub async fn report_page(report: ReportName, query: Query) -> Answer<Page> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.report_page(&actor, report, query).await)
}

/// All rows, for filtering in the browser; `None` where there are too many to hold.
#[server(prefix = "/api/ui", endpoint = "report_rows", input = Json, client = super::client::WithSession)]
pub async fn report_rows(report: ReportName) -> Answer<Option<Vec<Row>>> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.report_rows(&actor, report).await)
}

//! Whether anything was written since one looked, and how often each report has changed. Numbers alone, kept by the database
//! itself (`0011_revisions.sql`), so that it does not matter who wrote.

use crate::{ReadTx, Store, StoreResult};
use domain::report::ReportName;
use std::collections::BTreeMap;

/// How often each report has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revisions(BTreeMap<String, i64>);

impl Revisions {
    /// `None` for those that are not counted: they may have changed whenever anything was written.
    pub fn of(&self, report: ReportName) -> Option<i64> {
        self.0.get(report.code()).copied()
    }

    /// Another number where somebody's session has ended, or where they may do something else than before.
    pub fn people(&self) -> i64 {
        self.0.get("people").copied().unwrap_or_default()
    }
}

impl Store {
    /// What there is now, and a number for the next call; `None` where nothing was written since the call that gave `seen`.
    pub async fn changed_since(&self, seen: Option<i64>) -> StoreResult<Option<(i64, Revisions)>> {
        let mut connection = self.watcher().acquire().await?;
        let version: i64 = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut *connection).await?;
        if seen == Some(version) {
            return Ok(None);
        }
        // The audit log's number is that of its last line.
        let rows = sqlx::query_as(
            "SELECT name, number FROM revisions UNION ALL SELECT 'audit', coalesce(max(id), 0) FROM audit",
        )
        .fetch_all(&mut *connection)
        .await?;
        Ok(Some((version, Revisions(rows.into_iter().collect()))))
    }
}

impl ReadTx {
    /// How often a report has changed, in this snapshot; `None` where that is not counted.
    pub async fn revision(&mut self, report: ReportName) -> StoreResult<Option<i64>> {
        let number = sqlx::query_scalar("SELECT number FROM revisions WHERE name = $1").bind(report.code());
        Ok(number.fetch_optional(self.connection()).await?)
    }
}

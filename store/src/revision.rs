//! Whether anything was written since one looked, and how often each report has changed: numbers, kept by the database itself
//! (`0011_revisions.sql`), so that it does not matter who wrote. Accounts have besides what their latest changes were about
//! (`0014_account_revisions.sql`).

use crate::{ReadTx, Store, StoreResult};
use domain::report::ReportName;
use std::collections::BTreeMap;

/// How often each report has changed; of accounts, with what tells that change from one with the same number before a backup
/// was brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revisions(BTreeMap<String, String>);

impl Revisions {
    /// `None` for those that are not counted: they may have changed whenever anything was written.
    pub fn of(&self, report: ReportName) -> Option<&str> {
        self.0.get(report.code()).map(String::as_str)
    }

    /// Another number where somebody's session has ended, or where they may do something else than before.
    pub fn people(&self) -> &str {
        self.0.get("people").map_or("", String::as_str)
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
            "SELECT name, number || coalesce('-' || mark, '') FROM revisions \
             LEFT JOIN account_revisions ON name = 'accounts' AND revision = number \
             UNION ALL SELECT 'audit', coalesce(max(id), 0) || '' FROM audit",
        )
        .fetch_all(&mut *connection)
        .await?;
        Ok(Some((version, Revisions(rows.into_iter().collect()))))
    }
}

impl ReadTx {
    /// A report's revision in this snapshot; `None` where nothing is counted.
    pub async fn revision(&mut self, report: ReportName) -> StoreResult<Option<String>> {
        let revision = sqlx::query_scalar(
            "SELECT number || coalesce('-' || mark, '') FROM revisions \
             LEFT JOIN account_revisions ON name = 'accounts' AND revision = number WHERE name = $1",
        );
        Ok(revision.bind(report.code()).fetch_optional(self.connection()).await?)
    }

    /// The accounts that are others since a revision, or gone, upwards; `None` where that is not known, or of more than so many.
    pub async fn account_ids_since(&mut self, revision: &str, most: u64) -> StoreResult<Option<Vec<i64>>> {
        let parts =
            revision.split_once('-').and_then(|(number, mark)| Some((number.parse().ok()?, mark.parse().ok()?)));
        let Some((number, mark)): Option<(i64, i64)> = parts else { return Ok(None) };
        let known = sqlx::query_scalar::<_, bool>(
            "SELECT EXISTS (SELECT 1 FROM account_revisions WHERE revision = $1 AND mark = $2)",
        );
        if !known.bind(number).bind(mark).fetch_one(self.connection()).await? {
            return Ok(None);
        }
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT account_id FROM account_revisions WHERE revision > $1 AND account_id IS NOT NULL \
             UNION SELECT id FROM accounts WHERE credential_id IN \
             (SELECT credential_id FROM account_revisions WHERE revision > $1) ORDER BY 1 LIMIT $2",
        )
        .bind(number)
        .bind(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1))
        .fetch_all(self.connection())
        .await?;
        Ok(Some(ids).filter(|ids| ids.len() as u64 <= most))
    }
}

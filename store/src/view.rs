//! Saved views of reports, each somebody's or everybody's.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    Label, UserId, ViewId,
    report::{Query, ReportName},
    view::{NewView, View},
};
use sqlx::Row as _;

/// A view as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredView {
    /// `None`: for everybody who may read the report.
    pub owner: Option<UserId>,
    pub report: ReportName,
    pub view: View,
}

impl ReadTx {
    pub async fn view_get(&mut self, id: ViewId) -> StoreResult<Option<StoredView>> {
        let row = sqlx::query("SELECT * FROM views WHERE id = $1").bind(id.0).fetch_optional(self.connection()).await?;
        row.as_ref().map(read).transpose()
    }

    /// Of a report: everybody's, then that person's, each by name.
    pub async fn view_list(&mut self, report: ReportName, owner: Option<UserId>) -> StoreResult<Vec<View>> {
        let rows = sqlx::query(
            "SELECT * FROM views WHERE report = $1 AND (owner_id IS NULL OR owner_id = $2) \
             ORDER BY owner_id IS NOT NULL, name_fold, id",
        )
        .bind(report.code())
        .bind(owner.map(|owner| owner.0))
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(|row| Ok(read(row)?.view)).collect()
    }

    /// How many somebody has, or everybody, of all reports.
    pub async fn view_count(&mut self, owner: Option<UserId>) -> StoreResult<u64> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM views WHERE owner_id IS $1")
            .bind(owner.map(|owner| owner.0))
            .fetch_one(self.connection())
            .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

impl WriteTx {
    pub async fn view_insert(&mut self, owner: Option<UserId>, new: &NewView) -> StoreResult<ViewId> {
        let row = sqlx::query(
            "INSERT INTO views (owner_id, report, name, name_fold, query) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        )
        .bind(owner.map(|owner| owner.0))
        .bind(new.report.code())
        .bind(new.name.as_str())
        .bind(new.name.folded())
        .bind(serde_json::to_string(&new.query)?)
        .fetch_one(self.connection())
        .await?;
        Ok(ViewId(row.try_get("id")?))
    }

    pub async fn view_rename(&mut self, id: ViewId, name: &Label) -> StoreResult<()> {
        sqlx::query("UPDATE views SET name = $2, name_fold = $3 WHERE id = $1")
            .bind(id.0)
            .bind(name.as_str())
            .bind(name.folded())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn view_set_query(&mut self, id: ViewId, query: &Query) -> StoreResult<()> {
        sqlx::query("UPDATE views SET query = $2 WHERE id = $1")
            .bind(id.0)
            .bind(serde_json::to_string(query)?)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn view_delete(&mut self, id: ViewId) -> StoreResult<()> {
        sqlx::query("DELETE FROM views WHERE id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(())
    }
}

fn read(row: &DatabaseRow) -> StoreResult<StoredView> {
    let r = Reader::new("views", row)?;
    let report = r.parse("report", ReportName::parse)?;
    let owner = r.get::<Option<i64>>("owner_id")?.map(UserId);
    // A report may have lost a column since.
    let query: Query = r.parse("query", |text| serde_json::from_str(text).ok())?;
    let query = query.cleaned(report.spec());
    Ok(StoredView {
        owner,
        report,
        view: View { id: ViewId(r.id()), name: r.label("name")?, shared: owner.is_none(), query },
    })
}

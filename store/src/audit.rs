//! The audit log: written, and read as a report. The table refuses change and deletion.

use crate::{StoreResult, WriteTx};
use domain::{AuditId, UnixMillis, value::fold};
use sqlx::Row as _;

/// A line to be written; `domain::audit::AuditEntry` says what each field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAuditEntry {
    pub at: UnixMillis,
    pub actor: String,
    pub origin: String,
    pub action: &'static str,
    pub subject: String,
    pub detail: String,
}

impl WriteTx {
    pub async fn audit_insert(&mut self, entry: &NewAuditEntry) -> StoreResult<AuditId> {
        let row = sqlx::query(
            "INSERT INTO audit (at, actor, actor_fold, origin, origin_fold, action, subject, subject_fold, detail, \
             detail_fold) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        )
        .bind(entry.at.0)
        .bind(&entry.actor)
        .bind(fold(&entry.actor))
        .bind(&entry.origin)
        .bind(fold(&entry.origin))
        .bind(entry.action)
        .bind(&entry.subject)
        .bind(fold(&entry.subject))
        .bind(&entry.detail)
        .bind(fold(&entry.detail))
        .fetch_one(self.connection())
        .await?;
        Ok(AuditId(row.try_get("id")?))
    }
}

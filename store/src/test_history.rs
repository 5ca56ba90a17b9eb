//! How tests of accounts ended.

use crate::{ReadTx, StoreResult, WriteTx};
use domain::{AccountId, UnixMillis};
use sqlx::Row as _;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRecord {
    pub at: UnixMillis,
    /// Who asked.
    pub actor: String,
    pub passed: bool,
    pub outcome: String,
    /// The step reached last.
    pub stage: String,
    pub duration_ms: u64,
    /// The server's own words, or the local error's code.
    pub reply: String,
    /// JSON, or empty.
    pub diagnosis: String,
}

impl ReadTx {
    /// The latest first.
    pub async fn test_list(&mut self, id: AccountId, limit: u32) -> StoreResult<Vec<TestRecord>> {
        let rows = sqlx::query("SELECT * FROM account_tests WHERE account_id = $1 ORDER BY id DESC LIMIT $2")
            .bind(id.0)
            .bind(i64::from(limit))
            .fetch_all(self.connection())
            .await?;
        rows.iter()
            .map(|row| {
                Ok(TestRecord {
                    at: UnixMillis(row.try_get("at")?),
                    actor: row.try_get("actor")?,
                    passed: row.try_get("passed")?,
                    outcome: row.try_get("outcome")?,
                    stage: row.try_get("stage")?,
                    duration_ms: row.try_get::<i64, _>("duration_ms")?.unsigned_abs(),
                    reply: row.try_get("reply")?,
                    diagnosis: row.try_get("diagnosis")?,
                })
            })
            .collect()
    }
}

impl WriteTx {
    pub async fn test_insert(&mut self, id: AccountId, record: &TestRecord) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO account_tests (account_id, at, actor, passed, outcome, stage, duration_ms, reply, diagnosis) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id.0)
        .bind(record.at.0)
        .bind(&record.actor)
        .bind(record.passed)
        .bind(&record.outcome)
        .bind(&record.stage)
        .bind(i64::try_from(record.duration_ms).unwrap_or(i64::MAX))
        .bind(&record.reply)
        .bind(&record.diagnosis)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

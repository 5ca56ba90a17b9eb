//! How tests of accounts ended, and the certificates seen in them.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    AccountId, UnixMillis,
    history::{KEPT, LastCertificate, PastTest},
    session_test::{Outcome, Step, TestMode},
};

/// A test that has ended, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRecord {
    /// The id does not count.
    pub test: PastTest,
    /// The certificate that was shown in it.
    pub certificate: Option<LastCertificate>,
}

impl ReadTx {
    /// The latest first.
    pub async fn test_list(&mut self, id: AccountId, limit: u32) -> StoreResult<Vec<PastTest>> {
        let rows = sqlx::query("SELECT * FROM account_tests WHERE account_id = $1 ORDER BY id DESC LIMIT $2")
            .bind(id.0)
            .bind(i64::from(limit))
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(read).collect()
    }

    pub async fn test_certificate(&mut self, id: AccountId) -> StoreResult<Option<LastCertificate>> {
        let row = sqlx::query("SELECT *, account_id AS id FROM account_certificates WHERE account_id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(read_certificate).transpose()
    }
}

impl WriteTx {
    /// The oldest of that actor's beyond so many go: what is made by itself does not crowd out what people did.
    pub async fn test_thin_out(&mut self, id: AccountId, actor: &str, kept: u32) -> StoreResult<()> {
        sqlx::query(
            "DELETE FROM account_tests WHERE account_id = $1 AND actor = $2 AND id NOT IN \
             (SELECT id FROM account_tests WHERE account_id = $1 AND actor = $2 ORDER BY id DESC LIMIT $3)",
        )
        .bind(id.0)
        .bind(actor)
        .bind(i64::from(kept))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The oldest beyond [`KEPT`] go.
    pub async fn test_insert(&mut self, id: AccountId, record: &TestRecord) -> StoreResult<()> {
        let test = &record.test;
        sqlx::query(
            "INSERT INTO account_tests (account_id, at, actor, passed, outcome, stage, duration_ms, reply, diagnosis, \
             mode, steps) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(id.0)
        .bind(test.at.0)
        .bind(&test.actor)
        .bind(test.outcome.is_good())
        .bind(test.outcome.code())
        .bind(test.stage.map(Step::code).unwrap_or_default())
        .bind(i64::try_from(test.ms).unwrap_or(i64::MAX))
        .bind(&test.reply)
        .bind(test.diagnosis.as_ref().map(serde_json::to_string).transpose()?.unwrap_or_default())
        .bind(test.mode.code())
        .bind(serde_json::to_string(&test.steps)?)
        .execute(self.connection())
        .await?;
        sqlx::query(
            "DELETE FROM account_tests WHERE account_id = $1 AND id < (SELECT min(id) FROM \
             (SELECT id FROM account_tests WHERE account_id = $1 ORDER BY id DESC LIMIT $2) AS kept)",
        )
        .bind(id.0)
        .bind(i64::from(KEPT))
        .execute(self.connection())
        .await?;
        match &record.certificate {
            Some(certificate) => self.certificate_put(id, certificate).await,
            None => Ok(()),
        }
    }

    /// For another certificate than the last, warnings begin anew.
    async fn certificate_put(&mut self, id: AccountId, certificate: &LastCertificate) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO account_certificates (account_id, subject, fingerprint, not_after, seen_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id) DO UPDATE SET subject = excluded.subject, \
             not_after = excluded.not_after, seen_at = excluded.seen_at, warned_days = CASE WHEN \
             account_certificates.fingerprint = excluded.fingerprint THEN account_certificates.warned_days END, \
             fingerprint = excluded.fingerprint",
        )
        .bind(id.0)
        .bind(&certificate.subject)
        .bind(&certificate.fingerprint)
        .bind(certificate.not_after.0)
        .bind(certificate.seen_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

fn read(row: &DatabaseRow) -> StoreResult<PastTest> {
    let r = Reader::new("account_tests", row)?;
    Ok(PastTest {
        id: r.id(),
        at: r.time("at")?,
        actor: r.get("actor")?,
        mode: r.parse("mode", TestMode::parse)?,
        outcome: r.parse("outcome", Outcome::parse)?,
        ms: r.get::<i64>("duration_ms")?.unsigned_abs(),
        stage: Step::parse(&r.get::<String>("stage")?),
        reply: r.get("reply")?,
        // Either may be of an earlier version: what it says can be done without.
        steps: serde_json::from_str(&r.get::<String>("steps")?).unwrap_or_default(),
        diagnosis: serde_json::from_str(&r.get::<String>("diagnosis")?).ok(),
    })
}

fn read_certificate(row: &DatabaseRow) -> StoreResult<LastCertificate> {
    let r = Reader::new("account_certificates", row)?;
    Ok(LastCertificate {
        subject: r.get("subject")?,
        fingerprint: r.get("fingerprint")?,
        not_after: UnixMillis(r.get("not_after")?),
        seen_at: r.time("seen_at")?,
    })
}

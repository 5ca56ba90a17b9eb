//! The health check: when it was made last, what it said of each account, and which certificates end soon.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    AccountId, UnixMillis,
    history::{LastCertificate, expiry},
};
use sqlx::Row as _;

/// What was said last of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub account_id: AccountId,
    pub passed: bool,
    /// The diagnosis, empty where it passed.
    pub code: String,
    pub since: UnixMillis,
}

/// An account's certificate, and the smallest number of days before its end that a warning has gone out for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    pub account_id: AccountId,
    pub certificate: LastCertificate,
    pub warned_days: Option<i64>,
}

impl ReadTx {
    pub async fn health_checked_at(&mut self) -> StoreResult<Option<UnixMillis>> {
        let at: Option<i64> =
            sqlx::query_scalar("SELECT health_checked_at FROM parameters").fetch_one(self.connection()).await?;
        Ok(at.map(UnixMillis))
    }

    pub async fn health_list(&mut self) -> StoreResult<Vec<Health>> {
        let rows = sqlx::query("SELECT * FROM account_health ORDER BY account_id").fetch_all(self.connection()).await?;
        rows.iter()
            .map(|row| {
                Ok(Health {
                    account_id: AccountId(row.try_get("account_id")?),
                    passed: row.try_get("passed")?,
                    code: row.try_get("code")?,
                    since: UnixMillis(row.try_get("since")?),
                })
            })
            .collect()
    }

    /// Those of enabled accounts that check a certificate's dates and end before the first warning's time is over, the soonest first.
    pub async fn expiry_list(&mut self, now: UnixMillis) -> StoreResult<Vec<Expiry>> {
        let first = expiry::WARNED[0] + 1;
        let rows = sqlx::query(
            "SELECT c.*, c.account_id AS id FROM account_certificates c JOIN accounts a ON a.id = c.account_id \
             WHERE a.enabled AND a.secure AND NOT a.ignore_certificate_errors \
             AND a.pinned_certificate IS NULL AND c.not_after < $1 \
             ORDER BY c.not_after, c.account_id",
        )
        .bind(now.plus_ms(first * 86_400_000).0)
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(read).collect()
    }
}

impl WriteTx {
    /// `false` where another check has ended since `before`: what this one found is not to be said twice.
    pub async fn health_advance(&mut self, before: Option<UnixMillis>, at: UnixMillis) -> StoreResult<bool> {
        let done =
            sqlx::query("UPDATE parameters SET health_checked_at = $2 WHERE health_checked_at IS NOT DISTINCT FROM $1")
                .bind(before.map(|at| at.0))
                .bind(at.0)
                .execute(self.connection())
                .await?;
        Ok(done.rows_affected() > 0)
    }

    pub async fn health_put(&mut self, health: &Health) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO account_health (account_id, passed, code, since) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (account_id) DO UPDATE SET passed = excluded.passed, code = excluded.code, \
             since = excluded.since",
        )
        .bind(health.account_id.0)
        .bind(health.passed)
        .bind(&health.code)
        .bind(health.since.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Somebody has seen it work: its next failure is another one.
    pub async fn health_passed(&mut self, id: AccountId, at: UnixMillis) -> StoreResult<()> {
        sqlx::query("UPDATE account_health SET passed = 1, code = '', since = $2 WHERE account_id = $1 AND NOT passed")
            .bind(id.0)
            .bind(at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Warnings about what is far off were given by a clock that ran ahead.
    pub async fn expiry_unwarn(&mut self, now: UnixMillis) -> StoreResult<()> {
        let first = expiry::WARNED[0] + 1;
        sqlx::query("UPDATE account_certificates SET warned_days = NULL WHERE not_after >= $1")
            .bind(now.plus_ms(first * 86_400_000).0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn expiry_warned(&mut self, id: AccountId, days: i64) -> StoreResult<()> {
        sqlx::query("UPDATE account_certificates SET warned_days = $2 WHERE account_id = $1")
            .bind(id.0)
            .bind(days)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

fn read(row: &DatabaseRow) -> StoreResult<Expiry> {
    let r = Reader::new("account_certificates", row)?;
    Ok(Expiry {
        account_id: AccountId(r.id()),
        certificate: LastCertificate {
            subject: r.get("subject")?,
            fingerprint: r.get("fingerprint")?,
            not_after: r.time("not_after")?,
            seen_at: r.time("seen_at")?,
        },
        warned_days: r.get("warned_days")?,
    })
}

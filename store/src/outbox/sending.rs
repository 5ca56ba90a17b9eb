//! How each account sends: its limits, whether somebody paused it, whether something halted it.

use crate::{ReadTx, StoreResult, WriteTx, outbox::reason, pool::DatabaseRow};
use domain::{
    AccountId, UnixMillis,
    message::{Reason, Sending, SendingLimits},
};
use sqlx::Row as _;

/// How an account sends, and what it was when it was halted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendingState {
    pub sending: Sending,
    /// An account with another stamp is no longer the one that was halted.
    pub halt_stamp: String,
}

/// Why an account sends nothing more for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HaltRecord {
    pub at: UnixMillis,
    pub reason: Reason,
    pub stamp: String,
}

impl ReadTx {
    pub async fn sending_get(&mut self, id: AccountId) -> StoreResult<Option<SendingState>> {
        let row = sqlx::query("SELECT * FROM account_sending WHERE account_id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// How many messages wait for an account, counted up to `most`.
    pub async fn sending_waiting(&mut self, id: AccountId, most: u64) -> StoreResult<u64> {
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM (SELECT 1 FROM messages WHERE status = 'waiting' AND route = $1 LIMIT $2)",
        )
        .bind(id.0)
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .fetch_one(self.connection())
        .await?;
        Ok(count.unsigned_abs())
    }

    /// The accounts that do not send at the moment, or have trouble.
    pub async fn sending_list_troubled(&mut self) -> StoreResult<Vec<Sending>> {
        let rows = sqlx::query(
            "SELECT * FROM account_sending WHERE paused OR halted_at IS NOT NULL OR failures > 0 ORDER BY account_id",
        )
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(|row| Ok(read(row)?.sending)).collect()
    }
}

impl WriteTx {
    pub async fn sending_limits_set(&mut self, id: AccountId, limits: &SendingLimits) -> StoreResult<bool> {
        let done = sqlx::query(
            "UPDATE account_sending SET connections = $2, per_minute = $3, failover_id = $4 WHERE account_id = $1",
        )
        .bind(id.0)
        .bind(limits.connections)
        .bind(limits.per_minute)
        .bind(limits.failover_id.map(|id| id.0))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    pub async fn sending_paused_set(&mut self, id: AccountId, paused: bool) -> StoreResult<()> {
        sqlx::query("UPDATE account_sending SET paused = $2 WHERE account_id = $1")
            .bind(id.0)
            .bind(paused)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Halts it, or lets it go on.
    pub async fn sending_halt_set(&mut self, id: AccountId, halt: Option<&HaltRecord>) -> StoreResult<()> {
        let none = Reason::default();
        let why = halt.map_or(&none, |halt| &halt.reason);
        sqlx::query(
            "UPDATE account_sending SET halted_at = $2, halt_code = $3, halt_params = $4, halt_reply = $5, \
             halt_stamp = $6, failures = 0, failing_since = NULL, retry_at = NULL WHERE account_id = $1",
        )
        .bind(id.0)
        .bind(halt.map(|halt| halt.at.0))
        .bind(&why.code)
        .bind(reason::join(&why.params))
        .bind(&why.reply)
        .bind(halt.map_or("", |halt| halt.stamp.as_str()))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes failed connections one after another (0: one worked), the last of them now, and when the next single try is
    /// made.
    pub async fn sending_failures_set(
        &mut self,
        id: AccountId,
        failures: u32,
        now: UnixMillis,
        retry_at: Option<UnixMillis>,
        why: &Reason,
    ) -> StoreResult<()> {
        sqlx::query(
            "UPDATE account_sending SET failures = $2, retry_at = $3, halt_code = $4, halt_params = $5, halt_reply = $6, \
             failing_since = CASE WHEN $2 > 0 THEN coalesce(failing_since, $7) END WHERE account_id = $1 AND halted_at IS NULL",
        )
        .bind(id.0)
        .bind(failures)
        .bind(retry_at.map(|at| at.0))
        .bind(&why.code)
        .bind(reason::join(&why.params))
        .bind(&why.reply)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

fn read(row: &DatabaseRow) -> StoreResult<SendingState> {
    let params: String = row.try_get("halt_params")?;
    let sending = Sending {
        account_id: AccountId(row.try_get("account_id")?),
        limits: SendingLimits {
            connections: row.try_get("connections")?,
            per_minute: row.try_get("per_minute")?,
            failover_id: row.try_get::<Option<i64>, _>("failover_id")?.map(AccountId),
        },
        paused: row.try_get("paused")?,
        reason: reason::read(row.try_get("halt_code")?, &params, row.try_get("halt_reply")?),
        halted_at: row.try_get::<Option<i64>, _>("halted_at")?.map(UnixMillis),
        failures: row.try_get("failures")?,
        failing_since: row.try_get::<Option<i64>, _>("failing_since")?.map(UnixMillis),
        retry_at: row.try_get::<Option<i64>, _>("retry_at")?.map(UnixMillis),
    };
    Ok(SendingState { sending, halt_stamp: row.try_get("halt_stamp")? })
}

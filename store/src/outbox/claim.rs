//! Claiming: one statement takes what is due under a lease; what was left behind by a worker that died is found again.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow};
use domain::{AccountId, MessageId, UnixMillis};
use sqlx::Row as _;

/// A message that is ours until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: MessageId,
    /// The fencing token: what is recorded under another number is refused.
    pub attempt: u32,
    /// Ours until then.
    pub lease: UnixMillis,
    pub tries: u32,
    pub account_id: AccountId,
    pub created_at: UnixMillis,
    pub expires_at: UnixMillis,
    pub size: u64,
    pub possible_duplicate: bool,
    pub message_id: String,
    /// Of small messages; large ones are loaded when their turn comes.
    pub content: Option<Vec<u8>>,
}

/// A claim whose worker is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranded {
    pub id: MessageId,
    pub attempt: u32,
    pub account_id: AccountId,
    pub account: String,
    /// Its final dot may have been sent.
    pub committing: bool,
}

impl WriteTx {
    /// Up to so many messages that are due through this account, the most urgent first.
    pub async fn message_claim(
        &mut self,
        route: AccountId,
        now: UnixMillis,
        lease: UnixMillis,
        limit: u32,
    ) -> StoreResult<Vec<Claimed>> {
        let rows = sqlx::query(
            "UPDATE messages SET status = 'sending', lease = $3, attempt = attempt + 1 WHERE id IN (\
             SELECT id FROM (SELECT id FROM messages WHERE status = 'waiting' AND route = $1 AND rank = 0 AND due <= $2 \
             ORDER BY due LIMIT $4) UNION ALL \
             SELECT id FROM (SELECT id FROM messages WHERE status = 'waiting' AND route = $1 AND rank = 1 AND due <= $2 \
             ORDER BY due LIMIT $4) UNION ALL \
             SELECT id FROM (SELECT id FROM messages WHERE status = 'waiting' AND route = $1 AND rank = 2 AND due <= $2 \
             ORDER BY due LIMIT $4) LIMIT $4) \
             RETURNING id, rank, attempt, lease, tries, account_id, created_at, expires_at, size, possible_duplicate, \
             (SELECT t.message_id FROM message_texts t WHERE t.id = messages.id) AS message_id, \
             CASE WHEN size <= 16384 THEN (SELECT b.content FROM message_bodies b WHERE b.id = messages.id) END AS content",
        )
        .bind(route.0)
        .bind(now.0)
        .bind(lease.0)
        .bind(i64::from(limit))
        .fetch_all(self.connection())
        .await?;
        let mut claimed =
            rows.iter().map(|row| Ok((row.try_get::<i64, _>("rank")?, read(row)?))).collect::<StoreResult<Vec<_>>>()?;
        // RETURNING has no order of its own.
        claimed.sort_by_key(|(rank, message)| (*rank, message.id));
        Ok(claimed.into_iter().map(|(_, message)| message).collect())
    }

    /// What waits for a halted account is sent through another: up to so many at a time.
    pub async fn message_reroute(
        &mut self,
        from: AccountId,
        to: AccountId,
        now: UnixMillis,
        limit: u32,
    ) -> StoreResult<u64> {
        let done = sqlx::query(
            "UPDATE messages SET route = $2 WHERE id IN (SELECT id FROM messages WHERE status = 'waiting' \
             AND route = $1 AND account_id = $1 AND due <= $3 LIMIT $4)",
        )
        .bind(from.0)
        .bind(to.0)
        .bind(now.0)
        .bind(i64::from(limit))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected())
    }

    /// What has outlived its time is given up, with the reason that it waited for.
    pub async fn message_expire(&mut self, now: UnixMillis, limit: u32) -> StoreResult<u64> {
        let done = sqlx::query(
            "UPDATE messages SET status = 'error', reason_params = reason, reason = 'expired' \
             WHERE id IN (SELECT id FROM messages WHERE status IN ('waiting', 'paused') AND expires_at <= $1 LIMIT $2)",
        )
        .bind(now.0)
        .bind(i64::from(limit))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected())
    }
}

impl ReadTx {
    /// The accounts that something is due through, and whether they have at least so much.
    pub async fn message_routes_due(&mut self, now: UnixMillis) -> StoreResult<Vec<AccountId>> {
        let rows = sqlx::query(
            "SELECT s.account_id FROM account_sending s WHERE EXISTS (SELECT 1 FROM messages \
             WHERE status = 'waiting' AND route = s.account_id AND rank IN (0, 1, 2) AND due <= $1) ORDER BY s.account_id",
        )
        .bind(now.0)
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(|row| Ok(AccountId(row.try_get("account_id")?))).collect()
    }

    /// When the next message is due that is not due yet.
    pub async fn message_next_due(&mut self, now: UnixMillis) -> StoreResult<Option<UnixMillis>> {
        let due: Option<i64> = sqlx::query_scalar(
            "SELECT min(d) FROM (SELECT (SELECT min(due) FROM messages WHERE status = 'waiting' \
             AND route = s.account_id AND rank = r.rank AND due > $1) AS d FROM account_sending s \
             CROSS JOIN (SELECT 0 AS rank UNION ALL SELECT 1 UNION ALL SELECT 2) r)",
        )
        .bind(now.0)
        .fetch_one(self.connection())
        .await?;
        Ok(due.map(UnixMillis))
    }

    /// Claims whose lease has ended by then.
    pub async fn message_stranded(&mut self, lease_before: UnixMillis) -> StoreResult<Vec<Stranded>> {
        let rows = sqlx::query(
            "SELECT m.id, m.attempt, m.route, coalesce((SELECT name FROM accounts a WHERE a.id = m.route), '') AS account, \
             EXISTS (SELECT 1 FROM attempts x WHERE x.message_id = m.id AND x.number = m.attempt AND x.outcome IS NULL) \
             AS committing FROM messages m WHERE m.status = 'sending' AND m.lease <= $1 ORDER BY m.id LIMIT 10000",
        )
        .bind(lease_before.0)
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Stranded {
                    id: MessageId(row.try_get("id")?),
                    attempt: row.try_get("attempt")?,
                    account_id: AccountId(row.try_get("route")?),
                    account: row.try_get("account")?,
                    committing: row.try_get("committing")?,
                })
            })
            .collect()
    }

    pub async fn message_content(&mut self, id: MessageId) -> StoreResult<Option<Vec<u8>>> {
        Ok(sqlx::query_scalar("SELECT content FROM message_bodies WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?)
    }
}

fn read(row: &DatabaseRow) -> StoreResult<Claimed> {
    Ok(Claimed {
        id: MessageId(row.try_get("id")?),
        attempt: row.try_get("attempt")?,
        lease: UnixMillis(row.try_get("lease")?),
        tries: row.try_get("tries")?,
        account_id: AccountId(row.try_get("account_id")?),
        created_at: UnixMillis(row.try_get("created_at")?),
        expires_at: UnixMillis(row.try_get("expires_at")?),
        size: row.try_get::<i64, _>("size")?.unsigned_abs(),
        possible_duplicate: row.try_get("possible_duplicate")?,
        message_id: row.try_get::<Option<String>, _>("message_id")?.unwrap_or_default(),
        content: row.try_get("content")?,
    })
}

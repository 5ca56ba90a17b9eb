//! Recording what became of a claim, and what people do to a message. A claim that is no longer current changes nothing.

use crate::{StoreResult, WriteTx, outbox::reason, pool::Database};
use domain::{
    AccountId, MessageId, UnixMillis,
    message::{MessageStatus, Reason, RecipientState},
};
use sqlx::{QueryBuilder, Row as _};
use std::collections::HashSet;

/// How a claim ends.
#[derive(Debug, Clone)]
pub struct MessageResult {
    pub id: MessageId,
    pub attempt: u32,
    pub change: MessageChange,
    /// Nobody knows whether an earlier try was delivered.
    pub possible_duplicate: bool,
    /// Where they fare differently; replaces what was known of them.
    pub recipients: Vec<RecipientState>,
}

#[derive(Debug, Clone)]
pub enum MessageChange {
    Sent {
        mta: String,
        /// Some recipients were refused.
        reason: Option<Reason>,
    },
    /// Tried again, through that account. Counted as a try unless it was none of the message's doing.
    Waiting {
        due: UnixMillis,
        route: AccountId,
        reason: Option<Reason>,
        counted: bool,
    },
    Error {
        reason: Reason,
    },
}

/// Few different statements, so that each stays prepared.
const CHUNKS: [usize; 3] = [16, 4, 1];

impl WriteTx {
    /// Those of these messages whose claim is still that attempt.
    pub async fn message_claims_current(&mut self, claims: &[(MessageId, u32)]) -> StoreResult<Vec<bool>> {
        if claims.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = claims.iter().map(|(id, _)| id.to_string()).collect();
        let rows = sqlx::query(
            "SELECT id, attempt FROM messages WHERE status = 'sending' AND id IN (SELECT value FROM json_each($1))",
        )
        .bind(format!("[{}]", ids.join(",")))
        .fetch_all(self.connection())
        .await?;
        let found = rows
            .iter()
            .map(|row| Ok((MessageId(row.try_get("id")?), row.try_get("attempt")?)))
            .collect::<StoreResult<HashSet<(MessageId, u32)>>>()?;
        Ok(claims.iter().map(|claim| found.contains(claim)).collect())
    }

    /// Claims that ended well: message, attempt, the server's reply. Answers with those that were still current.
    pub async fn message_record_sent(&mut self, sent: &[(MessageId, u32, &str)]) -> StoreResult<HashSet<MessageId>> {
        let mut current = HashSet::with_capacity(sent.len());
        let mut rest = sent;
        for size in CHUNKS {
            while rest.len() >= size {
                let (chunk, more) = rest.split_at(size);
                let mut update = QueryBuilder::<Database>::new(
                    "UPDATE messages SET status = 'sent', lease = NULL, mta = s.column3, reason = '', \
                     reason_params = '', reason_reply = '' FROM (",
                );
                update.push_values(chunk, |mut row, (id, attempt, mta)| {
                    row.push_bind(id.0).push_bind(*attempt).push_bind((*mta).to_owned());
                });
                update.push(
                    ") AS s WHERE messages.id = s.column1 AND messages.attempt = s.column2 \
                     AND messages.status = 'sending' RETURNING messages.id",
                );
                for row in update.build().fetch_all(self.connection()).await? {
                    current.insert(MessageId(row.try_get(0)?));
                }
                rest = more;
            }
        }
        Ok(current)
    }

    /// `false` where the claim is no longer the current one: a later one holds the message, or has ended it.
    pub async fn message_record(&mut self, result: &MessageResult) -> StoreResult<bool> {
        let none = Reason::default();
        let query = match &result.change {
            MessageChange::Sent { mta, reason } => {
                let why = reason.as_ref().unwrap_or(&none);
                sqlx::query(
                    "UPDATE messages SET status = 'sent', lease = NULL, mta = $4, reason = $5, reason_params = $6, \
                     reason_reply = $7, possible_duplicate = possible_duplicate OR $3 \
                     WHERE id = $1 AND attempt = $2 AND status = 'sending'",
                )
                .bind(result.id.0)
                .bind(result.attempt)
                .bind(result.possible_duplicate)
                .bind(mta)
                .bind(&why.code)
                .bind(reason::join(&why.params))
                .bind(&why.reply)
            }
            MessageChange::Waiting { due, route, reason, counted } => {
                let why = reason.as_ref().unwrap_or(&none);
                sqlx::query(
                    "UPDATE messages SET status = 'waiting', lease = NULL, due = $4, route = $5, tries = tries + $6, \
                     reason = $7, reason_params = $8, reason_reply = $9, possible_duplicate = possible_duplicate OR $3 \
                     WHERE id = $1 AND attempt = $2 AND status = 'sending'",
                )
                .bind(result.id.0)
                .bind(result.attempt)
                .bind(result.possible_duplicate)
                .bind(due.0)
                .bind(route.0)
                .bind(i64::from(*counted))
                .bind(&why.code)
                .bind(reason::join(&why.params))
                .bind(&why.reply)
            }
            MessageChange::Error { reason: why } => sqlx::query(
                "UPDATE messages SET status = 'error', lease = NULL, reason = $4, reason_params = $5, reason_reply = $6, \
                 possible_duplicate = possible_duplicate OR $3 WHERE id = $1 AND attempt = $2 AND status = 'sending'",
            )
            .bind(result.id.0)
            .bind(result.attempt)
            .bind(result.possible_duplicate)
            .bind(&why.code)
            .bind(reason::join(&why.params))
            .bind(&why.reply),
        };
        if query.execute(self.connection()).await?.rows_affected() == 0 {
            return Ok(false);
        }
        for recipient in &result.recipients {
            sqlx::query(
                "INSERT INTO message_recipients (message_id, address, status, reply) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (message_id, address) DO UPDATE SET status = excluded.status, reply = excluded.reply",
            )
            .bind(result.id.0)
            .bind(recipient.address.as_str())
            .bind(recipient.status.code())
            .bind(&recipient.reply)
            .execute(self.connection())
            .await?;
        }
        Ok(true)
    }

    /// From one of these states into another, by somebody. `false` where it is in none of them.
    pub async fn message_status_set(
        &mut self,
        id: MessageId,
        from: &[MessageStatus],
        to: MessageStatus,
        due: Option<UnixMillis>,
    ) -> StoreResult<bool> {
        for status in from {
            let done =
                sqlx::query("UPDATE messages SET status = $3, due = coalesce($4, due) WHERE id = $1 AND status = $2")
                    .bind(id.0)
                    .bind(status.code())
                    .bind(to.code())
                    .bind(due.map(|due| due.0))
                    .execute(self.connection())
                    .await?;
            if done.rows_affected() > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The first time counts.
    pub async fn message_opened(&mut self, id: MessageId, now: UnixMillis) -> StoreResult<()> {
        sqlx::query("UPDATE messages SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL")
            .bind(id.0)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

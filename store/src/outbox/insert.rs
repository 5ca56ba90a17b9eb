//! Accepting messages: many in few statements, and each idempotency key once.

use crate::{StoreResult, WriteTx, pool::Database};
use domain::{
    AccountId, EmailAddress, MessageId, UnixMillis, message::MessageKind, notification::Priority, value::fold,
};
use sqlx::{QueryBuilder, Row as _};

/// A message as it is accepted.
#[derive(Debug, Clone)]
pub struct NewMessage {
    pub account_id: AccountId,
    /// The account's name and sender as they are now.
    pub account: String,
    pub sender: String,
    pub kind: MessageKind,
    pub priority: Priority,
    pub subject: String,
    pub to: Vec<EmailAddress>,
    /// The Message-ID header, without angle brackets.
    pub message_id: String,
    pub created_by: String,
    pub created_at: UnixMillis,
    pub expires_at: UnixMillis,
    pub resent_from: Option<MessageId>,
    /// Octets, as far as memory is concerned.
    pub size: usize,
    /// What it is composed of; not looked into here.
    pub content: Vec<u8>,
}

/// What makes a repeated request the same one.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    /// Keys of different owners are different keys.
    pub owner: String,
    pub key: String,
    /// Of the request: the same key with another one is a mistake.
    pub hash: Vec<u8>,
}

/// Few different statements, so that each stays prepared.
const CHUNKS: [usize; 3] = [32, 8, 1];

impl WriteTx {
    /// All of them, in this order, with ids that count up.
    pub async fn message_insert_many(&mut self, messages: &[NewMessage]) -> StoreResult<Vec<MessageId>> {
        let count = i64::try_from(messages.len()).unwrap_or(i64::MAX);
        let next: i64 =
            sqlx::query_scalar("UPDATE message_counter SET next = next + $1, total = total + $1 RETURNING next")
                .bind(count)
                .fetch_one(self.connection())
                .await?;
        let numbered: Vec<(i64, &NewMessage)> = (next - count..next).zip(messages).collect();
        let mut rest = numbered.as_slice();
        for size in CHUNKS {
            while rest.len() >= size {
                let (chunk, more) = rest.split_at(size);
                self.insert_rows(chunk).await?;
                self.insert_texts(chunk).await?;
                self.insert_bodies(chunk).await?;
                rest = more;
            }
        }
        Ok((next - count..next).map(MessageId).collect())
    }

    async fn insert_rows(&mut self, chunk: &[(i64, &NewMessage)]) -> StoreResult<()> {
        let mut insert = QueryBuilder::<Database>::new(
            "INSERT INTO messages (id, status, account_id, route, rank, due, created_at, expires_at, size) ",
        );
        insert.push_values(chunk, |mut row, (id, message)| {
            row.push_bind(*id)
                .push("'waiting'")
                .push_bind(message.account_id.0)
                .push_bind(message.account_id.0)
                .push_bind(rank(message.priority))
                .push_bind(message.created_at.0)
                .push_bind(message.created_at.0)
                .push_bind(message.expires_at.0)
                .push_bind(i64::try_from(message.size).unwrap_or(i64::MAX));
        });
        insert.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn insert_texts(&mut self, chunk: &[(i64, &NewMessage)]) -> StoreResult<()> {
        let mut insert = QueryBuilder::<Database>::new(
            "INSERT INTO message_texts (id, message_id, kind, priority, created_by, resent_from, subject, subject_fold, \
             recipients, recipients_fold, sender, sender_fold, account, account_fold) ",
        );
        insert.push_values(chunk, |mut row, (id, message)| {
            let to = message.to.iter().map(EmailAddress::as_str).collect::<Vec<_>>().join(", ");
            row.push_bind(*id)
                .push_bind(message.message_id.clone())
                .push_bind(message.kind.code())
                .push_bind(message.priority.code())
                .push_bind(message.created_by.clone())
                .push_bind(message.resent_from.map(|id| id.0))
                .push_bind(message.subject.clone())
                .push_bind(fold(&message.subject))
                .push_bind(to.clone())
                .push_bind(fold(&to))
                .push_bind(message.sender.clone())
                .push_bind(fold(&message.sender))
                .push_bind(message.account.clone())
                .push_bind(fold(&message.account));
        });
        insert.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn insert_bodies(&mut self, chunk: &[(i64, &NewMessage)]) -> StoreResult<()> {
        let mut insert = QueryBuilder::<Database>::new("INSERT INTO message_bodies (id, content) ");
        insert.push_values(chunk, |mut row, (id, message)| {
            row.push_bind(*id).push_bind(message.content.clone());
        });
        insert.build().execute(self.connection()).await?;
        Ok(())
    }

    /// What a key stands for already: the hash of its request, and the message made of it.
    pub async fn idempotency_get(&mut self, owner: &str, key: &str) -> StoreResult<Option<(Vec<u8>, MessageId)>> {
        let row = sqlx::query("SELECT hash, message_id FROM idempotency_keys WHERE owner = $1 AND key = $2")
            .bind(owner)
            .bind(key)
            .fetch_optional(self.connection())
            .await?;
        row.map(|row| Ok((row.try_get("hash")?, MessageId(row.try_get("message_id")?)))).transpose()
    }

    pub async fn idempotency_insert(
        &mut self,
        key: &IdempotencyKey,
        message: MessageId,
        now: UnixMillis,
    ) -> StoreResult<()> {
        sqlx::query("INSERT INTO idempotency_keys (owner, key, hash, message_id, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(&key.owner)
            .bind(&key.key)
            .bind(&key.hash)
            .bind(message.0)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

const fn rank(priority: Priority) -> i64 {
    match priority {
        Priority::High => 0,
        Priority::Normal => 1,
        Priority::Low => 2,
    }
}

//! One message with all that is stored of it except the log of its tries.

use crate::{ReadTx, StoreResult, outbox::reason, read::Reader};
use domain::{
    AccountId, EmailAddress, MessageId, UnixMillis,
    message::{MessageKind, MessageStatus, Reason, RecipientState},
    notification::Priority,
};
use sqlx::Row as _;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMessage {
    pub id: MessageId,
    pub status: MessageStatus,
    pub account_id: AccountId,
    /// Whether that account is still there.
    pub account_exists: bool,
    pub account: String,
    pub sender: String,
    pub kind: MessageKind,
    pub priority: Priority,
    pub subject: String,
    pub message_id: String,
    pub created_at: UnixMillis,
    pub created_by: String,
    pub due: UnixMillis,
    pub expires_at: UnixMillis,
    pub attempt: u32,
    pub tries: u32,
    pub mta: String,
    pub reason: Option<Reason>,
    pub possible_duplicate: bool,
    pub opened_at: Option<UnixMillis>,
    pub resent_from: Option<MessageId>,
    pub content: Vec<u8>,
}

impl ReadTx {
    pub async fn message_get(&mut self, id: MessageId) -> StoreResult<Option<StoredMessage>> {
        let row = sqlx::query(
            "SELECT m.*, t.*, b.content, EXISTS (SELECT 1 FROM accounts a WHERE a.id = m.account_id) AS account_exists \
             FROM messages m JOIN message_texts t ON t.id = m.id JOIN message_bodies b ON b.id = m.id WHERE m.id = $1",
        )
        .bind(id.0)
        .fetch_optional(self.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let r = Reader::new("messages", &row)?;
        let params: String = r.get("reason_params")?;
        Ok(Some(StoredMessage {
            id,
            status: r.parse("status", MessageStatus::parse)?,
            account_id: AccountId(r.get("account_id")?),
            account_exists: r.get("account_exists")?,
            account: r.get("account")?,
            sender: r.get("sender")?,
            kind: r.parse("kind", MessageKind::parse)?,
            priority: r.parse("priority", Priority::parse)?,
            subject: r.get("subject")?,
            message_id: r.get("message_id")?,
            created_at: r.time("created_at")?,
            created_by: r.get("created_by")?,
            due: r.time("due")?,
            expires_at: r.time("expires_at")?,
            attempt: r.get("attempt")?,
            tries: r.get("tries")?,
            mta: r.get("mta")?,
            reason: reason::read(r.get("reason")?, &params, r.get("reason_reply")?),
            possible_duplicate: r.get("possible_duplicate")?,
            opened_at: r.get::<Option<i64>>("opened_at")?.map(UnixMillis),
            resent_from: r.get::<Option<i64>>("resent_from")?.map(MessageId),
            content: r.get("content")?,
        }))
    }

    /// Where the recipients fare differently, how.
    pub async fn message_recipients(&mut self, id: MessageId) -> StoreResult<Vec<RecipientState>> {
        let rows = sqlx::query(
            "SELECT message_id AS id, address, status, reply FROM message_recipients WHERE message_id = $1 ORDER BY address",
        )
        .bind(id.0)
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| {
                let r = Reader::new("message_recipients", row)?;
                Ok(RecipientState {
                    address: r.parse("address", |text| EmailAddress::parse(text).ok())?,
                    status: r.parse("status", MessageStatus::parse)?,
                    reply: row.try_get("reply")?,
                })
            })
            .collect()
    }
}

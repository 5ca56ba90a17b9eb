//! What people do with a message: read, resend, cancel, pause, resume.

use crate::{
    Actor, Answer, Service, audit,
    error::{Inside, answer, refused},
};
use domain::{
    Action, Failure, MessageId,
    message::{FileInfo, Message, MessageStatus, Reason, RecipientState},
    notification::{AccountRef, NewNotification},
    report::{Query, Row},
};
use store::{ReadTx, StoredMessage, WriteTx};

/// Lines of the log of tries that are shown.
const HISTORY: u32 = 200;

impl Service {
    /// Those that match, upwards by id from above `after`, so many at most, as the Outbox report shows them.
    pub async fn message_list(&self, actor: &Actor, query: &Query, after: i64, limit: u32) -> Answer<Vec<Row>> {
        actor.must(Action::OutboxRead)?;
        answer(async { Ok(self.inner.store.read().await?.message_rows(query, after, limit).await?) }).await
    }

    /// A message with its content and the log of its tries. For programs: no opening is noted.
    pub async fn message_get(&self, actor: &Actor, id: MessageId) -> Answer<Message> {
        actor.must(Action::OutboxRead)?;
        answer(async { self.message(&mut self.inner.store.read().await?, id).await }).await
    }

    /// The same for a person. The first time is noted as its opening.
    pub async fn message_read(&self, actor: &Actor, id: MessageId) -> Answer<Message> {
        actor.must(Action::OutboxRead)?;
        answer(async {
            let message = self.message(&mut self.inner.store.read().await?, id).await?;
            if message.opened_at.is_some() {
                return Ok(message);
            }
            let now = self.inner.clock.now();
            let mut tx = self.inner.store.write().await?;
            tx.message_opened(id, now).await?;
            tx.commit().await?;
            Ok(Message { opened_at: Some(now), ..message })
        })
        .await
    }

    /// A new message like one that has come to its end, through the same account.
    pub async fn message_resend(&self, actor: &Actor, id: MessageId) -> Answer<MessageId> {
        actor.must(Action::OutboxSend)?;
        answer(async {
            let stored = stored(&mut self.inner.store.read().await?, id).await?;
            if !stored.status.is_final() {
                return Err(refused("message_not_ended", [stored.status.code()]).into());
            }
            let mut new = content(&stored)?;
            new.account = stored.account_exists.then_some(AccountRef::Id(stored.account_id));
            let again = self.submit(actor, new, None, stored.kind, Some(id)).await?;
            let mut tx = self.inner.store.write().await?;
            let ended = [MessageStatus::Sent, MessageStatus::Error, MessageStatus::Canceled];
            tx.message_status_set(id, &ended, MessageStatus::Resent, None).await?;
            let detail = format!("new id: {again}");
            self.audit(&mut tx, actor, audit::MESSAGE_RESENT, &id.to_string(), detail).await?;
            tx.commit().await?;
            Ok(again)
        })
        .await
    }

    /// Only what is not under way and has not come to its end.
    pub async fn message_cancel(&self, actor: &Actor, id: MessageId) -> Answer<()> {
        let from = [MessageStatus::Waiting, MessageStatus::Paused];
        self.message_set(actor, id, &from, MessageStatus::Canceled, audit::MESSAGE_CANCELED).await
    }

    pub async fn message_pause(&self, actor: &Actor, id: MessageId) -> Answer<()> {
        self.message_set(actor, id, &[MessageStatus::Waiting], MessageStatus::Paused, audit::MESSAGE_PAUSED).await
    }

    /// Tried at once.
    pub async fn message_resume(&self, actor: &Actor, id: MessageId) -> Answer<()> {
        self.message_set(actor, id, &[MessageStatus::Paused], MessageStatus::Waiting, audit::MESSAGE_RESUMED).await?;
        self.inner.outbox.wake.notify_one();
        Ok(())
    }

    async fn message_set(
        &self,
        actor: &Actor,
        id: MessageId,
        from: &[MessageStatus],
        to: MessageStatus,
        action: &'static str,
    ) -> Answer<()> {
        actor.must(Action::OutboxSend)?;
        answer(async {
            let mut tx: WriteTx = self.inner.store.write().await?;
            let due = (to == MessageStatus::Waiting).then(|| self.inner.clock.now());
            if !tx.message_status_set(id, from, to, due).await? {
                let status = stored(&mut tx, id).await?.status;
                return Err(refused("message_status", [status.code()]).into());
            }
            self.audit(&mut tx, actor, action, &id.to_string(), String::new()).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    async fn message(&self, tx: &mut ReadTx, id: MessageId) -> Inside<Message> {
        let m = stored(tx, id).await?;
        let new = content(&m)?;
        let known = tx.message_recipients(id).await?;
        let everyone = |status| match status {
            MessageStatus::Sending | MessageStatus::Paused | MessageStatus::Canceled => MessageStatus::Waiting,
            MessageStatus::Resent if m.mta.is_empty() => MessageStatus::Error,
            MessageStatus::Resent => MessageStatus::Sent,
            other => other,
        };
        let recipients = new
            .to
            .iter()
            .map(|address| {
                let state = known.iter().find(|state| state.address == *address);
                state.cloned().unwrap_or_else(|| RecipientState {
                    address: address.clone(),
                    status: everyone(m.status),
                    reply: String::new(),
                })
            })
            .collect();
        let waits = m.status == MessageStatus::Waiting;
        let of_account = if waits { tx.sending_get(m.account_id).await? } else { None };
        let of_account = of_account.and_then(|state| {
            if state.sending.paused { Some(Reason::new("account_paused")) } else { state.sending.reason }
        });
        let files = new.attachments.iter().map(|file| FileInfo {
            name: file.name.clone(),
            media_type: file.media_type.to_string(),
            octets: file.size() as u64,
        });
        Ok(Message {
            id,
            status: m.status,
            kind: m.kind,
            priority: m.priority,
            recipients,
            from: m.sender,
            account_id: m.account_exists.then_some(m.account_id),
            account: m.account,
            created_at: m.created_at,
            created_by: m.created_by,
            due: waits.then_some(m.due),
            expires_at: m.expires_at,
            message_id: m.message_id,
            mta: m.mta,
            reason: of_account.or(m.reason),
            attempts: m.attempt,
            possible_duplicate: m.possible_duplicate,
            opened_at: m.opened_at,
            resent_from: m.resent_from,
            attachments: files.collect(),
            history: tx.attempt_list(id, HISTORY).await?,
            subject: new.subject,
            text: new.text,
            html: new.html,
        })
    }
}

async fn stored(tx: &mut ReadTx, id: MessageId) -> Inside<StoredMessage> {
    tx.message_get(id).await?.ok_or_else(|| Failure::NotFound.into())
}

fn content(message: &StoredMessage) -> Inside<NewNotification> {
    Ok(serde_json::from_slice(&message.content)?)
}

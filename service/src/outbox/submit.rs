//! Accepting a notification: checked, serialised, and on the disk before anybody hears of its id.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer, invalid, refused},
    outbox::{
        MEMORY_KB,
        writer::{self, Submission},
    },
};
use domain::{
    Action, Failure, MessageId,
    account::Account,
    message::MessageKind,
    notification::{AccountRef, NewNotification, NotificationDraft, field},
};
use sha2::{Digest, Sha256};
use store::{IdempotencyKey, ReadTx, WriteTx};

/// A message that can't be sent is given up after so many seconds, where it does not say otherwise.
pub(super) const GIVE_UP_S: u32 = 48 * 3600;
/// Idempotency keys are known so long.
pub(super) const KEYS_KEPT_MS: i64 = 7 * 86_400_000;
const MAX_KEY: usize = 255;

impl Service {
    /// Accepts a message. The same key from the same actor with the same draft is the same message.
    pub async fn notification_submit(
        &self,
        actor: &Actor,
        draft: NotificationDraft,
        key: Option<&str>,
    ) -> Answer<MessageId> {
        actor.must(Action::OutboxSend)?;
        answer(async {
            let new = draft.parse()?;
            self.submit(actor, new, key, MessageKind::Notification, None).await
        })
        .await
    }

    /// The same for whatever else of ours sends.
    pub(crate) async fn submit(
        &self,
        actor: &Actor,
        mut new: NewNotification,
        key: Option<&str>,
        kind: MessageKind,
        resent_from: Option<MessageId>,
    ) -> Inside<MessageId> {
        // Held until it is on the disk: what waits for the writer is bounded too.
        let kilobytes = u32::try_from(new.size() / 256).unwrap_or(u32::MAX).clamp(1, MEMORY_KB);
        let _memory = self.inner.outbox.accepting.acquire_many(kilobytes).await;
        let content = serde_json::to_vec(&new)?;
        let key = key.map(|key| idempotency_key(actor, key, &content)).transpose()?;
        new.attachments.clear();
        new.text.clear();
        new.html.clear();
        let submission = Submission { new, content, kind, created_by: actor.logged(), key, resent_from };
        self.inner.outbox.writer.submit(submission).await
    }

    /// The same in a transaction that has more to say: there is no message unless that is committed. Call
    /// [`crate::outbox::Outbox::wake`] after.
    pub(crate) async fn submit_in(
        &self,
        tx: &mut WriteTx,
        mut new: NewNotification,
        created_by: String,
        kind: MessageKind,
    ) -> Inside<Result<MessageId, Failure>> {
        let content = serde_json::to_vec(&new)?;
        new.attachments.clear();
        let submission = Submission { new, content, kind, created_by, key: None, resent_from: None };
        writer::accept(tx, &self.inner.clock, submission).await
    }
}

fn idempotency_key(actor: &Actor, key: &str, content: &[u8]) -> Result<IdempotencyKey, Failure> {
    if key.is_empty() || key.len() > MAX_KEY || !key.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Err(invalid("idempotency_key", "idempotency_key"));
    }
    Ok(IdempotencyKey { owner: actor.key(), key: key.to_owned(), hash: Sha256::digest(content).to_vec() })
}

/// The account that a message goes through, or why there is none.
pub(super) async fn account(tx: &mut ReadTx, named: Option<&AccountRef>) -> Inside<Result<Account, Failure>> {
    let found = match named {
        None => tx.account_default().await?,
        Some(AccountRef::Id(id)) => tx.account_get(*id).await?,
        Some(AccountRef::Name(name)) => tx.account_get_by_name(name).await?,
    };
    Ok(match (found, named) {
        (Some(account), _) if account.settings.enabled => Ok(account),
        (Some(account), _) => Err(refused("account_disabled", [account.settings.name.as_str()])),
        (None, None) => Err(refused("no_default_account", [])),
        (None, Some(_)) => Err(invalid(field::ACCOUNT, "not_found")),
    })
}

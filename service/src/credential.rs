//! Credentials: their secrets can be written and replaced, and are never read back.

use crate::{
    Actor, Answer, Service, audit,
    audit::{changes, credential_fields, listed},
    binding,
    error::{Inside, answer, conflict_unless},
};
use domain::{
    Action, CredentialId, Failure, FieldErrors,
    credential::{Credential, CredentialDraft},
};
use store::ReadTx;

impl Service {
    pub async fn credential_get(&self, actor: &Actor, id: CredentialId) -> Answer<Credential> {
        actor.must(Action::CredentialsRead)?;
        answer(async { stored(&mut self.inner.store.read().await?, id).await }).await
    }

    /// Its secret is bound to no place yet: the first account or connector saved with it claims it.
    pub async fn credential_create(&self, actor: &Actor, draft: CredentialDraft) -> Answer<Credential> {
        actor.must(Action::CredentialsChange)?;
        answer(async {
            let new = draft.parse(None)?;
            let now = self.inner.clock.now();
            let mut tx = self.inner.store.write().await?;
            let id = tx.credential_insert(&new, now).await?;
            let credential = stored(&mut tx, id).await?;
            if let Some(secret) = &new.secret {
                tx.sealed_put(&self.inner.keys.seal(&credential, None, secret, now)?).await?;
            }
            let detail = listed(&credential_fields(&new.name, new.kind, &new.user_name)).join("\n");
            self.audit(&mut tx, actor, audit::CREDENTIAL_CREATED, new.name.as_str(), detail).await?;
            let credential = stored(&mut tx, id).await?;
            tx.commit().await?;
            Ok(credential)
        })
        .await
    }

    pub async fn credential_update(
        &self,
        actor: &Actor,
        id: CredentialId,
        version: i64,
        draft: CredentialDraft,
    ) -> Answer<Credential> {
        actor.must(Action::CredentialsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            conflict_unless(before.version == version, before.version)?;
            let new = draft.parse(Some(&before))?;
            conflict_unless(tx.credential_update(id, version, &new).await?, before.version)?;
            let mut lines = changes(
                &credential_fields(&before.name, before.kind, &before.user_name),
                &credential_fields(&new.name, new.kind, &new.user_name),
            );
            if let Some(secret) = &new.secret {
                let after = stored(&mut tx, id).await?;
                let now = self.inner.clock.now();
                binding::replace(&mut tx, &self.inner.keys, &before, &after, secret, now).await?;
                lines.push(audit::SECRET_REPLACED.to_owned());
            }
            self.audit(&mut tx, actor, audit::CREDENTIAL_CHANGED, new.name.as_str(), lines.join("\n")).await?;
            let credential = stored(&mut tx, id).await?;
            tx.commit().await?;
            Ok(credential)
        })
        .await
    }

    /// Refused while anything names it, saying what.
    pub async fn credential_delete(&self, actor: &Actor, id: CredentialId) -> Answer<()> {
        actor.must(Action::CredentialsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let credential = stored(&mut tx, id).await?;
            if !credential.used_by.is_empty() {
                return Err(Failure::Refused { code: "in_use".to_owned(), params: credential.used_by }.into());
            }
            tx.credential_delete(id).await?;
            let detail =
                listed(&credential_fields(&credential.name, credential.kind, &credential.user_name)).join("\n");
            self.audit(&mut tx, actor, audit::CREDENTIAL_DELETED, credential.name.as_str(), detail).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }
}

pub(crate) async fn stored(tx: &mut ReadTx, id: CredentialId) -> Inside<Credential> {
    tx.credential_get(id).await?.ok_or_else(|| Failure::NotFound.into())
}

/// A credential that a draft names, or what is wrong with the draft.
pub(crate) async fn named(
    tx: &mut ReadTx,
    id: Option<CredentialId>,
    errors: &mut FieldErrors,
) -> Inside<Option<Credential>> {
    let Some(id) = id else { return Ok(None) };
    let credential = tx.credential_get(id).await?;
    if credential.is_none() {
        errors.add("credential_id", "not_found");
    }
    Ok(credential)
}

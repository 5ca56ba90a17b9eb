//! Credentials: their secrets can be written and replaced, and are never read back.

use crate::{
    Actor, Answer, Service,
    account::must_be,
    audit,
    audit::{changes, credential_fields, listed},
    binding,
    error::{Inside, answer, conflict_unless},
    oauth,
};
use domain::{
    Action, CredentialId, Failure, FieldErrors,
    credential::{Credential, CredentialDraft, NewCredential},
    report::{Query, ReportName},
};
use store::{ReadTx, WriteTx};

impl Service {
    pub async fn credential_get(&self, actor: &Actor, id: CredentialId) -> Answer<Credential> {
        actor.must(Action::CredentialsRead)?;
        answer(async { stored(&mut self.inner.store.read().await?, id).await }).await
    }

    /// Those that match, upwards by id from above `after`, so many at most.
    pub async fn credential_list(
        &self,
        actor: &Actor,
        query: &Query,
        after: i64,
        limit: u32,
    ) -> Answer<Vec<Credential>> {
        actor.must(Action::CredentialsRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let mut found = Vec::new();
            for id in tx.report_ids(ReportName::Credentials, query, after, limit).await? {
                found.extend(tx.credential_get(CredentialId(id)).await?);
            }
            Ok(found)
        })
        .await
    }

    /// Its secret is bound to no place yet: the first account or connector saved with it claims it.
    pub async fn credential_create(&self, actor: &Actor, draft: CredentialDraft) -> Answer<Credential> {
        actor.must(Action::CredentialsChange)?;
        answer(async {
            let new = draft.parse(None)?;
            let mut tx = self.inner.store.write().await?;
            let credential = self.credential_insert(&mut tx, actor, &new).await?;
            tx.commit().await?;
            Ok(credential)
        })
        .await
    }

    pub(crate) async fn credential_insert(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        new: &NewCredential,
    ) -> Inside<Credential> {
        let now = self.inner.clock.now();
        let id = tx.credential_insert(new, now).await?;
        let credential = stored(tx, id).await?;
        if let Some(secret) = oauth::packed(new)? {
            tx.sealed_put(&self.inner.keys.seal(&credential, None, &secret, now)?).await?;
        }
        let detail = listed(&credential_fields(&new.name, new.kind, &new.user_name, &new.oauth)).join("\n");
        self.audit(tx, actor, audit::CREDENTIAL_CREATED, new.name.as_str(), detail).await?;
        stored(tx, id).await
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
            must_be(before.version, Some(version))?;
            let new = draft.parse(Some(&before))?;
            self.credential_change(&mut tx, actor, &before, &new).await?;
            let credential = stored(&mut tx, id).await?;
            tx.commit().await?;
            Ok(credential)
        })
        .await
    }

    /// `before` is what is stored. Answers with the lines of the audit log.
    pub(crate) async fn credential_change(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        before: &Credential,
        new: &NewCredential,
    ) -> Inside<Vec<String>> {
        conflict_unless(tx.credential_update(before.id, before.version, new).await?, before.version)?;
        let mut lines = changes(
            &credential_fields(&before.name, before.kind, &before.user_name, &before.oauth),
            &credential_fields(&new.name, new.kind, &new.user_name, &new.oauth),
        );
        tx.oauth_token_forget(before.id).await?;
        if let Some(secret) = oauth::packed(new)? {
            let after = stored(tx, before.id).await?;
            let now = self.inner.clock.now();
            binding::replace(tx, &self.inner.keys, before, &after, &secret, now).await?;
            lines.push(audit::SECRET_REPLACED.to_owned());
        }
        self.audit(tx, actor, audit::CREDENTIAL_CHANGED, new.name.as_str(), lines.join("\n")).await?;
        Ok(lines)
    }

    /// Refused while anything names it, saying what.
    pub async fn credential_delete(&self, actor: &Actor, id: CredentialId) -> Answer<()> {
        self.credential_delete_version(actor, id, None).await
    }

    /// The same, if it still has that version.
    pub async fn credential_delete_version(&self, actor: &Actor, id: CredentialId, version: Option<i64>) -> Answer<()> {
        actor.must(Action::CredentialsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let credential = stored(&mut tx, id).await?;
            must_be(credential.version, version)?;
            if !credential.used_by.is_empty() {
                return Err(Failure::Refused { code: "in_use".to_owned(), params: credential.used_by }.into());
            }
            tx.credential_delete(id).await?;
            let c = &credential;
            let detail = listed(&credential_fields(&c.name, c.kind, &c.user_name, &c.oauth)).join("\n");
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

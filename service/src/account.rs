//! Accounts: read, saved, made default, enabled, deleted.

use crate::{
    Actor, Answer, Service, audit,
    audit::{account_fields, changes, listed},
    binding::{self, Bound},
    error::{Inside, answer, conflict_unless, refused},
};
use domain::{
    AccountId, Action, Failure, FieldErrors,
    account::{Account, AccountDraft, Choices, NewAccount, field},
    audit::change_line,
    destination::Destination,
    report::{Query, ReportName},
};
use store::{ReadTx, WriteTx};

impl Service {
    pub async fn account_get(&self, actor: &Actor, id: AccountId) -> Answer<Account> {
        actor.must(Action::AccountsRead)?;
        answer(async { stored(&mut self.inner.store.read().await?, id).await }).await
    }

    /// Those that match, upwards by id from above `after`, so many at most.
    pub async fn account_list(&self, actor: &Actor, query: &Query, after: i64, limit: u32) -> Answer<Vec<Account>> {
        actor.must(Action::AccountsRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let mut found = Vec::new();
            for id in tx.report_ids(ReportName::Accounts, query, after, limit).await? {
                found.extend(tx.account_get(AccountId(id)).await?);
            }
            Ok(found)
        })
        .await
    }

    /// What the settings window offers to choose from.
    pub async fn account_choices(&self, actor: &Actor) -> Answer<Choices> {
        actor.must(Action::AccountsRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            Ok(Choices {
                credentials: tx.credential_list().await?,
                connectors: tx.connector_list().await?,
                any_account: tx.account_default().await?.is_some(),
            })
        })
        .await
    }

    pub async fn account_create(&self, actor: &Actor, draft: AccountDraft) -> Answer<Account> {
        actor.must(Action::AccountsChange)?;
        answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            let account = self.account_insert(&mut tx, actor, new, &draft).await?;
            tx.commit().await?;
            Ok(account)
        })
        .await
    }

    /// `new` is the draft, checked.
    pub(crate) async fn account_insert(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        mut new: NewAccount,
        draft: &AccountDraft,
    ) -> Inside<Account> {
        let default = tx.account_default().await?;
        // The first account is the default whatever the draft says.
        new.is_default |= default.is_none();
        let mut errors = FieldErrors::default();
        if new.is_default && !new.enabled {
            errors.add(field::ENABLED, "default_must_be_enabled");
        }
        let (place, bound) = self.check_and_bind(tx, None, &new, draft, errors).await?;
        let id = tx.account_insert(&new, &place).await?;
        let mut lines = listed(&account_fields(&new));
        lines.extend(secret_line(bound));
        lines.extend(default_line(default.as_ref(), &new));
        self.audit(tx, actor, audit::ACCOUNT_CREATED, new.name.as_str(), lines.join("\n")).await?;
        stored(tx, id).await
    }

    /// `version` is the one that the editing began with.
    pub async fn account_update(
        &self,
        actor: &Actor,
        id: AccountId,
        version: i64,
        draft: AccountDraft,
    ) -> Answer<Account> {
        actor.must(Action::AccountsChange)?;
        answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            must_be(before.version, Some(version))?;
            self.account_change(&mut tx, actor, &before, &new, &draft).await?;
            let account = stored(&mut tx, id).await?;
            tx.commit().await?;
            Ok(account)
        })
        .await
    }

    /// `new` is the draft, checked; `before` what is stored. Answers with the lines of the audit log.
    pub(crate) async fn account_change(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        before: &Account,
        new: &NewAccount,
        draft: &AccountDraft,
    ) -> Inside<Vec<String>> {
        let default = tx.account_default().await?;
        let mut errors = FieldErrors::default();
        // The default moves by making another one it; it can't be put down.
        if before.settings.is_default && !new.is_default {
            errors.add(field::IS_DEFAULT, "default_account");
        }
        let (place, bound) = self.check_and_bind(tx, Some(before.id), new, draft, errors).await?;
        conflict_unless(tx.account_update(before.id, before.version, new, &place).await?, before.version)?;
        for credential in [before.settings.credential_id, new.credential_id].into_iter().flatten() {
            binding::forget_unused(tx, credential).await?;
        }
        let mut lines = changes(&account_fields(&before.settings), &account_fields(new));
        lines.extend(secret_line(bound));
        if !before.settings.is_default {
            lines.extend(default_line(default.as_ref(), new));
        }
        self.audit(tx, actor, audit::ACCOUNT_CHANGED, new.name.as_str(), lines.join("\n")).await?;
        Ok(lines)
    }

    pub async fn account_set_default(&self, actor: &Actor, id: AccountId) -> Answer<()> {
        self.account_move_default(actor, id, None).await.map(drop)
    }

    /// The same; where `from` says which account of which version the default is, only if it is. Answers with the one that was
    /// the default and the version that the new one has now, where that has changed: with both it can be taken back.
    pub async fn account_move_default(
        &self,
        actor: &Actor,
        id: AccountId,
        from: Option<(AccountId, i64)>,
    ) -> Answer<Option<(AccountId, i64)>> {
        actor.must(Action::AccountsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let account = stored(&mut tx, id).await?;
            let name = account.settings.name.as_str();
            let was = tx.account_default().await?;
            if let (Some((meant, version)), Some(was)) = (from, &was) {
                conflict_unless(was.id == meant && was.version == version, was.version)?;
            }
            if account.settings.is_default {
                return Ok(None);
            }
            if !account.settings.enabled {
                return Err(refused("default_disabled", [name]).into());
            }
            tx.account_default_set(id).await?;
            let line = default_line(was.as_ref(), &NewAccount { is_default: true, ..account.settings.clone() });
            self.audit(&mut tx, actor, audit::ACCOUNT_DEFAULT, name, line.unwrap_or_default()).await?;
            let version = stored(&mut tx, id).await?.version;
            tx.commit().await?;
            Ok(was.map(|was| (was.id, version)))
        })
        .await
    }

    pub async fn account_set_enabled(&self, actor: &Actor, id: AccountId, enabled: bool) -> Answer<()> {
        self.account_set_enabled_version(actor, id, enabled, None).await.map(drop)
    }

    /// The same, if it still has that version. Answers with the version it has now, where it has changed.
    pub async fn account_set_enabled_version(
        &self,
        actor: &Actor,
        id: AccountId,
        enabled: bool,
        version: Option<i64>,
    ) -> Answer<Option<i64>> {
        actor.must(Action::AccountsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let account = stored(&mut tx, id).await?;
            must_be(account.version, version)?;
            let name = account.settings.name.as_str();
            if account.settings.enabled == enabled {
                return Ok(None);
            }
            if account.settings.is_default {
                return Err(refused("default_account", [name]).into());
            }
            tx.account_enabled_set(id, enabled).await?;
            let action = if enabled { audit::ACCOUNT_ENABLED } else { audit::ACCOUNT_DISABLED };
            self.audit(&mut tx, actor, action, name, String::new()).await?;
            let version = stored(&mut tx, id).await?.version;
            tx.commit().await?;
            Ok(Some(version))
        })
        .await
    }

    /// The default can't be deleted while there are others; the very last account can, and then there is none.
    pub async fn account_delete(&self, actor: &Actor, id: AccountId) -> Answer<()> {
        self.account_delete_version(actor, id, None).await
    }

    /// The same, if it still has that version.
    pub async fn account_delete_version(&self, actor: &Actor, id: AccountId, version: Option<i64>) -> Answer<()> {
        actor.must(Action::AccountsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let Account { settings, version: stored, .. } = stored(&mut tx, id).await?;
            must_be(stored, version)?;
            let name = settings.name.as_str();
            let schedules = tx.schedule_names_by_account(id).await?;
            if !schedules.is_empty() {
                return Err(Failure::Refused { code: "in_use".to_owned(), params: schedules }.into());
            }
            tx.account_delete(id).await.map_err(|error| match error {
                store::StoreError::DefaultAccount => refused("default_account", [name]).into(),
                other => crate::error::ServiceError::from(other),
            })?;
            if let Some(credential) = settings.credential_id {
                binding::forget_unused(&mut tx, credential).await?;
            }
            let detail = listed(&account_fields(&settings)).join("\n");
            self.audit(&mut tx, actor, audit::ACCOUNT_DELETED, name, detail).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// All that the store can object to, at once; then the secret is bound to where the account leads.
    async fn check_and_bind(
        &self,
        tx: &mut WriteTx,
        id: Option<AccountId>,
        new: &NewAccount,
        draft: &AccountDraft,
        mut errors: FieldErrors,
    ) -> Inside<(Destination, Option<Bound>)> {
        if tx.account_name_taken(&new.name, id).await? {
            errors.0.insert(0, domain::FieldError::new(field::NAME, "name_taken"));
        }
        let credential = match new.credential_id {
            Some(id) => tx.credential_get(id).await?,
            None => None,
        };
        if new.credential_id.is_some() && credential.is_none() {
            errors.add(field::CREDENTIAL, "not_found");
        }
        let connector = match new.connector_id {
            Some(id) => tx.connector_get(id).await?,
            None => None,
        };
        if new.connector_id.is_some() && connector.is_none() {
            errors.add(field::CONNECTOR, "not_found");
        }
        if new.trusted_ca.as_ref().is_some_and(|ca| mailer::roots_from_pem(ca.as_str().as_bytes()).is_err()) {
            errors.add(field::TRUSTED_CA, "certificate_broken");
        }
        let place = Destination::of_account(new, connector.as_ref().filter(|_| new.use_connector));
        let mut bound = None;
        if let Some(credential) = credential.filter(|_| new.authentication) {
            let now = self.inner.clock.now();
            let result = binding::bind(tx, &self.inner.keys, &credential, &place, draft.secret.as_ref(), now).await?;
            if result == Bound::Missing {
                errors.add(field::SECRET, "secret_again");
            }
            bound = Some(result);
        }
        if errors.is_empty() { Ok((place, bound)) } else { Err(errors.into()) }
    }
}

/// Whether what is stored is the version meant, where one is meant.
pub(crate) fn must_be(stored: i64, meant: Option<i64>) -> Inside<()> {
    Ok(conflict_unless(meant.is_none_or(|meant| meant == stored), stored)?)
}

pub(crate) async fn stored(tx: &mut ReadTx, id: AccountId) -> Inside<Account> {
    tx.account_get(id).await?.ok_or_else(|| Failure::NotFound.into())
}

pub(crate) fn secret_line(bound: Option<Bound>) -> Option<String> {
    match bound {
        Some(Bound::Replaced) => Some(audit::SECRET_REPLACED.to_owned()),
        Some(Bound::Claimed) => Some("secret: bound to this destination".to_owned()),
        _ => None,
    }
}

fn default_line(was: Option<&Account>, new: &NewAccount) -> Option<String> {
    let was = was.filter(|_| new.is_default)?;
    Some(change_line("default account", was.settings.name.as_str(), new.name.as_str()))
}

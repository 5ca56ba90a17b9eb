//! Settings out of the store into a file that people keep, and back: for the command line.
//!
//! An import is one transaction. It goes through the same doors as the windows, so a secret already sealed does not follow
//! a changed destination: it has to be given again.

use crate::{
    Actor, Answer, Service,
    binding::open_at,
    error::{Inside, ServiceError, answer, invalid},
    oauth,
};
use domain::{
    CredentialId, Failure, ScheduleId, Secret,
    account::Account,
    connector::Connector,
    credential::Credential,
    destination::Destination,
    report::{Query, ReportName},
    schedule::ScheduleDraft,
    transfer::{Bundle, FORM, PortableAccount, PortableConnector, PortableCredential, PortableSchedule},
    value::fold,
};
use std::collections::HashMap;
use store::{StoredSchedule, WriteTx};

/// What came of one thing in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `credential`, `connector`, `account` or `schedule`.
    pub what: &'static str,
    pub name: String,
    pub outcome: StepOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepOutcome {
    Created,
    /// With the lines of the audit log.
    Changed(Vec<String>),
    /// It is as the file says, but has no secret that may be sent where it leads.
    SecretMissing,
    Refused(Failure),
}

/// All that differed. Where anything was refused, nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    pub steps: Vec<Step>,
}

impl Imported {
    pub fn is_refused(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.outcome, StepOutcome::Refused(_)))
    }
}

impl Service {
    /// For the command line. No secret is in it.
    pub async fn settings_export(&self) -> Answer<Bundle> {
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let (credentials, connectors) = (tx.credential_list().await?, tx.connector_list().await?);
            let credential = |id| credentials.iter().find(|c| Some(c.id) == id).map(|c| c.name.to_string());
            let connector = |id| connectors.iter().find(|c| Some(c.id) == id).map(|c| c.settings.name.to_string());
            let mut accounts = Vec::new();
            for id in tx.report_ids(ReportName::Accounts, &Query::default(), 0, u32::MAX).await? {
                accounts.extend(tx.account_get(domain::AccountId(id)).await?);
            }
            let mut schedules = Vec::new();
            for id in tx.report_ids(ReportName::Schedules, &Query::default(), 0, u32::MAX).await? {
                schedules.extend(tx.schedule_get(ScheduleId(id)).await?);
            }
            let name_of = |id| accounts.iter().find(|a| Some(a.id) == id).map(|a| a.settings.name.to_string());
            let account = |a: &Account| {
                PortableAccount::new(a, credential(a.settings.credential_id), connector(a.settings.connector_id))
            };
            Ok(Bundle {
                postroom: FORM,
                credentials: credentials.iter().map(PortableCredential::from).collect(),
                connectors: connectors
                    .iter()
                    .map(|c| PortableConnector::new(c, credential(c.settings.credential_id)))
                    .collect(),
                schedules: schedules
                    .iter()
                    .map(|s| PortableSchedule::new(&ScheduleDraft::from(&s.new), name_of(s.new.account_id)))
                    .collect(),
                accounts: accounts.iter().map(account).collect(),
            })
        })
        .await
    }

    /// For the command line. Makes what is missing and changes what differs; what the file does not name stays as it is.
    /// `secrets` has those that the file refers to, by the credential's name. `dry_run` says what would happen.
    pub async fn settings_import(
        &self,
        bundle: &Bundle,
        secrets: HashMap<String, Secret>,
        dry_run: bool,
    ) -> Answer<Imported> {
        answer(async {
            if bundle.postroom != FORM {
                return Err(invalid("postroom", "form").into());
            }
            let secrets = secrets.into_iter().map(|(name, secret)| (key(&name), secret)).collect();
            let tx = self.inner.store.write().await?;
            let mut import = Import {
                service: self,
                actor: Actor::command_line(),
                tx,
                secrets,
                credentials: HashMap::new(),
                connectors: HashMap::new(),
                accounts: HashMap::new(),
                schedules: HashMap::new(),
                imported: Imported::default(),
            };
            import.look().await?;
            import.run(bundle).await?;
            let Import { tx, imported, .. } = import;
            if !dry_run && !imported.is_refused() {
                tx.commit().await?;
            }
            Ok(imported)
        })
        .await
    }
}

/// An import under way.
struct Import<'a> {
    service: &'a Service,
    actor: Actor,
    tx: WriteTx,
    /// By folded name, as everything here.
    secrets: HashMap<String, Secret>,
    credentials: HashMap<String, Credential>,
    connectors: HashMap<String, Connector>,
    accounts: HashMap<String, domain::AccountId>,
    schedules: HashMap<String, StoredSchedule>,
    imported: Imported,
}

impl Import<'_> {
    /// What is stored now.
    async fn look(&mut self) -> Inside<()> {
        let credentials = self.tx.credential_list().await?;
        self.credentials = credentials.into_iter().map(|c| (c.name.folded(), c)).collect();
        let connectors = self.tx.connector_list().await?;
        self.connectors = connectors.into_iter().map(|c| (c.settings.name.folded(), c)).collect();
        Ok(())
    }

    async fn run(&mut self, bundle: &Bundle) -> Inside<()> {
        for wanted in &bundle.credentials {
            let outcome = self.credential(wanted).await;
            self.note("credential", &wanted.name, outcome)?;
        }
        self.look().await?;
        for wanted in &bundle.connectors {
            let outcome = self.connector(wanted).await;
            self.note("connector", &wanted.name, outcome)?;
        }
        self.look().await?;
        for id in self.tx.report_ids(ReportName::Accounts, &Query::default(), 0, u32::MAX).await? {
            let account = self.tx.account_get(domain::AccountId(id)).await?;
            self.accounts.extend(account.map(|account| (account.settings.name.folded(), account.id)));
        }
        // The one that is to be the default first: then the one that was it is free to be anything else.
        let (first, rest): (Vec<_>, Vec<_>) = bundle.accounts.iter().partition(|account| account.is_default);
        for wanted in first.into_iter().chain(rest) {
            let outcome = self.account(wanted).await;
            self.note("account", &wanted.name, outcome)?;
        }
        self.accounts = self.tx.account_names().await?.into_iter().map(|(id, name, _)| (key(&name), id)).collect();
        for id in self.tx.report_ids(ReportName::Schedules, &Query::default(), 0, u32::MAX).await? {
            let schedule = self.tx.schedule_get(ScheduleId(id)).await?;
            self.schedules.extend(schedule.map(|schedule| (schedule.new.name.folded(), schedule)));
        }
        for wanted in &bundle.schedules {
            let outcome = self.schedule(wanted).await;
            self.note("schedule", &wanted.name, outcome)?;
        }
        Ok(())
    }

    /// A refusal is noted and the others are looked at all the same, so that all are said at once.
    fn note(&mut self, what: &'static str, name: &str, outcome: Inside<Option<StepOutcome>>) -> Inside<()> {
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(ServiceError::Told(failure)) => Some(StepOutcome::Refused(failure)),
            Err(other) => return Err(other),
        };
        self.imported.steps.extend(outcome.map(|outcome| Step { what, name: name.trim().to_owned(), outcome }));
        Ok(())
    }

    async fn credential(&mut self, wanted: &PortableCredential) -> Inside<Option<StepOutcome>> {
        let secret = self.secrets.get(&key(&wanted.name)).cloned();
        let Some(before) = self.credentials.get(&key(&wanted.name)).cloned() else {
            let new = wanted.draft(secret).parse(None)?;
            self.service.credential_insert(&mut self.tx, &self.actor, &new).await?;
            return Ok(Some(StepOutcome::Created));
        };
        let mut moved = before.user_name != wanted.user_name || before.kind != wanted.kind;
        if secret.is_some() {
            moved |= wanted.draft(secret.clone()).parse(None)?.oauth != before.oauth;
        }
        let secret = match secret {
            Some(secret) if !moved && self.is_stored(&before, &oauth::settled(&before, secret.clone())).await? => None,
            secret => secret,
        };
        let new = wanted.draft(secret).parse(Some(&before))?;
        let same = new.name == before.name && new.kind == before.kind && new.oauth == before.oauth;
        if new.secret.is_none() && same && !moved {
            return Ok(None);
        }
        let lines = self.service.credential_change(&mut self.tx, &self.actor, &before, &new).await?;
        Ok(Some(StepOutcome::Changed(lines)))
    }

    async fn connector(&mut self, wanted: &PortableConnector) -> Inside<Option<StepOutcome>> {
        let (credential_id, secret) = self.named_credential(wanted.credential.as_deref())?;
        let draft = wanted.draft(credential_id, secret.clone());
        let new = draft.parse()?;
        let Some(before) = self.connectors.get(&key(&wanted.name)).cloned() else {
            self.service.connector_insert(&mut self.tx, &self.actor, &new, &draft).await?;
            return Ok(Some(StepOutcome::Created));
        };
        if new == before.settings {
            let missing = self.is_missing(credential_id, &Destination::of_connector(&new)).await?;
            if !missing || secret.is_none() {
                return Ok(missing.then_some(StepOutcome::SecretMissing));
            }
        }
        let lines = self.service.connector_change(&mut self.tx, &self.actor, &before, &new, &draft).await?;
        Ok(Some(StepOutcome::Changed(lines)))
    }

    async fn account(&mut self, wanted: &PortableAccount) -> Inside<Option<StepOutcome>> {
        let (credential_id, secret) = self.named_credential(wanted.credential.as_deref())?;
        let connector = match wanted.connector.as_deref() {
            Some(name) => {
                Some(self.connectors.get(&key(name)).cloned().ok_or_else(|| invalid("connector", "no_such_name"))?)
            }
            None => None,
        };
        let before = match self.accounts.get(&key(&wanted.name)) {
            Some(id) => self.tx.account_get(*id).await?,
            None => None,
        };
        let was_default = before.as_ref().is_some_and(|before| before.settings.is_default);
        let draft = wanted.draft(credential_id, connector.as_ref().map(|c| c.id), secret.clone(), was_default);
        let new = draft.parse()?;
        let Some(before) = before else {
            self.service.account_insert(&mut self.tx, &self.actor, new, &draft).await?;
            return Ok(Some(StepOutcome::Created));
        };
        if new == before.settings {
            let place = Destination::of_account(&new, connector.as_ref().filter(|_| new.use_connector));
            let missing = self.is_missing(new.credential(), &place).await?;
            if !missing || secret.is_none() {
                return Ok(missing.then_some(StepOutcome::SecretMissing));
            }
        }
        let lines = self.service.account_change(&mut self.tx, &self.actor, &before, &new, &draft).await?;
        Ok(Some(StepOutcome::Changed(lines)))
    }

    async fn schedule(&mut self, wanted: &PortableSchedule) -> Inside<Option<StepOutcome>> {
        let account = match wanted.account.as_deref() {
            Some(name) => {
                Some(self.accounts.get(&key(name)).copied().ok_or_else(|| invalid("account", "no_such_name"))?)
            }
            None => None,
        };
        let new = wanted.draft(account).parse()?;
        let Some(before) = self.schedules.get(&key(&wanted.name)).cloned() else {
            self.service.schedule_insert(&mut self.tx, &self.actor, &new).await?;
            return Ok(Some(StepOutcome::Created));
        };
        if new == before.new {
            return Ok(None);
        }
        let lines = self.service.schedule_change(&mut self.tx, &self.actor, &before, &new).await?;
        Ok(Some(StepOutcome::Changed(lines)))
    }

    /// Its id, and its secret where the file says where that is.
    fn named_credential(&self, name: Option<&str>) -> Inside<(Option<CredentialId>, Option<Secret>)> {
        let Some(name) = name else { return Ok((None, None)) };
        let stored = self.credentials.get(&key(name)).ok_or_else(|| invalid("credential", "no_such_name"))?;
        Ok((Some(stored.id), self.secrets.get(&key(name)).cloned()))
    }

    /// Whether every copy there is holds that secret, and there is one.
    async fn is_stored(&mut self, credential: &Credential, secret: &Secret) -> Inside<bool> {
        let copies = self.tx.sealed_list(credential.id).await?;
        let keys = &self.service.inner.keys;
        let same = |copy: &store::Sealed| {
            keys.open(credential, copy.destination.as_ref(), copy).is_some_and(|stored| stored == *secret)
        };
        Ok(!copies.is_empty() && copies.iter().all(same))
    }

    /// Whether there is no copy that may be sent there.
    async fn is_missing(&mut self, credential: Option<CredentialId>, place: &Destination) -> Inside<bool> {
        let Some(id) = credential else { return Ok(false) };
        let Some(credential) = self.tx.credential_get(id).await? else { return Ok(true) };
        Ok(open_at(&mut self.tx, &self.service.inner.keys, &credential, Some(place)).await?.is_none())
    }
}

/// Names are compared as the store compares them.
fn key(name: &str) -> String {
    fold(name.trim())
}

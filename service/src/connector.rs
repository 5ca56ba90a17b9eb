//! Network connectors: saved, deleted, asked whether they answer.

use crate::{
    Actor, Answer, Service,
    account::{must_be, secret_line},
    audit,
    audit::{changes, connector_fields, listed},
    binding::{self, Bound},
    credential,
    error::{Inside, answer, conflict_unless},
    test::Login,
};
use domain::{
    Action, ConnectorId, Failure, FieldErrors,
    connector::{Connector, ConnectorDraft, ConnectorTest, NewConnector},
    destination::Destination,
    report::{Query, ReportName},
};
use mailer::Budget;
use store::{ReadTx, WriteTx};
use tokio_util::sync::CancellationToken;

impl Service {
    pub async fn connector_get(&self, actor: &Actor, id: ConnectorId) -> Answer<Connector> {
        actor.must(Action::ConnectorsRead)?;
        answer(async { stored(&mut self.inner.store.read().await?, id).await }).await
    }

    /// Those that match, upwards by id from above `after`, so many at most.
    pub async fn connector_list(&self, actor: &Actor, query: &Query, after: i64, limit: u32) -> Answer<Vec<Connector>> {
        actor.must(Action::ConnectorsRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let mut found = Vec::new();
            for id in tx.report_ids(ReportName::Connectors, query, after, limit).await? {
                found.extend(tx.connector_get(ConnectorId(id)).await?);
            }
            Ok(found)
        })
        .await
    }

    pub async fn connector_create(&self, actor: &Actor, draft: ConnectorDraft) -> Answer<Connector> {
        actor.must(Action::ConnectorsChange)?;
        answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            let connector = self.connector_insert(&mut tx, actor, &new, &draft).await?;
            tx.commit().await?;
            Ok(connector)
        })
        .await
    }

    /// `new` is the draft, checked.
    pub(crate) async fn connector_insert(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        new: &NewConnector,
        draft: &ConnectorDraft,
    ) -> Inside<Connector> {
        let bound = self.connector_check(tx, None, new, draft).await?;
        let id = tx.connector_insert(new).await?;
        let mut lines = listed(&connector_fields(new));
        lines.extend(secret_line(bound));
        self.audit(tx, actor, audit::CONNECTOR_CREATED, new.name.as_str(), lines.join("\n")).await?;
        stored(tx, id).await
    }

    /// A connector that leads elsewhere is another destination: accounts through it need their secrets again.
    pub async fn connector_update(
        &self,
        actor: &Actor,
        id: ConnectorId,
        version: i64,
        draft: ConnectorDraft,
    ) -> Answer<Connector> {
        actor.must(Action::ConnectorsChange)?;
        answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            must_be(before.version, Some(version))?;
            self.connector_change(&mut tx, actor, &before, &new, &draft).await?;
            let after = stored(&mut tx, id).await?;
            tx.commit().await?;
            Ok(after)
        })
        .await
    }

    /// `new` is the draft, checked; `before` what is stored. Answers with the lines of the audit log.
    pub(crate) async fn connector_change(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        before: &Connector,
        new: &NewConnector,
        draft: &ConnectorDraft,
    ) -> Inside<Vec<String>> {
        let bound = self.connector_check(tx, Some(before.id), new, draft).await?;
        conflict_unless(tx.connector_update(before.id, before.version, new).await?, before.version)?;
        for credential in [before.settings.credential_id, new.credential_id].into_iter().flatten() {
            binding::forget_unused(tx, credential).await?;
        }
        let mut lines = changes(&connector_fields(&before.settings), &connector_fields(new));
        lines.extend(secret_line(bound));
        if binding::connector_differs(&before.settings, new) {
            let after = stored(tx, before.id).await?;
            let asked_again = binding::connector_moved(tx, &after).await?;
            if asked_again > 0 {
                lines.push(format!("accounts that need their secret again: {asked_again}"));
            }
        }
        self.audit(tx, actor, audit::CONNECTOR_CHANGED, new.name.as_str(), lines.join("\n")).await?;
        Ok(lines)
    }

    /// Where it leads stays as it is, so that no secret is asked for. Only if it still has that version, where one is named;
    /// answers with the version it has now, where it has changed.
    pub async fn connector_set_enabled(
        &self,
        actor: &Actor,
        id: ConnectorId,
        enabled: bool,
        version: Option<i64>,
    ) -> Answer<Option<i64>> {
        actor.must(Action::ConnectorsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            must_be(before.version, version)?;
            if before.settings.enabled == enabled {
                return Ok(None);
            }
            let new = NewConnector { enabled, ..before.settings.clone() };
            conflict_unless(tx.connector_update(id, before.version, &new).await?, before.version)?;
            let lines = changes(&connector_fields(&before.settings), &connector_fields(&new)).join("\n");
            self.audit(&mut tx, actor, audit::CONNECTOR_CHANGED, new.name.as_str(), lines).await?;
            let version = stored(&mut tx, id).await?.version;
            tx.commit().await?;
            Ok(Some(version))
        })
        .await
    }

    /// Refused while an account names it, saying which.
    pub async fn connector_delete(&self, actor: &Actor, id: ConnectorId) -> Answer<()> {
        self.connector_delete_version(actor, id, None).await
    }

    /// The same, if it still has that version.
    pub async fn connector_delete_version(&self, actor: &Actor, id: ConnectorId, version: Option<i64>) -> Answer<()> {
        actor.must(Action::ConnectorsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let Connector { settings, used_by, version: stored, .. } = stored(&mut tx, id).await?;
            must_be(stored, version)?;
            if !used_by.is_empty() {
                return Err(Failure::Refused { code: "in_use".to_owned(), params: used_by }.into());
            }
            tx.connector_delete(id).await?;
            if let Some(credential) = settings.credential_id {
                binding::forget_unused(&mut tx, credential).await?;
            }
            let detail = listed(&connector_fields(&settings)).join("\n");
            self.audit(&mut tx, actor, audit::CONNECTOR_DELETED, settings.name.as_str(), detail).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Whether the connector itself answers and lets us in.
    pub async fn connector_test(
        &self,
        actor: &Actor,
        id: ConnectorId,
        cancel: CancellationToken,
    ) -> Answer<ConnectorTest> {
        actor.must(Action::ConnectorsTest)?;
        answer(async {
            let _slot = self.inner.slots.take(actor)?;
            let mut tx = self.inner.store.read().await?;
            let connector = stored(&mut tx, id).await?;
            let login = self.connector_login(&mut tx, &connector).await?;
            drop(tx);
            let result = match login {
                Login::Missing => {
                    ConnectorTest { ok: false, ms: 0, code: "secret_missing".to_owned(), detail: String::new() }
                }
                login => {
                    let tunnel = crate::test::tunnel_of(&connector.settings, login);
                    let report = self.inner.mailer.probe_tunnel(&tunnel, None, Budget::test(), &cancel).await;
                    ConnectorTest {
                        ok: report.ok,
                        ms: report.ms,
                        code: report.code().to_owned(),
                        detail: report.detail,
                    }
                }
            };
            let outcome = if result.ok { "passed" } else { &result.code };
            let place = Destination::of_connector(&connector.settings);
            let detail = format!("destination: {place}\noutcome: {outcome}");
            let mut tx = self.inner.store.write().await?;
            self.audit(&mut tx, actor, audit::CONNECTOR_TESTED, connector.settings.name.as_str(), detail).await?;
            tx.commit().await?;
            Ok(result)
        })
        .await
    }

    async fn connector_check(
        &self,
        tx: &mut WriteTx,
        id: Option<ConnectorId>,
        new: &NewConnector,
        draft: &ConnectorDraft,
    ) -> Inside<Option<Bound>> {
        let mut errors = FieldErrors::default();
        if tx.connector_name_taken(&new.name, id).await? {
            errors.add("name", "name_taken");
        }
        let mut bound = None;
        if let Some(credential) = credential::named(tx, new.credential_id, &mut errors).await? {
            if credential.kind.is_oauth() {
                errors.add("credential_id", "credential_for_mail");
                return Err(errors.into());
            }
            let (place, now) = (Destination::of_connector(new), self.inner.clock.now());
            let result = binding::bind(tx, &self.inner.keys, &credential, &place, draft.secret.as_ref(), now).await?;
            if result == Bound::Missing {
                errors.add("secret", "secret_again");
            }
            bound = Some(result);
        }
        if errors.is_empty() { Ok(bound) } else { Err(errors.into()) }
    }
}

pub(crate) async fn stored(tx: &mut ReadTx, id: ConnectorId) -> Inside<Connector> {
    tx.connector_get(id).await?.ok_or_else(|| Failure::NotFound.into())
}

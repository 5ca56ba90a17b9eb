//! Network connectors: saved, deleted, asked whether they answer.

use crate::{
    Actor, Answer, Service,
    account::secret_line,
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
};
use mailer::Budget;
use store::{ReadTx, WriteTx};
use tokio_util::sync::CancellationToken;

impl Service {
    pub async fn connector_get(&self, actor: &Actor, id: ConnectorId) -> Answer<Connector> {
        actor.must(Action::ConnectorsRead)?;
        answer(async { stored(&mut self.inner.store.read().await?, id).await }).await
    }

    pub async fn connector_create(&self, actor: &Actor, draft: ConnectorDraft) -> Answer<Connector> {
        actor.must(Action::ConnectorsChange)?;
        answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            let bound = self.connector_check(&mut tx, None, &new, &draft).await?;
            let id = tx.connector_insert(&new).await?;
            let mut lines = listed(&connector_fields(&new));
            lines.extend(secret_line(bound));
            self.audit(&mut tx, actor, audit::CONNECTOR_CREATED, new.name.as_str(), lines.join("\n")).await?;
            let connector = stored(&mut tx, id).await?;
            tx.commit().await?;
            Ok(connector)
        })
        .await
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
            conflict_unless(before.version == version, before.version)?;
            let bound = self.connector_check(&mut tx, Some(id), &new, &draft).await?;
            conflict_unless(tx.connector_update(id, version, &new).await?, before.version)?;
            for credential in [before.settings.credential_id, new.credential_id].into_iter().flatten() {
                binding::forget_unused(&mut tx, credential).await?;
            }
            let after = stored(&mut tx, id).await?;
            let mut lines = changes(&connector_fields(&before.settings), &connector_fields(&new));
            lines.extend(secret_line(bound));
            if binding::connector_differs(&before.settings, &new) {
                let asked_again = binding::connector_moved(&mut tx, &after).await?;
                if asked_again > 0 {
                    lines.push(format!("accounts that need their secret again: {asked_again}"));
                }
            }
            self.audit(&mut tx, actor, audit::CONNECTOR_CHANGED, new.name.as_str(), lines.join("\n")).await?;
            tx.commit().await?;
            Ok(after)
        })
        .await
    }

    /// Refused while an account names it, saying which.
    pub async fn connector_delete(&self, actor: &Actor, id: ConnectorId) -> Answer<()> {
        actor.must(Action::ConnectorsChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let Connector { settings, used_by, .. } = stored(&mut tx, id).await?;
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

//! One deed done to many rows: each by the use case of a single row, in a transaction of its own, so that what one row refuses
//! keeps no other from it. What becomes of each is told as it happens.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer, refused},
    slots::Slot,
};
use domain::{
    AccountId, ConnectorId, CredentialId, Failure, MessageId, ScheduleId, UserId,
    bulk::{BulkDraft, BulkEnd, BulkEvent, BulkRow, Deed, Scope},
    report::{Query, ReportName},
    session_test::{NewTest, TestDraft, TestMode},
};
use futures::{StreamExt as _, stream};
use std::{collections::BTreeSet, sync::Arc};
use tokio_util::sync::CancellationToken;

/// Where a run tells what becomes of each row.
pub type BulkEvents = Arc<dyn Fn(BulkEvent) + Send + Sync>;

/// Sessions at a time, as in a health check. Everything else waits for the store's one writer anyway.
const TESTS_AT_ONCE: usize = 4;
/// Ids read at a time.
const PIECE: u32 = 5_000;

/// What is done, by whom.
struct Run<'a> {
    actor: &'a Actor,
    report: ReportName,
    deed: Deed,
    test: Option<NewTest>,
    slot: Arc<Slot>,
    cancel: CancellationToken,
}

impl Service {
    /// Whoever stops listening stops the run: what has not begun is not done. So does the end of their session.
    pub async fn bulk_run(
        &self,
        actor: &Actor,
        draft: BulkDraft,
        events: BulkEvents,
        cancel: CancellationToken,
    ) -> Answer<BulkEnd> {
        let BulkDraft { report, deed, scope, to } = draft;
        actor.must(report.read_action())?;
        actor.must(deed.action(report).ok_or(Failure::NotFound)?)?;
        let test = (deed == Deed::Test).then(|| check_of(to).parse()).transpose();
        let test = test.map_err(|errors| Failure::Invalid { errors })?;
        let slot = Arc::new(self.inner.slots.take(actor)?);
        let rows = answer(self.bulk_rows(report, scope)).await?;
        let all = rows.len();
        events(BulkEvent::All(all as u64));
        let cancel = cancel.child_token();
        let run = Run { actor, report, deed, test, slot, cancel: cancel.clone() };
        let at_once = if deed == Deed::Test { TESTS_AT_ONCE } else { 1 };
        let mut doing = stream::iter(rows)
            .take_until(cancel.cancelled())
            .map(|(id, version)| self.bulk_row(&run, id, version))
            .buffer_unordered(at_once)
            .boxed();
        let mut gone = Box::pin(self.no_longer_in_force(actor));
        let mut told = 0;
        loop {
            tokio::select! {
                row = doing.next() => match row {
                    Some(Some(row)) => {
                        told += 1;
                        events(BulkEvent::Row(Box::new(row)));
                    }
                    Some(None) => {}
                    None => break,
                },
                () = &mut gone, if !cancel.is_cancelled() => cancel.cancel(),
            }
        }
        let end = if told == all { BulkEnd::Whole } else { BulkEnd::Stopped };
        events(BulkEvent::End(end));
        Ok(end)
    }

    /// The rows meant, upwards by id, each with the version it must have.
    async fn bulk_rows(&self, report: ReportName, scope: Scope) -> Inside<Vec<(i64, Option<i64>)>> {
        match scope {
            Scope::Rows { ids } => {
                let ids: BTreeSet<_> = ids.into_iter().collect();
                Ok(ids.into_iter().map(|id| (id, None)).collect())
            }
            Scope::Versions { rows } => Ok(rows.into_iter().map(|(id, version)| (id, Some(version))).collect()),
            Scope::Matching { query, shown, except } => {
                let found = self.bulk_matching(report, &query.cleaned(report.spec())).await?;
                let now = found.len() as u64;
                if now != shown {
                    return Err(refused("count_changed", [&now.to_string(), &shown.to_string()]).into());
                }
                let except: BTreeSet<_> = except.into_iter().collect();
                Ok(found.into_iter().filter(|id| !except.contains(id)).map(|id| (id, None)).collect())
            }
        }
    }

    /// All that match, from one snapshot.
    async fn bulk_matching(&self, report: ReportName, query: &Query) -> Inside<Vec<i64>> {
        let mut tx = self.inner.store.read().await?;
        let mut found: Vec<i64> = Vec::new();
        loop {
            let after = found.last().copied().unwrap_or(0);
            let piece = tx.report_ids(report, query, after, PIECE).await?;
            if piece.is_empty() {
                return Ok(found);
            }
            found.extend(piece);
        }
    }

    /// Nothing where it was stopped under way.
    async fn bulk_row(&self, run: &Run<'_>, id: i64, version: Option<i64>) -> Option<BulkRow> {
        // Before it is done: afterwards it may be gone.
        let name = answer(self.bulk_name(run.report, id)).await.unwrap_or_default();
        let row = BulkRow { id, name, version: None, failure: None, diagnosis: None };
        if let Some(test) = &run.test {
            return self.bulk_test(run, row, test.clone()).await;
        }
        Some(match self.bulk_deed(run, id, version).await {
            Ok(version) => BulkRow { version, ..row },
            Err(failure) => BulkRow { failure: Some(failure), ..row },
        })
    }

    async fn bulk_test(&self, run: &Run<'_>, row: BulkRow, test: NewTest) -> Option<BulkRow> {
        let (slot, cancel) = (Arc::clone(&run.slot), run.cancel.clone());
        let ended = self.account_test_in(slot, run.actor, AccountId(row.id), test, Arc::new(|_| {}), cancel);
        match answer(ended).await {
            Ok(done) if done.outcome.is_good() => Some(row),
            Ok(done) => done.diagnosis.map(|diagnosis| BulkRow { diagnosis: Some(diagnosis), ..row }),
            Err(failure) => Some(BulkRow { failure: Some(failure), ..row }),
        }
    }

    /// The version that it has now, where it has one and that has changed.
    async fn bulk_deed(&self, run: &Run<'_>, id: i64, version: Option<i64>) -> Answer<Option<i64>> {
        let actor = run.actor;
        let enable = run.deed == Deed::Enable;
        match (run.report, run.deed) {
            (ReportName::Accounts, Deed::Enable | Deed::Disable) => {
                self.account_set_enabled_version(actor, AccountId(id), enable, version).await
            }
            (ReportName::Connectors, Deed::Enable | Deed::Disable) => {
                self.connector_set_enabled(actor, ConnectorId(id), enable, version).await
            }
            (ReportName::Schedules, Deed::Enable | Deed::Disable) => {
                self.schedule_set_enabled(actor, ScheduleId(id), enable, version).await
            }
            (ReportName::Users, Deed::Enable | Deed::Disable) => {
                self.user_set_enabled(actor, UserId(id), enable, version).await
            }
            (ReportName::Accounts, Deed::Delete) => {
                self.account_delete_version(actor, AccountId(id), version).await.map(|()| None)
            }
            (ReportName::Connectors, Deed::Delete) => {
                self.connector_delete_version(actor, ConnectorId(id), version).await.map(|()| None)
            }
            (ReportName::Schedules, Deed::Delete) => {
                self.schedule_delete_version(actor, ScheduleId(id), version).await.map(|()| None)
            }
            (ReportName::Credentials, Deed::Delete) => {
                self.credential_delete_version(actor, CredentialId(id), version).await.map(|()| None)
            }
            (ReportName::Outbox, Deed::Resend) => self.message_resend(actor, MessageId(id)).await.map(|_| None),
            (ReportName::Outbox, Deed::Pause) => self.message_pause(actor, MessageId(id)).await.map(|()| None),
            (ReportName::Outbox, Deed::Resume) => self.message_resume(actor, MessageId(id)).await.map(|()| None),
            (ReportName::Outbox, Deed::Cancel) => self.message_cancel(actor, MessageId(id)).await.map(|()| None),
            // `Deed::of` has no others.
            _ => Err(Failure::NotFound),
        }
    }

    async fn bulk_name(&self, report: ReportName, id: i64) -> Inside<String> {
        let mut tx = self.inner.store.read().await?;
        let name = match report {
            ReportName::Accounts => tx.account_get(AccountId(id)).await?.map(|it| it.settings.name.to_string()),
            ReportName::Connectors => tx.connector_get(ConnectorId(id)).await?.map(|it| it.settings.name.to_string()),
            ReportName::Schedules => tx.schedule_get(ScheduleId(id)).await?.map(|it| it.new.name.to_string()),
            ReportName::Credentials => tx.credential_get(CredentialId(id)).await?.map(|it| it.name.to_string()),
            ReportName::Users => tx.user_get(UserId(id)).await?.map(|it| it.name.to_string()),
            ReportName::Outbox => {
                let rows = tx.message_rows(&Query::default(), id.saturating_sub(1), 1).await?;
                rows.iter().find(|row| row.id() == id).map(|row| row.get(1).as_str().to_owned())
            }
            ReportName::Tokens | ReportName::Audit => None,
        };
        Ok(name.unwrap_or_default())
    }
}

fn check_of(to: String) -> TestDraft {
    TestDraft { to, mode: TestMode::Check, ..TestDraft::default() }
}

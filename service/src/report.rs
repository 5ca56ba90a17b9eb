//! Reports: a page of one, or all its rows where the browser can hold them.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer},
};
use bytes::Bytes;
use domain::report::{Encoder, HELD_ROWS_MAX, Page, Query, ReportName, Row, encode_changes};
use futures::StreamExt as _;
use sha2::{Digest as _, Sha256};
use store::{INDEXED_ABOVE, IndexFigures, ReadTx};
use tokio::{spawn, sync::Mutex, task::spawn_blocking};

/// More changed rows than that, or than this part of all, are as quickly sent with the others.
const CHANGED_MOST: u64 = 1_000;
const CHANGED_SHARE: u64 = 20;

/// Of a list that somebody chooses from.
const LISTED_MOST: u64 = 100_000;

/// All rows of a report, for the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldRows {
    Rows {
        bytes: Bytes,
        revision: String,
    },
    /// What of them is not as the asker knows it.
    Changes {
        bytes: Bytes,
        revision: String,
    },
    /// They are as the asker knows them.
    Unchanged,
    /// The asker has to ask for pages.
    TooMany,
}

/// The accounts as they are sent to who holds none of them: there may be many, and however many people ask for them, they are
/// gathered once and are in memory once. With their revision.
#[derive(Debug, Default)]
pub(crate) struct AllAccounts(Mutex<Option<(String, Bytes)>>);

impl Service {
    /// Where there are many accounts, reads them into memory, so that their report answers each letter at once.
    pub async fn reports_prepare(&self) {
        match self.inner.store.index_accounts(INDEXED_ABOVE).await {
            Ok(Some(IndexFigures { accounts, bytes, .. })) => {
                tracing::info!(accounts, megabytes = bytes >> 20, "the report of accounts is answered from memory");
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the accounts could not be read into memory"),
        }
    }

    pub async fn report_page(&self, actor: &Actor, report: ReportName, query: Query) -> Answer<Page> {
        actor.must(report.read_action())?;
        answer(async { Ok(self.inner.store.read().await?.report_page(report, &query).await?) }).await
    }

    /// `None` where there are too many, and for those that only ever grow (audit log, Outbox): ask for pages.
    pub async fn report_rows(&self, actor: &Actor, report: ReportName) -> Answer<Option<Vec<Row>>> {
        actor.must(report.read_action())?;
        answer(async {
            if report.only_grows() {
                return Ok(None);
            }
            let mut tx = self.inner.store.read().await?;
            if tx.report_count(report).await? > LISTED_MOST {
                return Ok(None);
            }
            Ok(Some(tx.report_rows(report).await?))
        })
        .await
    }

    /// The same as the bytes that a browser holds a report in; no more than one row is here at a time besides. Whoever
    /// knows a revision is sent no rows while there is no other, and those who can take in `changes`, no others than changed.
    pub async fn report_held(
        &self,
        actor: &Actor,
        report: ReportName,
        most: u64,
        known: &str,
        changes: bool,
    ) -> Answer<HeldRows> {
        actor.must(report.read_action())?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            if report.only_grows() {
                return Ok(HeldRows::TooMany);
            }
            let count = tx.report_count(report).await?;
            if count > most.min(HELD_ROWS_MAX) {
                return Ok(HeldRows::TooMany);
            }
            let counted = tx.revision(report).await?;
            if counted.as_deref() == Some(known) {
                return Ok(HeldRows::Unchanged);
            }
            if report == ReportName::Accounts {
                if changes
                    && let Some(revision) = &counted
                    && let Some(bytes) = changes_since(&mut tx, known, CHANGED_MOST.max(count / CHANGED_SHARE)).await?
                {
                    return Ok(HeldRows::Changes { bytes, revision: revision.clone() });
                }
                drop(tx);
                // Whoever asks next is glad of it, should this one have gone.
                let service = self.clone();
                let (revision, bytes) = spawn(async move { service.all_accounts().await }).await??;
                return Ok(HeldRows::Rows { bytes, revision });
            }
            let bytes = encoded(&mut tx, report).await?;
            // What nobody counts is known by what is in it.
            let revision = counted.unwrap_or_else(|| digest(&bytes));
            if revision == known {
                return Ok(HeldRows::Unchanged);
            }
            Ok(HeldRows::Rows { bytes, revision })
        })
        .await
    }

    /// Of the latest revision: who comes later never has older ones.
    async fn all_accounts(&self) -> Inside<(String, Bytes)> {
        let mut last = self.inner.rows.0.lock().await;
        let mut tx = self.inner.store.read_long().await?;
        let revision = tx.revision(ReportName::Accounts).await?.unwrap_or_default();
        if let Some(last) = &*last
            && last.0 == revision
        {
            return Ok(last.clone());
        }
        // There is no need for two.
        *last = None;
        let bytes = encoded(&mut tx, ReportName::Accounts).await?;
        Ok(last.insert((revision, bytes)).clone())
    }
}

async fn encoded(tx: &mut ReadTx, report: ReportName) -> Inside<Bytes> {
    let mut encoder = Encoder::new(report.spec());
    let mut rows = tx.report_stream(report, &Query::default());
    while let Some(row) = rows.next().await {
        encoder.push(&row?);
    }
    drop(rows);
    // Of many, it takes a while.
    Ok(spawn_blocking(move || encoder.finish()).await?.into())
}

/// The accounts that are others since a revision; `None` where all are to be sent.
async fn changes_since(tx: &mut ReadTx, known: &str, most: u64) -> Inside<Option<Bytes>> {
    let Some(ids) = tx.account_ids_since(known, most).await? else { return Ok(None) };
    let rows = tx.report_rows_with(ReportName::Accounts, &ids).await?;
    Ok(Some(encode_changes(ReportName::Accounts.spec(), &ids, &rows).into()))
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes).get(..8).unwrap_or_default())
}

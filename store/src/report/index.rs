//! The report of accounts from memory, where there are too many for SQL to look through them for each letter somebody types.
//!
//! Whoever reads has their snapshot's last change looked up (`account_changes`) and is answered from the accounts as they
//! were then, brought up to it by what the table says has changed. Where that can't be, SQL answers.

mod base;
mod build;
mod found;
mod order;
mod read;
mod set;
mod state;
mod texts;

use super::{order as sql_order, table};
use crate::{ReadTx, StoreResult, pool::Store};
use domain::report::{Page, Query, ReportName, Row};
use order::Key;
use sqlx::sqlite::SqlitePool;
use state::{Answer, Question, Shown, State};
use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::available_parallelism,
};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Up to so many accounts SQL is quick enough.
pub const INDEXED_ABOVE: u64 = 10_000;
/// So many changed accounts are kept beside the others; after more, all are read anew.
const MOST_CHANGED: usize = 10_000;
/// For readers whose snapshot is a little older than somebody else's.
const STATES: usize = 8;

/// The accounts in memory, as one or more snapshots have them.
#[derive(Debug)]
pub(crate) struct AccountIndex {
    /// To read all of them.
    pool: SqlitePool,
    /// The newest last; empty while SQL answers.
    states: Mutex<VecDeque<Arc<State>>>,
    building: tokio::sync::Mutex<()>,
    /// They don't fit.
    refused: AtomicBool,
    answered: AtomicU64,
    /// As many search at once as there are processors; who finds everything found does not wait.
    searching: Semaphore,
}

/// What the accounts in memory are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexFigures {
    pub accounts: usize,
    /// Without what is remembered of questions: 16 MB at most.
    pub bytes: usize,
    /// How many pages came from it.
    pub answered: u64,
}

impl Store {
    /// Reads the accounts into memory where there are more than so many, so that their report is answered from there.
    pub async fn index_accounts(&self, above: u64) -> StoreResult<Option<IndexFigures>> {
        self.index().build(above).await?;
        Ok(self.account_index())
    }

    /// `None` while SQL answers.
    pub fn account_index(&self) -> Option<IndexFigures> {
        let index = self.index();
        let newest = index.newest()?;
        let answered = index.answered.load(Ordering::Relaxed);
        Some(IndexFigures { accounts: newest.all(), bytes: newest.base.size(), answered })
    }
}

impl AccountIndex {
    pub(crate) fn new(pool: SqlitePool) -> Arc<Self> {
        Arc::new(Self {
            pool,
            states: Mutex::default(),
            building: tokio::sync::Mutex::default(),
            refused: AtomicBool::new(false),
            answered: AtomicU64::new(0),
            searching: Semaphore::new(available_parallelism().map_or(2, usize::from)),
        })
    }

    /// In the background, unless it is under way or there.
    fn begin(self: &Arc<Self>) {
        if self.refused.load(Ordering::Relaxed) || self.newest().is_some() || self.building.try_lock().is_err() {
            return;
        }
        let index = Arc::clone(self);
        // A failure is one of the store, which the next question meets again and tells.
        tokio::spawn(async move { index.build(INDEXED_ABOVE).await });
    }

    async fn build(&self, above: u64) -> StoreResult<()> {
        let Ok(_alone) = self.building.try_lock() else { return Ok(()) };
        let mut tx = ReadTx::new(self.pool.begin().await?);
        let seq = tx.account_changes_last().await?;
        if tx.report_count(ReportName::Accounts).await? <= above {
            return Ok(());
        }
        // There is never room for two.
        self.states().clear();
        match tx.account_base(|| self.pool.is_closed()).await? {
            Some(base) => self.states().push_back(Arc::new(State::new(seq, Arc::new(base)))),
            None => self.refused.store(true, Ordering::Relaxed),
        }
        Ok(())
    }

    fn states(&self) -> MutexGuard<'_, VecDeque<Arc<State>>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn newest(&self) -> Option<Arc<State>> {
        self.states().back().cloned()
    }

    fn at(&self, seq: i64) -> Option<Arc<State>> {
        self.states().iter().rev().find(|state| state.seq == seq).cloned()
    }

    /// Unless somebody else has come as far.
    fn advance(&self, state: &Arc<State>) {
        let mut states = self.states();
        if states.back().is_some_and(|last| last.seq < state.seq && Arc::ptr_eq(&last.base, &state.base)) {
            states.push_back(Arc::clone(state));
            if states.len() > STATES {
                states.pop_front();
            }
        }
    }

    /// What has grown too old is read anew.
    fn forget(&self, state: &Arc<State>) {
        self.states().retain(|other| !Arc::ptr_eq(&other.base, &state.base));
    }

    async fn answer(&self, state: Arc<State>, question: Question) -> Option<Answer> {
        self.answered.fetch_add(1, Ordering::Relaxed);
        if state.is_quick(&question) {
            return Some(state.answer(&question));
        }
        let _permit = self.searching.acquire().await.ok()?;
        spawn_blocking(move || state.answer(&question)).await.ok()
    }
}

impl ReadTx {
    /// Whoever asks next will not have to ask SQL.
    pub(super) fn index_begin(&self) {
        if let Some(index) = self.index() {
            index.begin();
        }
    }

    /// The page of a cleaned query; `None` where SQL is to answer.
    pub(super) async fn indexed_page(&mut self, query: &Query) -> StoreResult<Option<Page>> {
        let Some(index) = self.index() else { return Ok(None) };
        let Some(state) = self.indexed_state(&index).await? else { return Ok(None) };
        let Some(answer) = index.answer(state, question(query)).await else { return Ok(None) };
        let Answer { shown, matching, all, number } = answer;
        let rows = match shown {
            Shown::Page(ids) => {
                let rows = self.report_rows_of(ReportName::Accounts, &ids, "").await?;
                let mut rows: HashMap<i64, Row> = rows.into_iter().map(|row| (row.id(), row)).collect();
                ids.iter().filter_map(|id| rows.remove(id)).collect()
            }
            Shown::Unsorted(ids) => {
                let skip = u64::from(number - 1) * u64::from(query.size);
                let (spec, table) = (ReportName::Accounts.spec(), table::of(ReportName::Accounts));
                let order = sql_order(spec, table, query);
                let tail = format!("{order} LIMIT {} OFFSET {skip}", query.size);
                self.report_rows_of(ReportName::Accounts, &ids, &tail).await?
            }
            Shown::TooMany => return Ok(None),
        };
        Ok(Some(Page { rows, matching, at_least: false, all, number }))
    }

    /// The accounts as this snapshot has them.
    async fn indexed_state(&mut self, index: &AccountIndex) -> StoreResult<Option<Arc<State>>> {
        let Some(newest) = index.newest() else { return Ok(None) };
        let seq = self.account_changes_last().await?;
        if let Some(state) = index.at(seq) {
            return Ok(Some(state));
        }
        if seq < newest.seq {
            return Ok(None);
        }
        let changes = self.account_changes_after(newest.seq).await?;
        let Some(ids) = changes.filter(|ids| newest.changed() + ids.len() <= MOST_CHANGED) else {
            index.forget(&newest);
            return Ok(None);
        };
        let entries = self.account_entries(&ids).await?;
        let state = Arc::new(newest.after(seq, entries));
        index.advance(&state);
        Ok(Some(state))
    }
}

fn question(query: &Query) -> Question {
    let spec = ReportName::Accounts.spec();
    let (page, size) = (query.page, query.size);
    Question { tests: query.tests(spec), keys: keys(query), page, size }
}

/// The order as `super::order` puts it in SQL; `None` where a column of it is not held here.
fn keys(query: &Query) -> Option<Vec<Key>> {
    let keys = query.sort_columns(ReportName::Accounts.spec());
    keys.iter().all(|(column, _)| base::kind(*column).is_some()).then_some(keys)
}

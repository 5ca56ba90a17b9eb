//! Reports as files and on paper: all rows that match, from one snapshot, written down while they are fetched.
//!
//! A task of its own reads, and waits for whoever takes the pieces: the longest report needs no more room than a short one.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer},
    slots::Slots,
    start::reference,
};
use domain::report::{Query, ReportName};
use futures::TryStreamExt as _;
use paper::{About, Csv, Html, Language, Sheet};
use std::time::Duration;
use store::{Counts, ReadTx};
use tokio::{sync::mpsc, time::timeout};
use tokio_util::sync::CancellationToken;

/// Pieces this large go out together; the head goes at once.
const PIECE_BYTES: usize = 32 * 1024;
/// Pieces written and not yet taken.
const AHEAD: usize = 4;
/// How many are fetched at once. Each holds a snapshot, and the store has as many connections for them.
const AT_ONCE: usize = 4;
const PER_USER: usize = 2;
/// Whoever takes nothing for so long has gone away; a snapshot held keeps the database's log from being emptied.
const STALL: Duration = Duration::from_mins(1);
const LONGEST: Duration = Duration::from_mins(30);

/// What a report becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    Csv,
    /// A page that opens the print dialog; its policy knows scripts and styles by this nonce.
    Print {
        nonce: String,
    },
}

/// A report on its way out.
#[derive(Debug)]
pub struct Download {
    pub file_name: String,
    first: Option<String>,
    pieces: mpsc::Receiver<Piece>,
    whole: bool,
}

/// Only the last says that all is there: whatever cuts the writing short can't pass for an end.
#[derive(Debug)]
enum Piece {
    More(String),
    Last(String),
}

/// It ended before its last row: what was fetched so far must not pass for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the report broke off")]
pub struct Broken;

impl Download {
    /// The next piece; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<String, Broken>> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        if self.whole {
            return None;
        }
        match self.pieces.recv().await {
            Some(Piece::More(piece)) => Some(Ok(piece)),
            Some(Piece::Last(piece)) => {
                self.whole = true;
                Some(Ok(piece))
            }
            None => Some(Err(Broken)),
        }
    }
}

/// What is being fetched at present.
#[derive(Debug)]
pub(crate) struct Downloads {
    slots: Slots,
    closing: CancellationToken,
}

impl Default for Downloads {
    fn default() -> Self {
        Self { slots: Slots::new(PER_USER, AT_ONCE), closing: CancellationToken::new() }
    }
}

impl Downloads {
    /// Ends them all: the store can't be closed before.
    pub(crate) fn cut(&self) {
        self.closing.cancel();
    }
}

impl Service {
    /// Every row that matches, in order. What goes wrong before the first row is an ordinary refusal.
    pub async fn report_export(&self, actor: &Actor, report: ReportName, query: Query, form: Form) -> Answer<Download> {
        actor.must(report.read_action())?;
        let slot = self.inner.downloads.slots.take(actor)?;
        let query = query.cleaned(report.spec()).unpaged();
        let now = self.inner.clock.now();
        answer(async {
            let mut tx = self.inner.store.read_long().await?;
            let Counts { matching, at_least, all } = tx.report_counts(report, &query).await?;
            let language = Language::of(actor.language.unwrap_or_default());
            let (sheet, extension): (Box<dyn Sheet>, _) = match form {
                Form::Csv => (Box::new(Csv::new(report, &query, language)), "csv"),
                Form::Print { nonce } => {
                    let who = actor.name.clone();
                    let query = query.clone();
                    let about = About { report, query, who, at: now, matching, at_least, all, language };
                    (Box::new(Html::for_printing(about, nonce)), "html")
                }
            };
            let mut first = String::new();
            sheet.head(&mut first);
            let (pieces, taken) = mpsc::channel(AHEAD);
            let closing = self.inner.downloads.closing.clone();
            let writer = Writer { report, query, sheet, tx, pieces };
            let (service, actor) = (self.clone(), actor.clone());
            tokio::spawn(async move {
                let writing = async {
                    tokio::select! {
                        () = writer.run() => {}
                        () = service.no_longer_in_force(&actor) => tracing::debug!("a report was cut: who fetched it has signed out"),
                    }
                };
                closing.run_until_cancelled(writing).await;
                drop(slot);
            });
            Ok(Download {
                file_name: paper::file_name(report, now, extension),
                first: Some(first),
                pieces: taken,
                whole: false,
            })
        })
        .await
    }
}

/// Reads rows and writes pieces.
struct Writer {
    report: ReportName,
    query: Query,
    sheet: Box<dyn Sheet>,
    tx: ReadTx,
    pieces: mpsc::Sender<Piece>,
}

/// Nobody takes the pieces any more.
struct Gone;

impl Writer {
    async fn run(mut self) {
        let report = self.report.code();
        match timeout(LONGEST, self.write()).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(Gone))) => tracing::debug!(report, "a report was not fetched to its end"),
            Ok(Err(error)) => {
                let reference = reference();
                tracing::error!(%reference, report, %error, "a report broke off");
            }
            Err(_) => tracing::warn!(report, "a report took longer than {} s to fetch and was cut", LONGEST.as_secs()),
        }
    }

    async fn write(&mut self) -> Inside<Result<(), Gone>> {
        let mut rows = self.tx.report_stream(self.report, &self.query);
        let mut piece = String::new();
        while let Some(row) = rows.try_next().await? {
            self.sheet.row(&row, &mut piece);
            if piece.len() >= PIECE_BYTES {
                let full = std::mem::take(&mut piece);
                if hand_over(&self.pieces, Piece::More(full)).await.is_err() {
                    return Ok(Err(Gone));
                }
            }
        }
        self.sheet.foot(&mut piece);
        Ok(hand_over(&self.pieces, Piece::Last(piece)).await)
    }
}

async fn hand_over(pieces: &mpsc::Sender<Piece>, piece: Piece) -> Result<(), Gone> {
    match timeout(STALL, pieces.send(piece)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}

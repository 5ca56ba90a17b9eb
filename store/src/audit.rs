//! The audit log: written, chained line by line, and read as a report. The table refuses change and deletion.

use crate::{
    ReadTx, StoreResult, WriteTx,
    pool::{Connection, DatabaseRow},
};
use domain::{AuditId, UnixMillis, value::fold};
use futures::{TryStreamExt as _, stream::BoxStream};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;

/// A line to be written; `domain::audit::AuditEntry` says what each field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAuditEntry {
    pub at: UnixMillis,
    pub actor: String,
    pub origin: String,
    pub action: &'static str,
    pub subject: String,
    pub detail: String,
}

/// What a line's hash says: the SHA-256 of the hash before and of this line's own fields.
pub type AuditHash = [u8; 32];

/// The log as far as it is what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    pub lines: u64,
    /// Of the last line that fits. Noted elsewhere, it also shows a log that was written anew as a whole.
    pub head: AuditHash,
    pub fault: Option<AuditFault>,
}

/// Where the log is not what was written any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditFault {
    /// The first line that does not fit those before it: it was changed or put in, or some before it were taken out.
    Line(AuditId),
    /// Lines after the last one are gone.
    End,
}

impl WriteTx {
    pub async fn audit_insert(&mut self, entry: &NewAuditEntry) -> StoreResult<AuditId> {
        let texts = [&*entry.actor, &*entry.origin, entry.action, &*entry.subject, &*entry.detail];
        let hash = chained(&self.audit_head().await?, entry.at.0, texts);
        let row = sqlx::query(
            "INSERT INTO audit (at, actor, actor_fold, origin, origin_fold, action, subject, subject_fold, detail, \
             detail_fold, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        )
        .bind(entry.at.0)
        .bind(&entry.actor)
        .bind(fold(&entry.actor))
        .bind(&entry.origin)
        .bind(fold(&entry.origin))
        .bind(entry.action)
        .bind(&entry.subject)
        .bind(fold(&entry.subject))
        .bind(&entry.detail)
        .bind(fold(&entry.detail))
        .bind(&hash[..])
        .fetch_one(self.connection())
        .await?;
        Ok(AuditId(row.try_get("id")?))
    }

    /// What the next line goes on from. The last line has it, but right after lines that have none.
    async fn audit_head(&mut self) -> StoreResult<AuditHash> {
        let last = sqlx::query("SELECT id, hash FROM audit WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1")
            .fetch_optional(self.connection())
            .await?;
        let (after, mut head) = match &last {
            Some(row) => (row.try_get::<i64, _>("id")?, hash_of(row)?.unwrap_or_default()),
            None => (0, AuditHash::default()),
        };
        let mut rows = lines_after(self.connection(), after);
        while let Some(row) = rows.try_next().await? {
            head = of_row(&head, &row)?;
        }
        Ok(head)
    }
}

impl ReadTx {
    /// Works out every line's hash anew, up to the first that does not fit.
    pub async fn audit_verify(&mut self) -> StoreResult<AuditChain> {
        let mut chain = AuditChain { lines: 0, head: AuditHash::default(), fault: None };
        let mut last = 0_i64;
        let mut begun = false;
        let mut rows = lines_after(self.connection(), 0);
        while let Some(row) = rows.try_next().await? {
            let id: i64 = row.try_get("id")?;
            let (stored, worked_out) = (hash_of(&row)?, of_row(&chain.head, &row).ok());
            begun |= stored.is_some();
            if worked_out.is_none() || (begun && stored != worked_out) {
                chain.fault = Some(AuditFault::Line(AuditId(id)));
                return Ok(chain);
            }
            chain.head = worked_out.unwrap_or_default();
            chain.lines += 1;
            last = id;
        }
        drop(rows);
        // Numbers are given once: the table remembers the last, wherever it went.
        let given = sqlx::query("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
            .fetch_optional(self.connection())
            .await?;
        let given: i64 = given.map(|row| row.try_get("seq")).transpose()?.unwrap_or_default();
        if given > last {
            chain.fault = Some(AuditFault::End);
        }
        Ok(chain)
    }
}

fn lines_after(connection: &mut Connection, id: i64) -> BoxStream<'_, Result<DatabaseRow, sqlx::Error>> {
    sqlx::query("SELECT id, at, actor, origin, action, subject, detail, hash FROM audit WHERE id > $1 ORDER BY id")
        .bind(id)
        .fetch(connection)
}

fn of_row(before: &AuditHash, row: &DatabaseRow) -> StoreResult<AuditHash> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let texts = [text("actor")?, text("origin")?, text("action")?, text("subject")?, text("detail")?];
    Ok(chained(before, row.try_get("at")?, texts.each_ref().map(String::as_str)))
}

fn hash_of(row: &DatabaseRow) -> StoreResult<Option<AuditHash>> {
    let stored: Option<Vec<u8>> = row.try_get("hash")?;
    Ok(stored.and_then(|bytes| bytes.try_into().ok()))
}

/// Each text with its length before it, so that no two lines are hashed from the same bytes.
fn chained(before: &AuditHash, at: i64, texts: [&str; 5]) -> AuditHash {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(at.to_be_bytes());
    for text in texts {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}

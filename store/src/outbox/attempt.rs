//! The log of tries: a line before the final dot, a line at the end, none ever changed.

use crate::{ReadTx, StoreResult, WriteTx, outbox::reason, pool::Database};
use domain::{
    AccountId, MessageId, UnixMillis,
    message::{Attempt, AttemptOutcome, Reason},
    session_test::Step,
};
use sqlx::{QueryBuilder, Row as _};

/// A line of the log as it is written.
#[derive(Debug, Clone)]
pub struct AttemptRecord {
    pub message: MessageId,
    pub number: u32,
    pub at: UnixMillis,
    pub account_id: AccountId,
    pub account: String,
    /// `None` before the final dot.
    pub outcome: Option<AttemptOutcome>,
    pub stage: Option<Step>,
    pub reason: Reason,
    pub ms: u64,
    pub stages: Vec<(Step, u64)>,
}

/// Few different statements, so that each stays prepared.
const CHUNKS: [usize; 3] = [16, 4, 1];

impl WriteTx {
    /// In this order.
    pub async fn attempt_insert_many(&mut self, attempts: &[&AttemptRecord]) -> StoreResult<()> {
        let mut rest = attempts;
        for size in CHUNKS {
            while rest.len() >= size {
                let (chunk, more) = rest.split_at(size);
                self.attempt_insert_chunk(chunk).await?;
                rest = more;
            }
        }
        Ok(())
    }

    pub async fn attempt_insert(&mut self, attempt: &AttemptRecord) -> StoreResult<()> {
        self.attempt_insert_chunk(&[attempt]).await
    }

    async fn attempt_insert_chunk(&mut self, chunk: &[&AttemptRecord]) -> StoreResult<()> {
        let mut insert = QueryBuilder::<Database>::new(
            "INSERT INTO attempts (message_id, number, at, account_id, account, outcome, stage, code, params, reply, ms, \
             stages) ",
        );
        insert.push_values(chunk, |mut row, a| {
            let stages: Vec<_> = a.stages.iter().map(|(step, ms)| format!("{}:{ms}", step.code())).collect();
            row.push_bind(a.message.0)
                .push_bind(a.number)
                .push_bind(a.at.0)
                .push_bind(a.account_id.0)
                .push_bind(a.account.clone())
                .push_bind(a.outcome.map(AttemptOutcome::code))
                .push_bind(a.stage.map_or("", Step::code))
                .push_bind(a.reason.code.clone())
                .push_bind(reason::join(&a.reason.params))
                .push_bind(a.reason.reply.clone())
                .push_bind(i64::try_from(a.ms).unwrap_or(i64::MAX))
                .push_bind(stages.join(" "));
        });
        insert.build().execute(self.connection()).await?;
        Ok(())
    }
}

impl ReadTx {
    /// The newest of them, oldest first.
    pub async fn attempt_list(&mut self, message: MessageId, limit: u32) -> StoreResult<Vec<Attempt>> {
        let rows = sqlx::query("SELECT * FROM attempts WHERE message_id = $1 ORDER BY id DESC LIMIT $2")
            .bind(message.0)
            .bind(i64::from(limit))
            .fetch_all(self.connection())
            .await?;
        rows.iter()
            .rev()
            .map(|row| {
                let stage: String = row.try_get("stage")?;
                let params: String = row.try_get("params")?;
                let read = reason::read(row.try_get("code")?, &params, row.try_get("reply")?);
                Ok(Attempt {
                    at: UnixMillis(row.try_get("at")?),
                    number: row.try_get("number")?,
                    account: row.try_get("account")?,
                    outcome: row.try_get::<Option<String>, _>("outcome")?.and_then(|code| AttemptOutcome::parse(&code)),
                    stage: (!stage.is_empty()).then_some(stage),
                    reason: read.unwrap_or_default(),
                    ms: row.try_get::<i64, _>("ms")?.unsigned_abs(),
                    stages: stages(&row.try_get::<String, _>("stages")?),
                })
            })
            .collect()
    }
}

fn stages(text: &str) -> Vec<(Step, u64)> {
    let one = |pair: &str| {
        let (code, ms) = pair.split_once(':')?;
        Some((Step::ALL.into_iter().find(|step| step.code() == code)?, ms.parse().ok()?))
    };
    text.split(' ').filter_map(one).collect()
}

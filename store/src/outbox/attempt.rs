//! The log of tries: a line before the final dot, a line at the end, none ever changed.

use crate::{ReadTx, StoreResult, WriteTx, outbox::reason};
use domain::{
    AccountId, MessageId, UnixMillis,
    message::{Attempt, AttemptOutcome, Reason},
    session_test::Step,
};
use sqlx::Row as _;

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

/// The columns of the two statements below, in their order.
macro_rules! bind {
    ($statement:literal, $attempt:expr) => {{
        let a = $attempt;
        let stages: Vec<_> = a.stages.iter().map(|(step, ms)| format!("{}:{ms}", step.code())).collect();
        sqlx::query($statement)
            .bind(a.message.0)
            .bind(a.number)
            .bind(a.at.0)
            .bind(a.account_id.0)
            .bind(&a.account)
            .bind(a.outcome.map(AttemptOutcome::code))
            .bind(a.stage.map_or("", Step::code))
            .bind(&a.reason.code)
            .bind(reason::join(&a.reason.params))
            .bind(&a.reason.reply)
            .bind(i64::try_from(a.ms).unwrap_or(i64::MAX))
            .bind(stages.join(" "))
    }};
}

impl WriteTx {
    pub async fn attempt_insert(&mut self, attempt: &AttemptRecord) -> StoreResult<()> {
        bind!(
            "INSERT INTO attempts (message_id, number, at, account_id, account, outcome, stage, code, params, reply, ms, \
             stages) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            attempt
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The same before the final dot; `false` where the claim is no longer the one that holds the message.
    pub async fn attempt_mark(&mut self, attempt: &AttemptRecord) -> StoreResult<bool> {
        let done = bind!(
            "INSERT INTO attempts (message_id, number, at, account_id, account, outcome, stage, code, params, reply, ms, \
             stages) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 \
             WHERE EXISTS (SELECT 1 FROM messages WHERE id = $1 AND attempt = $2 AND status = 'sending')",
            attempt
        )
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
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

//! Schedules, and what became of each of their times.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    AccountId, Label, MessageId, ScheduleId, UnixMillis,
    message::Reason,
    report::ReportName,
    schedule::{Date, Format, NewSchedule, Repeat, Run, TimeOfDay, Timing, Weekday, ZoneName},
    value::{EmailAddress, fold},
};
use sqlx::Row as _;

/// A schedule as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSchedule {
    pub id: ScheduleId,
    pub version: i64,
    pub new: NewSchedule,
    /// `None` where it is disabled or over.
    pub next_at: Option<UnixMillis>,
    /// No time at or before it is ever run again.
    pub done_until: UnixMillis,
    pub last: Option<Run>,
}

/// One time that is done with.
#[derive(Debug, Clone)]
pub struct RunRecord {
    pub schedule: ScheduleId,
    pub due: Option<UnixMillis>,
    pub at: UnixMillis,
    pub missed: u32,
    /// The message it became, or why there is none.
    pub made: Result<MessageId, Reason>,
}

/// Older ones of a schedule are forgotten.
const RUNS_KEPT: i64 = 100;

impl ReadTx {
    pub async fn schedule_get(&mut self, id: ScheduleId) -> StoreResult<Option<StoredSchedule>> {
        let row =
            sqlx::query("SELECT * FROM schedules WHERE id = $1").bind(id.0).fetch_optional(self.connection()).await?;
        let Some(row) = row else { return Ok(None) };
        let mut schedule = read(&row)?;
        schedule.last = self.schedule_runs(id, 1).await?.pop();
        Ok(Some(schedule))
    }

    /// By another schedule than that one.
    pub async fn schedule_name_taken(&mut self, name: &Label, but: Option<ScheduleId>) -> StoreResult<bool> {
        let row = sqlx::query("SELECT id FROM schedules WHERE name_fold = $1 AND id <> $2")
            .bind(name.folded())
            .bind(but.map_or(0, |id| id.0))
            .fetch_optional(self.connection())
            .await?;
        Ok(row.is_some())
    }

    /// Names of those that send through an account.
    pub async fn schedule_names_by_account(&mut self, account: AccountId) -> StoreResult<Vec<String>> {
        let names = sqlx::query_scalar("SELECT name FROM schedules WHERE account_id = $1 ORDER BY name_fold, id")
            .bind(account.0)
            .fetch_all(self.connection())
            .await?;
        Ok(names)
    }

    /// Those whose time has come, the longest overdue first.
    pub async fn schedule_due(&mut self, now: UnixMillis) -> StoreResult<Vec<ScheduleId>> {
        let ids: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM schedules WHERE next_at <= $1 ORDER BY next_at, id LIMIT 100")
                .bind(now.0)
                .fetch_all(self.connection())
                .await?;
        Ok(ids.into_iter().map(ScheduleId).collect())
    }

    /// The next time of any schedule.
    pub async fn schedule_next(&mut self) -> StoreResult<Option<UnixMillis>> {
        let next: Option<i64> = sqlx::query_scalar("SELECT min(next_at) FROM schedules WHERE next_at IS NOT NULL")
            .fetch_one(self.connection())
            .await?;
        Ok(next.map(UnixMillis))
    }

    /// The last so many, the newest first.
    pub async fn schedule_runs(&mut self, id: ScheduleId, limit: u32) -> StoreResult<Vec<Run>> {
        let rows = sqlx::query(
            "SELECT r.id, r.due, r.at, r.missed, r.message_id, r.code, r.params, \
             coalesce(m.status, 'forgotten') AS status FROM schedule_runs r \
             LEFT JOIN messages m ON m.id = r.message_id WHERE r.schedule_id = $1 ORDER BY r.id DESC LIMIT $2",
        )
        .bind(id.0)
        .bind(i64::from(limit))
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(read_run).collect()
    }
}

impl WriteTx {
    pub async fn schedule_insert(&mut self, new: &NewSchedule, next: Option<UnixMillis>) -> StoreResult<ScheduleId> {
        let row = sqlx::query(
            "INSERT INTO schedules (name, name_fold, enabled, report, query, format, recipients, recipients_fold, \
             starts_on, ends_on, repeat, days, day_of_month, time, time_zone, account_id, next_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id",
        );
        let row = bind(row, new)?.bind(next.map(|at| at.0)).fetch_one(self.connection()).await?;
        Ok(ScheduleId(row.try_get("id")?))
    }

    /// `false` where the version is no longer that one.
    pub async fn schedule_update(
        &mut self,
        id: ScheduleId,
        version: i64,
        new: &NewSchedule,
        next: Option<UnixMillis>,
    ) -> StoreResult<bool> {
        let statement = sqlx::query(
            "UPDATE schedules SET name = $1, name_fold = $2, enabled = $3, report = $4, query = $5, format = $6, \
             recipients = $7, recipients_fold = $8, starts_on = $9, ends_on = $10, repeat = $11, days = $12, \
             day_of_month = $13, time = $14, time_zone = $15, account_id = $16, next_at = $17, version = version + 1 \
             WHERE id = $18 AND version = $19",
        );
        let statement = bind(statement, new)?.bind(next.map(|at| at.0)).bind(id.0).bind(version);
        Ok(statement.execute(self.connection()).await?.rows_affected() > 0)
    }

    pub async fn schedule_delete(&mut self, id: ScheduleId) -> StoreResult<bool> {
        let done = sqlx::query("DELETE FROM schedules WHERE id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Done with that time; `false` where somebody else has done it, or changed the schedule meanwhile.
    pub async fn schedule_advance(
        &mut self,
        id: ScheduleId,
        version: i64,
        due: UnixMillis,
        next: Option<UnixMillis>,
    ) -> StoreResult<bool> {
        let done = sqlx::query(
            "UPDATE schedules SET next_at = $1, done_until = $2 WHERE id = $3 AND version = $4 AND done_until < $2 \
             AND next_at <= $2",
        )
        .bind(next.map(|at| at.0))
        .bind(due.0)
        .bind(id.0)
        .bind(version)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    pub async fn schedule_run_insert(&mut self, run: &RunRecord) -> StoreResult<()> {
        let (message, reason) = match &run.made {
            Ok(message) => (Some(message.0), Reason::default()),
            Err(reason) => (None, reason.clone()),
        };
        sqlx::query(
            "INSERT INTO schedule_runs (schedule_id, due, at, missed, message_id, code, params) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(run.schedule.0)
        .bind(run.due.map(|due| due.0))
        .bind(run.at.0)
        .bind(i64::from(run.missed))
        .bind(message)
        .bind(reason.code)
        .bind(crate::outbox::join(&reason.params))
        .execute(self.connection())
        .await?;
        sqlx::query(
            "DELETE FROM schedule_runs WHERE schedule_id = $1 AND id <= \
             (SELECT id FROM schedule_runs WHERE schedule_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        )
        .bind(run.schedule.0)
        .bind(RUNS_KEPT)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

type Statement<'q> =
    sqlx::query::Query<'q, crate::pool::Database, <crate::pool::Database as sqlx::Database>::Arguments>;

/// All columns that a draft decides, in the order of the statements above.
fn bind<'q>(statement: Statement<'q>, new: &'q NewSchedule) -> StoreResult<Statement<'q>> {
    let recipients = new.recipients.iter().map(EmailAddress::as_str).collect::<Vec<_>>().join("\n");
    let (repeat, days, day) = match &new.timing.repeat {
        Repeat::Weekly(days) => {
            ("weekly", Weekday::ALL.map(|day| if days.contains(&day) { '1' } else { '0' }).iter().collect(), 1)
        }
        Repeat::Monthly(day) => ("monthly", "1111111".to_owned(), i64::from(*day)),
    };
    let query = serde_json::to_string(&new.query).map_err(|error| sqlx::Error::Encode(error.into()))?;
    Ok(statement
        .bind(new.name.as_str())
        .bind(new.name.folded())
        .bind(new.enabled)
        .bind(new.report.code())
        .bind(query)
        .bind(new.format.code())
        .bind(recipients.clone())
        .bind(fold(&recipients))
        .bind(new.timing.start.to_string())
        .bind(new.timing.end.map(|end| end.to_string()).unwrap_or_default())
        .bind(repeat)
        .bind(days)
        .bind(day)
        .bind(new.timing.time.to_string())
        .bind(new.timing.zone.as_str())
        .bind(new.account_id.map(|id| id.0)))
}

fn read(row: &DatabaseRow) -> StoreResult<StoredSchedule> {
    let r = Reader::new("schedules", row)?;
    let ends_on: String = r.get("ends_on")?;
    let repeat = match r.get::<String>("repeat")?.as_str() {
        "monthly" => Repeat::Monthly(r.get("day_of_month")?),
        _ => Repeat::Weekly(r.parse("days", days)?),
    };
    let new = NewSchedule {
        name: r.label("name")?,
        enabled: r.get("enabled")?,
        report: r.parse("report", ReportName::parse)?,
        query: r.parse("query", |text| serde_json::from_str(text).ok())?,
        format: r.parse("format", Format::parse)?,
        recipients: r.parse("recipients", |text| {
            text.split('\n').map(|line| EmailAddress::parse(line).ok()).collect::<Option<Vec<_>>>()
        })?,
        timing: Timing {
            start: r.parse("starts_on", |text| Date::parse(text).ok())?,
            end: if ends_on.is_empty() { None } else { Some(r.parse("ends_on", |text| Date::parse(text).ok())?) },
            repeat,
            time: r.parse("time", |text| TimeOfDay::parse(text).ok())?,
            zone: r.parse("time_zone", |text| ZoneName::parse(text).ok())?,
        },
        account_id: r.get::<Option<i64>>("account_id")?.map(AccountId),
    };
    Ok(StoredSchedule {
        id: ScheduleId(r.id()),
        version: r.get("version")?,
        new,
        next_at: r.get::<Option<i64>>("next_at")?.map(UnixMillis),
        done_until: r.time("done_until")?,
        last: None,
    })
}

fn days(digits: &str) -> Option<Vec<Weekday>> {
    let days: Vec<_> = Weekday::ALL
        .into_iter()
        .zip(digits.bytes())
        .filter_map(|(day, digit)| (digit == b'1').then_some(day))
        .collect();
    (digits.len() == 7 && !days.is_empty()).then_some(days)
}

fn read_run(row: &DatabaseRow) -> StoreResult<Run> {
    let r = Reader::new("schedule_runs", row)?;
    let params: String = r.get("params")?;
    let reason = crate::outbox::read_reason(r.get("code")?, &params, String::new());
    let result = match &reason {
        Some(reason) => reason.code.clone(),
        None => r.get("status")?,
    };
    Ok(Run {
        due: r.get::<Option<i64>>("due")?.map(UnixMillis),
        at: r.time("at")?,
        missed: u32::try_from(r.get::<i64>("missed")?).unwrap_or(0),
        message_id: r.get::<Option<i64>>("message_id")?.map(MessageId),
        result,
        reason,
    })
}

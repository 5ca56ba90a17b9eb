//! Schedules: saved, deleted, sent by hand. When they run and what they send is below.

mod make;
mod run;
mod times;

use crate::{
    Actor, Answer, Service,
    account::must_be,
    audit,
    audit::{Fields, changes, listed, text, yes_no},
    error::{Inside, answer, conflict_unless, invalid},
};
use domain::{
    Action, Failure, FieldErrors, MessageId, ScheduleId,
    message::MessageKind,
    report::{Query, ReportName},
    schedule::{Choices, Coming, NewSchedule, Schedule, ScheduleDraft, field},
};
use make::Occasion;
use store::{ReadTx, RunRecord, StoredSchedule, WriteTx};
use tokio::sync::Notify;

/// The times that the window shows.
const SHOWN: usize = 3;

/// What the scheduler is told.
#[derive(Debug, Default)]
pub(crate) struct Schedules {
    changed: Notify,
}

impl Service {
    pub async fn schedule_get(&self, actor: &Actor, id: ScheduleId) -> Answer<Schedule> {
        actor.must(Action::SchedulesRead)?;
        answer(async { Ok(shown(stored(&mut self.inner.store.read().await?, id).await?)) }).await
    }

    /// Those that match, upwards by id from above `after`, so many at most.
    pub async fn schedule_list(&self, actor: &Actor, query: &Query, after: i64, limit: u32) -> Answer<Vec<Schedule>> {
        actor.must(Action::SchedulesRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let mut found = Vec::new();
            for id in tx.report_ids(ReportName::Schedules, query, after, limit).await? {
                found.extend(tx.schedule_get(ScheduleId(id)).await?.map(shown));
            }
            Ok(found)
        })
        .await
    }

    /// What the window offers to choose from.
    pub async fn schedule_choices(&self, actor: &Actor) -> Answer<Choices> {
        actor.must(Action::SchedulesRead)?;
        answer(async {
            let accounts = self.inner.store.read().await?.account_names().await?;
            let accounts = accounts.into_iter().map(|(id, name, _)| (id, name)).collect();
            Ok(Choices { accounts, zones: times::zones(), now: self.inner.clock.now() })
        })
        .await
    }

    /// The next times of a schedule as typed, or what is wrong with what says when it runs.
    #[expect(clippy::unused_async, reason = "as every other use case")]
    pub async fn schedule_coming(&self, actor: &Actor, draft: &ScheduleDraft) -> Answer<Vec<Coming>> {
        actor.must(Action::SchedulesRead)?;
        let timing = draft.parse_timing().map_err(|errors| Failure::Invalid { errors })?;
        if !times::is_zone(timing.zone.as_str()) {
            return Err(invalid(field::TIME_ZONE, "time_zone"));
        }
        Ok(times::coming(&timing, self.inner.clock.now(), SHOWN))
    }

    pub async fn schedule_create(&self, actor: &Actor, draft: ScheduleDraft) -> Answer<Schedule> {
        actor.must(Action::SchedulesChange)?;
        actor.must(draft.report.read_action())?;
        let schedule = answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            let id = self.schedule_insert(&mut tx, actor, &new).await?;
            let schedule = shown(stored(&mut tx, id).await?);
            tx.commit().await?;
            Ok(schedule)
        })
        .await?;
        self.inner.schedules.changed.notify_one();
        Ok(schedule)
    }

    /// `new` is the draft, checked.
    pub(crate) async fn schedule_insert(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        new: &NewSchedule,
    ) -> Inside<ScheduleId> {
        check(tx, None, new).await?;
        let next = new.enabled.then(|| times::next_after(&new.timing, self.inner.clock.now())).flatten();
        let id = tx.schedule_insert(new, next).await?;
        Self::language_of_saver(tx, actor, id).await?;
        let detail = listed(&fields(new)).join("\n");
        self.audit(tx, actor, audit::SCHEDULE_CREATED, new.name.as_str(), detail).await?;
        Ok(id)
    }

    /// `version` is the one that the editing began with.
    pub async fn schedule_update(
        &self,
        actor: &Actor,
        id: ScheduleId,
        version: i64,
        draft: ScheduleDraft,
    ) -> Answer<Schedule> {
        actor.must(Action::SchedulesChange)?;
        actor.must(draft.report.read_action())?;
        let schedule = answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            must_be(before.version, Some(version))?;
            self.schedule_change(&mut tx, actor, &before, &new).await?;
            let schedule = shown(stored(&mut tx, id).await?);
            tx.commit().await?;
            Ok(schedule)
        })
        .await?;
        self.inner.schedules.changed.notify_one();
        Ok(schedule)
    }

    /// `new` is the draft, checked; `before` what is stored. Answers with the lines of the audit log.
    pub(crate) async fn schedule_change(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        before: &StoredSchedule,
        new: &NewSchedule,
    ) -> Inside<Vec<String>> {
        check(tx, Some(before.id), new).await?;
        // What is done with stays so, also where the clock has been set back since.
        let from = self.inner.clock.now().max(before.done_until);
        let next = new.enabled.then(|| times::next_after(&new.timing, from)).flatten();
        conflict_unless(tx.schedule_update(before.id, before.version, new, next).await?, before.version)?;
        Self::language_of_saver(tx, actor, before.id).await?;
        let lines = changes(&fields(&before.new), &fields(new));
        self.audit(tx, actor, audit::SCHEDULE_CHANGED, new.name.as_str(), lines.join("\n")).await?;
        Ok(lines)
    }

    /// If it still has that version, where one is named. Answers with the version it has now, where it has changed.
    pub async fn schedule_set_enabled(
        &self,
        actor: &Actor,
        id: ScheduleId,
        enabled: bool,
        version: Option<i64>,
    ) -> Answer<Option<i64>> {
        actor.must(Action::SchedulesChange)?;
        let changed = answer(async {
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            must_be(before.version, version)?;
            if before.new.enabled == enabled {
                return Ok(None);
            }
            let new = NewSchedule { enabled, ..before.new.clone() };
            self.schedule_change(&mut tx, actor, &before, &new).await?;
            let version = stored(&mut tx, id).await?.version;
            tx.commit().await?;
            Ok(Some(version))
        })
        .await?;
        self.inner.schedules.changed.notify_one();
        Ok(changed)
    }

    pub async fn schedule_delete(&self, actor: &Actor, id: ScheduleId) -> Answer<()> {
        self.schedule_delete_version(actor, id, None).await
    }

    /// The same, if it still has that version.
    pub async fn schedule_delete_version(&self, actor: &Actor, id: ScheduleId, version: Option<i64>) -> Answer<()> {
        actor.must(Action::SchedulesChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            must_be(before.version, version)?;
            tx.schedule_delete(id).await?;
            let detail = listed(&fields(&before.new)).join("\n");
            self.audit(&mut tx, actor, audit::SCHEDULE_DELETED, before.new.name.as_str(), detail).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Sends the report now, as it is saved; its next time is not touched.
    pub async fn schedule_send(&self, actor: &Actor, id: ScheduleId) -> Answer<MessageId> {
        actor.must(Action::SchedulesSend)?;
        answer(async {
            let stored = stored(&mut self.inner.store.read().await?, id).await?;
            self.send_by_hand(actor, Some(id), &stored.new).await
        })
        .await
    }

    /// Sends the report now, as it is typed; nothing of it is saved. Counts as a run of the schedule, if it is one.
    pub async fn schedule_send_draft(
        &self,
        actor: &Actor,
        id: Option<ScheduleId>,
        draft: ScheduleDraft,
    ) -> Answer<MessageId> {
        actor.must(Action::SchedulesChange)?;
        actor.must(draft.report.read_action())?;
        answer(async {
            let new = draft.parse()?;
            let mut errors = FieldErrors::default();
            check_references(&mut self.inner.store.read().await?, &new, &mut errors).await?;
            if !errors.is_empty() {
                return Err(errors.into());
            }
            self.send_by_hand(actor, id, &new).await
        })
        .await
    }

    async fn send_by_hand(&self, actor: &Actor, id: Option<ScheduleId>, new: &NewSchedule) -> Inside<MessageId> {
        let now = self.inner.clock.now();
        let occasion = Occasion { due: None, late: false, missed: 0 };
        let made = self.schedule_make(new, &occasion, actor.language.unwrap_or_default(), now).await?;
        let message = made.map_err(|why| Failure::Refused { code: why.code, params: why.params })?;
        let mut tx = self.inner.store.write().await?;
        let sent = self.submit_in(&mut tx, message, actor.logged(), MessageKind::Schedule).await??;
        if let Some(schedule) = id
            && tx.schedule_get(schedule).await?.is_some()
        {
            let run = RunRecord { schedule, due: None, at: now, missed: 0, made: Ok(sent) };
            tx.schedule_run_insert(&run).await?;
        }
        let detail = format!("message: {sent}\nrecipients: {}", addresses(new));
        self.audit(&mut tx, actor, audit::SCHEDULE_SENT, new.name.as_str(), detail).await?;
        tx.commit().await?;
        self.inner.outbox.wake();
        Ok(sent)
    }
}

/// All that the store and the zones can object to, at once.
async fn check(tx: &mut WriteTx, id: Option<ScheduleId>, new: &NewSchedule) -> Inside<()> {
    let mut errors = FieldErrors::default();
    if tx.schedule_name_taken(&new.name, id).await? {
        errors.add(field::NAME, "name_taken");
    }
    check_references(tx, new, &mut errors).await?;
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

async fn check_references(tx: &mut ReadTx, new: &NewSchedule, errors: &mut FieldErrors) -> Inside<()> {
    if !times::is_zone(new.timing.zone.as_str()) {
        errors.add(field::TIME_ZONE, "time_zone");
    }
    if let Some(account) = new.account_id
        && tx.account_get(account).await?.is_none()
    {
        errors.add(field::ACCOUNT, "not_found");
    }
    Ok(())
}

pub(crate) async fn stored(tx: &mut ReadTx, id: ScheduleId) -> Inside<StoredSchedule> {
    tx.schedule_get(id).await?.ok_or_else(|| Failure::NotFound.into())
}

fn shown(stored: StoredSchedule) -> Schedule {
    Schedule {
        id: stored.id,
        version: stored.version,
        draft: ScheduleDraft::from(&stored.new),
        last_run: stored.last,
        next_run: stored.next_at,
    }
}

fn addresses(new: &NewSchedule) -> String {
    new.recipients.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// As the audit log shows them.
fn fields(new: &NewSchedule) -> Fields {
    let draft = ScheduleDraft::from(new);
    let days: Vec<_> = draft.days.iter().map(|day| day.code()).collect();
    let monthly = draft.repeat == domain::schedule::Rhythm::Monthly;
    vec![
        (field::NAME, draft.name),
        (field::ENABLED, yes_no(draft.enabled)),
        (field::REPORT, draft.report.code().to_owned()),
        (field::FILTER, new.query.to_query_string()),
        (field::FORMAT, draft.format.code().to_owned()),
        (field::RECIPIENTS, addresses(new)),
        (field::START, draft.start),
        (field::END, draft.end),
        (field::REPEAT, draft.repeat.code().to_owned()),
        (field::DAYS, if monthly { String::new() } else { days.join(", ") }),
        (field::DAY_OF_MONTH, if monthly { draft.day_of_month.to_string() } else { String::new() }),
        (field::TIME, draft.time),
        (field::TIME_ZONE, draft.time_zone),
        (field::ACCOUNT, text(draft.account_id)),
    ]
}

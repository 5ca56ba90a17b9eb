//! What changes is told to whoever listens, at once: which report, and its new revision. Never what is in it.
//!
//! The store is looked at after each commit of this process, and a few times a second for what other programs write; not at
//! all while nobody listens.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer},
    slots::{Slot, Slots},
};
use domain::{Failure, Standing, report::ReportName};
use std::{
    fmt::Write as _,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use store::Revisions;
use tokio::{
    sync::watch,
    time::{Instant, sleep, sleep_until},
};

/// Connections of one person, and of all.
const PER_PERSON: usize = 20;
const IN_ALL: usize = 1000;
/// How late what another program writes is noticed, at most.
const POLL: Duration = Duration::from_millis(200);
/// What writes without a pause is told of so often.
const PAUSE: Duration = Duration::from_millis(200);
/// After the store could not be asked.
const TROUBLE: Duration = Duration::from_secs(2);
/// So often something is said although nothing happened, and the session is looked at.
const BEAT: Duration = Duration::from_secs(15);
/// Whoever is known by each request alone has to ask anew after that.
const LONGEST: Duration = Duration::from_mins(10);

/// Who listens, and what they are told.
#[derive(Debug)]
pub(crate) struct Live {
    news: watch::Sender<News>,
    /// What the store gave for its next call. Held while it is asked.
    seen: tokio::sync::Mutex<Option<i64>>,
    /// Whether somebody looks at the store.
    looking: Mutex<bool>,
    slots: Slots,
    /// Tells the numbers of this process from those of the one before.
    epoch: String,
}

#[derive(Debug, Clone, Default)]
struct News {
    revisions: Revisions,
    /// How often anything was written, as far as was noticed.
    written: u64,
}

/// One who listens. Ends with the session that it was begun with.
pub struct Listening {
    service: Service,
    actor: Actor,
    news: watch::Receiver<News>,
    /// What may be told, and what was told last.
    told: Vec<(ReportName, String)>,
    people: String,
    beat: Instant,
    end: Option<Instant>,
    is_over: bool,
    _slot: Slot,
}

/// What is said to one who listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// That they are still there.
    Beat,
    /// `accounts=57&users=3`: the reports that have changed, and then all that may be told.
    Changed { changed: String, all: String },
    /// That the session is over: nothing follows, and asking again is in vain.
    Over,
}

impl Live {
    pub(crate) fn new(epoch: String) -> Self {
        Self {
            news: watch::Sender::new(News::default()),
            seen: tokio::sync::Mutex::default(),
            looking: Mutex::default(),
            slots: Slots::new(PER_PERSON, IN_ALL),
            epoch,
        }
    }

    /// Looks as long as somebody listens.
    fn begin(&self, service: &Service) {
        let mut looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        if !*looking {
            *looking = true;
            tokio::spawn(look_on(service.clone()));
        }
    }

    /// Nobody listens any more; who comes from now on begins anew.
    fn is_over(&self) -> bool {
        let mut looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        *looking = self.news.receiver_count() > 0;
        !*looking
    }

    fn revision(&self, news: &News, report: ReportName) -> String {
        match news.revisions.of(report) {
            Some(revision) => revision.to_owned(),
            None => format!("{}-{}", self.epoch, news.written),
        }
    }
}

impl Service {
    /// Tells from now on what changes of what the actor may read; first, what is not as they know it (`Told::Changed::all`).
    pub async fn live_listen(&self, actor: &Actor, known: &str) -> Answer<Listening> {
        let told: Vec<_> = ReportName::ALL
            .into_iter()
            .filter(|report| actor.must(report.read_action()).is_ok())
            .map(|report| (report, revision_of(known, report.code()).unwrap_or_default().to_owned()))
            .collect();
        if told.is_empty() {
            return Err(Failure::Forbidden);
        }
        let live = &self.inner.live;
        let slot = live.slots.take(actor)?;
        let mut news = live.news.subscribe();
        answer(self.live_look()).await?;
        live.begin(self);
        let people = news.borrow_and_update().revisions.people().to_owned();
        news.mark_changed();
        let now = Instant::now();
        let end = matches!(actor.standing(), Standing::Portal | Standing::Proxy).then(|| now + LONGEST);
        let (service, actor) = (self.clone(), actor.clone());
        Ok(Listening { service, actor, news, told, people, beat: now + BEAT, end, is_over: false, _slot: slot })
    }

    /// Whether anything was written; whoever listens is told.
    async fn live_look(&self) -> Inside<bool> {
        let live = &self.inner.live;
        let mut seen = live.seen.lock().await;
        let Some((now, revisions)) = self.inner.store.changed_since(*seen).await? else { return Ok(false) };
        *seen = Some(now);
        live.news.send_modify(|news| {
            news.revisions = revisions;
            news.written += 1;
        });
        Ok(true)
    }
}

async fn look_on(service: Service) {
    let live = &service.inner.live;
    loop {
        tokio::select! {
            () = service.inner.store.committed() => {}
            () = sleep(POLL) => {}
        }
        if live.is_over() {
            return;
        }
        match service.live_look().await {
            Ok(true) => sleep(PAUSE).await,
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, "what has changed is not known");
                sleep(TROUBLE).await;
            }
        }
    }
}

impl Listening {
    /// The next thing to say; `None` at the end.
    pub async fn next(&mut self) -> Option<Told> {
        while !self.is_over {
            let end = self.end.unwrap_or(self.beat);
            tokio::select! {
                changed = self.news.changed() => {
                    changed.ok()?;
                    let news = self.news.borrow_and_update().clone();
                    if news.revisions.people() != self.people {
                        news.revisions.people().clone_into(&mut self.people);
                        self.look_at_session().await;
                    }
                    let changed = self.take(&news);
                    if !changed.is_empty() && !self.is_over {
                        let all = written(&self.told);
                        return Some(Told::Changed { changed, all });
                    }
                }
                () = sleep_until(end), if self.end.is_some() => return None,
                () = sleep_until(self.beat) => {
                    self.beat = Instant::now() + BEAT;
                    self.look_at_session().await;
                    if !self.is_over {
                        return Some(Told::Beat);
                    }
                }
            }
            if self.is_over {
                return Some(Told::Over);
            }
        }
        None
    }

    /// What is not as it was told last, and is from now on.
    fn take(&mut self, news: &News) -> String {
        let live = &self.service.inner.live;
        let mut changed = Vec::new();
        for (report, told) in &mut self.told {
            let now = live.revision(news, *report);
            if now != *told {
                told.clone_from(&now);
                changed.push((*report, now));
            }
        }
        written(&changed)
    }

    /// Another role ends a session, too.
    async fn look_at_session(&mut self) {
        match self.service.is_in_force(&self.actor).await {
            Ok(in_force) => self.is_over = !in_force,
            // What is not known ends nothing.
            Err(error) => tracing::warn!(%error, "whether a session is still in force is not known"),
        }
    }
}

fn written(revisions: &[(ReportName, String)]) -> String {
    let mut text = String::new();
    for (report, revision) in revisions {
        let joint = if text.is_empty() { "" } else { "&" };
        let _ = write!(text, "{joint}{}={revision}", report.code());
    }
    text
}

fn revision_of<'a>(known: &'a str, code: &str) -> Option<&'a str> {
    known
        .split('&')
        .find_map(|pair| pair.split_once('=').filter(|(name, _)| *name == code))
        .map(|(_, revision)| revision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_as_it_is_written() {
        let told = [(ReportName::Accounts, "57".to_owned()), (ReportName::Outbox, "a1-3".to_owned())];
        let text = written(&told);
        for (report, revision) in &told {
            assert_eq!(revision_of(&text, report.code()), Some(revision.as_str()));
        }
        for (text, known) in [("accounts=5", Some("5")), ("xaccounts=5", None), ("accounts", None), ("", None)] {
            assert_eq!(revision_of(text, "accounts"), known, "{text}");
        }
    }
}

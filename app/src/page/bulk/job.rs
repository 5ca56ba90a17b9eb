//! A deed on its way: what was chosen, what the server has told of it so far, and how it ended.

use crate::{
    api::bulk::run,
    locales::use_words,
    ui::{
        report::{Refresh, State, use_refresh},
        toast::{Toasts, use_toasts},
    },
};
use domain::{
    Failure,
    bulk::{BulkDraft, BulkEnd, BulkEvent, BulkRow, Deed, Scope},
    report::ReportName,
};
use leptos::{prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use std::{sync::Arc, time::Duration};
use web_sys::AbortController;

/// Up to so many rows, what can be taken back is done without a question; beyond, deleting asks for the number.
pub const FEW: u64 = 20;
/// What ends sooner shows no window.
const GLANCE: Duration = Duration::from_millis(300);

/// What is to be done.
#[derive(Clone)]
pub struct Task {
    pub deed: Deed,
    pub scope: Scope,
    /// As many rows as whoever asks knows of.
    pub count: u64,
    /// Whom a test asks about.
    pub to: String,
}

impl Task {
    fn draft(&self, report: ReportName) -> BulkDraft {
        BulkDraft { report, deed: self.deed, scope: self.scope.clone(), to: self.to.clone() }
    }

    /// Whether it is asked about first.
    const fn is_grave(&self) -> bool {
        !matches!(self.deed, Deed::Enable | Deed::Disable | Deed::Pause | Deed::Resume) || self.count > FEW
    }
}

/// How it goes.
#[derive(Clone)]
pub struct Progress {
    pub task: Task,
    pub all: u64,
    pub good: u64,
    pub bad: Vec<BulkRow>,
    /// The rows that were changed, each with the version it has since.
    pub changed: Vec<(i64, i64)>,
    pub end: Option<End>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum End {
    Whole,
    Stopped,
    Broken(Failure),
}

impl Progress {
    fn new(task: Task) -> Self {
        Self { all: task.count, task, good: 0, bad: Vec::new(), changed: Vec::new(), end: None }
    }

    pub fn done(&self) -> u64 {
        self.good + self.bad.len() as u64
    }

    fn tell(&mut self, event: BulkEvent) {
        match event {
            BulkEvent::All(all) => self.all = all,
            BulkEvent::Row(row) => {
                self.changed.extend(row.version.map(|version| (row.id, version)));
                if row.is_good() {
                    self.good += 1;
                } else {
                    self.bad.push(*row);
                }
            }
            BulkEvent::End(BulkEnd::Whole) => self.end = Some(End::Whole),
            BulkEvent::End(BulkEnd::Stopped) => self.end = Some(End::Stopped),
            BulkEvent::Beat => {}
        }
    }
}

/// A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Job {
    state: StoredValue<State>,
    /// What is asked about before it is done.
    pub asked: RwSignal<Option<Task>>,
    /// Why it is asked again.
    pub refused: RwSignal<Option<Failure>>,
    pub progress: RwSignal<Option<Progress>>,
    /// Whether the window that tells of it is open.
    pub open: RwSignal<bool>,
    abort: StoredValue<Option<SendWrapper<AbortController>>>,
    refresh: Refresh,
    toasts: Toasts,
}

impl Job {
    pub fn new(state: State) -> Self {
        let this = Self {
            state: StoredValue::new(state),
            asked: RwSignal::new(None),
            refused: RwSignal::new(None),
            progress: RwSignal::new(None),
            open: RwSignal::new(false),
            abort: StoredValue::new(None),
            refresh: use_refresh(),
            toasts: use_toasts(),
        };
        on_cleanup(move || this.stop());
        this
    }

    /// Of the report that it is about.
    pub fn state(self) -> State {
        self.state.get_value()
    }

    /// With what is chosen.
    pub fn begin(self, deed: Deed) {
        let task = self.state().selection.chosen.with_untracked(|chosen| {
            let ids = chosen.ids.clone();
            let scope = match &chosen.all {
                None => Scope::Rows { ids },
                Some((query, shown)) => Scope::Matching { query: query.clone(), shown: *shown, except: ids },
            };
            Task { deed, scope, count: chosen.count(), to: String::new() }
        });
        self.state().selection.busy.set(true);
        if task.is_grave() {
            self.refused.set(None);
            self.asked.set(Some(task));
        } else {
            self.run(task);
        }
    }

    /// Only with those that were not done.
    pub fn again(self) {
        let Some(progress) = self.progress.get_untracked() else { return };
        let ids: Vec<i64> = progress.bad.iter().map(|row| row.id).collect();
        self.run(Task { count: ids.len() as u64, scope: Scope::Rows { ids }, ..progress.task });
    }

    pub fn run(self, task: Task) {
        let Ok(controller) = AbortController::new() else { return };
        self.stop();
        self.abort.set_value(Some(SendWrapper::new(controller.clone())));
        self.asked.set(None);
        let draft = task.draft(self.state().name);
        // A test is watched; so is what follows from a window.
        let watched = task.deed == Deed::Test || self.open.get_untracked();
        self.progress.set(Some(Progress::new(task)));
        self.open.set(watched);
        if !watched {
            let show = move || {
                let goes = self.progress.try_with_untracked(|p| p.as_ref().is_some_and(|p| p.end.is_none()));
                if goes == Some(true) {
                    self.open.try_set(true);
                }
            };
            set_timeout(show, GLANCE);
        }
        spawn_local(async move {
            let ended = run(&draft, &controller, |event| {
                self.progress.try_update(|progress| progress.as_mut().map(|progress| progress.tell(event)));
            })
            .await;
            self.ended(ended, controller.signal().aborted());
        });
    }

    /// What has not begun is not done.
    pub fn stop(self) {
        if let Some(controller) = self.abort.try_update_value(Option::take).flatten() {
            controller.abort();
        }
    }

    pub fn close(self) {
        self.stop();
        self.open.try_set(false);
        self.asked.try_set(None);
        self.progress.try_set(None);
        if let Some(state) = self.state.try_get_value() {
            state.selection.busy.try_set(false);
        }
    }

    /// Takes back what was changed.
    pub fn undo(self) {
        let Some(progress) = self.progress.get_untracked() else { return };
        if let Some(deed) = progress.task.deed.inverse() {
            let count = progress.changed.len() as u64;
            self.run(Task { deed, scope: Scope::Versions { rows: progress.changed }, count, to: String::new() });
        }
    }

    fn ended(self, ended: Result<(), Failure>, aborted: bool) {
        // The page is gone, or the window was closed meanwhile.
        let Some((Some(progress), state)) = self.progress.try_get_untracked().zip(self.state.try_get_value()) else {
            self.refresh.now();
            return;
        };
        let end = match (ended, progress.end.clone()) {
            (_, Some(end)) => end,
            (_, None) if aborted => End::Stopped,
            (Err(failure), None) => End::Broken(failure),
            (Ok(()), None) => End::Broken(Failure::Unreachable),
        };
        self.refresh.now();
        if let End::Broken(failure) = &end
            && let Some(task) = counted_anew(&progress.task, failure)
        {
            self.open.try_set(false);
            self.progress.try_set(None);
            self.refused.try_set(Some(failure.clone()));
            self.asked.try_set(Some(task));
            return;
        }
        if end == End::Whole && progress.task.deed != Deed::Test {
            state.selection.only(progress.bad.iter().map(|row| row.id).collect());
        }
        let silent = end == End::Whole && progress.bad.is_empty() && progress.task.deed != Deed::Test;
        self.progress.try_update(|now| now.as_mut().map(|now| now.end = Some(end)));
        if silent {
            self.say(&progress, state.name);
            self.close();
        } else {
            self.open.try_set(true);
        }
    }

    /// All of it was done.
    fn say(self, progress: &Progress, report: ReportName) {
        let words = use_words();
        let texts = (words.texts)(report);
        let title = (words.later().bulk.title)(progress.task.deed, progress.good, texts);
        let said = (words.later().bulk.done)(&title);
        match progress.task.deed.inverse().filter(|_| !progress.changed.is_empty()) {
            // What was taken back is not offered again.
            Some(deed) if !matches!(progress.task.scope, Scope::Versions { .. }) => {
                let scope = Scope::Versions { rows: progress.changed.clone() };
                let draft = BulkDraft { report, deed, scope, to: String::new() };
                let (refresh, toasts) = (self.refresh, self.toasts);
                self.toasts.undoable(said, Arc::new(move || undo(draft.clone(), refresh, toasts)));
            }
            _ => self.toasts.good(said),
        }
    }
}

/// As many match now, where that is why nothing was done.
fn counted_anew(task: &Task, failure: &Failure) -> Option<Task> {
    let Failure::Refused { code, params } = failure else { return None };
    let now = params.first().filter(|_| code == "count_changed")?.parse::<u64>().ok()?;
    let Scope::Matching { query, except, .. } = &task.scope else { return None };
    let count = now.saturating_sub(except.len() as u64);
    let scope = Scope::Matching { query: query.clone(), shown: now, except: except.clone() };
    Some(Task { scope, count, ..task.clone() })
}

/// From a message that may outlive the page: it tells how it went in another one.
fn undo(draft: BulkDraft, refresh: Refresh, toasts: Toasts) {
    let Ok(controller) = AbortController::new() else { return };
    spawn_local(async move {
        let words = use_words();
        let (mut good, mut bad, mut why, mut whole) = (0, 0, None, false);
        let ended = run(&draft, &controller, |event| match event {
            BulkEvent::Row(row) => match row.failure {
                Some(failure) => {
                    bad += 1;
                    why.get_or_insert(failure);
                }
                None => good += 1,
            },
            BulkEvent::End(end) => whole = end == BulkEnd::Whole,
            BulkEvent::All(_) | BulkEvent::Beat => {}
        })
        .await;
        let why = why.or(ended.err()).or_else(|| (!whole).then_some(Failure::Unreachable));
        match why {
            None => toasts.good(words.common.undone.to_owned()),
            Some(why) if good + bad == 0 => toasts.bad((words.failure)(&why)),
            Some(why) => {
                toasts.bad(format!("{}. {}", (words.later().bulk.summary)(good, bad), (words.failure)(&why)));
            }
        }
        refresh.now();
    });
}

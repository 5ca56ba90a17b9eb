//! What the server says has changed, while a page is open: which report, and its new revision. Never what is in it.
//!
//! Here is what every page needs of it. The connection arrives by itself, once the page stands.

mod link;
mod part;
mod stream;
mod tabs;

pub use part::live_part;

use crate::{
    page::{
        Session,
        tools::{Tool, tool},
    },
    ui::arriving::arriving,
};
use domain::report::ReportName;
use leptos::prelude::*;
use std::time::Duration;

/// Whether what others change arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not yet, or not for a moment.
    Off,
    On,
    /// It has not come back for some seconds.
    Lost,
}

/// A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Live {
    /// All that is known, as the server writes it: `accounts=57&users=3`.
    known: RwSignal<String>,
    standing: RwSignal<Standing>,
    /// So many rows were changed by others before the reader's eyes, and nobody has said so yet.
    unsaid: RwSignal<Option<(ReportName, u64)>>,
}

impl Live {
    pub fn provide() {
        provide_context(Self::new());
    }

    fn new() -> Self {
        Self {
            known: RwSignal::new(String::new()),
            standing: RwSignal::new(Standing::Off),
            unsaid: RwSignal::new(None),
        }
    }

    /// Runs with a report's revision once it is known, and with each later one.
    pub fn each_revision(self, report: ReportName, on_revision: impl Fn(String) + 'static) {
        Effect::new(move |before: Option<Option<String>>| {
            let now = self.known.with(|known| {
                let mut all = known.split('&').filter_map(|pair| pair.split_once('='));
                all.find(|(name, _)| *name == report.code()).map(|(_, revision)| revision.to_owned())
            });
            if let Some(revision) = now.clone().filter(|_| before.flatten() != now) {
                on_revision(revision);
            }
            now
        });
    }

    /// Whether nobody has to ask from time to time.
    pub fn is_on(self) -> bool {
        self.standing.try_get_untracked() == Some(Standing::On)
    }

    /// Others have changed so many rows that are in sight.
    pub fn seen(self, report: ReportName, rows: u64) {
        self.unsaid.try_update(|unsaid| {
            let before = unsaid.filter(|(name, _)| *name == report).map_or(0, |(_, rows)| rows);
            *unsaid = Some((report, before.saturating_add(rows)));
        });
    }
}

pub fn use_live() -> Live {
    use_context().unwrap_or_else(Live::new)
}

/// First what one came for is drawn, and whoever waits for the page's requests to end has seen that. What happens meanwhile is
/// told when the connection begins.
const AFTER: Duration = Duration::from_millis(1500);

/// The connection, while somebody is signed in, and the line that says when there is none.
#[component]
pub fn LivePart() -> impl IntoView {
    let live = use_live();
    let session = use_context::<Session>();
    let begun = RwSignal::new(false);
    Effect::new(move |_| {
        let somebody = session.and_then(Session::get).is_some();
        if !somebody {
            begun.set(false);
            return;
        }
        let now = move || {
            begun.try_set(true);
        };
        set_timeout(now, AFTER);
    });
    let begun = Memo::new(move |_| begun.get());
    move || begun.get().then(|| arriving(tool(Tool::Live(live)), || ().into_any()))
}

//! How many incidents there are, in the header of every page until they are solved. What they are arrives when asked for.

mod list;

pub use list::incident_rows;

use crate::page::tools::{Tool, tool};
use crate::{
    api::incidents::incident_count,
    live::use_live,
    locales::use_words,
    ui::{
        arriving::arriving,
        icon::{Glyph, Icon},
        menu,
        notice::Skeleton,
        report::use_refresh,
    },
};
use domain::report::ReportName;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

const LIST: &str = "incidents";
const OPEN: &str = "#incidents:popover-open";
/// After what was written: together with what else is.
const SOON: Duration = Duration::from_secs(1);
/// They come and go by themselves.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

#[component]
pub fn Incidents() -> impl IntoView {
    let first = Resource::new_blocking(|| (), |()| incident_count());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let first = first.await.unwrap_or_default();
                view! { <Indicator first /> }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Indicator(first: usize) -> impl IntoView {
    let words = &use_words().frame;
    let count = RwSignal::new(first);
    keep_up(count);
    let any = Memo::new(move |_| count.get() > 0);
    // How often the list was opened: each time it is asked for anew.
    let opened = RwSignal::new(0_u32);
    let is_open = || document().query_selector(OPEN).is_ok_and(|open| open.is_some());
    let click = move |_| {
        if !is_open() {
            opened.update(|times| *times += 1);
        }
    };
    // Pressed before the page was taken over.
    Effect::new(move |_| {
        if is_open() {
            opened.set(1);
        }
    });
    Effect::new(move |_| {
        if !any.get() {
            menu::close(LIST);
        }
    });
    view! {
        <div role="status">
            {move || {
                any.get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="incidents"
                                aria-haspopup="dialog"
                                popovertarget=LIST
                                on:click=click
                            >
                                <Glyph icon=Icon::Warning />
                                <span>{count}</span>
                                " "
                                <span class="incidents-word">{move || (words.incidents)(count.get())}</span>
                            </button>
                        }
                    })
            }}
        </div>
        <div
            id=LIST
            class="menu incident-list"
            data-place="user"
            popover="auto"
            role="dialog"
            aria-label=words.incident_list
        >
            {move || {
                (opened.get() > 0).then(|| arriving(tool(Tool::Incidents(count.into(), LIST)), loading))
            }}
        </div>
    }
    .into_any()
}

fn loading() -> AnyView {
    view! { <Skeleton label=use_words().common.loading lines=3 /> }.into_any()
}

/// Asks again from time to time while somebody looks, and after every change that is told of: the Outbox counts each.
fn keep_up(count: RwSignal<usize>) {
    let ask = move || {
        if !document().hidden() {
            spawn_local(async move {
                if let Ok(now) = incident_count().await
                    && count.try_get_untracked().is_some_and(|known| known != now)
                {
                    count.try_set(now);
                }
            });
        }
    };
    let refresh = use_refresh();
    Effect::new(move |before: Option<()>| {
        refresh.track();
        if before.is_some() {
            ask();
        }
    });
    let (told, waits) = (StoredValue::new(false), StoredValue::new(false));
    use_live().each_revision(ReportName::Outbox, move |_| {
        let is_first = told.try_update_value(|told| !std::mem::replace(told, true)) == Some(true);
        if !is_first && !waits.get_value() {
            waits.set_value(true);
            let look = move || {
                waits.try_set_value(false);
                ask();
            };
            set_timeout(look, SOON);
        }
    });
    Effect::new(move |_| {
        if let Ok(handle) = set_interval_with_handle(ask, LOOK_AGAIN) {
            on_cleanup(move || handle.clear());
        }
        let listening = window_event_listener_untyped("visibilitychange", move |_| ask());
        on_cleanup(move || listening.remove());
    });
}

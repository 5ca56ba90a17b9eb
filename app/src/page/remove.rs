//! Asks before a row is deleted, says why it was refused, and tells the report.

use crate::{
    api::Answer,
    locales::use_words,
    ui::{confirm::Confirm, report::use_refresh, toast::use_toasts},
};
use domain::{Failure, report::ReportName};
use leptos::{prelude::*, task::spawn_local};
use std::pin::Pin;

/// What is about to be deleted: its id and its name.
pub type Target = RwSignal<Option<(i64, String)>>;

/// The server function that deletes.
pub type Delete = fn(i64) -> Pin<Box<dyn Future<Output = Answer<()>>>>;

/// The button that does it, and what is said once it is done.
pub type Verb = (&'static str, fn(&str) -> String);

#[component]
pub fn Remove(
    report: ReportName,
    target: Target,
    delete: Delete,
    /// Where it is not deleting.
    #[prop(optional)]
    verb: Option<Verb>,
) -> impl IntoView {
    let words = use_words();
    let texts = (words.texts)(report);
    let (yes, done) = verb.unwrap_or((words.common.delete, words.common.deleted));
    let refresh = use_refresh();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let close = Callback::new(move |()| {
        error.set(None);
        target.set(None);
    });
    let run = Callback::new(move |()| {
        let Some((id, name)) = target.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = delete(id).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    target.try_set(None);
                    toasts.good(done(&name));
                    refresh.now();
                }
                Err(failure) => {
                    error.try_set(Some((words.failure)(&failure.0)));
                    if failure.0 == Failure::NotFound {
                        refresh.now();
                    }
                }
            }
        });
    });
    view! {
        {move || {
            target
                .get()
                .map(|(_, name)| {
                    view! {
                        <Confirm
                            id="delete"
                            title=texts.delete_title
                            text=(texts.delete_text)(&name)
                            yes
                            no=words.common.cancel
                            on_yes=run
                            on_no=close
                            busy
                            error
                        />
                    }
                })
        }}
    }
    .into_any()
}

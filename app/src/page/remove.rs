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

#[component]
pub fn Remove(report: ReportName, target: Target, delete: Delete) -> impl IntoView {
    let words = use_words();
    let texts = (words.texts)(report);
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
                    toasts.good((words.common.deleted)(&name));
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
                            yes=words.common.delete
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

//! What a row's menu asks of the server: said once it is done, and taken back where that can be.

use crate::{
    api::Answer,
    locales::use_words,
    ui::{
        report::{Refresh, use_refresh},
        toast::{Toasts, use_toasts},
    },
};
use domain::Failure;
use leptos::task::spawn_local;
use std::{pin::Pin, sync::Arc};

/// It answers with what takes it back, where something has changed.
pub type Step = Pin<Box<dyn Future<Output = Answer<Option<Back>>>>>;
/// It answers with what is said.
pub type Telling = Pin<Box<dyn Future<Output = Answer<String>>>>;

pub struct Back(Box<dyn Fn() -> Step + Send + Sync>);

impl Back {
    pub fn new(step: impl Fn() -> Step + Send + Sync + 'static) -> Self {
        Self(Box::new(step))
    }
}

/// What follows when the server has answered. A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Steps {
    refresh: Refresh,
    toasts: Toasts,
}

pub fn use_steps() -> Steps {
    Steps { refresh: use_refresh(), toasts: use_toasts() }
}

impl Steps {
    pub fn run(self, step: Step, said: String) {
        spawn_local(async move {
            match step.await {
                Ok(Some(back)) => {
                    let undo = move || self.undo((back.0)());
                    self.toasts.undoable(said, Arc::new(undo));
                }
                Ok(None) => self.toasts.good(said),
                Err(failure) => self.refused(&failure.0),
            }
            self.refresh.now();
        });
    }

    pub fn tell(self, step: Telling) {
        spawn_local(async move {
            match step.await {
                Ok(said) => self.toasts.good(said),
                Err(failure) => self.refused(&failure.0),
            }
            self.refresh.now();
        });
    }

    fn undo(self, step: Step) {
        self.tell(Box::pin(async move { step.await.map(|_| use_words().common.undone.to_owned()) }));
    }

    fn refused(self, failure: &Failure) {
        let words = use_words();
        self.toasts.bad(match failure {
            Failure::NotFound => words.common.row_gone.to_owned(),
            other => (words.failure)(other),
        });
    }
}

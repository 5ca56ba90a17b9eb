//! A draft while it is edited: what it started from, what is wrong with it, how its save goes.
//!
//! The smaller windows and the password page share it; an account's window has a form of its own.

use crate::{
    api::Answer,
    locales::use_words,
    ui::{browser, notice::Notice},
};
use domain::{Failure, FieldError, FieldErrors};
use leptos::{prelude::*, task::spawn_local};
use std::{pin::Pin, sync::Arc};

/// What a save answers.
pub type Saving = Pin<Box<dyn Future<Output = Answer<()>> + Send>>;

/// A handle that is copied freely.
pub struct Draft<T: 'static> {
    pub value: RwSignal<T>,
    start: StoredValue<T>,
    pub state: DraftState,
}

impl<T> Clone for Draft<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Draft<T> {}

/// The part that does not depend on what is edited.
#[derive(Clone, Copy)]
pub struct DraftState {
    pub dirty: Signal<bool>,
    wrong: Signal<Vec<FieldError>>,
    checked: RwSignal<bool>,
    refused: RwSignal<Vec<FieldError>>,
    failure: RwSignal<Option<Failure>>,
    pub busy: RwSignal<bool>,
    saved: RwSignal<bool>,
}

impl<T: Clone + PartialEq + Send + Sync> Draft<T> {
    /// `check` finds what is wrong with a draft.
    pub fn new(start: T, check: impl Fn(&T) -> Option<FieldErrors> + Send + Sync + 'static) -> Self {
        let value = RwSignal::new(start.clone());
        let start = StoredValue::new(start);
        let saved = RwSignal::new(false);
        let changed = move || value.with(|value| start.with_value(|start| value != start));
        let state = DraftState {
            dirty: Signal::derive(move || !saved.get() && changed()),
            wrong: Signal::derive(move || value.with(|value| check(value).map(|errors| errors.0).unwrap_or_default())),
            checked: RwSignal::new(false),
            refused: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            saved,
        };
        Self { value, start, state }
    }

    /// Begins anew from another value, with nothing wrong and nothing unsaved.
    pub fn restart(self, start: T) {
        self.start.try_set_value(start.clone());
        self.value.try_set(start);
        self.state.checked.try_set(false);
        self.state.failure.try_set(None);
        self.state.refused.try_set(Vec::new());
        self.state.saved.try_set(false);
    }

    pub fn read<V: Send + Sync + 'static>(self, of: impl Fn(&T) -> V + Send + Sync + 'static) -> Signal<V> {
        Signal::derive(move || self.value.with(&of))
    }

    /// Writes a field; what the server said about it is out of date then.
    pub fn write<V: 'static>(
        self,
        field: &'static str,
        set: impl Fn(&mut T, V) + Send + Sync + 'static,
    ) -> Callback<V> {
        Callback::new(move |new: V| {
            self.state.touched(field);
            self.value.update(|value| set(value, new));
        })
    }
}

impl DraftState {
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            let of = |all: &Vec<FieldError>| all.iter().find(|error| error.field == field).map(words.field_error);
            let refused = self.refused.with(of);
            if self.checked.get() { self.wrong.with(of).or(refused) } else { refused }
        })
    }

    /// Whether the server found something wrong with a field.
    pub fn is_refused(self, field: &'static str) -> Signal<bool> {
        Signal::derive(move || self.refused.with(|all| all.iter().any(|error| error.field == field)))
    }

    fn touched(self, field: &'static str) {
        if self.refused.with_untracked(|all| all.iter().any(|error| error.field == field)) {
            self.refused.update(|all| all.retain(|error| error.field != field));
        }
    }

    /// Whether what is in the window is saved, or on its way there; `None` where the window is gone.
    pub fn is_settled(self) -> Option<bool> {
        Some(self.busy.try_get_untracked()? || self.saved.try_get_untracked()?)
    }

    /// Checks, sends, and acts on the answer; `name` is what is saved.
    pub fn submit(self, name: String, act: Act) {
        if self.busy.get_untracked() || !self.check(act.first_error) {
            return;
        }
        self.busy.set(true);
        let saving = act.save.run(());
        spawn_local(async move {
            let answer = saving.await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => {
                    self.saved.try_set(true);
                    (act.done)(&name);
                }
                Err(failure) => match failure.0 {
                    Failure::Conflict { .. } if act.meanwhile.is_some() => {
                        act.meanwhile.and_then(|meanwhile| meanwhile.try_run(()));
                    }
                    failure => self.refuse(failure, act.first_error),
                },
            }
        });
    }

    /// Whether all is well, as far as can be told here; if not, the fields say so and the first gets the keyboard.
    pub fn check(self, first_error: &'static str) -> bool {
        self.checked.set(true);
        self.failure.set(None);
        let good = self.wrong.with_untracked(Vec::is_empty);
        if !good {
            browser::focus_soon(first_error);
        }
        good
    }

    /// What the server objects to.
    pub fn refuse(self, failure: Failure, first_error: &'static str) {
        match failure {
            Failure::Invalid { errors } => {
                self.refused.try_set(errors.0);
                browser::focus_soon(first_error);
            }
            failure => self.fail(failure),
        }
    }

    pub fn fail(self, failure: Failure) {
        self.failure.try_set(Some(failure));
    }

    /// Why the last save failed, as a notice.
    pub fn failed(self) -> impl IntoView {
        let words = use_words();
        move || {
            self.failure.get().map(|failure| {
                let text = match failure {
                    Failure::NotFound => words.later().conflict.gone.to_owned(),
                    other => (words.failure)(&other),
                };
                view! {
                    <Notice kind="danger" alert=true>
                        <p>{text}</p>
                    </Notice>
                }
            })
        }
    }
}

/// What a save is. Made while the page is: contexts are out of reach in an event.
#[derive(Clone)]
pub struct Act {
    pub save: Callback<(), Saving>,
    /// Called where somebody else has saved meanwhile, if anybody else could.
    pub meanwhile: Option<Callback<()>>,
    /// Also called where the window is gone by then.
    pub done: Arc<dyn Fn(&str) + Send + Sync>,
    /// Finds the first field with an error.
    pub first_error: &'static str,
}

//! Short messages after something was done, in a live region that is always there.

use super::{
    browser,
    icon::{Glyph, Icon},
};
use crate::locales::use_words;
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

/// What takes back what was done; it must outlive the page that did it.
pub type Undo = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    good: bool,
    text: String,
    undo: Option<Undo>,
}

/// All that is shown at the moment.
#[derive(Clone, Copy)]
pub struct Toasts {
    all: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
    /// The pointer or the keyboard is on them: none goes away meanwhile.
    held: StoredValue<bool>,
}

/// Failures stay longer: they are read, not glanced at.
const GOOD_FOR: Duration = Duration::from_secs(6);
const BAD_FOR: Duration = Duration::from_secs(15);
/// What can be taken back is decided on, also by those who need longer to get there.
const UNDO_FOR: Duration = Duration::from_secs(20);
/// After it has been let go.
const HELD_FOR: Duration = Duration::from_secs(2);

impl Toasts {
    pub fn provide() {
        provide_context(Self::new());
    }

    fn new() -> Self {
        Self { all: RwSignal::new(Vec::new()), last: StoredValue::new(0), held: StoredValue::new(false) }
    }

    pub fn good(self, text: String) {
        self.push(true, text, None, GOOD_FOR);
    }

    pub fn bad(self, text: String) {
        self.push(false, text, None, BAD_FOR);
    }

    /// Something that was done and can be taken back.
    pub fn undoable(self, text: String, undo: Undo) {
        self.push(true, text, Some(undo), UNDO_FOR);
    }

    fn push(self, good: bool, text: String, undo: Option<Undo>, stays: Duration) {
        let id = self.last.try_update_value(|last| {
            *last = last.wrapping_add(1);
            *last
        });
        let Some(id) = id else { return };
        self.all.try_update(|all| all.push(Toast { id, good, text, undo }));
        set_timeout(move || self.fade(id), stays);
    }

    fn fade(self, id: u32) {
        if self.held.try_get_value() == Some(true) {
            set_timeout(move || self.fade(id), HELD_FOR);
        } else {
            self.drop(id);
        }
    }

    /// Its button was pressed, and goes with it: the keyboard goes to what the page is about.
    fn put_away(self, id: u32) {
        self.drop(id);
        browser::focus_if_lost_on(&[".table-scroll", "main"]);
    }

    fn drop(self, id: u32) {
        self.all.try_update(|all| {
            all.retain(|toast| toast.id != id);
            if all.is_empty() {
                // What is taken off under the pointer does not say that the pointer has left.
                self.held.try_set_value(false);
            }
        });
    }
}

pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::new)
}

/// Where toasts appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let words = use_words();
    let hold = move |held: bool| {
        toasts.held.try_set_value(held);
    };
    view! {
        <div
            class="toasts"
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| hold(true)
            on:pointerleave=move |_| hold(false)
            on:focusin=move |_| hold(true)
            on:focusout=move |_| hold(false)
        >
            <For
                each=move || toasts.all.get()
                key=|toast| toast.id
                children=move |toast| {
                    let icon = if toast.good { Icon::Check } else { Icon::Warning };
                    view! {
                        <div class="toast" data-kind=if toast.good { "success" } else { "danger" }>
                            <Glyph icon />
                            <span>{toast.text}</span>
                            {toast
                                .undo
                                .map(|undo| {
                                    let press = move |_| {
                                        toasts.put_away(toast.id);
                                        undo();
                                    };
                                    view! {
                                        <button type="button" class="button" on:click=press>
                                            {words.common.undo}
                                        </button>
                                    }
                                })}
                            <button
                                type="button"
                                class="icon-button"
                                aria-label=words.common.dismiss
                                on:click=move |_| toasts.put_away(toast.id)
                            >
                                <Glyph icon=Icon::Close />
                            </button>
                        </div>
                    }
                }
            />
        </div>
    }
    .into_any()
}

//! Short messages after something was done, in a live region that is always there.

use super::icon::{Glyph, Icon};
use crate::locales::use_words;
use leptos::prelude::*;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Toast {
    id: u32,
    good: bool,
    text: String,
}

/// All that is shown at the moment.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Vec<Toast>>, StoredValue<u32>);

/// Failures stay longer: they are read, not glanced at.
const GOOD_FOR: Duration = Duration::from_secs(6);
const BAD_FOR: Duration = Duration::from_secs(15);

impl Toasts {
    pub fn provide() {
        provide_context(Self(RwSignal::new(Vec::new()), StoredValue::new(0)));
    }

    pub fn good(self, text: String) {
        self.push(true, text);
    }

    pub fn bad(self, text: String) {
        self.push(false, text);
    }

    fn push(self, good: bool, text: String) {
        let id = self.1.try_update_value(|last| {
            *last = last.wrapping_add(1);
            *last
        });
        let Some(id) = id else { return };
        self.0.try_update(|all| all.push(Toast { id, good, text }));
        set_timeout(move || self.drop(id), if good { GOOD_FOR } else { BAD_FOR });
    }

    fn drop(self, id: u32) {
        self.0.try_update(|all| all.retain(|toast| toast.id != id));
    }
}

pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts(RwSignal::new(Vec::new()), StoredValue::new(0)))
}

/// Where toasts appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let words = use_words();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts.0.get()
                key=|toast| toast.id
                children=move |toast| {
                    let icon = if toast.good { Icon::Check } else { Icon::Warning };
                    view! {
                        <div class="toast" data-kind=if toast.good { "success" } else { "danger" }>
                            <Glyph icon />
                            <span>{toast.text}</span>
                            <button
                                type="button"
                                class="icon-button"
                                aria-label=words.common.dismiss
                                on:click=move |_| toasts.drop(toast.id)
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

//! What others do to a thing while a window edits it: the window stays as it is, and says so.

use crate::{
    live::use_live,
    locales::use_words,
    ui::{notice::Notice, press::Press},
};
use domain::report::ReportName;
use leptos::prelude::*;

/// In the browser: runs whenever somebody may have saved or deleted a row of that list. Not while a save of one's own is under
/// way: what that changes is no news. What is found is shown once nothing is being pressed.
pub fn on_change(list: ReportName, busy: Signal<bool>, look: impl Fn(Press) + 'static) {
    let press = Press::watched();
    let told = RwSignal::new(None);
    use_live().each_revision(list, move |revision| told.set(Some(revision)));
    let looked = StoredValue::new(None);
    Effect::new(move |_| {
        let revision = told.get();
        if busy.get() || revision.is_none() || looked.get_value() == revision {
            return;
        }
        looked.set_value(revision);
        look(press);
    });
}

/// Nothing was typed yet, and what somebody else saved stands in the fields now.
#[component]
pub fn Renewed(when: RwSignal<bool>) -> impl IntoView {
    let words = &use_words().later().conflict;
    move || {
        when.get().then(|| {
            view! {
                <div role="status">
                    <Notice kind="info">
                        <p>{words.renewed}</p>
                    </Notice>
                </div>
            }
        })
    }
}

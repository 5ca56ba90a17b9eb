//! The window that shows which keys there are, and turns those off that are pressed alone.

use super::frame::tastes::choosing;
use crate::{
    locales::use_words,
    ui::{field::YesNo, keys, window::Window},
};
use domain::taste::Choice;
use leptos::prelude::*;

/// Whether the window is open.
#[derive(Clone, Copy)]
pub struct KeySheet(pub RwSignal<bool>);

impl KeySheet {
    /// From now on keys are heard. Called once, by the application's root.
    pub fn provide() {
        let open = RwSignal::new(false);
        provide_context(Self(open));
        Effect::new(move |_| keys::listen(move || open.set(true)));
    }
}

pub fn key_sheet() -> AnyView {
    let words = &use_words().later().keys;
    let open = use_context::<KeySheet>();
    let close = Callback::new(move |()| {
        if let Some(KeySheet(open)) = open {
            open.set(false);
        }
    });
    let on = RwSignal::new(keys::are_on());
    let choose = choosing();
    let turn = Callback::new(move |yes: bool| {
        on.set(yes);
        choose.run(Choice::Shortcuts(yes));
    });
    let rows = [
        (&["/"][..], words.search),
        (&["n"], words.new),
        (&["↓", "↑"], words.rows),
        (&["e"], words.edit),
        (&["t"], words.test),
        (&["?"], words.sheet),
        (&["Ctrl", "/"], words.sheet_always),
        (&["Shift", words.click], words.sort),
        (&["Esc"], words.close),
    ];
    let line = |(pressed, what): (&[&'static str], &'static str)| {
        let pressed = pressed.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! {
            <div>
                <dt>{pressed}</dt>
                <dd>{what}</dd>
            </div>
        }
    };
    let lines = rows.into_iter().map(line).collect_view();
    view! {
        <Window id="keys" title=words.title size="small" close>
            <div class="window-body">
                <dl class="keys">{lines}</dl>
                <YesNo id="single-keys" label=words.single value=on on_change=turn hint=words.single_hint />
            </div>
        </Window>
    }
    .into_any()
}

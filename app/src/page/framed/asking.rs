//! What a frame shows while nobody is signed in in it: what it waits for, and why that may not come.

use super::Asking;
use crate::{
    locales::use_words,
    mount::{beside, mount},
    page::{places, session::Session},
    ui::{browser, notice::Notice},
};
use leptos::prelude::*;
use std::time::Duration;

/// A portal that answers does so at once; whoever reads this later wants to know what is wrong.
const PATIENCE: Duration = Duration::from_secs(8);

#[component]
pub fn Card(asking: RwSignal<Asking>) -> impl IntoView {
    let words = use_words().framed();
    let late = RwSignal::new(false);
    let framed = RwSignal::new(true);
    Effect::new(move |_| {
        framed.set(browser::is_framed());
        set_timeout(
            move || {
                late.try_set(true);
            },
            PATIENCE,
        );
    });
    let alone = beside(places::ACCOUNTS);
    let origins = mount().embed.map(|embed| embed.origins.join(", ")).unwrap_or_default();
    let alone = StoredValue::new(alone);
    let text = move || {
        if !framed.get() {
            return Some(words.not_framed.to_owned());
        }
        match asking.get() {
            Asking::Refused(reason) => Some((words.refused)(&reason)),
            Asking::Ended => Some(words.ended.to_owned()),
            Asking::Token if late.get() && origins.is_empty() => Some(words.nobody.to_owned()),
            Asking::Token if late.get() => Some((words.no_token)(&origins)),
            Asking::Token => None,
        }
    };
    view! {
        <div class="asking">
            {move || match text() {
                None => view! { <p role="status">{words.waiting}</p> }.into_any(),
                Some(text) => {
                    view! {
                        <Notice kind="info" alert=true>
                            <p>{text}</p>
                            <p>
                                <a class="link" href=alone.get_value() target="_blank" rel="external noopener">
                                    {words.open_alone}
                                </a>
                            </p>
                        </Notice>
                    }
                        .into_any()
                }
            }}
        </div>
    }
    .into_any()
}

/// While the pages stand, and what may be typed in them: that whoever read them is signed in no more.
#[component]
pub fn Over(asking: RwSignal<Asking>, session: Option<Session>) -> impl IntoView {
    let words = use_words().framed();
    move || {
        let shown = session.and_then(Session::get).is_some();
        (shown && asking.get() == Asking::Ended).then(|| {
            view! {
                <Notice kind="warning" alert=true>
                    <p>{words.ended}</p>
                </Notice>
            }
        })
    }
}

//! What stands around or instead of the rows: nothing matches, or they could not be loaded.

use super::State;
use crate::{
    locales::use_words,
    mount::{beside, is_framed},
    ui::{browser, button::Button, notice::Notice},
};
use domain::Failure;
use leptos::prelude::*;

/// Says which filter lets nothing through, and offers to clear it.
#[component]
pub fn NoMatch(state: State) -> impl IntoView {
    let words = use_words();
    let nothing = Memo::new(move |_| {
        state.page.with(|page| page.matching == 0 && page.all > 0)
            && state.query.with(domain::report::Query::is_filtered)
    });
    let filter = move || {
        let filter = state.query.with(|query| words::filter_in_words(words, state.name, query));
        (words.report.no_match_filter)(&filter)
    };
    let clear = Callback::new(move |()| {
        state.change(state.query.get_untracked().cleared(), false);
        browser::focus_soon(".search input");
    });
    view! {
        {move || {
            nothing
                .get()
                .then(|| {
                    view! {
                        <div class="empty" data-kind="no-match">
                            <h2>{words.report.no_match}</h2>
                            <p>{filter}</p>
                            <Button label=words.report.show_all on_click=clear />
                        </div>
                    }
                })
        }}
    }
    .into_any()
}

/// Says why the rows could not be loaded, and offers to try again.
#[component]
pub fn Failed(state: State) -> impl IntoView {
    let words = use_words();
    let retried = StoredValue::new(false);
    let retry = Callback::new(move |()| {
        retried.set_value(true);
        state.load();
    });
    // What was pressed goes with what it was about.
    Effect::new(move |_| {
        if state.failure.with(Option::is_none) && retried.get_value() {
            retried.set_value(false);
            browser::focus_if_lost_on(&[".table-scroll", "main"]);
        }
    });
    view! {
        {move || {
            state
                .failure
                .get()
                .map(|failure| {
                    let signed_out = failure == Failure::SignedOut;
                    // A portal signs people in itself, and says so above.
                    let framed = is_framed();
                    view! {
                        <Notice kind="danger" alert=true>
                            <p>
                                <strong>{words.report.failed}</strong>
                            </p>
                            {(!(signed_out && framed)).then(|| view! { <p>{(words.failure)(&failure)}</p> })}
                            <div class="notice-buttons">
                                <Button label=words.common.retry on_click=retry />
                                {(signed_out && !framed)
                                    .then(|| {
                                        view! {
                                            <a class="button" href=beside("/sign-in") rel="external">
                                                {words.frame.sign_in}
                                            </a>
                                        }
                                    })}
                            </div>
                        </Notice>
                    }
                })
        }}
    }
    .into_any()
}

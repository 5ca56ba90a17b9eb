//! The bar below a table while rows are chosen: how many, what can be done with them, and the way out.

use super::{ask::Ask, job::Job, told::Told};
use crate::{
    locales::use_words,
    page::{access::may, places},
    ui::{
        browser,
        button::Button,
        report::{Chosen, State, with_query},
    },
};
use domain::{
    Role,
    bulk::Deed,
    report::{IdSet, Query},
};
use leptos::prelude::*;

#[component]
pub fn Bar(state: State, role: Role) -> impl IntoView {
    let words = use_words();
    let w = &words.later().bulk;
    let job = Job::new(state);
    let selection = state.selection;
    // From what outlives the bar: it may go in the same turn in which this changes.
    let said = move || {
        selection.chosen.with(|chosen| {
            let whole = chosen.all.is_some() && chosen.ids.is_empty();
            if whole { (w.count_all)(chosen.count()) } else { (w.count)(chosen.count()) }
        })
    };
    Effect::new(move |_| selection.said.set(said()));
    on_cleanup(move || drop(selection.said.try_set(String::new())));
    // It goes with what is chosen, and what was pressed with it.
    Effect::new(move |_| on_cleanup(|| browser::focus_if_lost_on(&[".table-scroll", "main"])));
    let may_do = move |deed: &&Deed| deed.action(state.name).is_some_and(|action| may(role, action));
    let buttons = Deed::of(state.name).iter().filter(may_do).map(|deed| deed_button(job, *deed)).collect_view();
    let deselect = Callback::new(move |()| selection.only(Vec::new()));
    view! {
        <section class="bulk" aria-label=w.bar>
            <p class="bulk-count">{said} <AllMatching state /></p>
            <div class="bulk-buttons">
                {buttons} <Export state /> <Button label=w.deselect on_click=deselect variant="quiet" />
            </div>
        </section>
        <Ask job />
        <Told job />
    }
    .into_any()
}

fn deed_button(job: Job, deed: Deed) -> AnyView {
    let words = &use_words().later().bulk;
    let label = (words.button)(deed);
    let busy = move || job.progress.with(Option::is_some);
    let variant = if matches!(deed, Deed::Delete | Deed::Cancel) { "danger" } else { "" };
    view! {
        <button
            type="button"
            class="button"
            data-variant=variant
            aria-label=label
            aria-disabled=move || busy().then_some("true")
            on:click=move |_| {
                if !job.progress.with_untracked(Option::is_some) {
                    job.begin(deed);
                }
            }
        >
            <span>{(words.verb)(deed)}</span>
        </button>
    }
    .into_any()
}

/// Offered once all of the page is chosen and more than that matches.
#[component]
fn AllMatching(state: State) -> impl IntoView {
    let w = &use_words().later().bulk;
    let offer = Memo::new(move |_| {
        state.selection.chosen.with(|chosen| {
            state.page.with(|page| {
                let shown = page.rows.len() as u64;
                let whole = shown > 0 && page.rows.iter().all(|row| chosen.contains(row.id()));
                // What was not counted to the end can't be agreed on.
                let more = page.matching > shown && !page.at_least && chosen.all.is_none();
                (whole && more).then_some((shown, page.matching))
            })
        })
    });
    view! {
        {move || {
            offer
                .get()
                .map(|(shown, matching)| {
                    let select = Callback::new(move |()| {
                        let query = Query { page: 1, ..state.query.get_untracked() };
                        state.selection.chosen.set(Chosen { all: Some((query, matching)), ids: Vec::new() });
                        browser::focus_if_lost_on(&[".bulk-buttons button"]);
                    });
                    view! {
                        <span class="bulk-all">
                            {(w.page_full)(shown)} <Button label=(w.select_all)(matching) on_click=select variant="link" />
                        </span>
                    }
                })
        }}
    }
    .into_any()
}

/// A file of what is chosen: by a filter on ids, or by the filter that all of it matches, and all ids but those left out.
#[component]
fn Export(state: State) -> impl IntoView {
    let w = &use_words().later().bulk;
    let address = Memo::new(move |_| {
        let query = state.query.get();
        let asked = state.selection.chosen.with(|chosen| {
            if let Some((all, _)) = &chosen.all {
                let mut filter = all.filter.clone();
                // A filter holds one list of ids.
                if !chosen.ids.is_empty() && filter.insert("id".to_owned(), IdSet::text_without(&chosen.ids)?).is_some()
                {
                    return None;
                }
                return Some(Query { filter, ..query });
            }
            let filter = [("id".to_owned(), IdSet::text_of(&chosen.ids)?)].into();
            Some(Query { filter, ..query })
        })?;
        Some(with_query(&places::csv(state.name), &asked.unpaged()))
    });
    view! {
        {move || match address.get() {
            Some(href) => {
                view! {
                    <a class="button" href=href target="_self" rel="external noopener" aria-label=w.export>
                        {w.export_verb}
                    </a>
                }
                    .into_any()
            }
            None => {
                view! {
                    <button
                        type="button"
                        class="button"
                        aria-disabled="true"
                        aria-label=w.export
                        title=w.export_many
                    >
                        <span>{w.export_verb}</span>
                    </button>
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}
